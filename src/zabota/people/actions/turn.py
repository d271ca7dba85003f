"""What happens because time passed: absences and substitutions begin and end."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zabota.journal.actions import record
from zabota.journal.kinds import EntryKind
from zabota.people import entries
from zabota.people.actions.absences import absence_facts, substitution_facts
from zabota.people.actions.held import held_employee
from zabota.people.models import Absence, Employee, Substitution

type Span = Absence | Substitution


def turn_absences(*, by: None = None, at: datetime) -> int:
    """Begin and end what is due; returns how many entries were written.

    Each row is claimed by a conditional update under its employee's lock, so two workers, or one
    that was killed half-way, write every entry exactly once.
    """
    written = 0
    for model, begun, ended in (
        (Absence, entries.ABSENCE_BEGUN, entries.ABSENCE_ENDED),
        (Substitution, entries.SUBSTITUTION_BEGUN, entries.SUBSTITUTION_ENDED),
    ):
        to_begin = model.objects.filter(begun_at=None, cancelled_at=None, starts_at__lte=at)
        to_end = model.objects.filter(
            begun_at__isnull=False, ended_at=None, cancelled_at=None, ends_at__lte=at
        )
        written += sum(_turn(span, "begun_at", begun, at) for span in list(to_begin))
        written += sum(_turn(span, "ended_at", ended, at) for span in list(to_end))
    return written


def _turn(span: Span, mark: str, kind: EntryKind, at: datetime) -> int:
    with transaction.atomic():
        employee = held_employee(span.employee_id)
        unmarked: dict[str, Any] = {"pk": span.pk, mark: None, "cancelled_at": None}
        if not type(span).objects.filter(**unmarked).update(**{mark: at}):
            return 0
        record(employee.stream, kind, by=None, at=at, **_facts(span, employee))
        return 1


def _facts(span: Span, employee: Employee) -> dict[str, Any]:
    if isinstance(span, Absence):
        return absence_facts(span, employee)
    return substitution_facts(span, employee, span.substitute)
