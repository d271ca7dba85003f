"""A shipped and paid order is a purchase, once; what comes back counts against it."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max, Q, Sum

from zabota.clients.actions import record_purchase, take_back_purchase
from zabota.orders.models import Allocation, Order, OrderState, Return
from zabota.people.access import StaffViewer

# What clients are worth is reckoned in one currency.
CURRENCY = "RUB"


def settle_purchase(order: Order, *, by: StaffViewer | None, at: datetime) -> bool:
    """Once all of an order is shipped and paid it is over, and a purchase of the day on which the
    later of the two happened; the caller holds the order.
    """
    if order.shipped_on is None or order.paid_on is None:
        return False
    case = order.case
    if case.state == OrderState.OPEN:
        case.state, case.closed_at = OrderState.DONE, at
        case.save(update_fields=["state", "closed_at"])
    if order.purchase_id is not None or order.currency != CURRENCY or order.total <= 0:
        return False
    order.purchase = record_purchase(
        case.client, day=max(order.shipped_on, order.paid_on), sum=order.total,
        mark=f"order:{case.number}", place=order.place, by=by.user if by else None, at=at,
    )  # fmt: skip
    order.save(update_fields=["purchase"])
    for back in order.returns.order_by("pk"):
        take_back(order, back, by=by, at=at)
    return True


def paid_since(order: Order) -> date | None:
    """Since when all of an order is paid, by its sums as they are now; nothing while it is not."""
    if not order.paid >= order.total > 0:
        return None
    laid = Allocation.objects.filter(invoice__order=order, guess=False)
    return laid.aggregate(last=Max("payment__day"))["last"]  # type: ignore[no-any-return]


def take_back(order: Order, back: Return, *, by: StaffViewer | None, at: datetime) -> None:
    """What came back counts against the purchase, never for more than is left of it."""
    if order.purchase is None:
        return
    mark = f"order:{order.case.number}:{back.pk}"
    of_it = order.purchase.returns.filter(Q(mark=mark) | Q(mark__startswith=f"{mark}+"))
    told, times = of_it.aggregate(all=Sum("sum"))["all"] or Decimal(0), of_it.count()
    every = order.purchase.returns.aggregate(all=Sum("sum"))["all"] or Decimal(0)
    part = min(back.sum - told, order.purchase.sum - every)
    if part > 0:
        # The same return told again with more is one more piece of it.
        again = f"{mark}+{times}" if times else mark
        take_back_purchase(
            order.purchase, sum=part, mark=again, by=by.user if by else None, at=at, day=back.day
        )
