"""Drills: planned for a day or by surprise, come like a request, played, scored."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.clockwork import due_after
from zabota.common.working_time import add, between, next_opening
from zabota.journal.actions import lock_stream, open_stream, record
from zabota.journal.kinds import EntryKind
from zabota.journal.reading import moment_ref, user_ref
from zabota.people.access import StaffViewer
from zabota.people.actions import note_training
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Absence, Employee
from zabota.people.refusal import Refused
from zabota.tickets.actions.words import clean_words
from zabota.tickets.entries import (
    DRILL_ARRIVED,
    DRILL_CANCELLED,
    DRILL_ENDED,
    DRILL_MISSED,
    DRILL_PLANNED,
    DRILL_REPLIED,
    DRILL_SCORED,
)
from zabota.tickets.models import (
    BEST,
    WORST,
    Drill,
    Exercise,
    Outcome,
    ServiceLevel,
    is_passed,
    share_of_steps,
)
from zabota.tickets.rules import may_cancel_drill, may_drill, may_play_drill, may_score_drill

# A surprise comes within so many days.
SOON = timedelta(days=7)
# Unplayed for so many working minutes after the reaction was due, it is missed.
PATIENCE = 3 * 8 * 60
BATCH = 200
type Chance = Callable[[int], int]


@transaction.atomic
def plan_drills(
    exercise: Exercise,
    people: Iterable[Employee],
    when: datetime | None,
    *,
    by: StaffViewer,
    at: datetime,
    chance: Chance = secrets.randbelow,
) -> list[Drill]:
    """Each of them plays it: from a moment on or, with none given, by surprise, at any working
    minute of the coming week. Whoever has it before them already does not get it twice.
    """
    exercise = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    if exercise.closed_at is not None:
        raise Refused("exercise_closed", _("This exercise has been retired."))
    if when is not None and when < at:
        raise Refused("past", _("This moment has passed."), field="when")
    chosen = [one for one in people if one.dismissed_at is None]
    if not all(may_drill(by, one, at) for one in chosen):
        raise PermissionDenied
    mine = Drill.objects.filter(exercise=exercise)
    busy = {*mine.under_way().values_list("employee", flat=True)}
    busy |= {*mine.to_come().values_list("employee", flat=True)}
    free = [one for one in chosen if one.pk not in busy]
    if not free:
        raise Refused("drilled", _("Everybody you chose already has this exercise."))
    return [_plan(exercise, one, when or _any_time(at, chance), not when, by, at) for one in free]


def _plan(
    exercise: Exercise,
    employee: Employee,
    arrives: datetime,
    surprise: bool,
    by: StaffViewer,
    at: datetime,
) -> Drill:
    drill = Drill.objects.create(
        exercise=exercise,
        employee=employee,
        team=employee.team,
        surprise=surprise,
        planned_by=by.user,
        planned_at=at,
        arrives_at=arrives,
        stream=open_stream(),
    )
    told = {} if surprise else {"arrives": moment_ref(arrives)}
    _remember(drill, DRILL_PLANNED, by, at, surprise=surprise, **told)
    return drill


def _any_time(at: datetime, chance: Chance) -> datetime:
    """A working minute of the coming week."""
    calendar = calendar_of(current_firm())
    minutes = int(between(calendar, at, at + SOON).total_seconds() // 60)
    return add(calendar, at, timedelta(minutes=1 + chance(max(1, minutes - 1))))


@transaction.atomic
def cancel_drill(drill: Drill, *, by: StaffViewer, at: datetime) -> Drill:
    """It is not played after all."""
    drill = _held(drill)
    if not may_cancel_drill(by, drill, at):
        raise PermissionDenied
    drill.cancelled_at = at
    drill.save(update_fields=["cancelled_at"])
    _remember(drill, DRILL_CANCELLED, by, at)
    return drill


def bring_drills(*, by: None, at: datetime) -> int:
    """Drills whose moment has come stand before whoever plays them; who is away meets theirs when
    they are back.
    """
    due = Drill.objects.to_come().filter(arrives_at__lte=at).order_by("arrives_at", "pk")
    return sum(_bring(drill, at) for drill in due[:BATCH])


@transaction.atomic
def _bring(drill: Drill, at: datetime) -> int:
    drill, calendar = _held(drill), calendar_of(current_firm())
    if drill.arrived_at or drill.cancelled_at or drill.arrives_at > at:
        return 0
    if drill.employee.dismissed_at is not None:
        drill.cancelled_at = at
        drill.save(update_fields=["cancelled_at"])
        return 0
    away = Absence.objects.standing(at).filter(employee=drill.employee).order_by("-ends_at").first()
    if away is not None:
        drill.arrives_at = next_opening(calendar, away.ends_at)
        drill.save(update_fields=["arrives_at"])
        return 0
    level = ServiceLevel.objects.get(priority=drill.exercise.priority)
    drill.arrived_at, drill.due_at = at, due_after(calendar, at, level.reply_minutes)
    drill.save(update_fields=["arrived_at", "due_at"])
    _remember(drill, DRILL_ARRIVED, None, at)
    return 1


@transaction.atomic
def reply_in_drill(drill: Drill, text: str, *, by: StaffViewer, at: datetime) -> Drill:
    """The first words to the client of the exercise: its clock stops."""
    drill = _held(drill)
    if not may_play_drill(by, drill):
        raise PermissionDenied
    if drill.replied_at is not None:
        raise Refused("replied", _("The first reply has been given already."))
    drill.reply, drill.replied_at = clean_words(text), at
    drill.save(update_fields=["reply", "replied_at"])
    _remember(drill, DRILL_REPLIED, by, at, in_time=drill.in_time)
    return drill


@transaction.atomic
def end_drill(
    drill: Drill,
    outcome: str,
    text: str,
    steps: Iterable[int],
    *,
    by: StaffViewer,
    at: datetime,
) -> Drill:
    """It is played to its end: which steps were followed, how it ended, in which words."""
    drill = _held(drill)
    if not may_play_drill(by, drill):
        raise PermissionDenied
    if drill.replied_at is None:
        raise Refused("no_reply", _("Answer the client first."))
    known = range(len(drill.exercise.steps))
    drill.steps_done = sorted({step for step in steps if step in known})
    drill.outcome, drill.ending, drill.ended_at = Outcome(outcome), clean_words(text), at
    drill.save(update_fields=["steps_done", "outcome", "ending", "ended_at"])
    _remember(drill, DRILL_ENDED, by, at, who=user_ref(drill.employee.user_id))
    return drill


@transaction.atomic
def score_drill(
    drill: Drill, words: int, sensible: bool, remark: str, *, by: StaffViewer, at: datetime
) -> Drill:
    """A person scores the words and the end; time and steps are reckoned. Passed, it counts for
    powers that need it.
    """
    drill = _held(drill)
    if not may_score_drill(by, drill, at):
        raise PermissionDenied
    drill.words, drill.sensible = min(max(words, WORST), BEST), sensible
    drill.remark, drill.scored_by, drill.scored_at = remark.strip(), by.employee, at
    drill.passed = is_passed(
        in_time=drill.in_time,
        steps=share_of_steps(drill.steps_done, drill.exercise.steps),
        sensible=sensible,
        words=drill.words,
    )
    drill.save(update_fields=["words", "sensible", "remark", "scored_by", "scored_at", "passed"])
    ru, en = ("сдана", "passed") if drill.passed else ("не сдана", "not passed")
    _remember(drill, DRILL_SCORED, by, at, result={"ru": ru, "en": en}, words=drill.words)
    if drill.passed and drill.employee.dismissed_at is None:
        note_training(drill.employee, drill.exercise.kind.slug, by=by.user, at=at)
    return drill


def miss_drills(*, by: None, at: datetime) -> int:
    """Drills that nobody played are not passed; the lead hears of it, once."""
    late = Drill.objects.under_way().filter(due_at__lt=at).order_by("due_at", "pk")
    return sum(_miss(drill, at) for drill in late[:BATCH])


@transaction.atomic
def _miss(drill: Drill, at: datetime) -> int:
    drill = _held(drill)
    if not drill.is_under_way or drill.due_at is None:
        return 0
    if due_after(calendar_of(current_firm()), drill.due_at, PATIENCE) > at:
        return 0
    drill.missed_at, drill.passed = at, False
    drill.save(update_fields=["missed_at", "passed"])
    _remember(drill, DRILL_MISSED, None, at, who=user_ref(drill.employee.user_id))
    return 1


def _held(drill: Drill) -> Drill:
    stream = lock_stream(drill.stream_id)
    drill = Drill.objects.select_related(
        "exercise__kind", "employee__user", "employee__lead__user", "employee__team"
    ).get(pk=drill.pk)
    drill.stream = stream
    return drill


def _remember(
    drill: Drill, kind: EntryKind, by: StaffViewer | None, at: datetime, **facts: Any
) -> None:
    record(
        drill.stream,
        kind,
        by=by.user.pk if by else None,
        at=at,
        drill=drill.pk,
        title=drill.exercise.title,
        employee=drill.employee_id,
        player=drill.employee.user_id,
        planned_by=drill.planned_by_id,
        lead=drill.employee.lead.user_id if drill.employee.lead else None,
        **facts,
    )
