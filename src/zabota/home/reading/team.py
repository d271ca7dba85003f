"""A team's work as whoever leads it looks at it: what is about to break, what is late, who has
what.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Final, cast

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from zabota.cases.models import Case, Holder, Promise, PromiseState, Turn
from zabota.cases.moments import EXPLANATION
from zabota.clients.reading import worth_line
from zabota.common import formats
from zabota.common.ids import row_number
from zabota.common.keyset import Leaf, Rows, leaf_of
from zabota.common.names import WHOLE_NAMES, row_whole
from zabota.common.working_time import add, between
from zabota.contracts.reading.who import holders_of_promises, names_line
from zabota.journal.models import Audience
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of
from zabota.people.models import Absence, Employee, Firm

HOURS: Final = (1, 2, 4, 8, 16)
USUAL: Final = 4
SIZE: Final = 25
SOON, LATE, ALL = "soon", "late", "all"
COLUMNS = (
    "pk", "due_at", "case_id", "case__kind", "case__title", "case__number",
    "case__contract__registered_number", "moment__name_ru", "moment__name_en", "warned_at",
    "case__client__worth", "case__client__since",
    *(f"case__client__{name}" for name in WHOLE_NAMES),
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for: which promises, within how many working hours, whose."""

    view: str
    hours: int
    who: int | None


@dataclass(frozen=True)
class TeamRow:
    """One promise of the team."""

    pk: int
    case: int
    ticket: bool
    title: str
    number: str
    client: str
    worth: str
    what: str
    who: str
    due: str
    left: str
    late: bool


@dataclass(frozen=True)
class Load:
    """How much somebody has, how much of it is late or due today; whether they are away."""

    person: Employee
    open: int = 0
    late: int = 0
    today: int = 0
    away: bool = False


@dataclass(frozen=True)
class TeamWork:
    """The whole page."""

    wanted: Wanted
    rows: list[TeamRow]
    leaf: Leaf
    loads: list[Load]


def wanted_from(params: Mapping[str, str]) -> Wanted:
    """The filters as an address has them; values nobody offers mean the usual."""
    view, hours = params.get("view", SOON), params.get("hours", "")
    return Wanted(
        view if view in (SOON, LATE, ALL) else SOON,
        int(hours) if hours in map(str, HOURS) else USUAL,
        row_number(params.get("who", "")),
    )


def people_of(viewer: StaffViewer) -> QuerySet[Employee]:
    """Whose work this reader may look at: of whom they lead; of colleagues in their team; who sees
    every case, everybody's.
    """
    me, working = viewer.employee, Employee.objects.working()
    if me.sees_all:
        return working
    mine = Q(pk=me.pk) | Q(lead=me.pk)
    return working.filter(mine | Q(team=me.team_id) if me.team_id else mine)


def read_team(
    viewer: StaffViewer, params: Mapping[str, str], firm: Firm, *, at: datetime
) -> TeamWork:
    """Six queries, however much there is."""
    wanted, people = wanted_from(params), people_of(viewer)
    loads = _loads(people, at)
    shown = [load.person.pk for load in loads]
    whose = [wanted.who] if wanted.who in shown else shown
    everybody = viewer.employee.sees_all and wanted.who not in shown
    promises = _promises(wanted, None if everybody else whose, firm, at)
    promises = _before(viewer, promises)
    leaf = leaf_of(
        lambda: cast(Rows, promises.values(*COLUMNS)), params, "due_at",
        descending=wanted.view == LATE, size=SIZE,
    )  # fmt: skip
    holders = holders_of_promises(row["pk"] for row in leaf.rows)
    return TeamWork(wanted, [_row(row, holders, firm, at) for row in leaf.rows], leaf, loads)


def _promises(
    wanted: Wanted, whose: list[int] | None, firm: Firm, at: datetime
) -> QuerySet[Promise]:
    running = Promise.objects.filter(
        ~Q(moment=EXPLANATION), state=PromiseState.RUNNING, turn=Turn.OURS, due_at__isnull=False
    )
    if wanted.view == SOON:
        soon = add(calendar_of(firm), at, timedelta(hours=wanted.hours))
        running = running.filter(due_at__gte=at, due_at__lte=soon)
    elif wanted.view == LATE:
        running = running.filter(due_at__lt=at)
    if whose is None:
        return running.exclude(_promised_twice())
    held = Holder.objects.filter(employee__in=whose, rank_at__isnull=False)
    return running.filter(pk__in=held.values("promise"))


def _promised_twice() -> Q:
    """Of requests that are one, what stands in nobody's Today: the same was promised sooner in the
    other one.
    """
    one_with_another = Exists(Case.objects.filter(root=OuterRef("case")))
    had = Exists(Holder.objects.filter(promise=OuterRef("pk"), rank_at__isnull=False))
    return (Q(case__root__isnull=False) | Q(one_with_another)) & ~Q(had)


def _before(viewer: StaffViewer, promises: QuerySet[Promise]) -> QuerySet[Promise]:
    """Those of cases this reader may know of, without asking that of every case there is."""
    if viewer.employee.sees_all:
        return promises.exclude(case__audience=Audience.THEIRS)
    return promises.filter(case__in=Case.objects.visible_to(viewer).values("pk"))


def _loads(people: QuerySet[Employee], at: datetime) -> list[Load]:
    """Whoever has most first; those who have nothing, too."""
    zone = timezone.get_current_timezone()
    day = at.astimezone(zone).date() + timedelta(days=1)
    midnight = datetime.combine(day, time.min, tzinfo=zone)
    running = Q(promise__state=PromiseState.RUNNING, promise__turn=Turn.OURS)
    held = Holder.objects.filter(
        ~Q(promise__moment=EXPLANATION), employee__in=people.values("pk"), rank_at__isnull=False
    )
    counts = (
        held.order_by()
        .values("employee")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=running & Q(promise__due_at__lt=at)),
            today=Count(
                "promise",
                filter=running & Q(promise__due_at__gte=at, promise__due_at__lt=midnight),
                distinct=True,
            ),
        )
    )
    found = {row["employee"]: row for row in counts}
    away = set(Absence.objects.standing(at).values_list("employee", flat=True))
    loads = [
        replace(
            Load(person, away=person.pk in away),
            **{name: found[person.pk][name] for name in ("open", "late", "today")},
        )
        if person.pk in found
        else Load(person, away=person.pk in away)
        for person in people.select_related("user", "photo").order_by("user__name", "pk")
    ]
    return sorted(loads, key=lambda load: (-load.late, -load.today, -load.open))


def _row(
    row: Mapping[str, Any], holders: Mapping[int, list[Mapping[str, Any]]], firm: Firm, at: datetime
) -> TeamRow:
    language, zone = get_language() or "ru", timezone.get_current_timezone()
    due = row["due_at"]
    minutes = int(between(calendar_of(firm), at, due).total_seconds() // 60)
    people = holders.get(row["pk"], [])
    return TeamRow(
        pk=row["pk"],
        case=row["case_id"],
        ticket=row["case__kind"] == "ticket",
        title=row["case__title"],
        number=row["case__contract__registered_number"] or row["case__number"],
        client=row_whole(row, "case__client__"),
        worth=worth_line(
            row["case__client__worth"], row["case__client__since"], at.astimezone(zone).date()
        ),
        what=row["moment__name_en" if language == "en" else "moment__name_ru"],
        who=names_line(people) if people else "",
        due=formats.when(due, at, language, zone),
        left=formats.hours(min(minutes, -1) if due < at else minutes, language),
        late=due < at,
    )


def colleagues_of(loads: list[Load]) -> list[tuple[int, str, int]]:
    """To whom something can be given: whoever is here, with how much they have."""
    here = [load for load in loads if not load.away]
    return sorted(((load.person.pk, load.person.name, load.open) for load in here), key=_lightest)


def _lightest(row: tuple[int, str, int]) -> tuple[int, str]:
    return row[2], row[1]
