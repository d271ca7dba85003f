"""After the end the client is asked once whether it helped; a low answer is made up for."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.outreach.test_receive_letter import ADDRESS, email_of, mailbox
from tests.tickets.asked import asked, fresh, kinds
from tests.tickets.test_write_by_letter import arrives
from zabota.cases.models import Case, Verdict
from zabota.home import work
from zabota.home.world import World
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Mailbox, Message
from zabota.outreach.render import render_mail
from zabota.outreach.tokens import reply_address
from zabota.people.refusal import Refused
from zabota.tickets.actions import (
    ask_verdicts,
    end_ticket,
    give_ticket_verdict,
    write_to_ticket,
)
from zabota.tickets.answers import Answer, is_thanks, read_answer
from zabota.tickets.models import Ticket

__all__ = ["mailbox"]
# Ten in the morning and two working hours.
LATER = AT + 2 * HOUR


def ended(world: World, guest: str = "anna") -> Ticket:
    ticket = asked(world, guest=guest)
    end_ticket(ticket, "solved", "Заменили.", by=world.as_staff("manager"), at=AT)
    return ticket


def verdict(world: World, ticket: Ticket, helped: str = "yes", effort: int | None = 2) -> Verdict:
    by = world.as_guest("anna")
    return give_ticket_verdict(ticket, helped, effort, "Быстро!", by=by, at=LATER + HOUR)


def test_asked_when_the_client_can_have_seen_it(world: World) -> None:
    ticket = ended(world)
    assert work.ask_whether_it_helped(LATER - timedelta(minutes=1)) == 0
    assert work.ask_whether_it_helped(LATER) == 1
    assert work.ask_whether_it_helped(LATER) == 0
    assert kinds(ticket)[-1] == "ticket.verdict_asked"
    announce_entries(by=None, at=LATER)
    sent = {m.purpose: m for m in Message.objects.filter(case=ticket.pk)}
    letter = sent["ticket_verdict"]
    assert letter.to == world.guests["anna"].user
    text = " ".join(render_mail(letter, [letter], LATER).text.split())
    assert "помогло ли?" in render_mail(letter, [letter], LATER).subject
    assert "числом от 1 до 7" in text


def test_the_room_asks_whom_we_ask_and_nobody_else(world: World) -> None:
    ticket = ended(world)
    address = f"/room/tickets/{ticket.pk}/"
    room = browser_of(world, "anna")
    assert "Насколько трудно" not in room.get(address).content.decode()
    ask_verdicts(by=None, at=LATER)
    assert "Насколько трудно" in room.get(address).content.decode()
    form = {"helped": "partly", "effort": "3", "words": "Долго ждали"}
    page = room.post(f"{address}verdict/", form, follow=True).content.decode()
    assert "Помогло отчасти" in page and "усилие 3 из 7" in page and "Долго ждали" in page
    assert "Насколько трудно" not in page
    assert kinds(ticket)[-1] == "ticket.verdict_given"
    again = room.post(f"{address}verdict/", form, follow=True)
    assert "уже ответили" in again.content.decode()
    assert browser_of(world, "alien").post(f"{address}verdict/", form).status_code == 404
    desk = browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "Отклик клиента: помогло отчасти, усилие 3 из 7" in desk and "Долго ждали" in desk
    assert Verdict.objects.get().followed_by is None


def test_the_one_who_has_it_is_told(world: World) -> None:
    ticket = ended(world)
    ask_verdicts(by=None, at=LATER)
    verdict(world, ticket)
    announce_entries(by=None, at=LATER + HOUR)
    told = Message.objects.filter(case=ticket.pk, purpose="ticket_thought")
    assert [m.to for m in told] == [world.staff["manager"].user]


def test_without_being_asked_nothing_is_given(world: World) -> None:
    ticket = ended(world)
    with pytest.raises(PermissionDenied):
        verdict(world, ticket)
    assert browser_of(world, "anna").post(
        f"/room/tickets/{ticket.pk}/verdict/", {"helped": "yes"}
    ).status_code == 403  # fmt: skip


@pytest.mark.parametrize(("helped", "effort"), [("", 2), ("maybe", 2), ("yes", 0), ("yes", 8)])
def test_what_is_no_answer_is_refused(world: World, helped: str, effort: int) -> None:
    ticket = ended(world)
    ask_verdicts(by=None, at=LATER)
    with pytest.raises(Refused):
        verdict(world, ticket, helped, effort)
    answer = browser_of(world, "anna").post(
        f"/room/tickets/{ticket.pk}/verdict/",
        {"helped": helped, "effort": str(effort), "words": "Моё"},
    )
    assert answer.status_code == 422 and "Моё" in answer.content.decode()
    assert Verdict.objects.get().given_at is None


@pytest.mark.parametrize(("helped", "effort"), [("no", None), ("partly", 6), ("yes", 7)])
def test_a_low_one_is_a_request_for_the_lead_with_a_promise(
    world: World, helped: str, effort: int | None
) -> None:
    ticket = ended(world)
    ask_verdicts(by=None, at=LATER)
    made = verdict(world, ticket, helped, effort).followed_by
    assert made is not None
    follow = Ticket.objects.select_related("reply", "case__owner").get(pk=made.pk)
    assert follow.case.owner == world.staff["manager"].lead
    assert (follow.priority, follow.contact) == ("high", ticket.contact)
    assert follow.reply.due_at is not None and follow.reply.state == "running"
    assert "Быстро!" in follow.remarks.get().text
    desk = browser_of(world, "director").get(f"/desk/tickets/{follow.pk}/").content.decode()
    assert f"/desk/tickets/{ticket.pk}/" in desk and "Клиенту плохо помогли" in desk
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert f"/room/tickets/{follow.pk}/" in room


def test_never_twice_in_a_period_whatever_was_done(world: World) -> None:
    ended(world)
    ended(world)
    ended(world, "boris")
    assert work.ask_whether_it_helped(LATER) == 2
    later = asked(world, at=AT + 40 * DAY)
    end_ticket(later, "solved", "Да", by=world.as_staff("manager"), at=AT + 40 * DAY)
    assert work.ask_whether_it_helped(AT + 42 * DAY) == 1


def test_what_goes_on_is_not_asked_about(world: World) -> None:
    ticket = ended(world)
    write_to_ticket(ticket, "Опять не горит", by=world.as_guest("anna"), at=AT + HOUR)
    assert fresh(ticket).case.state == "open"
    assert work.ask_whether_it_helped(AT + DAY) == 0


def test_who_thanks_begins_nothing_and_is_not_asked(world: World) -> None:
    ticket = ended(world)
    write_to_ticket(
        ticket, "Спасибо большое, всё работает!", by=world.as_guest("anna"), at=AT + HOUR
    )
    assert fresh(ticket).case.state == "done" and fresh(ticket).reopened == 0
    assert kinds(ticket)[-1] == "ticket.thanked"
    assert work.ask_whether_it_helped(AT + DAY) == 0


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("Спасибо!", True),
        ("Ок, благодарю вас за помощь 🙂", True),
        ("Thank you so much, it works", True),
        ("Спасибо, но не горит", False),
        ("Спасибо. А когда привезут остальное?", False),
        ("Всё хорошо", False),
        ("спасибо " * 20, False),
    ],
)
def test_thanks_are_told_from_words_that_ask(text: str, thanks: bool) -> None:
    assert is_thanks(text) is thanks


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Да", Answer("yes", None, "")),
        ("да, 2", Answer("yes", 2, "")),
        ("Нет — 7. Третий раз звоню", Answer("no", 7, "Третий раз звоню")),
        ("Отчасти 4 из 7\nЖдали день", Answer("partly", 4, "Ждали день")),
        ("Yes 1, thanks", Answer("yes", 1, "thanks")),
        ("Нет, 2 фонаря не горят", Answer("no", 2, "фонаря не горят")),
        ("Да, 15 минут", Answer("yes", None, "15 минут")),
        ("Не помогло", Answer("no", None, "")),
        ("Нет, спасибо", None),
        ("No, thank you!", None),
        (
            "Нет. Спасибо, что спросили, но щит искрит",
            Answer("no", None, "Спасибо, что спросили, но щит искрит"),
        ),
        ("Датчик сломан", None),
        ("Ничего не понял", None),
        ("", None),
    ],
)
def test_an_answer_by_letter_is_a_word_and_a_number(text: str, answer: Answer | None) -> None:
    assert read_answer(text) == answer


def test_by_letter_it_is_given_and_the_request_stays_finished(
    world: World, mailbox: Mailbox
) -> None:
    arrives(mailbox, "nikto@nigde.example", ADDRESS, "Вы возите опоры в Тверь?")
    ticket = Ticket.objects.get()
    end_ticket(ticket, "solved", "Возим.", by=world.as_staff("director"), at=AT)
    ask_verdicts(by=None, at=LATER)
    announce_entries(by=None, at=LATER)
    letter = Message.objects.get(case=ticket.pk, purpose="ticket_verdict")
    assert letter.address == "nikto@nigde.example"
    arrives(mailbox, "nikto@nigde.example", reply_address(ADDRESS, letter.pk), "Да, 2. Спасибо")
    row = Verdict.objects.get()
    assert (row.helped, row.effort, row.words) == ("yes", 2, "Спасибо")
    assert fresh(ticket).case.state == "done" and Case.objects.filter(kind="ticket").count() == 1
    assert kinds(ticket)[-1] == "ticket.verdict_given"
    assert ticket.remarks.filter(side="theirs").count() == 2


def test_a_letter_about_something_else_goes_on(world: World, mailbox: Mailbox) -> None:
    ticket = ended(world)
    ask_verdicts(by=None, at=LATER)
    announce_entries(by=None, at=LATER)
    letter = Message.objects.get(case=ticket.pk, purpose="ticket_verdict")
    anna = email_of(world, "anna")
    arrives(mailbox, anna, reply_address(ADDRESS, letter.pk), "А когда вы приедете опять?")
    assert fresh(ticket).case.state == "open"
    assert Verdict.objects.get().given_at is None


def test_the_request_for_the_lead_is_in_the_language_of_the_client(world: World) -> None:
    ticket = ended(world, "john")
    ask_verdicts(by=None, at=LATER)
    by = world.as_guest("john")
    made = give_ticket_verdict(ticket, "no", 6, "Nothing came", by=by, at=LATER).followed_by
    assert made is not None
    words = Ticket.objects.get(pk=made.pk).remarks.get().text
    assert words.endswith("it did not help, effort 6 of 7.\nNothing came") and "No. " in words
