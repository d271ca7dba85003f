"""Drills as they are read: what stands before somebody, what waits for a score, readiness."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.common import formats
from zabota.common.questions import One, Question
from zabota.people.access import StaffViewer
from zabota.people.drills import drill_kinds
from zabota.people.models import Employee, Team
from zabota.people.readiness import Ready, read_readiness
from zabota.people.rules import may_manage_people
from zabota.tickets.models import Drill, Exercise, share_of_steps
from zabota.tickets.rules import may_drill, may_lead_drills

LATEST = 30

_before: Question[Drill] = Question(
    lambda employee: Drill.objects.under_way().filter(employee=employee).order_by("due_at", "pk"),
    employee=One(),
)


@dataclass(frozen=True)
class Waiting:
    """A drill that stands in Today, apart from what is real."""

    pk: int
    title: str
    client: str
    words: str
    due: str
    late: bool
    replied: bool


def waiting_drills(employee: int, at: datetime) -> list[Waiting]:
    """Exercises that have come to somebody and are not over; where there are none, one query."""
    drills = _before(employee=employee)
    if not drills:
        return []
    exercises = Exercise.objects.in_bulk([one.exercise_id for one in drills])
    return [_waiting(one, exercises[one.exercise_id], at) for one in drills]


def _waiting(drill: Drill, exercise: Exercise, at: datetime) -> Waiting:
    language, zone = get_language() or "ru", timezone.get_current_timezone()
    due = formats.when(drill.due_at, at, language, zone) if drill.due_at else ""
    words = " ".join(exercise.text.split())
    return Waiting(
        drill.pk,
        exercise.title,
        exercise.client,
        words if len(words) < 200 else f"{words[:199]}…",
        "" if drill.replied_at else due,
        drill.is_late(at) and drill.replied_at is None,
        drill.replied_at is not None,
    )


@dataclass(frozen=True)
class Scored:
    """How a drill went, measure by measure."""

    in_time: bool
    reply_due: datetime | None
    steps: list[tuple[str, bool]]
    share: int


def read_scored(drill: Drill) -> Scored:
    """Time and steps, which nobody has to judge."""
    done = set(drill.steps_done)
    steps = [(text, number in done) for number, text in enumerate(drill.exercise.steps)]
    share = share_of_steps(drill.steps_done, drill.exercise.steps)
    return Scored(drill.in_time, drill.due_at, steps, share)


@dataclass(frozen=True)
class Board:
    """Readiness by team and kind, and the drills this viewer may know of."""

    kinds: list[str]
    teams: list[tuple[str, list[Ready]]]
    everybody: list[Ready]
    to_score: list[Drill]
    going_on: list[Drill]
    over: list[Drill]
    exercises: list[Exercise]


def read_board(viewer: StaffViewer, at: datetime) -> Board:
    """The firm's readiness, and drills: to be scored, going on, over; exercises for who leads."""
    kinds, leads = drill_kinds(), may_lead_drills(viewer, at)
    ready = read_readiness(kinds, at)
    seen = Drill.objects.visible_to(viewer, manages=may_manage_people(viewer.user, at))
    drills = list(
        seen.filter(cancelled_at=None)
        .select_related("exercise__kind", "employee__user", "employee__photo")
        .order_by("-arrives_at", "-pk")[: LATEST * 4]
    )
    me = viewer.employee.pk
    waits = [one for one in drills if one.ended_at and not one.scored_at and one.employee_id != me]
    over = [one for one in drills if one.passed is not None or (one.ended_at and one not in waits)]
    exercises = Exercise.objects.filter(closed_at=None).select_related("kind").order_by("-pk")
    return Board(
        kinds=list(kinds.values()),
        teams=_teams(ready),
        everybody=ready.get(None, []),
        to_score=waits,
        going_on=[one for one in drills if not one.ended_at and one.missed_at is None],
        over=over[:LATEST],
        exercises=list(exercises[:LATEST]) if leads else [],
    )


def _teams(ready: Mapping[int | None, list[Ready]]) -> list[tuple[str, list[Ready]]]:
    language = get_language() or "ru"
    teams: Iterable[Team] = Team.objects.filter(closed_at=None, pk__in=[k for k in ready if k])
    return [(team.name(language), ready[team.pk]) for team in teams.order_by("name_ru", "pk")]  # type: ignore[attr-defined]


def players_of(viewer: StaffViewer, at: datetime) -> list[int]:
    """Whom this viewer may have play an exercise."""
    people = Employee.objects.working().exclude(pk=viewer.employee.pk)
    if may_manage_people(viewer.user, at):
        return list(people.values_list("pk", flat=True))
    led = people.filter(lead=viewer.employee)
    return [one.pk for one in led if may_drill(viewer, one, at)]


def state_of(drill: Drill, at: datetime) -> tuple[str, str]:
    """The words and the tone of the chip."""
    if drill.cancelled_at is not None:
        return gettext("called off"), "still"
    if drill.missed_at is not None:
        return gettext("not played"), "late"
    if drill.passed is not None:
        return (gettext("passed"), "accent") if drill.passed else (gettext("not passed"), "late")
    if drill.ended_at is not None:
        return gettext("waits for a score"), "turn"
    if drill.arrived_at is not None:
        late = drill.is_late(at) and drill.replied_at is None
        return (gettext("no answer in time"), "late") if late else (gettext("under way"), "")
    return gettext("not started yet"), "still"
