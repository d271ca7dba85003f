"""Why promises broke, and what went beyond the rules: counted, with what it cost."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Count, Max, Sum

from zabota.cases.models import Cause, Deviation, DeviationState, Explanation
from zabota.insight.figures import Share
from zabota.insight.periods import Period

MOST: Final = 20


@dataclass(frozen=True)
class Named:
    """How often a cause was named."""

    name: str
    count: int
    share: Share


@dataclass(frozen=True)
class Rule:
    """A rule that was gone beyond: how often, at what cost."""

    rule: str
    count: int
    cost: Decimal
    currency: str


@dataclass(frozen=True)
class BrokenReport:
    """Causes never decide whether we help: they are counted, and nothing else."""

    causes: list[Named]
    explained: int
    unexplained: int
    rules: list[Rule]
    beyond: int
    sums: list[tuple[Decimal, str]]


def read_broken(period: Period, whose: list[int] | None) -> BrokenReport:
    """Three queries, however many."""
    broken = Explanation.objects.filter(
        case__kind="ticket", promise__due_at__gte=period.since, promise__due_at__lt=period.until
    )
    done = Deviation.objects.filter(
        case__kind="ticket",
        state=DeviationState.GRANTED,
        answered_at__gte=period.since,
        answered_at__lt=period.until,
    )
    if whose is not None:
        broken, done = broken.filter(case__owner__in=whose), done.filter(case__owner__in=whose)
    counts = dict(broken.order_by().values_list("cause").annotate(Count("pk")))
    unexplained = counts.pop("", 0)
    explained = sum(counts.values())
    told = sorted(counts, key=lambda cause: -counts[cause])
    sums = done.order_by().values("currency").annotate(cost=Sum("cost"), count=Count("pk"))
    costs = list(sums.order_by("currency").values_list("cost", "currency", "count"))
    rules = (
        done.order_by()
        .values("rule_key", "currency")
        .annotate(count=Count("pk"), cost=Sum("cost"), said=Max("rule"))
    )
    return BrokenReport(
        causes=[
            Named(str(Cause(one).label), counts[one], Share(counts[one], explained)) for one in told
        ],
        explained=explained,
        unexplained=unexplained,
        rules=[
            Rule(row["said"], row["count"], row["cost"], row["currency"])
            for row in rules.order_by("-count", "rule_key")[:MOST]
        ],
        beyond=sum(count for _cost, _currency, count in costs),
        sums=[(cost, currency) for cost, currency, _count in costs],
    )
