"""What will be late is found by itself; the client is asked before they ask, and chooses."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY
from tests.orders.ordered import LAMPS, POLES, daisy_order, lines_of
from tests.support.refused import refused
from zabota.cases.models import Promise
from zabota.home.world import World
from zabota.journal.kinds import Notice
from zabota.journal.models import Entry
from zabota.orders import actions
from zabota.orders.models import Delay, Order
from zabota.orders.reading.choices import choices_of

LATER = date(2026, 12, 4)


def told(kind: str) -> list[Notice]:
    entry = Entry.objects.filter(kind=kind).latest("pk")
    return list(entry.entry_kind.told(entry)) if entry.entry_kind.told else []


def late_lamps(world: World) -> Delay:
    """The lamps of an order come two weeks later than promised."""
    order = daisy_order(world)
    actions.expect_line(lines_of(order)[0], LATER, by=world.as_staff("manager"), at=AT + DAY)
    return Delay.objects.select_related("case", "order").get(order=order)


def test_a_later_day_asks_the_client_at_once(world: World) -> None:
    delay = late_lamps(world)
    assert (delay.why, delay.expected_on, delay.case.state) == ("moved", LATER, "waiting")
    assert [one.line.name for one in delay.lines.all()] == [LAMPS.name]
    users = {notice.user_id for notice in told("delay.found") if notice.purpose == "delay_choice"}
    assert world.guests["anna"].user_id in users and world.guests["alien"].user_id not in users
    # Once only.
    assert actions.find_delays(by=None, at=AT + DAY) == 0
    assert Entry.objects.filter(kind="order.line_expected").count() == 1


def test_a_near_day_with_nothing_gone_is_a_delay(world: World) -> None:
    order = daisy_order(world)
    due = lines_of(order)[0].promise.due_at
    assert actions.find_delays(by=None, at=due - timedelta(hours=3)) == 0
    assert actions.find_delays(by=None, at=due - timedelta(hours=1)) == 1
    delay = Delay.objects.get(order=order)
    assert (delay.why, delay.expected_on) == ("near", None)
    # It left all the same: nothing is asked any more.
    actions.ship_order(order, {lines_of(order)[0].pk: Decimal(10)}, by=None, at=due)
    actions.find_delays(by=None, at=due)
    assert Delay.objects.select_related("case").get(pk=delay.pk).case.state == "done"
    assert Entry.objects.filter(kind="delay.over").exists()


def test_to_wait_agrees_to_the_new_day(world: World) -> None:
    delay = late_lamps(world)
    old = lines_of(delay.order)[0].promise
    actions.choose_on_delay(delay, "wait", by=world.as_guest("boris"), at=AT + DAY)
    new = lines_of(delay.order)[0].promise
    assert old and new and new.replaces_id == old.pk
    assert (new.agreed_at, new.first_due_at) == (AT + DAY, old.due_at)
    assert new.due_at and new.due_at.date() == LATER
    assert Delay.objects.select_related("case").get(pk=delay.pk).case.state == "done"
    assert {one.purpose for one in told("delay.chosen")} == {"delay_task"}
    assert actions.find_delays(by=None, at=AT + 2 * DAY) == 0


def test_what_is_there_is_promised_to_leave(world: World) -> None:
    delay, manager = late_lamps(world), world.as_staff("manager")
    assert choices_of(delay) == ["wait", "partial", "replace", "cancel"]
    actions.choose_on_delay(delay, "partial", by=world.as_guest("anna"), at=AT + DAY)
    delay = Delay.objects.select_related("case", "order__case__client", "doing").get(pk=delay.pk)
    assert delay.doing and delay.doing.words_en == "Ship what is there"
    actions.settle_delay(delay, by=manager, at=AT + DAY)
    assert Promise.objects.get(pk=delay.doing_id).state == "kept"
    assert Entry.objects.filter(kind="delay.settled").exists()


def test_to_cancel_leaves_the_rest(world: World) -> None:
    delay = late_lamps(world)
    actions.choose_on_delay(delay, "cancel", by=world.as_guest("anna"), at=AT + DAY)
    order = Order.objects.get(pk=delay.order_id)
    assert order.total == Decimal(55500)
    lamps = lines_of(order)[0]
    assert (lamps.cancelled, Promise.objects.get(pk=lamps.promise_id).state) == (10, "dropped")


def test_paid_and_cancelled_is_paid_back(world: World) -> None:
    order, manager = daisy_order(world, LAMPS), world.as_staff("manager")
    invoice = actions.issue_invoice(order, by=manager, at=AT)
    money = actions.Money("m", date(2026, 11, 17), invoice.total)
    actions.take_payment(money, by=manager, at=AT, invoice=invoice)
    actions.expect_line(lines_of(order)[0], LATER, by=manager, at=AT)
    delay = Delay.objects.get()
    assert "partial" not in choices_of(delay)
    with refused("choice"):
        actions.choose_on_delay(delay, "partial", by=world.as_guest("anna"), at=AT)
    delay = actions.choose_on_delay(delay, "cancel", by=world.as_guest("anna"), at=AT)
    assert delay.doing and delay.doing.words_ru == "Вернуть оплаченное"


def test_shipped_and_paid_the_order_ends_where_the_rest_is_cancelled(world: World) -> None:
    order, manager = daisy_order(world), world.as_staff("manager")
    lamps, poles = lines_of(order)
    invoice = actions.issue_invoice(order, by=manager, at=AT)
    money = actions.Money("m", date(2026, 11, 17), lamps.sum)
    actions.take_payment(money, by=manager, at=AT, invoice=invoice)
    actions.ship_order(order, {lamps.pk: Decimal(10)}, by=manager, at=AT)
    actions.expect_line(poles, LATER, by=manager, at=AT)
    assert Order.objects.get().case.state == "open"
    actions.choose_on_delay(Delay.objects.get(), "cancel", by=world.as_guest("anna"), at=AT)
    ended = Order.objects.select_related("case", "purchase").get()
    assert ended.case.state == "done" and ended.purchase
    assert ended.purchase.sum == ended.total == lamps.sum


def test_who_may_choose(world: World) -> None:
    delay = late_lamps(world)
    for stranger in ("vera", "alien"):
        with pytest.raises(PermissionDenied):
            actions.choose_on_delay(delay, "wait", by=world.as_guest(stranger), at=AT)
    actions.choose_on_delay(delay, "wait", by=world.as_guest("anna"), at=AT)
    with pytest.raises(PermissionDenied):
        actions.choose_on_delay(delay, "cancel", by=world.as_guest("anna"), at=AT)


def test_lines_of_one_day_part_when_one_is_late(world: World) -> None:
    same = POLES.__class__("Кронштейн", Decimal(1), Decimal(100), by_day=LAMPS.by_day)
    order = daisy_order(world, LAMPS, same)
    lamps, other = lines_of(order)
    assert lamps.promise_id == other.promise_id
    actions.expect_line(lamps, LATER, by=world.as_staff("manager"), at=AT)
    actions.choose_on_delay(Delay.objects.get(), "wait", by=world.as_guest("anna"), at=AT)
    moved, other = lines_of(order)
    assert moved.promise_id != other.promise_id and moved.promise and other.promise
    assert moved.promise.first_due_at == other.promise.due_at
