"""How a request ends, and how urgent it is meanwhile."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.tickets.asked import asked, fresh, kinds
from zabota.home.world import World
from zabota.tickets.actions import change_priority, end_ticket, say_in_ticket, write_to_ticket

# An urgent request of ten in the morning.
SOLVED = AT + 5 * HOUR
OFFER = "Ремонта не делаем; вот два мастера, которых знаем."


@pytest.mark.parametrize(
    ("outcome", "shown"),
    [("solved", "Решено"), ("otherwise", "Помогли иначе"), ("beyond", "Не в наших силах")],
)
def test_it_ends_in_words_and_is_counted_by_how(world: World, outcome: str, shown: str) -> None:
    ticket = asked(world)
    browser = browser_of(world, "manager")
    answer = browser.post(
        f"/desk/tickets/{ticket.pk}/end/", {"outcome": outcome, "text": OFFER}, follow=True
    )
    assert "Клиент уже знает" in answer.content.decode()
    now = fresh(ticket)
    assert (now.case.state, now.outcome) == ("done", outcome)
    assert (now.reply.state, now.solution.outcome) == ("kept", outcome)
    page = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert shown in page and OFFER in page
    assert kinds(ticket) == ["ticket.opened", "ticket.ended"]


def test_without_words_nothing_ends(world: World) -> None:
    ticket = asked(world)
    browser = browser_of(world, "manager")
    answer = browser.post(f"/desk/tickets/{ticket.pk}/end/", {"outcome": "solved", "text": " "})
    assert answer.status_code == 422 and fresh(ticket).case.state == "new"


def test_twice_is_refused(world: World) -> None:
    ticket, by = asked(world), world.as_staff("manager")
    end_ticket(ticket, "solved", "Да.", by=by, at=AT)
    with pytest.raises(PermissionDenied):
        end_ticket(ticket, "beyond", "Нет.", by=by, at=AT)


def test_an_end_while_the_clock_stands_moves_it_by_the_pause(world: World) -> None:
    ticket, by = asked(world), world.as_staff("manager")
    due = ticket.solution.due_at
    say_in_ticket(ticket, "Какой щит?", by=by, at=AT, how="ask")
    end_ticket(ticket, "otherwise", OFFER, by=by, at=AT + HOUR)
    now = fresh(ticket)
    assert due is not None and now.solution.due_at == due + HOUR
    assert now.solution.state == "kept"


def test_more_urgent_moves_the_dates_in_the_open(world: World) -> None:
    ticket = asked(world, kind="suggestion")
    first = ticket.reply.due_at
    change_priority(ticket, "urgent", by=world.as_staff("manager"), at=AT, reason="Комиссия")
    now = fresh(ticket)
    assert now.priority == "urgent" and now.reply.due_at is not None
    assert now.reply.first_due_at == first and now.reply.replaces_id == ticket.reply.pk
    assert now.solution.due_at is not None and first is not None and now.reply.due_at < first
    assert kinds(ticket) == ["ticket.opened", "ticket.priority_changed"]
    client = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Срочность" not in client and "Комиссия" not in client
    assert "перенесено, было обещано" in client


def test_urgency_is_changed_by_hand(world: World) -> None:
    ticket, browser = asked(world), browser_of(world, "manager")
    address = f"/desk/tickets/{ticket.pk}/priority/"
    assert browser.post(address, {"priority": "urgent", "reason": ""}).status_code == 422
    answer = browser.post(address, {"priority": "urgent", "reason": "Комиссия"}, follow=True)
    assert "Срочность: срочно вместо «важно»" in answer.content.decode()
    assert browser_of(world, "stranger").get(address).status_code == 404


def test_nothing_is_promised_into_the_past(world: World) -> None:
    ticket, by = asked(world, kind="suggestion"), world.as_staff("manager")
    at = AT + 5 * DAY
    change_priority(ticket, "urgent", by=by, at=at, reason="Так надо")
    due = fresh(ticket).solution.due_at
    assert due is not None and due > at


def test_a_broken_promise_stays_broken(world: World) -> None:
    ticket, by = asked(world), world.as_staff("manager")
    due, at = ticket.reply.due_at, AT + 3 * HOUR
    change_priority(ticket, "low", by=by, at=at, reason="Подождёт")
    now = fresh(ticket)
    assert (now.reply.pk, now.reply.due_at) == (ticket.reply.pk, due)
    assert now.reply.is_late(at)
    assert now.solution.replaces_id == ticket.solution.pk


def test_a_clock_that_stands_stands_on_by_the_new_measure(world: World) -> None:
    """Counted from the beginning, without the time it stood, before the change and after."""
    ticket, by = asked(world, kind="suggestion"), world.as_staff("manager")
    say_in_ticket(ticket, "Какой щит?", by=by, at=AT, how="ask")
    change_priority(ticket, "urgent", by=by, at=AT + HOUR, reason="Комиссия")
    now = fresh(ticket)
    assert now.solution.state == "paused" and now.solution.replaces_id == ticket.solution.pk
    asked_for = [pause.asked for pause in now.solution.pauses.filter(ended_at=None)]
    assert asked_for == ["Какой щит?"]
    write_to_ticket(ticket, "Второй", by=world.as_guest("anna"), at=AT + 2 * HOUR)
    # Four working hours with an hour for lunch, and the two it stood.
    assert fresh(ticket).solution.due_at == SOLVED + 2 * HOUR
    change_priority(ticket, "high", by=by, at=AT + 2 * HOUR, reason="Успеем")
    change_priority(ticket, "urgent", by=by, at=AT + 2 * HOUR, reason="Не успеем")
    assert fresh(ticket).solution.due_at == SOLVED + 2 * HOUR


def test_a_question_after_the_end_stops_no_clock(world: World) -> None:
    ticket, by = asked(world), world.as_staff("manager")
    end_ticket(ticket, "solved", OFFER, by=by, at=AT)
    say_in_ticket(ticket, "А второй щит цел?", by=by, at=AT + HOUR, how="ask")
    assert kinds(ticket)[-1] == "ticket.asked_after" and fresh(ticket).case.state == "done"
    page = browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "Вопрос после завершения" in page and "срок приостановлен" not in page.lower()
