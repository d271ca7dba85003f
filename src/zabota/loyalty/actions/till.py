"""At a till: a receipt is rung up, or brought back. Its number makes a repeat safe: what did not
arrive is sent again, and what arrived twice happened once.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zabota.clients.actions import record_purchase, take_back_purchase
from zabota.clients.models import Client, Purchase
from zabota.loyalty.actions.earn import earn_points, earned_by, local_day
from zabota.loyalty.actions.held import Actor, account_of, hold_whole
from zabota.loyalty.actions.purchases import mark_of, take_back_of
from zabota.loyalty.actions.spend import moved_by, reverse_spend, spend_points
from zabota.loyalty.models import Batch, Occasion, Transfer, TransferKind, Unit
from zabota.loyalty.rules import may_use_till
from zabota.people.models import Place
from zabota.people.refusal import Refused

KOPECK = Decimal("0.01")


@dataclass(frozen=True)
class Receipt:
    """What a till says of a purchase: its number there, the sum before points, how many points pay,
    and the day, where it is told later.
    """

    number: str
    sum: Decimal
    place: Place | None = None
    spend: int = 0
    unit: Unit | None = None
    day: date | None = None


@dataclass(frozen=True)
class Rung:
    """What became of a receipt: `paid` by points, earned batches, and whether it was known."""

    receipt: Receipt
    paid: Decimal
    spent: Transfer | None
    earned: list[Batch]
    again: bool


@dataclass(frozen=True)
class Brought:
    """What became of a return: for how much, how many points went with it and came back."""

    sum: Decimal
    taken: int
    given: int


def ring_up(client: Client, receipt: Receipt, *, by: Actor, at: datetime) -> Rung:
    """A purchase at a till: points pay a part, what is paid in money earns points. Once per receipt
    of a place; the same number with another sum, client or points is refused.
    """
    if not may_use_till(account_of(by), at):
        raise PermissionDenied
    receipt = _checked(receipt, at)
    mark = receipt_mark(receipt.place, receipt.number)
    with transaction.atomic():
        held = hold_whole(client)
        there = _rung(held, receipt, mark)
        if there is not None:
            return there
        paid, spent = Decimal(0), None
        if receipt.spend:
            unit, paid = _paid(receipt)
            spent = spend_points(
                held, unit, receipt.spend, mark=mark, by=by, at=at, place=receipt.place,
                receipt=receipt.number,
            )  # fmt: skip
        rest = receipt.sum - paid
        earned = _bought(held, receipt, rest, mark, by, at) if rest > 0 else []
        return Rung(receipt, paid, spent, earned, again=False)


def bring_back(
    place: Place | None,
    number: str,
    *,
    by: Actor,
    at: datetime,
    sum: Decimal | None = None,
    slip: str = "",
) -> Brought:
    """Goods of a receipt come back, all or for a sum: their points go, and of the points that paid
    the same share comes back. Once per slip of return; without one, all that is left, once.
    """
    if not may_use_till(account_of(by), at):
        raise PermissionDenied
    mark = receipt_mark(place, number.strip())
    purchase = Purchase.objects.select_related("client").filter(mark=mark).first()
    rows = Transfer.objects.filter(mark=mark, kind=TransferKind.SPEND)
    spent = rows.select_related("client", "unit", "place").first()
    if purchase is None and spent is None:
        raise Refused("no_receipt", _("There is no such receipt."), field="receipt")
    client = purchase.client if purchase is not None else spent.client  # type: ignore[union-attr]
    back = f"{mark}:{slip.strip()[:20] or 'all'}"
    with transaction.atomic():
        hold_whole(client)
        came, taken, share = Decimal(0), 0, Decimal(1)
        if purchase is not None:
            came, taken, share = _came_back(purchase, sum, back, by, at)
        given = _given(spent, share, back, by, at) if spent is not None else 0
        return Brought(came, taken, given)


def receipt_mark(place: Place | None, number: str) -> str:
    """By this a receipt is known: tills of two places may count alike."""
    return f"till:{place.pk if place else 0}:{number}"


def _checked(receipt: Receipt, at: datetime) -> Receipt:
    number = receipt.number.strip()
    if not number or len(number) > 30:
        raise Refused(
            "receipt", _("The number of the receipt, up to 30 characters."), field="receipt"
        )
    if not 0 < receipt.sum < 10**12 or receipt.sum != receipt.sum.quantize(KOPECK):
        raise Refused("sum", _("The sum of the receipt, above zero, with kopecks."), field="sum")
    if receipt.spend < 0:
        raise Refused("spend", _("How many? Give a whole number above zero."), field="spend")
    today = local_day(at)
    if receipt.day is not None and receipt.day > today:
        raise Refused("day", _("This day has not come yet."), field="day")
    return replace(receipt, number=number, day=receipt.day or today)


def _rung(client: Client, receipt: Receipt, mark: str) -> Rung | None:
    """What this receipt did already, if it was the same one."""
    purchase = Purchase.objects.select_related("client__root").filter(mark=mark).first()
    spends = Transfer.objects.filter(mark=mark, kind=TransferKind.SPEND)
    spent = spends.select_related("client__root", "unit").first()
    if purchase is None and spent is None:
        return None
    whose = purchase.client if purchase is not None else spent.client  # type: ignore[union-attr]
    paid = (spent.unit.pays or 0) * spent.amount if spent is not None else Decimal(0)
    bought = purchase.sum if purchase is not None else Decimal(0)
    points = spent.amount if spent is not None else 0
    if whose.whole_id != client.pk or (points, bought + paid) != (receipt.spend, receipt.sum):
        raise Refused(
            "receipt_used", _("Another purchase has this number: check the receipt."),
            field="receipt",
        )  # fmt: skip
    earned = earned_by(client, mark_of(purchase)) if purchase is not None else []
    return Rung(receipt, Decimal(paid), spent, earned, again=True)


def _paid(receipt: Receipt) -> tuple[Unit, Decimal]:
    """Which unit pays, and how much so many of it are."""
    unit = receipt.unit or Unit.objects.filter(pays__isnull=False).order_by("position").first()
    if unit is None or unit.pays is None:
        raise Refused("no_pay", _("These do not pay at the till."), field="spend")
    most = unit.pays_most(receipt.sum)
    if receipt.spend > most:
        raise Refused(
            "too_many", _("Of this receipt at most %(most)s may be paid so."), field="spend",
            most=unit.counted(most, get_language() or "ru"),
        )  # fmt: skip
    return unit, unit.pays * receipt.spend


def _bought(
    client: Client, receipt: Receipt, rest: Decimal, mark: str, by: Actor, at: datetime
) -> list[Batch]:
    purchase = record_purchase(
        client, day=receipt.day or local_day(at), sum=rest, mark=mark, by=account_of(by), at=at,
        place=receipt.place,
    )  # fmt: skip
    own = mark_of(purchase)
    earn_points(
        client, occasion=Occasion.PURCHASE, mark=own, by=by, at=at, sum=rest, day=receipt.day,
        place=receipt.place, receipt=receipt.number,
    )  # fmt: skip
    return earned_by(client, own)


def _came_back(
    purchase: Purchase, sum: Decimal | None, mark: str, by: Actor, at: datetime
) -> tuple[Decimal, int, Decimal]:
    """The sum that came back, the points that went, and the share of the purchase back by now."""
    there = purchase.returns.filter(mark=mark).first()
    before = purchase.returns.aggregate(all=Sum("sum"))["all"] or Decimal(0)
    if there is None and before == purchase.sum:
        raise Refused("all_back", _("All of it was brought back before."), field="receipt")
    back = there or take_back_purchase(
        purchase, sum=purchase.sum - before if sum is None else sum, mark=mark,
        by=account_of(by), at=at, day=local_day(at),
    )  # fmt: skip
    taken = take_back_of(back, by=by, at=at)
    whole = purchase.returns.filter(pk__lte=back.pk).aggregate(all=Sum("sum"))["all"]
    return back.sum, taken, (whole or Decimal(0)) / purchase.sum


def _given(spent: Transfer, share: Decimal, mark: str, by: Actor, at: datetime) -> int:
    there = moved_by(hold_whole(spent.client), TransferKind.GIVE_BACK, mark, spent.unit)
    if there is not None:
        return there.amount
    before = spent.reversed_by.aggregate(all=Sum("amount"))["all"] or 0
    amount = int(spent.amount * share) - before
    if amount <= 0:
        return 0
    back = reverse_spend(spent, mark=mark, by=by, at=at, amount=amount)
    return back.amount if back is not None else 0
