"""A request is put aside until a moment, within what was promised."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.tickets.asked import asked, fresh, kinds
from zabota.cases.models import Holder
from zabota.common import clock
from zabota.home import work
from zabota.home.world import World
from zabota.people.refusal import Refused
from zabota.tickets.actions import end_ticket, say_in_ticket, write_to_ticket
from zabota.tickets.actions.snooze import snooze_ticket, wake_ticket
from zabota.tickets.models import Ticket


def answered(world: World) -> Ticket:
    ticket = asked(world)
    say_in_ticket(ticket, "Смотрим", by=world.as_staff("manager"), at=AT)
    return fresh(ticket)


def in_today(ticket: Ticket) -> bool:
    return Holder.objects.filter(case=ticket.pk, rank_at__isnull=False).exists()


def test_out_of_today_until_then(world: World) -> None:
    ticket, until = answered(world), AT + 2 * HOUR
    assert in_today(ticket)
    snooze_ticket(ticket, until, by=world.as_staff("manager"), at=AT)
    assert kinds(ticket)[-1] == "ticket.snoozed" and not in_today(ticket)
    assert fresh(ticket).solution.due_at == ticket.solution.due_at
    assert work.wake_what_was_put_aside(until - timedelta(minutes=1)) == 0
    assert work.wake_what_was_put_aside(until) == 1
    assert kinds(ticket)[-1] == "ticket.woken" and in_today(ticket)
    assert work.wake_what_was_put_aside(until) == 0


def test_when_the_client_writes_it_is_back(world: World) -> None:
    ticket = answered(world)
    snooze_ticket(ticket, AT + 2 * HOUR, by=world.as_staff("manager"), at=AT)
    say_in_ticket(ticket, "Себе", by=world.as_staff("manager"), at=AT, how="note")
    assert not in_today(ticket)
    write_to_ticket(ticket, "Ну что?", by=world.as_guest("anna"), at=AT + HOUR)
    assert in_today(ticket) and fresh(ticket).snoozed_until is None


def test_never_past_a_promise_nor_into_the_past(world: World) -> None:
    ticket, by = answered(world), world.as_staff("manager")
    for until, code in ((AT, "past"), (AT + 9 * DAY, "past_promise")):
        with pytest.raises(Refused) as refused:
            snooze_ticket(ticket, until, by=by, at=AT)
        assert refused.value.code == code
    assert in_today(ticket)


def test_only_who_has_it(world: World) -> None:
    ticket = answered(world)
    address = f"/desk/tickets/{ticket.pk}/snooze/"
    assert browser_of(world, "director").get(address).status_code == 403
    assert browser_of(world, "stranger").get(address).status_code == 404
    assert browser_of(world, "anna").get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        wake_ticket(ticket, by=world.as_staff("director"), at=AT)
    end_ticket(ticket, "solved", "Да", by=world.as_staff("manager"), at=AT)
    with pytest.raises(PermissionDenied):
        snooze_ticket(ticket, AT + HOUR, by=world.as_staff("manager"), at=AT)


def test_by_hand_there_and_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    ticket, browser = answered(world), browser_of(world, "manager")
    base = f"/desk/tickets/{ticket.pk}/"
    # What one usually means is one tap away, before what is promised.
    page = browser.get(f"{base}snooze/").content.decode()
    moments = re.findall(r'name="until" value="([^"]+)"', page)
    assert moments == ["2026-11-17T11:00", "2026-11-17T13:00"], moments
    wrong = browser.post(f"{base}snooze/", {"until": "2026-11-30T12:00"})
    assert wrong.status_code == 422 and "раньше" in wrong.content.decode()
    page = browser.post(f"{base}snooze/", {"until": "2026-11-17T12:00"}, follow=True)
    assert "Отложено до" in page.content.decode()
    assert fresh(ticket).snoozed_until == AT + 2 * HOUR
    page = browser.post(f"{base}wake/", follow=True)
    assert "снова в «Сегодня»" in page.content.decode() and in_today(ticket)
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "тлож" not in room
