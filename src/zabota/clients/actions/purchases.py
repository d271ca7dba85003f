"""What was bought, told by an order, a till or another program; and what was brought back."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from zabota.clients import entries
from zabota.clients.actions.held import held_client
from zabota.clients.models import Client, Purchase, PurchaseReturn
from zabota.journal.actions import lock_stream, record
from zabota.people.models import Place, User
from zabota.people.refusal import Refused

KOPECK = Decimal("0.01")


def record_purchase(
    client: Client, *, day: date, sum: Decimal, mark: str, by: User | None, at: datetime,
    margin: Decimal | None = None, place: Place | None = None,
) -> Purchase:  # fmt: skip
    """A client bought something. `mark` says what told so (“order:17”, “till:…”): told again, it is
    the same purchase. Points, thanks and worth follow from the entry.
    """
    if sum <= 0:
        raise Refused("sum", _("A purchase has a sum above zero."))
    with transaction.atomic():
        client = held_client(client.pk)
        there = Purchase.objects.filter(mark=mark).first()
        if there is not None:
            return there
        purchase = Purchase.objects.create(
            client=client, day=day, sum=sum, margin=margin, place=place, mark=mark
        )
        record(
            client.stream, entries.PURCHASE_RECORDED, by=by.pk if by else None, at=at,
            purchase=purchase.pk, sum=str(sum), day=day.isoformat(),
        )  # fmt: skip
        return purchase


def take_back_purchase(
    purchase: Purchase, *, sum: Decimal, mark: str, by: User | None, at: datetime, day: date
) -> PurchaseReturn:
    """Goods came back, all or in part: the purchase counts for so much less. Never for more than
    was bought; told again under the same mark, it is the same return.
    """
    with transaction.atomic():
        stream = lock_stream(purchase.client.stream_id)
        there = PurchaseReturn.objects.filter(mark=mark).first()
        if there is not None:
            return there
        if not 0 < sum <= purchase.sum - _came_back(purchase):
            raise Refused("sum", _("No more can be brought back than was bought."))
        back = _put_down(purchase, sum, mark, day)
        record(
            stream, entries.PURCHASE_RETURNED, by=by.pk if by else None, at=at,
            purchase=purchase.pk, back=back.pk, sum=str(sum),
        )  # fmt: skip
        return back


def lessen_return(
    purchase: Purchase, *, sum: Decimal, mark: str, by: User | None, at: datetime, day: date
) -> PurchaseReturn:
    """So much less came back than was told: the purchase counts for it again. Never for more than
    came back; told again under the same mark, it is the same.
    """
    with transaction.atomic():
        stream = lock_stream(purchase.client.stream_id)
        there = PurchaseReturn.objects.filter(mark=mark).first()
        if there is not None:
            return there
        if not 0 < sum <= _came_back(purchase):
            raise Refused("sum", _("No more can be kept after all than came back."))
        back = _put_down(purchase, -sum, mark, day)
        record(
            stream, entries.RETURN_LESSENED, by=by.pk if by else None, at=at,
            purchase=purchase.pk, back=back.pk, sum=str(sum),
        )  # fmt: skip
        return back


def _came_back(purchase: Purchase) -> Decimal:
    return purchase.returns.aggregate(all=Sum("sum"))["all"] or Decimal(0)


def _put_down(purchase: Purchase, sum: Decimal, mark: str, day: date) -> PurchaseReturn:
    share = None if purchase.margin is None else purchase.margin * sum / purchase.sum
    return PurchaseReturn.objects.create(
        purchase=purchase, day=day, sum=sum, mark=mark,
        margin=None if share is None else share.quantize(KOPECK),
    )  # fmt: skip
