"""What is not finished: how much, how old, and how it grew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import pgettext_lazy

from zabota.cases.models import Case
from zabota.insight.periods import Period
from zabota.insight.reading.cuts import Cut, Key
from zabota.insight.reading.moments import by_day, utc_stretch
from zabota.tickets.models import TicketState

# Days since it came: from the first on, short of the second.
AGES: Final[tuple[tuple[str, int, int | None, LazyText], ...]] = (
    ("day", 0, 1, pgettext_lazy("age", "less than a day")),
    ("three", 1, 3, pgettext_lazy("age", "1–2 days")),
    ("week", 3, 7, pgettext_lazy("age", "3–6 days")),
    ("month", 7, 30, pgettext_lazy("age", "7–29 days")),
    ("more", 30, None, pgettext_lazy("age", "30 days or more")),
)
UNFINISHED: Final = (TicketState.NEW, TicketState.OPEN, TicketState.WAITING)


@dataclass
class Waiting:
    """Unfinished requests of one group, by age; those whose turn is the client's stand apart."""

    key: Key
    name: str = ""
    ages: dict[str, int] = field(default_factory=lambda: {slug: 0 for slug, *_ in AGES})
    theirs: int = 0

    @property
    def count(self) -> int:
        return sum(self.ages.values())

    @property
    def cells(self) -> list[tuple[str, str, int]]:
        """In the order of the columns."""
        return [(slug, str(name), self.ages[slug]) for slug, _since, _upto, name in AGES]


@dataclass(frozen=True)
class Day:
    """What came and what ended in a day; what was unfinished at its end."""

    day: date
    came: int
    ended: int
    left: int


@dataclass(frozen=True)
class BacklogReport:
    """As it stands now, and day by day in a period."""

    whole: Waiting
    groups: list[Waiting]
    days: list[Day]


def unfinished(whose: list[int] | None) -> QuerySet[Case]:
    """Requests not ended yet."""
    cases = Case.objects.filter(kind="ticket", root=None, state__in=UNFINISHED)
    return cases if whose is None else cases.filter(owner__in=whose)


def of_age(slug: str, at: datetime) -> Q:
    """Those of an age."""
    since, upto = next((since, upto) for name, since, upto, _title in AGES if name == slug)
    newest = Q(opened_at__lte=at - timedelta(days=since)) if since else Q()
    return newest if upto is None else newest & Q(opened_at__gt=at - timedelta(days=upto))


def read_backlog(
    period: Period, cut: Cut, whose: list[int] | None, *, at: datetime
) -> BacklogReport:
    """Six queries, however many requests and days."""
    ages = {slug: Count("pk", filter=of_age(slug, at)) for slug, *_ in AGES}
    rows = (
        unfinished(whose)
        .order_by()
        .values(key=cut.on("", period.zone))
        .annotate(theirs=Count("pk", filter=Q(state=TicketState.WAITING)), **ages)
    )
    whole, found = Waiting(None), dict[Key, Waiting]()
    for row in rows:
        one = found.setdefault(row["key"], Waiting(row["key"]))
        for waiting in (whole, one):
            _add(waiting, row)
    names = cut.names(sorted(found, key=str))
    for key, one in found.items():
        one.name = names.get(key) or str(cut.none)
    order = cut.sorted({key: one.count for key, one in found.items()})
    return BacklogReport(whole, [found[key] for key in order], _days(period, whose, at))


def _add(waiting: Waiting, row: Mapping[str, Any]) -> None:
    waiting.theirs += row["theirs"]
    for slug in waiting.ages:
        waiting.ages[slug] += row[slug]


def _days(period: Period, whose: list[int] | None, at: datetime) -> list[Day]:
    """Day by day until today; one begun anew never counted as ended."""
    tickets = Case.objects.filter(kind="ticket", root=None).order_by()
    tickets = tickets if whose is None else tickets.filter(owner__in=whose)
    before = tickets.filter(opened_at__lt=period.since).count()
    left = before - tickets.filter(closed_at__lt=period.since).count()
    came, ended = (_by_day(tickets, name, period) for name in ("opened_at", "closed_at"))
    days, day, last = [], period.first, min(period.last, at.astimezone(period.zone).date())
    while day <= last:
        left += came.get(day, 0) - ended.get(day, 0)
        days.append(Day(day, came.get(day, 0), ended.get(day, 0), left))
        day += timedelta(days=1)
    return days


def _by_day(tickets: QuerySet[Case], name: str, period: Period) -> dict[date, int]:
    within = tickets.filter(**{f"{name}__gte": period.since, f"{name}__lt": period.until})
    rows = within.values(stretch=utc_stretch(name, period.zone)).annotate(count=Count("pk"))
    return by_day(rows.values_list("stretch", "count"), period.zone)
