"""What follows a purchase and what was brought back, wherever it was told."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from zabota.clients.models import Purchase, PurchaseReturn
from zabota.journal.models import Entry
from zabota.loyalty.actions.earn import earn_points
from zabota.loyalty.actions.held import Actor
from zabota.loyalty.actions.take_back import take_points_back
from zabota.loyalty.models import Occasion


def mark_of(purchase: Purchase) -> str:
    """By this a purchase earns once, whoever tells of it."""
    return f"purchase:{purchase.pk}"


def earn_for_purchase(entry: Entry, *, by: None, at: datetime) -> int:
    """Points for a purchase, by the rules of its day. Idempotent; says whether there were any."""
    purchase = Purchase.objects.select_related("client", "place").get(pk=entry.facts["purchase"])
    batch = earn_points(
        purchase.client, occasion=Occasion.PURCHASE, mark=mark_of(purchase), by=by, at=at,
        sum=purchase.sum, day=purchase.day, place=purchase.place,
    )  # fmt: skip
    return int(batch is not None)


def take_back_for_return(entry: Entry, *, by: None, at: datetime) -> int:
    """The points of what was brought back go; those of what was not, after all, come back.
    Idempotent; says how many went.
    """
    back = PurchaseReturn.objects.select_related("purchase__client").get(pk=entry.facts["back"])
    return take_back_of(back, by=by, at=at)


def take_back_of(back: PurchaseReturn, *, by: Actor, at: datetime) -> int:
    """The share of all that came back up to this return; what came after it is told by itself."""
    purchase = back.purchase
    upto = purchase.returns.filter(pk__lte=back.pk).aggregate(sum=Sum("sum"))["sum"]
    return take_points_back(
        purchase.client, mark_of(purchase), returned=upto or Decimal(0), of=purchase.sum,
        mark=f"return:{back.pk}", by=by, at=at,
    )  # fmt: skip
