"""Two requests of a client are one: one thread, one answer; undone, each has what it had."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.serializers import serialize
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.support.refused import refused
from tests.tickets.asked import asked, fresh, kinds
from zabota.cases.models import Case, Holder, Link, Pause, Promise
from zabota.clients.actions import merge_clients, undo_merge
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.outreach.placing import _cases_of
from zabota.tickets.actions import (
    end_ticket,
    merge_tickets,
    part_tickets,
    say_in_ticket,
    take_ticket,
    watch_ticket,
    write_to_ticket,
)
from zabota.tickets.models import Remark, Ticket, TicketState, TicketType, Watcher
from zabota.tickets.reading.lists import read_tickets

MINUTES = timedelta(minutes=10)
SECOND = "И чек не пришёл, пришлите, пожалуйста."


def two(world: World) -> tuple[Ticket, Ticket]:
    return asked(world), asked(world, "question", at=AT + MINUTES, text=SECOND)


def in_today(ticket: Ticket) -> set[str]:
    """Which of its promises stand before somebody now."""
    rows = Holder.objects.filter(case=ticket.pk, rank_at__isnull=False)
    return set(rows.values_list("promise__moment_id", flat=True))


def test_one_thread_and_one_answer(world: World) -> None:
    stays, goes = two(world)
    browser = browser_of(world, "manager")
    assert SECOND in browser.get(f"/desk/tickets/{stays.pk}/merge/").content.decode()
    answer = browser.post(
        f"/desk/tickets/{goes.pk}/merge/", {"other": stays.pk, "stays": "other"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == f"/desk/tickets/{stays.pk}/"
    assert SECOND in answer.content.decode()
    assert kinds(stays)[-1] == "ticket.merged" and kinds(goes)[-1] == "ticket.merged_into"
    announce_entries(by=None, at=AT + HOUR)
    told = Message.objects.filter(
        case=stays.pk, purpose="ticket_news", to=world.guests["anna"].user
    )
    assert told.count() == 1
    guest = browser_of(world, "anna")
    page = guest.get(f"/room/tickets/{goes.pk}/", follow=True).content.decode()
    assert SECOND in page and f"что спрашивали в {goes.case.number}" in page
    listed = guest.get("/room/tickets/").content.decode()
    assert stays.case.title in listed and goes.case.title not in listed
    manager = world.as_staff("manager")
    found = read_tickets(manager, {"q": goes.case.number}, world.firm, at=AT).rows
    assert [row.pk for row in found] == [stays.pk]
    # Promised twice, it stands in Today once: by what falls due first.
    assert in_today(stays) == {"ticket_reply", "ticket_solution"} and not in_today(goes)
    say_in_ticket(goes, "Монтёр едет, чек приложу.", by=manager, at=AT + HOUR)
    for one in (stays, goes):
        assert fresh(one).reply.settled_at == AT + HOUR
    assert Remark.objects.filter(ticket=stays.pk, side="ours").count() == 1
    end_ticket(stays, "solved", "Готово", by=manager, at=AT + 2 * HOUR)
    assert fresh(goes).case.state == fresh(stays).case.state == TicketState.DONE
    assert fresh(goes).ask_at is None and fresh(stays).ask_at is not None


def test_the_earlier_of_two_promises_stands_in_today_and_before_the_client(world: World) -> None:
    usual = asked(world, "question")
    urgent = asked(world, "complaint", at=AT + MINUTES)
    merge_tickets(usual, urgent, by=world.as_staff("manager"), at=AT + MINUTES)
    assert not in_today(usual)
    assert in_today(urgent) == {"ticket_reply", "ticket_solution"}
    (row,) = read_tickets(world.as_guest("anna"), {}, world.firm, at=AT).rows
    by_list = row.promised
    urgent_due = fresh(urgent).reply.due_at
    assert urgent_due is not None and fresh(usual).reply.due_at is not None
    assert urgent_due < fresh(usual).reply.due_at  # type: ignore[operator]
    assert f"{urgent_due.astimezone(tz=None):%M}" in by_list
    take_ticket(usual, by=world.as_staff("lawyer"), at=AT + MINUTES)
    holders = Holder.objects.filter(case=urgent.pk, rank_at__isnull=False)
    assert {one.employee for one in holders} == {world.staff["lawyer"]}


def test_whatever_comes_to_either_arrives_in_the_one_that_stands(world: World) -> None:
    stays, goes = two(world)
    announce_entries(by=None, at=AT + MINUTES)
    notice = Message.objects.filter(case=goes.pk, purpose="ticket_receipt").get()
    merge_tickets(stays, goes, by=world.as_staff("manager"), at=AT + HOUR)
    assert _cases_of(notice) == [stays.case]
    say_in_ticket(stays, "Какой адрес?", by=world.as_staff("manager"), at=AT + HOUR, how="ask")
    # Both ends, and the news that come next.
    assert Pause.objects.filter(ended_at=None).count() == 3
    write_to_ticket(goes, "Ленина, 1", by=world.as_guest("anna"), at=AT + 2 * HOUR)
    assert fresh(stays).case.state == TicketState.OPEN and fresh(goes).case.root_id == stays.pk
    assert Remark.objects.filter(ticket=stays.pk, text="Ленина, 1").exists()
    assert not Pause.objects.filter(ended_at=None).exists()


def test_whoever_had_the_other_sees_the_one_that_stands(world: World) -> None:
    stays, goes = two(world)
    clerk = world.staff["logist1"]
    watch_ticket(goes, clerk, by=world.as_staff("manager"), at=AT)
    browser = browser_of(world, "logist1")
    assert browser.get(f"/desk/tickets/{stays.pk}/").status_code == 404
    link = merge_tickets(stays, goes, by=world.as_staff("manager"), at=AT + HOUR)
    assert browser.get(f"/desk/tickets/{stays.pk}/").status_code == 200
    write_to_ticket(stays, "Ещё вот что", by=world.as_guest("anna"), at=AT + HOUR)
    announce_entries(by=None, at=AT + HOUR)
    assert Message.objects.filter(purpose="ticket_said", to=clerk.user).exists()
    part_tickets(link, by=world.as_staff("manager"), at=AT + HOUR)
    assert browser.get(f"/desk/tickets/{stays.pk}/").status_code == 404


def test_refused_when_not_sensible(world: World) -> None:
    by, (stays, goes) = world.as_staff("manager"), two(world)
    alien, third = asked(world, guest="john"), asked(world)
    with refused("same_ticket"):
        merge_tickets(stays, stays, by=by, at=AT)
    with refused("two_clients"):
        merge_tickets(stays, alien, by=by, at=AT)
    link = merge_tickets(stays, goes, by=by, at=AT)
    for pair in ((third, goes), (goes, third)):
        with refused("merged"):
            merge_tickets(*pair, by=by, at=AT)
    with refused("took_in"):
        merge_tickets(third, stays, by=by, at=AT)
    part_tickets(link, by=by, at=AT)
    with refused("undone"):
        part_tickets(link, by=by, at=AT)
    end_ticket(goes, "solved", "Да", by=by, at=AT)
    with refused("finished"):
        merge_tickets(goes, stays, by=by, at=AT)
    with refused("long_ago"):
        merge_tickets(stays, goes, by=by, at=AT + 30 * DAY)
    with pytest.raises(PermissionDenied):
        merge_tickets(stays, third, by=world.as_guest("anna"), at=AT)  # type: ignore[arg-type]
    stranger = browser_of(world, "logist1")
    assert stranger.get(f"/desk/tickets/{stays.pk}/merge/").status_code == 404
    assert stranger.post(f"/desk/tickets/links/{link.pk}/undo/").status_code == 404


def test_clients_that_are_one_have_requests_that_may_be_one(world: World) -> None:
    stays, alien = asked(world), asked(world, guest="john")
    one, other = world.clients["romashka"], world.clients["vector"]
    merge_clients(one, other, by=None, at=AT, reason="один ИНН")
    merge_tickets(stays, alien, by=world.as_staff("manager"), at=AT)
    assert fresh(alien).case.root_id == stays.pk
    told = Entry.objects.get(kind="ticket.merged")
    assert told.entry_kind.told is not None
    told_to = {notice.user_id for notice in told.entry_kind.told(told)}
    assert {world.guests[key].user_id for key in ("anna", "john")} <= told_to


def test_clients_that_are_two_again_read_and_have_their_own(world: World) -> None:
    stays, alien = asked(world), asked(world, guest="john", text="Это знаем только мы.")
    one, other = world.clients["romashka"], world.clients["vector"]
    merge_clients(one, other, by=None, at=AT, reason="один ИНН")
    merge_tickets(stays, alien, by=world.as_staff("manager"), at=AT)
    say_in_ticket(stays, "Едем.", by=world.as_staff("manager"), at=AT)
    page = f"/room/tickets/{stays.pk}/"
    assert "Это знаем только мы." in browser_of(world, "anna").get(page).content.decode()
    undo_merge(other, by=None, at=AT + HOUR)
    # At once, whenever the worker comes by.
    assert "Это знаем только мы." not in browser_of(world, "anna").get(page).content.decode()
    work.react(AT + HOUR)
    assert fresh(alien).case.root_id is None and kinds(alien)[-1] == kinds(stays)[-1]
    parted = Entry.objects.filter(kind="ticket.parted").order_by("pk")
    told = [[n.user_id for n in one.entry_kind.told(one)] for one in parted if one.entry_kind.told]
    theirs = [world.guests[key].user_id for key in ("anna", "john")]
    assert [one in them for one, them in zip(theirs, told, strict=True)] == [True, True]
    assert theirs[1] not in told[0] and theirs[0] not in told[1]
    mine = f"/room/tickets/{alien.pk}/"
    assert "Это знаем только мы." in browser_of(world, "john").get(mine).content.decode()
    # What had been answered as one has its next news by itself.
    assert fresh(alien).news is not None


def test_what_is_asked_while_clients_are_one_stays_with_whoever_asked(world: World) -> None:
    one, other = world.clients["vector"], world.clients["romashka"]
    merge_clients(one, other, by=None, at=AT, reason="один ИНН")
    ticket = asked(world)
    assert browser_of(world, "john").get(f"/room/tickets/{ticket.pk}/").status_code == 200
    undo_merge(other, by=None, at=AT + HOUR)
    assert browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").status_code == 200
    assert browser_of(world, "john").get(f"/room/tickets/{ticket.pk}/").status_code == 404


ROWS = (Case, Ticket, Remark, Promise, Pause, Holder, Watcher)
STEPS = st.lists(st.sampled_from(("take", "say", "ask", "watch", "end")), max_size=2)


def all_bytes() -> list[str]:
    return [serialize("json", rows.objects.order_by("pk")) for rows in ROWS]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=STEPS, second=STEPS, team=st.booleans())
def test_merge_then_undo_gives_back_every_byte(
    world: World, first: list[str], second: list[str], team: bool
) -> None:
    Link.objects.all().delete()
    manager = world.as_staff("manager")
    taker = world.teams["logistics"] if team else None
    TicketType.objects.filter(slug="question").update(team=taker)
    stays, goes = two(world)
    for ticket, steps in ((stays, first), (goes, second)):
        for step in steps:
            done = fresh(ticket).case.state == TicketState.DONE
            if step == "take" and not done:
                take_ticket(ticket, by=world.as_staff("director"), at=AT + MINUTES)
            elif step == "watch":
                watch_ticket(ticket, world.staff["lawyer"], by=manager, at=AT + MINUTES)
            elif step == "end" and ticket is goes and not done:
                end_ticket(goes, "solved", "Да", by=manager, at=AT + MINUTES)
            elif step in ("say", "ask"):
                how = "ask" if step == "ask" else "answer"
                say_in_ticket(ticket, "Да", by=manager, at=AT + MINUTES, how=how)
    before = all_bytes()
    link = merge_tickets(stays, goes, by=manager, at=AT + HOUR)
    assert all_bytes() != before
    part_tickets(link, by=manager, at=AT + HOUR)
    assert all_bytes() == before
    assert kinds(stays)[-1] == kinds(goes)[-1] == "ticket.parted"
