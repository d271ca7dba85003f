"""Money is laid on what it is for: by number, sum and payer; it is conserved."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.worlds import AT
from tests.orders.ordered import LAMPS, daisy_order
from tests.support.refused import refused
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.orders import actions
from zabota.orders.matching import Due, match_payment, names_number
from zabota.orders.models import Invoice, Order, Payment
from zabota.orders.vat import line_sum, part_of, rates_on, share_out, vat_within

DAY = date(2026, 11, 17)
sums = st.decimals(Decimal("0.01"), Decimal(10**7), places=2)


@pytest.mark.parametrize(
    ("purpose", "number"),
    [
        ("Оплата по сч. № УТ-000123 от 16.11.2026", "УТ-000123"),
        ("оплата по счету 123 от 16.11.2026г. В т.ч. НДС(22%) 220-00", "УТ-000123"),
        ("Счет УT123", "УТ-000123"),
        ("за светильники сч 2026-00007", "2026-00007"),
    ],
)
def test_a_number_is_found_as_people_write_it(purpose: str, number: str) -> None:
    assert names_number(purpose, number)


@pytest.mark.parametrize(
    "purpose", ["Оплата от 12.3.2026", "Оплата 123.00 руб", "НДС 123", "сч 1234", "договор А123"]
)
def test_other_numbers_are_not(purpose: str) -> None:
    assert not names_number(purpose, "УТ-000123")


@given(st.lists(sums, min_size=1, max_size=6), sums)
def test_what_is_laid_is_conserved(debts: list[Decimal], money: Decimal) -> None:
    laid = share_out(money, list(enumerate(debts)))
    assert sum(part for _key, part in laid) == min(money, sum(debts))
    assert all(0 < part <= debts[key] for key, part in laid)
    dues = [Due(pk, 1, f"С-{pk + 100}", DAY, debt) for pk, debt in enumerate(debts)]
    named = " ".join(due.number for due in dues)
    found = match_payment(money, named, 1, dues)
    assert sum(one.sum for one in found) == min(money, sum(debts))
    assert not any(one.guess for one in found)


@given(
    st.integers(1, 10**6), st.integers(1, 1000), sums, st.sampled_from([None, 0, 5, 7, 10, 20, 22])
)
def test_parts_of_a_line_are_the_line(part: int, more: int, price: Decimal, rate: int) -> None:
    whole = Decimal(part + more)
    total = line_sum(whole, price)
    first = part_of(total, Decimal(part), whole)
    assert first + (part_of(total, whole, whole) - first) == total
    percent = None if rate is None else Decimal(rate)
    vat = vat_within(total, percent)
    assert 0 <= vat < total or total == 0
    if rate:
        # To the kopeck: the net sum with VAT on it is the sum again.
        assert abs((total - vat) * rate / 100 - vat) <= Decimal("0.01") * (1 + Decimal(rate) / 100)


def test_rates_are_those_of_the_day() -> None:
    assert rates_on("RU", date(2025, 12, 31))[0] == 20
    assert rates_on("RU", date(2026, 1, 1))[0] == 22
    assert rates_on("RU", date(2018, 12, 31))[0] == 18
    assert rates_on("XX", DAY) == ()


def test_a_guess_waits_for_a_person(world: World) -> None:
    order, manager = daisy_order(world, LAMPS), world.as_staff("manager")
    invoice = actions.issue_invoice(order, by=manager, at=AT)
    money = actions.Money("b:1", DAY, invoice.total, purpose="за светильники")
    client = order.case.client
    payment = actions.take_payment(money, by=manager, at=AT, client=client)
    (guess,) = payment.allocations.all()
    assert guess.guess and Invoice.objects.get().paid == 0
    with pytest.raises(PermissionDenied):
        actions.allocate_payment(payment, invoice, invoice.total, by=world.as_staff("logist1"),
                                 at=AT)  # fmt: skip
    said = actions.allocate_payment(payment, invoice, invoice.total, by=manager, at=AT)
    assert (Order.objects.get().paid, Order.objects.get().paid_on) == (invoice.total, DAY)
    with refused("sum"):
        actions.allocate_payment(payment, invoice, Decimal(1), by=manager, at=AT)
    actions.release_payment(said, by=manager, at=AT)
    assert (Order.objects.get().paid, Payment.objects.get().free) == (0, invoice.total)
    assert Entry.objects.filter(kind="order.payment_released").exists()
    actions.set_aside_payment(payment, by=manager, at=AT)
    assert Entry.objects.filter(kind="order.payment_set_aside").count() == 1


def test_a_payment_before_its_invoice_is_found_later(world: World) -> None:
    order, manager = daisy_order(world, LAMPS), world.as_staff("manager")
    money = actions.Money("b:2", DAY, order.total, purpose="по счёту 2026-00001")
    payment = actions.take_payment(money, by=manager, at=AT, client=order.case.client)
    assert not payment.allocations.exists()
    invoice = actions.issue_invoice(order, by=manager, at=AT)
    assert invoice.number == "2026-00001"
    assert actions.match_again(payment, by=None, at=AT) == 1
    assert Payment.objects.get().free == 0
    # Told again, it is the same payment.
    assert actions.take_payment(money, by=manager, at=AT) == payment


def told_by_letter(kind: str) -> set[int | None]:
    entry = Entry.objects.filter(kind=kind).latest("pk")
    assert entry.entry_kind.told is not None
    notices = list(entry.entry_kind.told(entry))
    assert {one.purpose for one in notices} <= {"order_news"}
    return {one.user_id for one in notices}


def test_the_client_reads_that_money_came_and_goods_were_taken_back(world: World) -> None:
    order, manager = daisy_order(world, LAMPS), world.as_staff("manager")
    invoice = actions.issue_invoice(order, by=manager, at=AT)
    money = actions.Money("b:3", DAY, invoice.total)
    actions.take_payment(money, by=manager, at=AT, invoice=invoice)
    people = told_by_letter("order.payment_allocated")
    assert world.guests["anna"].user_id in people and world.guests["alien"].user_id not in people
    line = order.lines.get()
    actions.ship_order(order, {line.pk: Decimal(10)}, by=manager, at=AT)
    actions.take_return(order, {line.pk: Decimal(1)}, "broken", by=manager, at=AT)
    assert told_by_letter("order.returned") == people


def test_of_money_of_long_ago_nobody_is_written_to(world: World) -> None:
    order, manager = daisy_order(world, LAMPS), world.as_staff("manager")
    invoice = actions.issue_invoice(order, by=manager, at=AT)
    money = actions.Money("b:4", date(2026, 6, 1), invoice.total)
    actions.take_payment(money, by=manager, at=AT, invoice=invoice)
    assert told_by_letter("order.payment_allocated") == set()
