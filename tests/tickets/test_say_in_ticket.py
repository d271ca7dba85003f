"""What is said in a request, and what it does to the clocks."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.tickets.asked import asked, fresh, kinds
from zabota.home.world import World
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.tickets.actions import end_ticket, say_in_ticket, take_ticket, write_to_ticket


def told(world: World, ticket: object) -> set[tuple[str, str]]:
    announce_entries(by=None, at=AT + 2 * HOUR)
    return {(m.address.split("@")[0], m.purpose) for m in Message.objects.all()}


def test_only_a_person_gives_the_first_reply(world: World) -> None:
    ticket = asked(world)
    staff = world.as_staff("manager")
    say_in_ticket(ticket, "Посмотрю схему", by=staff, at=AT, how="note")
    assert fresh(ticket).reply.state == "running"
    say_in_ticket(ticket, "Едем к вам", by=staff, at=AT + HOUR / 2)
    now = fresh(ticket)
    assert (now.reply.state, now.reply.settled_at) == ("kept", AT + HOUR / 2)
    assert now.taken_by == staff.employee
    assert kinds(ticket) == ["ticket.opened", "ticket.noted", "ticket.replied"]
    assert ("anna", "ticket_reply") in told(world, ticket)


def test_a_call_is_an_answer_too(world: World) -> None:
    ticket = asked(world)
    say_in_ticket(ticket, "Объяснила по телефону", by=world.as_staff("lawyer"), at=AT, how="call")
    assert fresh(ticket).reply.state == "kept"
    assert kinds(ticket)[-1] == "ticket.call_logged"


def test_a_note_never_shows_to_the_client(world: World) -> None:
    ticket = asked(world)
    staff = world.as_staff("manager")
    say_in_ticket(ticket, "метка-внутри", by=staff, at=AT, how="note")
    say_in_ticket(ticket, "метка-звонка", by=staff, at=AT, how="call")
    page = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "метка-внутри" not in page and "метка-звонка" not in page
    assert "Заметка" not in page
    desk = browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "метка-внутри" in desk and "метка-звонка" in desk


def test_a_question_stops_the_clock_and_the_answer_starts_it(world: World) -> None:
    ticket = asked(world)
    due = ticket.solution.due_at
    say_in_ticket(ticket, "Какой щит?", by=world.as_staff("manager"), at=AT, how="ask")
    now = fresh(ticket)
    assert (now.case.state, now.solution.state) == ("waiting", "paused")
    page = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Сейчас у вас" in page
    write_to_ticket(ticket, "Третий", by=world.as_guest("anna"), at=AT + 3 * HOUR)
    now = fresh(ticket)
    assert (now.case.state, now.solution.state) == ("open", "running")
    assert due is not None and now.solution.due_at == due + 3 * HOUR
    assert kinds(ticket) == ["ticket.opened", "ticket.asked", "ticket.client_wrote"]
    assert ("manager", "ticket_said") in told(world, ticket)


def test_what_was_finished_begins_anew(world: World) -> None:
    ticket = asked(world)
    end_ticket(ticket, "solved", "Горят.", by=world.as_staff("manager"), at=AT + HOUR)
    write_to_ticket(ticket, "Снова погасли", by=world.as_guest("anna"), at=AT + DAY)
    now = fresh(ticket)
    assert (now.case.state, now.outcome, now.reopened) == ("open", "", 1)
    assert now.reply.state == "running" and now.reply.due_at == AT + DAY + HOUR
    assert now.case.closed_at is None
    assert kinds(ticket) == ["ticket.opened", "ticket.ended", "ticket.reopened"]


def test_a_stranger_and_who_sees_nothing_of_it(world: World) -> None:
    ticket = asked(world)
    with pytest.raises(PermissionDenied):
        write_to_ticket(ticket, "чужое", by=world.as_guest("alien"), at=AT)
    browser = browser_of(world, "stranger")
    assert browser.post(f"/desk/tickets/{ticket.pk}/say/", {"text": "?"}).status_code == 404


def test_nothing_typed_is_lost(world: World) -> None:
    ticket = asked(world)
    browser = browser_of(world, "manager")
    answer = browser.post(f"/desk/tickets/{ticket.pk}/say/", {"text": "ы" * 20_001, "how": "ask"})
    assert answer.status_code == 422
    assert "ы" * 20_001 in answer.content.decode()
    empty = browser_of(world, "anna").post(f"/room/tickets/{ticket.pk}/write/", {"text": " "})
    assert empty.status_code == 422


def test_a_page_open_since_before_takes_nothing_from_a_colleague(world: World) -> None:
    ticket = asked(world)
    take, director = f"/desk/tickets/{ticket.pk}/take/", browser_of(world, "director")
    browser_of(world, "manager").post(take)
    late = director.post(take, follow=True).content.decode()
    assert "обращение уже взято: Игорь Ким" in late and 'name="over"' in late
    assert fresh(ticket).taken_by == world.staff["manager"]
    director.post(take, {"over": "1"})
    assert fresh(ticket).taken_by == world.staff["director"]


def test_taken_over_from_a_colleague(world: World) -> None:
    ticket = asked(world)
    take_ticket(ticket, by=world.as_staff("manager"), at=AT)
    take_ticket(ticket, by=world.as_staff("lawyer"), at=AT + HOUR / 2)
    now = fresh(ticket)
    assert now.taken_by == world.staff["lawyer"] and now.case.owner == world.staff["lawyer"]
    assert kinds(ticket) == ["ticket.opened", "ticket.taken", "ticket.taken"]
    take_ticket(ticket, by=world.as_staff("lawyer"), at=AT + HOUR)
    assert len(kinds(ticket)) == 3
    page = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Сейчас у нас: Ольга Петрова" in page
