"""Beside Today: how promises were kept, for whom one stands in, what is about to break."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.cases.models import Holder, PromiseState
from zabota.common import formats
from zabota.common.working_time import add
from zabota.people.firm import calendar_of
from zabota.people.models import Absence, Employee, Firm, Substitution

# The newest ones say enough, and reading them costs the same however much one holds.
MOST_LOOKED_AT = 1000
MOST_COUNTED = 300
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
    mine = Holder.objects.filter(employee=employee)
    newest = mine.order_by("-pk").values("pk")[:MOST_LOOKED_AT]
    done = (
        Holder.objects.filter(
            pk__in=newest,
            promise__state=PromiseState.KEPT,
            promise__settled_at__gte=month,
        )
        .filter(~Q(outcome="") | Q(promise__stage=None))
        .order_by("-pk")
        .values(
            "promise_id", "promise__settled_at", "promise__due_at", "promise__first_due_at",
            "promise__agreed_at", "promise__replaces_id",
        )[:MOST_COUNTED]
    )  # fmt: skip
    rows = {row["promise_id"]: row for row in done}.values()
    late = mine.filter(
        rank_at__lt=at, promise__state=PromiseState.RUNNING, promise__due_at__lt=at
    ).values_list("promise_id", flat=True)[:MOST_COUNTED]
    count = len(rows) + len(set(late))
    if not count:
        return Kept(None, None, 0)
    in_time = sum(_in_time(row) for row in rows)
    first = sum(_by_first(row) for row in rows)
    return Kept(in_time * 100 // count, first * 100 // count, count)


def _in_time(row: Mapping[str, Any]) -> bool:
    due = row["promise__due_at"]
    if due is not None and row["promise__settled_at"] > due:
        return False
    if row["promise__replaces_id"] is None:
        return True
    agreed = row["promise__agreed_at"]
    return agreed is not None and agreed <= row["promise__first_due_at"]


def _by_first(row: Mapping[str, Any]) -> bool:
    first = row["promise__first_due_at"]
    return first is None or row["promise__settled_at"] <= first


def stands_in_for(employee: Employee, *, at: datetime) -> list[StandIn]:
    """Colleagues whose work is this person's today, and until when."""
    rows = list(
        Substitution.objects.standing(at)
        .filter(substitute=employee)
        .select_related("employee__user", "employee__photo")
        .order_by("ends_at")
    )
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
            % {"when": formats.day(row.ends_at.astimezone(zone).date(), today, language)},
            away.get(row.employee_id, ""),
        )
        for row in rows
    ]


def about_to_break(lead: Employee, firm: Firm, *, at: datetime) -> list[Danger]:
    """What those this person leads have late, or will have within half a working day."""
    soon = add(calendar_of(firm), at, ABOUT_TO_BREAK)
    rows = (
        Holder.objects.filter(
            employee__lead=lead,
            employee__dismissed_at=None,
            rank_at__lt=soon,
            promise__state=PromiseState.RUNNING,
            promise__due_at__lt=soon,
        )
        .order_by("rank_at", "pk")
        .values(
            "promise_id", "promise__due_at", "case_id", "case__title", "case__number",
            "case__contract__registered_number", "employee__user__name",
        )[: MOST_SHOWN * 4]
    )  # fmt: skip
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
                row["employee__user__name"],
                formats.when(due, at, language, zone),
                due < at,
            ),
        )
    return list(found.values())[:MOST_SHOWN]
