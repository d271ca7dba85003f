"""Акт сверки in one tap, and what is owed: to whom it is shown."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY
from tests.orders.ordered import LAMPS, POLES, daisy_order, lines_of
from zabota.cases.models import Promise
from zabota.common.files import read_file
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.orders import actions
from zabota.orders.models import Order
from zabota.orders.reading.ledger import read_debt, read_ledger
from zabota.orders.rules.orders import may_see_debt

OPENED = date(2026, 11, 1)


def busy(world: World) -> Order:
    """1000 owed from before, goods for 67,845.60 gone, one lamp back, 50,000 paid."""
    order, manager = daisy_order(world, LAMPS, POLES), world.as_staff("manager")
    client = order.case.client
    actions.set_terms(
        client, 10, by=manager, at=AT, opening=Decimal(1000), opened_on=OPENED,
        limit=Decimal(200_000),
    )  # fmt: skip
    lamps, poles = lines_of(order)
    paper = actions.Paper("УПД-1", date(2026, 11, 10))
    actions.ship_order(order, {lamps.pk: Decimal(10)}, by=manager, at=AT, paper=paper)
    paper = actions.Paper("УПД-2", date(2026, 11, 17))
    actions.ship_order(order, {poles.pk: Decimal(3)}, by=manager, at=AT, paper=paper)
    actions.take_return(order, {lamps.pk: Decimal(1)}, "broken", by=manager, at=AT)
    money = actions.Money("x", date(2026, 11, 12), Decimal(10_000), number="5")
    actions.take_payment(money, by=manager, at=AT, client=client)
    return order


def test_the_balance_adds_up(world: World) -> None:
    client = busy(world).case.client
    owed = Decimal("1000") + Decimal("67845.60") - Decimal("1234.56") - Decimal(10_000)
    ledger = read_ledger(client, date(2026, 11, 11), date(2026, 11, 30), "RUB")
    assert ledger.opening == Decimal("13345.60")
    assert ledger.closing == owed
    debt = read_debt(client, date(2026, 11, 21))
    # 11,234.56 have paid the 1,000 from before and the most of the first shipment.
    assert (debt.total, debt.overdue) == (owed, Decimal("13345.60") - Decimal("11234.56"))
    assert [(one.number, one.due, one.late) for one in debt.owed] == [
        ("УПД-1", date(2026, 11, 20), True), ("УПД-2", date(2026, 11, 27), False)
    ]  # fmt: skip
    assert Entry.objects.filter(kind="order.terms_set").exists()


def test_an_act_is_asked_promised_and_made(world: World) -> None:
    client, anna = busy(world).case.client, world.as_guest("anna")
    act = actions.ask_act(client, by=anna, at=AT)
    assert actions.ask_act(client, by=anna, at=AT) == act
    promise = Promise.objects.get(pk=act.promise_id)
    # Two working days, in the firm's calendar.
    assert promise.due_at == AT + 2 * DAY and (act.since, act.until.day) == (date(2026, 1, 1), 17)
    with pytest.raises(PermissionDenied):
        actions.make_act(act, by=world.as_staff("logist1"), at=AT)
    act = actions.make_act(act, by=world.as_staff("manager"), at=AT + DAY)
    assert act.closing == Decimal("57611.04") and act.pdf and act.xlsx
    assert read_file(act.pdf).startswith(b"%PDF")
    sheet = openpyxl.load_workbook(io.BytesIO(read_file(act.xlsx))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("Дата", "Документ", "Дебет", "Кредит")
    # What is debit with us is credit with them.
    assert rows[-1][2] == rows[-1][7] == 57611.04
    assert rows[1][2] == 1000 and "УПД-1" in str(rows[2])
    kinds = Entry.objects.filter(stream__case=act.pk).values_list("kind", flat=True)
    assert list(kinds) == ["act.asked", "act.made"]


def test_debt_is_seen_by_whom_the_owner_lets(world: World) -> None:
    client, vera = busy(world).case.client, world.guests["vera"]
    assert may_see_debt(world.as_guest("anna"), client)
    assert not may_see_debt(world.as_guest("vera"), client)
    with pytest.raises(PermissionDenied):
        actions.ask_act(client, by=world.as_guest("vera"), at=AT)
    with pytest.raises(PermissionDenied):
        actions.show_debt(vera, True, by=world.as_guest("boris"), at=AT)
    actions.show_debt(vera, True, by=world.as_guest("anna"), at=AT)
    assert may_see_debt(world.as_guest("vera"), client)
    assert not may_see_debt(world.as_guest("alien"), client)
    actions.show_debt(vera, False, by=world.as_guest("anna"), at=AT)
    assert not may_see_debt(world.as_guest("vera"), client)
    assert Entry.objects.filter(kind="order.debt_shown").count() == 1
    assert Entry.objects.filter(kind="order.debt_hidden").count() == 1
