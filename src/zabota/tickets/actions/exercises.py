"""An ended request becomes an exercise: in nobody's words, read by a person before it is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import lock_stream, open_stream, record
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.tickets.actions.words import clean_words
from zabota.tickets.entries import EXERCISE_CHANGED, EXERCISE_CLOSED, EXERCISE_MADE
from zabota.tickets.models import Drill, Exercise, Outcome, Ticket
from zabota.tickets.reading.retold import known_of
from zabota.tickets.retelling import what_is_left
from zabota.tickets.rules import may_lead_drills, may_make_exercise

MOST_STEPS = 30


@dataclass(frozen=True)
class Played:
    """What is played: the request in nobody's words, the right steps and answer, a good end."""

    title: str
    text: str
    client: str
    steps: tuple[str, ...]
    answer: str
    outcome: str
    good_end: str

    @property
    def all_words(self) -> str:
        """Everything that is read while playing."""
        parts = (self.title, self.text, self.client, *self.steps, self.answer, self.good_end)
        return "\n".join(parts)


@transaction.atomic
def make_exercise(ticket: Ticket, played: Played, *, by: StaffViewer, at: datetime) -> Exercise:
    """A past request to be played again. Refused while anything of the real client stands in it."""
    if not may_make_exercise(by, ticket, at):
        raise PermissionDenied
    _check(played, ticket)
    exercise = Exercise.objects.create(
        source=ticket,
        kind=ticket.type,
        priority=ticket.priority,
        made_by=by.user,
        made_at=at,
        stream=open_stream(),
        **_values(played),
    )
    record(exercise.stream, EXERCISE_MADE, by=by.user.pk, at=at, **_facts(exercise))
    return exercise


@transaction.atomic
def change_exercise(
    exercise: Exercise, played: Played, *, by: StaffViewer, at: datetime
) -> Exercise:
    """Other words, steps, another end; drills that came keep what was answered."""
    exercise = _held(exercise)
    if not may_lead_drills(by, at):
        raise PermissionDenied
    _check(played, exercise.source)
    values = _values(played)
    changed = [name for name, value in values.items() if getattr(exercise, name) != value]
    if not changed:
        return exercise
    for name in changed:
        setattr(exercise, name, values[name])
    exercise.save(update_fields=changed)
    record(exercise.stream, EXERCISE_CHANGED, by=by.user.pk, at=at, **_facts(exercise))
    return exercise


@transaction.atomic
def close_exercise(exercise: Exercise, *, by: StaffViewer, at: datetime) -> Exercise:
    """Nobody plays it any more; drills that have not come yet do not come."""
    exercise = _held(exercise)
    if not may_lead_drills(by, at):
        raise PermissionDenied
    if exercise.closed_at is not None:
        raise Refused("exercise_closed", _("This exercise has been retired."))
    exercise.closed_at = at
    exercise.save(update_fields=["closed_at"])
    Drill.objects.to_come().filter(exercise=exercise).update(cancelled_at=at)
    record(exercise.stream, EXERCISE_CLOSED, by=by.user.pk, at=at, **_facts(exercise))
    return exercise


def _held(exercise: Exercise) -> Exercise:
    stream = lock_stream(exercise.stream_id)
    exercise = Exercise.objects.select_related("source__case").get(pk=exercise.pk)
    exercise.stream = stream
    return exercise


def _check(played: Played, source: Ticket | None) -> None:
    clean_words(played.text)
    if len(played.steps) > MOST_STEPS:
        raise Refused("many_steps", _("Nobody follows that many steps."), field="steps")
    left = what_is_left(played.all_words, known_of(source)) if source is not None else []
    if left:
        words = _("Of the real client this is left: %(words)s.")
        raise Refused("left", words, words=", ".join(left[:10]), field="text")


def _values(played: Played) -> dict[str, Any]:
    return {
        "title": played.title.strip(),
        "text": clean_words(played.text),
        "client": played.client.strip(),
        "steps": [step.strip() for step in played.steps if step.strip()],
        "answer": played.answer.strip(),
        "outcome": Outcome(played.outcome),
        "good_end": played.good_end.strip(),
    }


def _facts(exercise: Exercise) -> dict[str, Any]:
    return {"exercise": exercise.pk, "title": exercise.title}
