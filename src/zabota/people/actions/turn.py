"""What happens because time passed: absences, substitutions and powers begin and end."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zabota.journal.actions import record
from zabota.journal.kinds import EntryKind
from zabota.people import entries
from zabota.people.actions.absences import absence_facts, substitution_facts
from zabota.people.actions.held import held_employee
from zabota.people.actions.powers import power_facts
from zabota.people.models import Absence, Employee, Power, Substitution

type Span = Absence | Substitution | Power


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
    return written + _turn_powers(at)


def _turn_powers(at: datetime) -> int:
    """Powers granted from a later day on, and those whose last day is over."""
    standing = Power.objects.filter(revoked_at=None, employee__dismissed_at=None)
    to_begin = standing.filter(begun_at=None, valid_from__lte=at)
    begun = sum(_turn(power, "begun_at", entries.POWER_BEGUN, at) for power in list(to_begin))
    to_end = standing.filter(begun_at__isnull=False, ended_at=None, valid_until__lte=at)
    return begun + sum(_turn(power, "ended_at", entries.POWER_ENDED, at) for power in list(to_end))


def _turn(span: Span, mark: str, kind: EntryKind, at: datetime) -> int:
    with transaction.atomic():
        employee = held_employee(span.employee_id)
        called_off = "revoked_at" if isinstance(span, Power) else "cancelled_at"
        unmarked: dict[str, Any] = {"pk": span.pk, mark: None, called_off: None}
        if not type(span).objects.filter(**unmarked).update(**{mark: at}):
            return 0
        record(employee.stream, kind, by=None, at=at, **_facts(span, employee))
        return 1


def _facts(span: Span, employee: Employee) -> dict[str, Any]:
    if isinstance(span, Absence):
        return absence_facts(span, employee)
    if isinstance(span, Power):
        return power_facts(span, employee)
    return substitution_facts(span, employee, span.substitute)
