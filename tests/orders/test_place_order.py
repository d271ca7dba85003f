"""An order from its first day to the purchase: promised, invoiced, paid, shipped, returned."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY
from tests.orders.ordered import LAMPS, POLES, daisy_order, lines_of
from tests.support.refused import refused
from zabota.cases.models import Case, Holder, Promise
from zabota.clients.models import Purchase
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.orders import actions
from zabota.orders.models import Invoice, Order, OrderState
from zabota.orders.vat import vat_within


def kinds(case: int) -> list[str]:
    return list(
        Entry.objects.filter(stream__case=case).order_by("seq").values_list("kind", flat=True)
    )


def test_an_order_is_a_case_whose_shipments_are_promises(world: World) -> None:
    order = daisy_order(world)
    assert order.case.number == "З-2026-00001"
    assert order.total == Decimal("12345.60") + Decimal("55500.00")
    assert order.vat == vat_within(Decimal("12345.60"), Decimal(22)) + Decimal("10008.20")
    lamps, poles = lines_of(order)
    assert lamps.promise and poles.promise and lamps.promise != poles.promise
    # At the end of the working day in Moscow.
    assert lamps.promise.due_at == AT.replace(day=20, hour=15)
    assert Holder.objects.filter(promise=lamps.promise, employee=world.staff["manager"]).exists()
    assert kinds(order.pk) == ["order.placed"]
    assert Case.objects.visible_to(world.as_guest("anna")).filter(pk=order.pk).exists()
    assert not Case.objects.visible_to(world.as_guest("alien")).filter(pk=order.pk).exists()


def test_who_may_place_an_order_and_of_what(world: World) -> None:
    client = world.guests["anna"].client
    with pytest.raises(PermissionDenied):
        actions.place_order(client, [LAMPS], by=world.as_staff("logist1"), at=AT)
    with refused("no_lines"):
        actions.place_order(client, [], by=None, at=AT)


def test_shipped_and_paid_it_is_a_purchase_once(world: World) -> None:
    order, manager = daisy_order(world), world.as_staff("manager")
    invoice = actions.issue_invoice(order, by=manager, at=AT)
    assert (invoice.total, invoice.vat) == (order.total, order.vat)
    lamps, poles = lines_of(order)
    actions.ship_order(order, {lamps.pk: Decimal(4)}, by=manager, at=AT + DAY)
    assert Promise.objects.get(pk=lamps.promise_id).state == "running"
    actions.ship_order(order, {lamps.pk: Decimal(6)}, by=manager, at=AT + 2 * DAY)
    kept = Promise.objects.get(pk=lamps.promise_id)
    assert (kept.state, kept.is_late(AT + 2 * DAY)) == ("kept", False)
    money = actions.Money("t:1", date(2026, 11, 19), invoice.total)
    actions.take_payment(money, by=manager, at=AT + 3 * DAY, invoice=invoice)
    assert not Purchase.objects.filter(mark__startswith="order:").exists()
    paper = actions.Paper("УПД-7", date(2026, 11, 28))
    actions.ship_order(order, {poles.pk: Decimal(3)}, by=manager, at=AT + 12 * DAY, paper=paper)
    late = Promise.objects.get(pk=poles.promise_id)
    assert (late.state, late.is_late(AT + 12 * DAY)) == ("kept", True)
    order = Order.objects.select_related("case").get(pk=order.pk)
    assert (order.case.state, order.shipped_on) == (OrderState.DONE, date(2026, 11, 28))
    bought = Purchase.objects.get(mark=f"order:{order.case.number}")
    assert (bought.sum, bought.day) == (order.total, date(2026, 11, 28))
    back = actions.take_return(order, {poles.pk: Decimal(1)}, "wrong", by=manager, at=AT + 14 * DAY)
    assert back.sum == Decimal("18500.00")
    assert [one.sum for one in bought.returns.all()] == [back.sum]
    with refused("too_many"):
        actions.take_return(order, {poles.pk: Decimal(3)}, "wrong", by=manager, at=AT + 14 * DAY)
    assert kinds(order.pk)[-2:] == ["order.shipped", "order.returned"]


def test_sums_of_shipments_are_the_sum_of_the_line(world: World) -> None:
    odd = LAMPS.__class__("Провод", Decimal(3), Decimal("33.335"), vat_rate=Decimal(10))
    order = daisy_order(world, odd)
    (line,) = lines_of(order)
    assert line.sum == Decimal("100.01")
    sums = [
        actions.ship_order(order, {line.pk: Decimal(1)}, by=None, at=AT).sum for _one in range(3)
    ]
    assert sum(sums) == line.sum


def test_an_invoice_is_taken_back_unless_it_is_paid(world: World) -> None:
    order, manager = daisy_order(world, LAMPS), world.as_staff("manager")
    with refused("until"):
        actions.issue_invoice(order, by=manager, at=AT, valid_until=date(2026, 11, 1))
    invoice = actions.issue_invoice(order, by=manager, at=AT)
    actions.take_back_invoice(invoice, by=manager, at=AT)
    assert not Invoice.objects.standing().exists()
    again = actions.issue_invoice(order, by=manager, at=AT)
    assert again.number != invoice.number
    actions.take_payment(
        actions.Money("t:2", date(2026, 11, 17), Decimal(1)), by=manager, at=AT, invoice=again
    )
    with refused("paid"):
        actions.take_back_invoice(again, by=manager, at=AT)
    assert kinds(order.pk)[1:3] == ["order.invoice_issued", "order.invoice_taken_back"]


def test_a_cancelled_order_promises_nothing(world: World) -> None:
    order, manager = daisy_order(world), world.as_staff("manager")
    actions.cancel_order(order, by=manager, at=AT)
    assert set(Promise.objects.filter(case=order.pk).values_list("state", flat=True)) == {"dropped"}
    assert Order.objects.get(pk=order.pk).total == 0
    with pytest.raises(PermissionDenied):
        actions.issue_invoice(order, by=manager, at=AT)
    assert kinds(order.pk)[-1] == "order.cancelled"


def test_what_is_due_after_the_sale_is_promised_too(world: World) -> None:
    order, manager = daisy_order(world, POLES), world.as_staff("manager")
    training = actions.promise_duty(order, "training", date(2026, 12, 1), by=manager, at=AT)
    warranty = actions.promise_duty(order, "warranty", date(2026, 12, 2), by=manager, at=AT)
    assert Holder.objects.filter(promise=training.promise, rank_at__isnull=False).exists()
    assert not Holder.objects.filter(promise=warranty.promise).exists()
    actions.keep_duty(training, by=manager, at=AT + DAY)
    assert actions.end_warranties(by=None, at=AT + DAY) == 0
    assert actions.end_warranties(by=None, at=AT + 40 * DAY) == 1
    assert kinds(order.pk).count("order.duty_promised") == 2
    assert kinds(order.pk).count("order.duty_kept") == 2
    with refused("day"):
        actions.promise_duty(order, "parts", (AT - timedelta(days=3)).date(), by=manager, at=AT)
