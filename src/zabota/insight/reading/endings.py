"""How requests ended: solved, helped another way, not in our power; suggestions: done, not taken
up; each apart, with how fast it came and how hard it was for the client. And how many were begun
anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from zabota.cases.models import Case, Helped, Verdict
from zabota.insight.figures import Counted, Share
from zabota.insight.periods import Period
from zabota.insight.reading.cuts import Cut, Key
from zabota.tickets.models import ENDS_OF_SUGGESTION, USUAL_ENDS, Outcome


@dataclass
class Ending:
    """Requests with one outcome."""

    outcome: str
    name: str
    count: int = 0
    whole: int = 0
    took: Counted = field(default_factory=Counted)
    effort: Counted = field(default_factory=Counted)
    answers: int = 0
    helped: int = 0

    @property
    def share(self) -> Share:
        return Share(self.count, self.whole)

    @property
    def helped_share(self) -> Share:
        return Share(self.helped, self.answers)


@dataclass
class Group:
    """Requests of one group, by how they ended."""

    key: Key
    name: str = ""
    count: int = 0
    solved: int = 0
    otherwise: int = 0
    beyond: int = 0
    done: int = 0
    declined: int = 0
    reopened: int = 0

    @property
    def ended(self) -> int:
        return self.solved + self.otherwise + self.beyond

    @property
    def fates(self) -> int:
        """Suggestions whose fate is known."""
        return self.done + self.declined

    @property
    def under_way(self) -> int:
        return self.count - self.ended - self.fates

    @property
    def anew(self) -> Share:
        return Share(self.reopened, self.count)


@dataclass(frozen=True)
class EndingsReport:
    """By outcome, those of suggestions where there are any, and by group; how many came and were
    begun anew in all.
    """

    endings: list[Ending]
    groups: list[Group]
    whole: Group


def requests_of(period: Period, whose: list[int] | None) -> QuerySet[Case]:
    """Requests that came in a period; two that are one now count once."""
    came = Case.objects.filter(
        kind="ticket", root=None, opened_at__gte=period.since, opened_at__lt=period.until
    )
    return came if whose is None else came.filter(owner__in=whose)


def read_endings(period: Period, cut: Cut, whose: list[int] | None) -> EndingsReport:
    """Three queries, however many requests."""
    came = requests_of(period, whose).order_by()
    rows = came.values(
        key=cut.on("", period.zone),
        outcome=F("ticket__outcome"),
        took=F("ticket__solution__used_minutes"),
    ).annotate(count=Count("pk"), reopened=Count("pk", filter=Q(ticket__reopened__gt=0)))
    whole, found = Group(None), dict[Key, Group]()
    endings = {one.value: Ending(one.value, str(one.label)) for one in Outcome}
    for row in rows:
        for group in (whole, found.setdefault(row["key"], Group(row["key"]))):
            _add(group, row)
        if row["outcome"]:
            ending = endings[row["outcome"]]
            ending.count += row["count"]
            if row["took"] is not None:
                ending.took.add(row["took"], row["count"])
    for outcomes, of in ((USUAL_ENDS, whole.ended), (ENDS_OF_SUGGESTION, whole.fates)):
        for one in outcomes:
            endings[one.value].whole = of
    _add_verdicts(endings, came)
    names = cut.names(sorted(found, key=str))
    for key, group in found.items():
        group.name = names.get(key) or str(cut.none)
    order = cut.sorted({key: group.count for key, group in found.items()})
    told = [one for one in endings.values() if one.count or one.outcome in USUAL_ENDS]
    return EndingsReport(told, [found[key] for key in order], whole)


def _add(group: Group, row: Mapping[str, Any]) -> None:
    group.count += row["count"]
    group.reopened += row["reopened"]
    if row["outcome"]:
        name = Outcome(row["outcome"]).value
        setattr(group, name, getattr(group, name) + row["count"])


def _add_verdicts(endings: dict[str, Ending], came: QuerySet[Case]) -> None:
    """What clients said when it was over."""
    given = Verdict.objects.filter(case__in=came.values("pk"), given_at__isnull=False)
    rows = given.order_by().values("case__ticket__outcome", "helped", "effort")
    for row in rows.annotate(count=Count("pk")):
        ending = endings.get(row["case__ticket__outcome"])
        if ending is None:
            continue
        ending.answers += row["count"]
        ending.helped += row["count"] if row["helped"] == Helped.YES else 0
        if row["effort"] is not None:
            ending.effort.add(row["effort"], row["count"])
