"""A shipped and paid order is a purchase, once, and so is what it grows by afterwards; what comes
back counts against it.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max, Q, QuerySet, Sum

from zabota.clients.actions import lessen_return, record_purchase, take_back_purchase
from zabota.clients.models import Purchase, PurchaseReturn
from zabota.orders.models import Allocation, Order, OrderState, Return
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm


def settle_purchase(order: Order, *, by: StaffViewer | None, at: datetime) -> bool:
    """Once all of an order is shipped and paid it is over, and a purchase of the day on which the
    later of the two happened; what it grows by afterwards is told, too. The caller holds the order.
    """
    if order.shipped_on is None or order.paid_on is None:
        return False
    case = order.case
    if case.state == OrderState.OPEN:
        case.state, case.closed_at = OrderState.DONE, at
        case.save(update_fields=["state", "closed_at"])
    if order.currency != current_firm().currency:
        return False
    mark, there = f"order:{case.number}", purchases_of(order)
    # Lines added afterwards are one more purchase, of what the order grew by.
    grown = order.total - sum((one.sum for one in there), Decimal(0))
    if grown <= 0:
        return False
    bought = record_purchase(
        case.client, day=max(order.shipped_on, order.paid_on), sum=grown,
        mark=f"{mark}+{len(there)}" if there else mark, place=order.place,
        by=by.user if by else None, at=at,
    )  # fmt: skip
    if not there:
        order.purchase = bought
        order.save(update_fields=["purchase"])
    for back in order.returns.order_by("pk"):
        take_back(order, back, by=by, at=at)
    return True


def purchases_of(order: Order) -> list[Purchase]:
    """What it was told as: the purchase it became, and one more for each time it grew."""
    if order.purchase is None:
        return []
    more = Purchase.objects.filter(mark__startswith=f"order:{order.case.number}+").order_by("pk")
    return [order.purchase, *more]


def paid_since(order: Order) -> date | None:
    """Since when all of an order is paid, by its sums as they are now; nothing while it is not."""
    if not order.paid >= order.total > 0:
        return None
    laid = Allocation.objects.filter(invoice__order=order, guess=False)
    return laid.aggregate(last=Max("payment__day"))["last"]  # type: ignore[no-any-return]


def take_back(order: Order, back: Return, *, by: StaffViewer | None, at: datetime) -> None:
    """What came back counts against the purchase, never for more than is left of it; told again
    with more or with less, by the difference.
    """
    bought = purchases_of(order)
    if not bought:
        return
    mark = f"order:{order.case.number}:{back.pk}"
    every = PurchaseReturn.objects.filter(purchase__in=bought)
    of_it = every.filter(Q(mark=mark) | Q(mark__startswith=f"{mark}+"))
    all_, told, times = _by_purchase(every), _by_purchase(of_it), of_it.count()
    rest = back.sum - sum(told.values(), Decimal(0))
    for one in bought if rest > 0 else reversed(bought):
        left = one.sum - all_.get(one.pk, Decimal(0))
        part = min(rest, left) if rest > 0 else max(rest, -told.get(one.pk, Decimal(0)))
        if part == 0:
            continue
        # The same return told again is one more piece of it.
        tell = take_back_purchase if part > 0 else lessen_return
        tell(
            one, sum=abs(part), mark=f"{mark}+{times}" if times else mark,
            by=by.user if by else None, at=at, day=back.day,
        )  # fmt: skip
        rest, times = rest - part, times + 1


def _by_purchase(returns: QuerySet[PurchaseReturn]) -> dict[int, Decimal]:
    rows = returns.order_by().values_list("purchase").annotate(all=Sum("sum"))
    return dict(rows)
