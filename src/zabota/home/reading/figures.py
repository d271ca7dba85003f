"""Beside Today: how promises were kept, for whom one stands in, what is about to break."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db.models import Count, F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.cases.models import Holder, PromiseState
from zabota.cases.moments import EXPLANATION
from zabota.common import formats
from zabota.common.keyset import Rows
from zabota.common.names import row_person
from zabota.common.questions import One, Question
from zabota.common.working_time import add
from zabota.people.firm import calendar_of
from zabota.people.models import Absence, Employee, Firm, Substitution

# The newest ones say enough, and reading them costs the same however much one holds.
MOST_LOOKED_AT = 300
MOST_SHOWN = 6
ABOUT_TO_BREAK = timedelta(hours=4)


@dataclass(frozen=True)
class Kept:
    """How many of this month's promises were kept, and kept by the first date, in per cent."""

    kept: int | None
    by_first: int | None
    count: int


@dataclass(frozen=True)
class StandIn:
    """Somebody one stands in for today."""

    person: Employee
    until: str
    reason: str


@dataclass(frozen=True)
class Danger:
    """A promise of somebody one leads that is late or soon will be."""

    case: int
    title: str
    number: str
    name: str
    due: str
    late: bool


def kept_this_month(employee: Employee, *, at: datetime) -> Kept:
    """Of promises this person kept, or broke and still has, since the month began.

    A moved promise counts as kept only if the client agreed before it broke.
    """
    zone = timezone.get_current_timezone()
    month = at.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    (done,) = _done(me=employee.pk, month=month)
    (late,) = _late(me=employee.pk, at=at)
    count = done["count"] + late["count"]
    if not count:
        return Kept(None, None, 0)
    return Kept(done["in_time"] * 100 // count, done["by_first"] * 100 // count, count)


def _done_since(me: int, month: datetime) -> Rows:
    """How many this person kept, how many of them in time, how many by the first date."""
    in_time = Q(promise__due_at=None) | Q(promise__settled_at__lte=F("promise__due_at"))
    agreed = Q(promise__agreed_at__lte=F("promise__first_due_at"))
    first = Q(promise__first_due_at=None)
    first |= Q(promise__settled_at__lte=F("promise__first_due_at"))
    over = Holder.objects.filter(employee=me, rank_at=None)
    newest = over.order_by("-pk").values("pk")[:MOST_LOOKED_AT]
    done = Holder.objects.filter(
        ~Q(outcome="") | Q(promise__stage=None),
        # To explain a broken promise is no promise kept.
        ~Q(promise__moment=EXPLANATION),
        pk__in=newest,
        promise__state=PromiseState.KEPT,
        promise__settled_at__gte=month,
    )
    return _promises_of(
        done,
        count=Q(),
        in_time=in_time & (Q(promise__replaces=None) | agreed),
        by_first=first,
    )


def _late_now(me: int, at: datetime) -> Rows:
    """How many they have late."""
    late = Holder.objects.filter(employee=me, rank_at__lt=at)
    soonest = late.order_by("rank_at", "pk").values("pk")[:MOST_LOOKED_AT]
    late = Holder.objects.filter(
        ~Q(promise__moment=EXPLANATION),
        pk__in=soonest,
        promise__state=PromiseState.RUNNING,
        promise__due_at__lt=at,
    )
    return _promises_of(late, count=Q())


def _promises_of(holders: QuerySet[Holder], **counted: Q) -> Rows:
    """One row: how many promises among these; whoever has two seats at one has one promise."""
    counts = {
        name: Count("promise", distinct=True, filter=only or None) for name, only in counted.items()
    }
    return cast(Rows, holders.order_by().values(one=Value(1)).annotate(**counts).values(*counts))


_done = Question(_done_since, me=One(), month=One())
_late = Question(_late_now, me=One(), at=One())


def stands_in_for(employee: Employee, *, at: datetime) -> list[StandIn]:
    """Colleagues whose work is this person's today, and until when."""
    rows = _standing_in(me=employee.pk, at=at)
    if not rows:
        return []
    away = dict(
        Absence.objects.standing(at)
        .filter(employee__in=[row.employee_id for row in rows])
        .values_list("employee_id", "reason")
    )
    zone, language = timezone.get_current_timezone(), get_language() or "ru"
    today = at.astimezone(zone).date()
    return [
        StandIn(
            row.employee,
            gettext("until %(when)s")
            % {"when": formats.day(row.last_moment.astimezone(zone).date(), today, language)},
            away.get(row.employee_id, ""),
        )
        for row in rows
    ]


_standing_in = Question(
    lambda me, at: (
        Substitution.objects.standing(at)
        .filter(substitute=me)
        .select_related("employee__user", "employee__photo")
        .order_by("ends_at")
    ),
    me=One(),
    at=One(),
)


def about_to_break(lead: Employee, firm: Firm, *, at: datetime) -> list[Danger]:
    """What those this person leads have late, or will have within half a working day."""
    rows = _in_danger(lead=lead.pk, soon=add(calendar_of(firm), at, ABOUT_TO_BREAK))
    zone, language = timezone.get_current_timezone(), get_language() or "ru"
    found: dict[int, Danger] = {}
    for row in rows:
        due = row["promise__due_at"] or at
        found.setdefault(
            row["promise_id"],
            Danger(
                row["case_id"],
                row["case__title"],
                row["case__contract__registered_number"] or row["case__number"],
                row_person(row, "employee__user__"),
                formats.when(due, at, language, zone),
                due < at,
            ),
        )
    return list(found.values())[:MOST_SHOWN]


def _before(lead: int, soon: datetime) -> Rows:
    """Open promises of one's people that are due before a moment."""
    rows = Holder.objects.filter(
        ~Q(promise__moment=EXPLANATION),
        employee__lead=lead,
        employee__dismissed_at=None,
        rank_at__lt=soon,
        promise__state=PromiseState.RUNNING,
        promise__due_at__lt=soon,
    )
    shown = rows.order_by("rank_at", "pk").values(
        "promise_id", "promise__due_at", "case_id", "case__title", "case__number",
        "case__contract__registered_number", "employee__user__name",
        "employee__user__name_en",
    )  # fmt: skip
    return cast(Rows, shown[: MOST_SHOWN * 4])


_in_danger = Question(_before, lead=One(), soon=One())
