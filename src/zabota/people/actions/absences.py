"""Being away and being stood in for: planned, cancelled."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import record
from zabota.journal.reading import user_ref
from zabota.people import entries
from zabota.people.actions.held import actor_id, held_employee
from zabota.people.models import LEARNED, Absence, Employee, PowerKind, Substitution, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_plan_absence


def plan_absence(
    employee: Employee,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> Absence:
    """Away for a time: the worker begins and ends it; what they hold goes to who stands in."""
    demand(by is None or may_plan_absence(by, employee, at))
    _check_dates(starts_at, ends_at, at)
    with transaction.atomic():
        employee = held_employee(employee.pk)
        _check_working(employee)
        if employee.absences.filter(
            cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at
        ).exists():
            raise Refused("absence_overlaps", _("They are already away at that time."))
        absence = Absence.objects.create(
            employee=employee, starts_at=starts_at, ends_at=ends_at, reason=reason.strip()
        )
        record(
            employee.stream,
            entries.ABSENCE_PLANNED,
            by=actor_id(by),
            at=at,
            particulars={"reason": reason.strip()} if reason.strip() else None,
            **absence_facts(absence, employee),
        )
        return absence


def cancel_absence(absence: Absence, *, by: User | None, at: datetime) -> Absence:
    """They will be here after all, or are back before time."""
    with transaction.atomic():
        employee = held_employee(absence.employee_id)
        demand(by is None or may_plan_absence(by, employee, at))
        absence = Absence.objects.get(pk=absence.pk)
        _check_running(absence, at)
        begun = absence.begun_at is not None
        absence.cancelled_at, absence.ended_at = at, at if begun else None
        absence.save(update_fields=["cancelled_at", "ended_at"])
        kind = entries.ABSENCE_ENDED if begun else entries.ABSENCE_CANCELLED
        facts = absence_facts(absence, employee)
        record(employee.stream, kind, by=actor_id(by), at=at, **facts)
        return absence


def appoint_substitute(
    employee: Employee,
    substitute: Employee,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: User | None,
    at: datetime,
    kinds: tuple[str, ...] = (),
) -> Substitution:
    """Who stands in: sees what they see and may do what is lent (nothing named: everything)."""
    demand(by is None or may_plan_absence(by, employee, at))
    _check_dates(starts_at, ends_at, at)
    if set(kinds) - set(PowerKind.values) | set(kinds) & set(LEARNED):
        raise Refused("unknown_power", _("There is no such power."))
    if employee.pk == substitute.pk:
        raise Refused("substitute_self", _("Nobody stands in for themselves."))
    with transaction.atomic():
        employee = held_employee(employee.pk)
        _check_working(employee)
        _check_working(Employee.objects.get(pk=substitute.pk))
        if employee.substituted.filter(
            cancelled_at=None, substitute=substitute, starts_at__lt=ends_at, ends_at__gt=starts_at
        ).exists():
            raise Refused(
                "substitution_overlaps", _("They already stand in for this colleague at that time.")
            )
        substitution = Substitution.objects.create(
            employee=employee,
            substitute=substitute,
            starts_at=starts_at,
            ends_at=ends_at,
            kinds=sorted(kinds),
        )
        facts = substitution_facts(substitution, employee, substitute)
        record(employee.stream, entries.SUBSTITUTE_APPOINTED, by=actor_id(by), at=at, **facts)
        return substitution


def cancel_substitution(
    substitution: Substitution, *, by: User | None, at: datetime
) -> Substitution:
    """What was lent returns at once."""
    with transaction.atomic():
        employee = held_employee(substitution.employee_id)
        demand(by is None or may_plan_absence(by, employee, at))
        substitution = Substitution.objects.select_related("substitute").get(pk=substitution.pk)
        _check_running(substitution, at)
        begun = substitution.begun_at is not None
        substitution.cancelled_at, substitution.ended_at = at, at if begun else None
        substitution.save(update_fields=["cancelled_at", "ended_at"])
        kind = entries.SUBSTITUTION_ENDED if begun else entries.SUBSTITUTION_CANCELLED
        facts = substitution_facts(substitution, employee, substitution.substitute)
        record(employee.stream, kind, by=actor_id(by), at=at, **facts)
        return substitution


def absence_facts(absence: Absence, employee: Employee) -> dict[str, Any]:
    """What every entry about an absence says."""
    return {
        "absence": absence.pk,
        "employee": employee.pk,
        "user": employee.user_id,
        "starts_at": absence.starts_at.isoformat(),
        "ends_at": absence.ends_at.isoformat(),
    }


def substitution_facts(
    substitution: Substitution, employee: Employee, substitute: Employee
) -> dict[str, Any]:
    """What every entry about a substitution says."""
    return {
        "substitution": substitution.pk,
        "employee": employee.pk,
        "user": employee.user_id,
        "substitute": substitute.pk,
        "substitute_user": substitute.user_id,
        "starts_at": substitution.starts_at.isoformat(),
        "ends_at": substitution.ends_at.isoformat(),
        "kinds": substitution.kinds,
        "stands_in": user_ref(substitute.user_id),
    }


def _check_dates(starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused("bad_dates", _("The end comes before the beginning."))
    if ends_at <= at:
        raise Refused("in_the_past", _("That time is over already."))


def _check_working(employee: Employee) -> None:
    if employee.dismissed_at is not None:
        raise Refused("dismissed", _("This employee no longer works here."))


def _check_running(span: Absence | Substitution, at: datetime) -> None:
    if span.cancelled_at is not None or span.ended_at is not None or span.ends_at <= at:
        raise Refused("already_over", _("This is over or was cancelled already."))
