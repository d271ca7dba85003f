"""Goods the sample firm keeps for clients: one that lapses before the client approves it, one that
lapses soon, and invoices whose goods nobody keeps yet.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings

from zabota.home.holds.work import check_holds, warn_of_holds
from zabota.home.in_world import World
from zabota.orders.actions import Wanted, issue_invoice, place_order
from zabota.orders.actions.holds import Quote, promise_hold
from zabota.orders.models import Invoice
from zabota.orders.reading.hold_rule import firm_day
from zabota.people.actions import set_place
from zabota.people.models import Place

STORES = {
    "ru": ("Склад в Химках", "Склад в Подольске"),
    "en": ("Khimki warehouse", "Podolsk warehouse"),
}
# (whose, what in Russian and English, how many, for how much; days ago, by when they approve it:
# days from then)
KEPT = (
    ("anna", ("Светильник промышленный LED 40 Вт", "Industrial lamp LED 40 W"), 40, 2_500, 4, 21),
    ("john", ("LED high bay lamp 150 W",) * 2, 12, 9_800, 8, 6),
)  # fmt: skip
NOT_KEPT = (
    ("anna", ("Опора освещения ОГК-6", "Lighting pole OGK-6"), 6, 18_500),
    ("john", ("Lighting pole 6 m",) * 2, 6, 18_500),
)
TEN = timedelta(days=10)


def build_holds(world: World, at: datetime) -> None:
    """Made by the same actions as people use."""
    manager = world.as_staff("manager")
    names = STORES.get(settings.LANGUAGE_CODE[:2], STORES["ru"])
    store, _other = (set_place(None, name, by=None, at=at - 2 * TEN) for name in names)
    for guest, what, count, price, ago, approved in KEPT:
        then = at - timedelta(days=ago)
        today = firm_day(then)
        invoice = _invoice(world, guest, what, count, price, store, then)
        quote = Quote(store, today + TEN, client_until=today + timedelta(days=approved))
        promise_hold(invoice, quote, by=manager, at=then)
    for guest, what, count, price in NOT_KEPT:
        _invoice(world, guest, what, count, price, store, at - timedelta(hours=3))
    warn_of_holds(at)
    check_holds(at)


def _invoice(
    world: World,
    guest: str,
    what: tuple[str, str],
    count: int,
    price: int,
    store: Place,
    at: datetime,
) -> Invoice:
    """An order of one line, with its счёт."""
    contact, manager = world.guests[guest], world.as_staff("manager")
    here = int(world.firm.language == "en")
    unit = "pcs" if here or guest == "john" else "шт"
    line = Wanted(what[here], Decimal(count), Decimal(price), unit=unit, vat_rate=Decimal(22))
    order = place_order(contact.client, [line], by=manager, at=at, contact=contact, place=store)
    return issue_invoice(order, by=manager, at=at, valid_until=firm_day(at) + 3 * TEN)
