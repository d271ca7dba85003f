"""Drills that were passed: they count for a while, then no longer."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from zabota.journal.actions import record
from zabota.people import entries
from zabota.people.actions.held import actor_id, held_employee
from zabota.people.drills import drill_names
from zabota.people.firm import current_firm
from zabota.people.models import Employee, Training, User


def note_training(employee: Employee, kind: str, *, by: User | None, at: datetime) -> Training:
    """They passed a drill of this kind: powers that need it work from now on, as long as the firm
    lets a passed drill count.
    """
    with transaction.atomic():
        employee = held_employee(employee.pk)
        until = at + timedelta(days=current_firm().drill_days)
        training, _made = Training.objects.update_or_create(
            employee=employee,
            kind=kind,
            defaults={"passed_at": at, "good_until": until, "lapsed_at": None},
        )
        record(
            employee.stream,
            entries.TRAINING_PASSED,
            by=actor_id(by),
            at=at,
            **_facts(training, employee),
            good_until=until.isoformat(),
        )
        return training


def lapse_trainings(*, by: None = None, at: datetime) -> int:
    """Drills passed too long ago: whoever passed them is told, once, that they count no longer."""
    over = Training.objects.filter(
        lapsed_at=None, good_until__lte=at, employee__dismissed_at=None
    ).order_by("good_until")
    return sum(_lapse(training, at) for training in list(over))


def _lapse(training: Training, at: datetime) -> int:
    with transaction.atomic():
        employee = held_employee(training.employee_id)
        due = Training.objects.filter(pk=training.pk, lapsed_at=None, good_until__lte=at)
        if not due.update(lapsed_at=at):
            return 0
        record(
            employee.stream, entries.TRAINING_LAPSED, by=None, at=at, **_facts(training, employee)
        )
        return 1


def _facts(training: Training, employee: Employee) -> dict[str, Any]:
    return {
        "employee": employee.pk,
        "user": employee.user_id,
        "training": training.pk,
        "drill": drill_names(training.kind),
    }
