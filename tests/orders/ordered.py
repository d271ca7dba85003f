"""An order as most tests want it: «Ромашка» orders lamps and poles, promised for two days."""

from datetime import date
from decimal import Decimal

from django.test import Client as Browser

from tests.contracts.worlds import AT
from zabota.home.world import World
from zabota.orders.actions import Wanted, place_order
from zabota.orders.models import Order, OrderLine
from zabota.people.models import User

LAMPS = Wanted(
    "Светильник LED 40 Вт", Decimal(10), Decimal("1234.56"), article="LED-40", unit="шт",
    vat_rate=Decimal(22), by_day=date(2026, 11, 20),
)  # fmt: skip
POLES = Wanted(
    "Опора ОГК-6", Decimal(3), Decimal("18500"), article="OGK-6", unit="шт",
    vat_rate=Decimal(22), by_day=date(2026, 11, 27),
)  # fmt: skip


def daisy_order(world: World, *lines: Wanted) -> Order:
    manager = world.as_staff("manager")
    client = world.guests["anna"].client
    return place_order(client, lines or (LAMPS, POLES), by=manager, at=AT)


def lines_of(order: Order) -> list[OrderLine]:
    return list(order.lines.select_related("promise").order_by("number"))


def browser_of(user: User | None) -> Browser:
    browser = Browser()
    if user is not None:
        browser.force_login(user)
    return browser


def staff(world: World, key: str) -> Browser:
    return browser_of(world.staff[key].user)


def guest(world: World, key: str) -> Browser:
    return browser_of(User.objects.get(contacts=world.guests[key]))
