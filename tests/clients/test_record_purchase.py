"""What orders and tills tell of purchases: once each, and what came back counts against them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from tests.contracts.worlds import AT, world, world_file
from zabota.clients import actions
from zabota.clients.models import Client, Purchase, PurchaseReturn
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.journal.reading import read_lines
from zabota.people.refusal import Refused

__all__ = ["world", "world_file"]
DAY = date(2026, 11, 10)


def bought(world: World, sum: str = "1000.00", mark: str = "order:1") -> Purchase:
    return actions.record_purchase(
        world.clients["romashka"], day=DAY, sum=Decimal(sum), margin=Decimal(sum) / 4, mark=mark,
        by=None, at=AT,
    )  # fmt: skip


def back(purchase: Purchase, sum: str, mark: str = "return:1") -> PurchaseReturn:
    return actions.take_back_purchase(
        purchase, sum=Decimal(sum), day=DAY, mark=mark, by=None, at=AT
    )


def entries(kind: str) -> list[Entry]:
    return list(Entry.objects.filter(kind=kind))


def test_told_twice_is_one_purchase(world: World) -> None:
    assert bought(world) == bought(world)
    (entry,) = entries("clients.purchase_recorded")
    assert entry.facts["sum"] == "1000.00"
    with override("ru"):
        (line,) = read_lines([entry], now=AT)
    assert line.sentence.replace("\xa0", " ") == "Покупка на 1 000 ₽"


def test_what_came_back_counts_against_it(world: World) -> None:
    purchase = bought(world)
    assert back(purchase, "400") == back(purchase, "400")
    assert len(entries("clients.purchase_returned")) == 1
    actions.reckon_worth(by=None, at=AT)
    assert Client.objects.get(pk=purchase.client_id).worth == 150


def test_no_more_comes_back_than_was_bought(world: World) -> None:
    purchase = bought(world)
    back(purchase, "600")
    with pytest.raises(Refused):
        back(purchase, "400.01", "return:2")
    with pytest.raises(Refused):
        back(purchase, "-1", "return:3")
    back(purchase, "400", "return:4")


def test_a_purchase_has_a_sum(world: World) -> None:
    with pytest.raises(Refused):
        bought(world, "0")
