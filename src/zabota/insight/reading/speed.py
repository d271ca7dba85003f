"""First reply, solution, news between them: how fast, how many in time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case as When_
from django.db.models import Count, F, Q, QuerySet, When

from zabota.cases.models import Promise, PromiseState
from zabota.insight.figures import Counted, Share
from zabota.insight.periods import Period
from zabota.insight.reading.cuts import Cut, Key
from zabota.insight.reading.promised import (
    BY_FIRST,
    GIVEN,
    MOMENTS,
    ON_TIME,
    is_open,
    is_over,
    waiting_late,
)

# Minutes are told of what was kept only: of what is not there yet nobody knows them.
TOOK = When_(When(GIVEN, then=F("used_minutes")))


@dataclass
class Speed:
    """Promises of one kind in one group: how many came to an end, in time, by the first date; how
    many still wait though late; how long those that were kept took.
    """

    key: Key = None
    name: str = ""
    over: int = 0
    kept: int = 0
    first: int = 0
    waiting: int = 0
    open: int = 0
    took: Counted = field(default_factory=Counted)

    @property
    def in_time(self) -> Share:
        return Share(self.kept, self.over)

    @property
    def by_first(self) -> Share:
        return Share(self.first, self.over)

    @property
    def late(self) -> int:
        """Broken promises, kept too late or not yet."""
        return self.over - self.kept

    @property
    def all(self) -> int:
        return self.over + self.open

    def add(self, row: Mapping[str, Any]) -> None:
        """What the database counted of one length."""
        for name in ("over", "kept", "first", "waiting", "open"):
            setattr(self, name, getattr(self, name) + row[name])
        if row["took"] is not None:
            self.took.add(row["took"], row["given"])


@dataclass(frozen=True)
class SpeedReport:
    """By moment: everything together, and group by group."""

    whole: dict[str, Speed]
    groups: dict[str, list[Speed]]


def promises_of(period: Period, whose: list[int] | None) -> QuerySet[Promise]:
    """Replies, solutions and news whose clock began in a period; of a moved one the last word."""
    rows = Promise.objects.filter(
        moment__in=MOMENTS, started_at__gte=period.since, started_at__lt=period.until
    ).exclude(state=PromiseState.REPLACED)
    return rows if whose is None else rows.filter(case__owner__in=whose)


def read_speed(period: Period, cut: Cut, whose: list[int] | None, *, at: datetime) -> SpeedReport:
    """Two queries, however many requests: the counts, and what groups are called."""
    rows = (
        promises_of(period, whose)
        .order_by()
        .values("moment", key=cut.on("case__", period.zone), took=TOOK)
        .annotate(
            over=_count(is_over(at)),
            kept=_count(ON_TIME),
            first=_count(BY_FIRST),
            waiting=_count(waiting_late(at)),
            open=_count(is_open(at)),
            given=_count(GIVEN),
        )
    )
    whole = {moment: Speed() for moment in MOMENTS}
    found: dict[str, dict[Key, Speed]] = {moment: {} for moment in MOMENTS}
    for row in rows:
        whole[row["moment"]].add(row)
        found[row["moment"]].setdefault(row["key"], Speed(row["key"])).add(row)
    names = cut.names(sorted({key for some in found.values() for key in some}, key=str))
    for some in found.values():
        for key, one in some.items():
            one.name = names.get(key) or str(cut.none)
    groups = {
        moment: [some[key] for key in cut.sorted({key: one.all for key, one in some.items()})]
        for moment, some in found.items()
    }
    return SpeedReport(whole, groups)


def _count(only: Q) -> Count:
    return Count("pk", filter=only)
