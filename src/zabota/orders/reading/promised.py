"""Lines of orders, promised against what is so: the right thing, fast, on time; counted, and each
of them behind a figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from zabota.orders.models import (
    DelayLine,
    OrderLine,
    OrderState,
    ReturnLine,
    ReturnReason,
    ShipmentLine,
)

WHAT = ("promised", "on_time", "agreed", "late", "told", "right", "wrong")


@dataclass(frozen=True)
class PromisedFigures:
    """How many lines were promised for a period, and how many of them were so."""

    promised: int
    shipped: int
    on_time: int
    agreed: int
    late: int
    told: int
    right: int
    # Days from the order to the last of a line: how many took so long.
    days: dict[int, int]


def promised_lines(first: date, last: date, whose: Iterable[int] | None) -> QuerySet[OrderLine]:
    """Lines first promised for these days, of orders these employees answer for (of all, where none
    is named); without what was cancelled whole.
    """
    lines = OrderLine.objects.filter(promised_on__gte=first, promised_on__lte=last)
    lines = lines.exclude(order__case__state=OrderState.CANCELLED)
    lines = lines.filter(cancelled__lt=F("quantity"))
    if whose is not None:
        lines = lines.filter(order__case__owner__in=list(whose))
    wrong = ReturnLine.objects.filter(line=OuterRef("pk"), returned__reason=ReturnReason.WRONG)
    other = ShipmentLine.objects.filter(shipment__order=OuterRef("order"), line=None)
    # Said before the promised day was over.
    told = DelayLine.objects.filter(
        line=OuterRef("pk"), delay__case__opened_at__date__lte=OuterRef("promised_on")
    )
    return lines.annotate(came_wrong=Exists(wrong), came_other=Exists(other), was_told=Exists(told))


def behind(lines: QuerySet[OrderLine], what: str, today: date) -> QuerySet[OrderLine]:
    """Those a figure counts."""
    condition = _conditions(today).get(what)
    return lines if condition is None else lines.filter(condition)


def read_figures(lines: QuerySet[OrderLine], today: date) -> PromisedFigures:
    """Two queries, however many lines there are."""
    conditions = _conditions(today)
    counts = lines.aggregate(
        n_promised=Count("pk"),
        n_shipped=Count("pk", filter=Q(shipped_on__isnull=False)),
        **{f"n_{name}": Count("pk", filter=condition) for name, condition in conditions.items()},
    )
    told = {name.removeprefix("n_"): count for name, count in counts.items()}
    days: dict[int, int] = {}
    for ordered, shipped, count in (
        lines.filter(shipped_on__isnull=False)
        .order_by()
        .values_list("order__day", "shipped_on")
        .annotate(count=Count("pk"))
        .values_list("order__day", "shipped_on", "count")
    ):
        took = max(0, (shipped - ordered).days) if shipped else 0
        days[took] = days.get(took, 0) + count
    told.pop("wrong")
    return PromisedFigures(**told, days=days)


def _conditions(today: date) -> dict[str, Q]:
    shipped = Q(shipped_on__isnull=False)
    exact = Q(shipped=F("quantity") - F("cancelled"), came_wrong=False, came_other=False)
    late = Q(shipped_on__gt=F("promised_on")) | Q(shipped_on=None, promised_on__lt=today)
    return {
        "on_time": Q(shipped_on__lte=F("promised_on")),
        "agreed": shipped & Q(promise__settled_at__lte=F("promise__due_at")),
        "late": late,
        "told": late & Q(was_told=True),
        "right": shipped & exact,
        "wrong": shipped & ~exact,
    }
