"""A reward shown is a reward given: at once, by its code, once."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY, HOUR
from tests.loyalty.shop import TODAY, Shop, books_are_right
from tests.loyalty.small import small_shop
from tests.support.fresh import FreshDatabase
from zabota.clients.models import Client
from zabota.journal.models import Entry
from zabota.loyalty.actions import (
    call_back_reward,
    close_reward,
    give_points,
    hand_over_reward,
    set_reward,
    take_reward,
)
from zabota.loyalty.actions.rewards import shown_token
from zabota.loyalty.actions.units import set_tier
from zabota.loyalty.models import Claim, Reward, Unit
from zabota.people.refusal import Refused

TORCH: dict[str, Any] = {
    "kind": "goods", "name_ru": "Фонарик", "name_en": "Torch", "words_ru": "", "words_en": "",
    "after_ru": "", "after_en": "", "price": 100, "stock": 2, "from_day": TODAY,
    "until_day": None, "early_tier": None, "early_day": None,
}  # fmt: skip


def reward(shop: Shop, **more: Any) -> Reward:
    given = TORCH | {"unit": shop.unit} | more
    return set_reward(None, given, by=None, at=AT)  # type: ignore[arg-type]


def shown(shop: Shop, tiers: tuple[int, ...] = ()) -> list[int]:
    rows = Reward.objects.shown(TODAY, list(tiers))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def test_taken_and_handed_over(shop: Shop) -> None:
    give_points(shop.buyer, 250, mark="g", by=None, at=AT)
    torch = reward(shop)
    claim = take_reward(torch, shop.buyer, by=shop.room(), at=AT)
    assert shop.left() == 150 and Reward.objects.get().stock == 1
    assert len(claim.code) == 10 and not claim.over_stock
    hand_over_reward(claim, by=shop.desk(), at=AT)
    with pytest.raises(Refused):
        hand_over_reward(claim, by=shop.desk(), at=AT)
    with pytest.raises(Refused):
        call_back_reward(claim, by=shop.room(), at=AT)
    assert books_are_right()
    for kind in ("loyalty.reward_set", "loyalty.reward_taken", "loyalty.reward_given"):
        assert Entry.objects.filter(kind=kind).count() == 1


def test_called_back_before_it_is_handed_over(shop: Shop) -> None:
    give_points(shop.buyer, 100, mark="g", by=None, at=AT)
    claim = take_reward(reward(shop), shop.buyer, by=shop.room(), at=AT)
    call_back_reward(claim, by=shop.room(), at=AT)
    assert shop.left() == 100 and Reward.objects.get().stock == 2 and books_are_right()
    with pytest.raises(Refused):
        hand_over_reward(claim, by=shop.desk(), at=AT)
    assert Entry.objects.filter(kind="loyalty.reward_called_back").count() == 1


def test_what_cannot_be_given_is_not_shown(shop: Shop) -> None:
    here = reward(shop)
    for more in (
        {"stock": 0}, {"from_day": TODAY + DAY}, {"from_day": TODAY - DAY, "until_day": TODAY - DAY}
    ):  # fmt: skip
        reward(shop, **more)
    closed = reward(shop)
    assert close_reward(closed, by=None, at=AT) and not close_reward(closed, by=None, at=AT)
    assert Entry.objects.filter(kind="loyalty.reward_closed").count() == 1
    assert shown(shop) == [here.pk]
    assert reward(shop, stock=None).pk in shown(shop)
    give_points(shop.buyer, 100, mark="g", by=None, at=AT)
    with pytest.raises(Refused):
        take_reward(closed, shop.buyer, by=shop.room(), at=AT)


def test_who_was_shown_it_gets_it(shop: Shop) -> None:
    """The last one went, the price rose, it was closed: the client had seen it."""
    give_points(shop.buyer, 300, mark="g", by=None, at=AT)
    torch = reward(shop, stock=1)
    token = shown_token(torch, shop.buyer, AT)
    take_reward(torch, shop.buyer, by=shop.room(), at=AT)
    with pytest.raises(Refused):
        take_reward(torch, shop.buyer, by=shop.room(), at=AT)
    owed = take_reward(torch, shop.buyer, by=shop.room(), at=AT, shown=token)
    assert owed.over_stock and Reward.objects.get().stock == 0
    Reward.objects.update(price=500, closed_at=AT)
    claim = take_reward(torch, shop.buyer, by=shop.room(), at=AT, shown=token)
    assert claim.transfer.amount == 100 and shop.left() == 0
    call_back_reward(owed, by=None, at=AT)
    assert Reward.objects.get().stock == 0 and shop.left() == 100
    # Not for ever, nor for somebody else.
    with pytest.raises(Refused):
        take_reward(torch, shop.buyer, by=shop.room(), at=AT + DAY + HOUR, shown=token)
    # Nor is anything taken at a price nobody was shown.
    Reward.objects.update(closed_at=None, stock=None, price=90)
    with pytest.raises(Refused) as other_price:
        take_reward(torch, shop.buyer, by=shop.room(), at=AT + DAY + HOUR, shown=token)
    assert other_price.value.code == "other_price"
    Reward.objects.update(closed_at=AT)
    other = shop.world.clients["romashka"]
    give_points(other, 300, mark="o", by=None, at=AT)
    with pytest.raises(Refused):
        take_reward(torch, other, by=shop.world.as_guest("anna"), at=AT, shown=token)
    assert books_are_right()


def test_the_best_see_it_sooner(shop: Shop) -> None:
    fields = {"name_ru": "Золотой", "name_en": "Gold", "least": Decimal(1000)}
    tier = set_tier(None, fields, by=None, at=AT)  # type: ignore[arg-type]
    soon = reward(shop, from_day=TODAY + 9 * DAY, early_tier=tier, early_day=TODAY, kind="offer")
    assert shown(shop) == [] and shown(shop, (tier.pk,)) == [soon.pk]
    give_points(shop.buyer, 300, mark="g", by=None, at=AT)
    with pytest.raises(Refused):
        take_reward(soon, shop.buyer, by=shop.room(), at=AT)
    Client.objects.filter(pk=shop.buyer.pk).update(worth=5000)
    assert take_reward(soon, shop.buyer, by=shop.room(), at=AT)
    with pytest.raises(Refused):
        reward(shop, early_tier=tier)


def test_too_few_points(shop: Shop) -> None:
    give_points(shop.buyer, 99, mark="g", by=None, at=AT)
    torch = reward(shop)
    with pytest.raises(Refused):
        take_reward(torch, shop.buyer, by=shop.room(), at=AT)


def test_by_whom(shop: Shop) -> None:
    give_points(shop.buyer, 300, mark="g", by=None, at=AT)
    torch, anna = reward(shop), shop.world.as_guest("anna")
    with pytest.raises(PermissionDenied):
        take_reward(torch, shop.buyer, by=anna, at=AT)
    daisy = shop.world.clients["romashka"]
    give_points(daisy, 300, mark="d", by=None, at=AT)
    with pytest.raises(PermissionDenied):
        take_reward(torch, daisy, by=shop.world.as_guest("boris"), at=AT)
    assert take_reward(torch, daisy, by=anna, at=AT)
    with pytest.raises(PermissionDenied):
        close_reward(torch, by=shop.cashier, at=AT)


def buyers() -> tuple[int, list[int]]:
    clients, _cashier = small_shop(8)
    unit = Unit.objects.get()
    for pk in clients:
        give_points(Client.objects.get(pk=pk), 100, mark=f"g{pk}", by=None, at=AT)
    given = TORCH | {"unit": unit, "stock": 3}
    return set_reward(None, given, by=None, at=AT).pk, clients  # type: ignore[arg-type]


def take_one(torch: int, client: int) -> bool:
    try:
        take_reward(Reward.objects.get(pk=torch), Client.objects.get(pk=client), by=None, at=AT)
    except Refused:
        return False
    return True


def after(torch: int) -> tuple[int | None, int, bool]:
    return Reward.objects.get(pk=torch).stock, Claim.objects.count(), books_are_right()


def test_eight_at_once_for_three(on_both: FreshDatabase) -> None:
    torch, clients = on_both.call(buyers)
    outcomes = on_both.race([(take_one, (torch, client)) for client in clients])
    assert [outcome.error for outcome in outcomes] == [None] * 8
    assert sum(outcome.value for outcome in outcomes) == 3
    assert on_both.call(after, torch) == (0, 3, True)
