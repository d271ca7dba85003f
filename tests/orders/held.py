"""A счёт and a hold as most tests want them: lamps for «Ромашка», kept for ten days."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.contracts.worlds import AT, DAY
from zabota.cases.actions import next_number, open_case
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.orders.actions.holds import Quote, promise_hold
from zabota.orders.models import Hold, Invoice, InvoiceLine, Order
from zabota.orders.reading.hold_rule import firm_day
from zabota.people.actions import set_place
from zabota.people.models import Place

TODAY = date(2026, 11, 17)


def store(world: World, name: str = "Склад в Химках") -> Place:
    return Place.objects.filter(name=name).first() or set_place(None, name, by=None, at=AT - DAY)


def invoice(world: World, guest: str = "anna", *, total: int = 100_000) -> Invoice:
    """An order by hand with its счёт, not paid for."""
    contact = world.guests[guest]
    year, number = next_number("test-order", by=None, at=AT)
    case = open_case(
        "order", by=None, at=AT, number=f"З-{year}-9{number:04d}", title="Светильники для склада",
        client=contact.client, owner=world.staff["manager"], state="open",
    )  # fmt: skip
    order = Order.objects.create(
        case=case, day=TODAY, contact=contact, currency="RUB", total=Decimal(total)
    )
    made = Invoice.objects.create(
        order=order, number=str(100 + number), day=TODAY, currency="RUB", total=Decimal(total),
        vat=Decimal(0),
    )  # fmt: skip
    InvoiceLine.objects.create(
        invoice=made, number=1, name="Светильник LED 40 Вт", unit="шт", quantity=Decimal(40),
        price=Decimal(2500), sum=Decimal(total), vat=Decimal(0),
    )  # fmt: skip
    return made


def held(world: World, at: datetime = AT, days: int = 10, **known: Any) -> Hold:
    """Kept from that day on for so many days."""
    until = firm_day(at) + timedelta(days=days)
    quote = Quote(store=store(world), until=until, **known)
    return promise_hold(invoice(world), quote, by=world.as_staff("manager"), at=at)


def again(hold: Hold) -> Hold:
    """As it stands now."""
    return Hold.objects.select_related("case", "kept", "rescue", "store").get(pk=hold.pk)


def kinds(hold: Hold) -> list[str]:
    """What is remembered of it, in order."""
    entries = Entry.objects.filter(stream__case=hold.pk).order_by("seq")
    return [entry.kind for entry in entries]
