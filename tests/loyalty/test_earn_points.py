"""Points are earned by the rules of the day, once for each cause."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY, told
from tests.loyalty.shop import CUPS, TODAY, Shop, books_are_right
from zabota.clients.actions import add_client, merge_clients, record_purchase
from zabota.clients.models import Client
from zabota.home.work import react
from zabota.journal.models import Entry
from zabota.loyalty.actions import earn_points, give_points
from zabota.loyalty.actions.units import (
    close_tier,
    close_unit,
    end_rule,
    set_tier,
    set_unit,
)
from zabota.loyalty.models import Batch, Card, Posting, Transfer
from zabota.loyalty.rules import may_set_points
from zabota.people.actions import change_firm
from zabota.people.models import Place
from zabota.people.refusal import Refused


def test_for_each_hundred_roubles(shop: Shop) -> None:
    shop.rule()
    batch = shop.buys("1259.90", "till:1")
    assert batch is not None and (batch.amount, batch.left, batch.expires_on) == (125, 125, None)
    assert [(p.account, p.amount) for p in Posting.objects.order_by("pk")] == [
        ("issued", -125), ("held", 125),
    ]  # fmt: skip
    assert shop.left() == 125 and books_are_right()
    entry = Entry.objects.get(kind="loyalty.earned")
    assert entry.stream_id == shop.buyer.stream_id
    assert entry.facts["counted"] == {"ru": "125\u00a0баллов", "en": "125\u00a0points"}
    assert told("loyalty.earned") == [("lidia", "points_news")]
    # Whoever collects has a card.
    assert Card.objects.get().client == shop.buyer


def test_the_same_cause_earns_once(shop: Shop) -> None:
    shop.rule()
    first = shop.buys(1000, "till:1")
    assert shop.buys(5000, "till:1", at=AT + DAY) == first
    assert shop.left() == 100 and Transfer.objects.count() == 1
    other = shop.world.clients["romashka"]
    with pytest.raises(Refused):
        earn_points(other, occasion="purchase", mark="till:1", by=None, at=AT, sum=Decimal(1))


def test_no_rule_gives_nothing(shop: Shop) -> None:
    assert shop.buys(1000, "till:1") is None
    shop.rule(least=Decimal(500), until_day=TODAY - DAY)
    assert shop.buys(1000, "till:2") is None
    # Of the day it was bought on, though it is told today.
    assert shop.buys(1000, "till:3", day=TODAY - DAY) is not None
    assert shop.buys(499, "till:4", day=TODAY - DAY) is None


def test_the_best_rule_by_place_and_tier(shop: Shop) -> None:
    place = Place.objects.create(name="Магазин на Ленина")
    tier = set_tier(
        None, {"name_ru": "Золотой", "name_en": "Gold", "least": Decimal(1_000)}, by=None, at=AT
    )
    shop.rule()
    shop.rule(place=place, rate=Decimal(20))
    shop.rule(tier=tier, rate=Decimal(30))
    assert shop.buys(100, "1").amount == 10  # type: ignore[union-attr]
    assert shop.buys(100, "2", place=place).amount == 20  # type: ignore[union-attr]
    Client.objects.filter(pk=shop.buyer.pk).update(worth=1_000)
    assert shop.buys(100, "3", place=place).amount == 30  # type: ignore[union-attr]
    close_tier(tier, by=None, at=AT)
    for kind in ("loyalty.tier_set", "loyalty.tier_closed"):
        assert Entry.objects.filter(kind=kind).count() == 1
    assert shop.buys(100, "4", place=place).amount == 20  # type: ignore[union-attr]


def test_several_units_at_once(shop: Shop) -> None:
    cups = set_unit(None, CUPS, by=None, at=AT)
    shop.rule()
    shop.rule(unit=cups, rate=None, amount=1)
    batch = shop.buys(200, "till:1")
    assert batch is not None and batch.unit == shop.unit
    assert (shop.left(), shop.left(cups)) == (20, 1)
    assert [cups.counted(n, "ru") for n in (1, 3, 11, 25)] == [
        "1\u00a0чашка кофе", "3\u00a0чашки кофе", "11\u00a0чашек кофе", "25\u00a0чашек кофе",
    ]  # fmt: skip
    assert cups.counted(1, "en") == "1\u00a0cup of coffee"
    close_unit(cups, by=None, at=AT)
    assert Entry.objects.filter(kind="loyalty.unit_closed").count() == 1
    shop.buys(200, "till:2")
    assert (shop.left(), shop.left(cups)) == (40, 1)


@pytest.mark.parametrize("occasion", ["mention", "referral", "event", "birthday"])
def test_other_occasions(shop: Shop, occasion: str) -> None:
    shop.rule(occasion)
    batch = earn_points(shop.buyer, occasion=occasion, mark=f"{occasion}:1", by=None, at=AT)
    assert batch is not None and batch.amount == 50


def test_companies_only_where_the_firm_thanks_them(shop: Shop) -> None:
    shop.rule()
    change_firm({"thanks_companies": False}, by=None, at=AT)
    daisy = shop.world.clients["romashka"]
    given = {"occasion": "purchase", "by": None, "at": AT, "sum": Decimal(1000)}
    assert earn_points(daisy, mark="1", **given) is None  # type: ignore[arg-type]
    assert give_points(daisy, 5, mark="g", by=None, at=AT) is None
    change_firm({"thanks_companies": True}, by=None, at=AT)
    assert earn_points(daisy, mark="1", **given) is not None  # type: ignore[arg-type]
    # Of a company, who owns its room is told, and nobody else.
    assert told("loyalty.earned") == [("anna", "points_news")]


def test_a_gift_is_as_large_as_it_is_said(shop: Shop) -> None:
    batch = give_points(shop.buyer, 77, mark="gift:1", by=shop.desk(), at=AT)
    assert batch is not None and (batch.amount, batch.occasion) == (77, "gift")
    assert give_points(shop.buyer, 77, mark="gift:1", by=shop.desk(), at=AT) == batch
    with pytest.raises(Refused):
        give_points(shop.buyer, 0, mark="gift:2", by=shop.desk(), at=AT)


def test_cards_that_are_one_have_one_purse(shop: Shop) -> None:
    shop.rule()
    twin = add_client(
        {"name": "Зорина Л.", "kind": "person"}, owner=shop.world.staff["manager"], by=None, at=AT
    )
    earn_points(twin, occasion="purchase", mark="1", by=None, at=AT, sum=Decimal(1000))
    merge_clients(shop.buyer, twin, by=None, at=AT, reason="один телефон")
    twin.refresh_from_db()
    earn_points(twin, occasion="purchase", mark="2", by=None, at=AT, sum=Decimal(500))
    assert shop.left() == 150
    assert set(Batch.objects.values_list("client", flat=True)) == {twin.pk, shop.buyer.pk}


def test_a_purchase_wherever_it_was_told(shop: Shop) -> None:
    shop.rule()
    bought = record_purchase(
        shop.buyer, day=TODAY, sum=Decimal(3_000), mark="order:17", by=None, at=AT
    )
    react(AT + timedelta(minutes=5))
    react(AT + timedelta(minutes=6))
    assert shop.left() == 300
    assert Transfer.objects.get().mark == f"purchase:{bought.pk}"


def test_who_sets_rules(shop: Shop) -> None:
    manager, director = shop.cashier, shop.world.staff["director"].user
    assert not may_set_points(manager, AT) and may_set_points(director, AT)
    with pytest.raises(PermissionDenied):
        set_unit(None, CUPS, by=manager, at=AT)
    set_unit(None, CUPS, by=director, at=AT)
    shop.rule()
    for kind in ("loyalty.unit_set", "loyalty.rule_made"):
        assert Entry.objects.filter(kind=kind).exists()


def test_a_rule_ends_and_what_was_earned_stays(shop: Shop) -> None:
    rule, young = shop.rule(), shop.rule(rate=Decimal(50), from_day=TODAY)
    assert shop.buys(100, "1").amount == 50  # type: ignore[union-attr]
    for one in (rule, young):
        assert end_rule(one, by=None, at=AT, today=TODAY)
        assert not end_rule(one, by=None, at=AT, today=TODAY)
    assert shop.buys(100, "2") is None and shop.left() == 50
    # A receipt of yesterday that came late earns as it would have yesterday.
    assert shop.buys(100, "3", day=TODAY - DAY).amount == 10  # type: ignore[union-attr]
    assert Entry.objects.filter(kind="loyalty.rule_ended").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"rate": None, "amount": None},
        {"amount": 5, "rate": Decimal(1)},
        {"until_day": TODAY - 99 * DAY},
    ],
)
def test_rules_that_make_no_sense(shop: Shop, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        shop.rule(**wrong)
    with pytest.raises(Refused):
        shop.rule("mention", rate=Decimal(1), amount=None)
