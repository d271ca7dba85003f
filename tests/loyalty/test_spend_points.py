"""Points are spent first to expire, given back where they came from, taken back with goods."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY
from tests.loyalty.shop import TODAY, Shop, books_are_right
from zabota.clients.actions import lessen_return, record_purchase, take_back_purchase
from zabota.home.work import react
from zabota.journal.models import Entry
from zabota.loyalty.actions import reverse_spend, spend_points, take_points_back
from zabota.loyalty.models import Batch, Expiry, TakenBack, Transfer
from zabota.people.refusal import Refused


def spend(shop: Shop, amount: int, mark: str = "till:s") -> Transfer:
    return spend_points(
        shop.buyer, shop.unit, amount, mark=mark, by=shop.cashier, at=AT, receipt="77"
    )


def lots(shop: Shop) -> list[int]:
    return list(Batch.objects.order_by("pk").values_list("left", flat=True))


def three(shop: Shop) -> None:
    """A batch without a date, one that ends late, one that ends soon."""
    shop.rule()
    expiry = Expiry.objects.create(
        months=12, notices=2, lead_days=30, reason_ru="Учёт", by=shop.cashier, at=AT
    )
    shop.buys(1000, "a")
    shop.buys(1000, "b", at=AT - 100 * DAY, day=TODAY)
    Expiry.objects.filter(pk=expiry.pk).update(ended_at=AT, ended_by=shop.cashier)
    shop.buys(1000, "c", at=AT - 300 * DAY, day=TODAY)


def test_first_to_expire(shop: Shop) -> None:
    three(shop)
    assert [b.expires_on for b in Batch.objects.order_by("pk")] == [
        date(2027, 11, 17), date(2027, 8, 9), None,
    ]  # fmt: skip
    spend(shop, 150)
    assert lots(shop) == [50, 0, 100]
    spend(shop, 60, "till:t")
    assert lots(shop) == [0, 0, 90] and books_are_right()
    entry = Entry.objects.filter(kind="loyalty.spent").last()
    assert entry is not None and entry.facts["receipt"] == "77"


def test_a_receipt_spends_once(shop: Shop) -> None:
    shop.rule()
    shop.buys(1000, "a")
    spent = spend(shop, 40)
    assert spend(shop, 40) == spent and shop.left() == 60
    with pytest.raises(Refused):
        spend(shop, 41)
    with pytest.raises(Refused) as refused:
        spend(shop, 61, "till:other")
    assert refused.value.code == "not_enough" and "60" in str(refused.value)
    with pytest.raises(Refused):
        spend(shop, 0, "till:zero")
    with pytest.raises(PermissionDenied):
        spend_points(
            shop.buyer, shop.unit, 1, mark="x", by=shop.world.staff["stranger"].user, at=AT
        )


def test_what_was_spent_goes_back_where_it_came_from(shop: Shop) -> None:
    three(shop)
    spent = spend(shop, 150)
    back = reverse_spend(spent, mark="r1", by=shop.cashier, at=AT, amount=70)
    assert back is not None and lots(shop) == [100, 20, 100]
    assert reverse_spend(spent, mark="r1", by=shop.cashier, at=AT) == back
    reverse_spend(spent, mark="r2", by=shop.cashier, at=AT)
    assert lots(shop) == [100, 100, 100] and books_are_right()
    assert reverse_spend(spent, mark="r3", by=shop.cashier, at=AT) is None
    assert Entry.objects.filter(kind="loyalty.given_back").count() == 2


def test_what_comes_back_late_can_still_be_used(shop: Shop) -> None:
    three(shop)
    spent = spend(shop, 150)
    later = AT + 400 * DAY
    reverse_spend(spent, mark="r", by=shop.cashier, at=later)
    ends = [b.expires_on for b in Batch.objects.order_by("pk")]
    assert ends[:2] == [TODAY + 431 * DAY] * 2


def test_goods_come_back_and_their_points_go(shop: Shop) -> None:
    shop.rule()
    bought = record_purchase(
        shop.buyer, day=TODAY, sum=Decimal(1_000), mark="order:1", by=None, at=AT
    )
    react(AT + DAY)
    for part, left in ((300, 70), (300, 40), (400, 0)):
        take_back_purchase(
            bought, sum=Decimal(part), mark=f"r{left}", by=None, at=AT + DAY, day=TODAY
        )
        react(AT + 2 * DAY)
        assert shop.left() == left
    react(AT + 3 * DAY)
    assert shop.left() == 0 and books_are_right()
    assert Entry.objects.filter(kind="loyalty.taken_back").count() == 3


def test_what_did_not_come_back_after_all_has_its_points_again(shop: Shop) -> None:
    shop.rule()
    given: dict[str, Any] = {"by": None, "at": AT, "day": TODAY}
    bought = record_purchase(shop.buyer, sum=Decimal(1_000), mark="order:1", **given)
    react(AT)
    spend(shop, 90)
    take_back_purchase(bought, sum=Decimal(600), mark="r", **given)
    react(AT)
    assert shop.left() == 0
    # Of sixty only ten had gone: had it been told so at once, ten would have gone, too.
    lessen_return(bought, sum=Decimal(100), mark="r+1", **given)
    react(AT)
    assert shop.left() == 0
    for _again in range(2):
        lessen_return(bought, sum=Decimal(450), mark="r+2", **given)
        react(AT)
        assert shop.left() == 5 and books_are_right()
    with pytest.raises(Refused):
        lessen_return(bought, sum=Decimal(51), mark="r+3", **given)
    # And more came back again.
    take_back_purchase(bought, sum=Decimal(100), mark="r2", **given)
    react(AT)
    assert shop.left() == 0 and books_are_right()
    assert Entry.objects.filter(kind="loyalty.given_back").count() == 1


def test_never_below_zero(shop: Shop) -> None:
    shop.rule()
    shop.buys(1000, "a")
    shop.buys(200, "b")
    spend(shop, 90)
    given = {"returned": Decimal(1000), "of": Decimal(1000), "by": None, "at": AT}
    # Of its own batch ten are left; twenty of the other one go with them.
    assert take_points_back(shop.buyer, "a", mark="r", **given) == 30  # type: ignore[arg-type]
    assert take_points_back(shop.buyer, "a", mark="r", **given) == 0  # type: ignore[arg-type]
    assert lots(shop) == [0, 0]
    row = TakenBack.objects.get()
    assert (row.wanted, row.taken) == (100, 30)
    # What comes later is not taken for what was spent.
    shop.buys(500, "c")
    assert take_points_back(shop.buyer, "a", mark="r2", **given) == 0  # type: ignore[arg-type]
    assert shop.left() == 50


def test_below_zero_where_the_rule_says_so(shop: Shop) -> None:
    shop.rule(may_owe=True)
    shop.buys(1000, "a")
    spend(shop, 90)
    taken = take_points_back(
        shop.buyer, "a", returned=Decimal(500), of=Decimal(1000), mark="r", by=None, at=AT
    )
    assert taken == 50 and shop.left() == -40
    with pytest.raises(Refused):
        spend(shop, 1, "x")
    # What is earned next settles it first.
    shop.buys(100, "b")
    assert lots(shop) == [-30, 0]
    shop.buys(1000, "c")
    assert lots(shop) == [0, 0, 70] and books_are_right()
