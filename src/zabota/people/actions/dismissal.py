"""Leaving: access ends at once, and what the employee held is passed on."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import record
from zabota.people import entries
from zabota.people.actions.held import actor_id, held_employee, held_firm
from zabota.people.models import Absence, Employee, Power, SignInCode, Substitution, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_appoint_administrators, may_manage_people


def dismiss_employee(
    employee: Employee, *, by: User | None, at: datetime, heir: Employee | None = None
) -> Employee:
    """No longer works here. Access ends now; upper apps pass on what they held to the `heir`.

    The heir is whom the caller names, else their lead, else an administrator.
    """
    demand(by is None or may_manage_people(by, at))
    with transaction.atomic():
        held_firm()
        employee = held_employee(employee.pk)
        if employee.dismissed_at is not None:
            raise Refused("dismissed", _("This employee no longer works here."))
        demand(by is None or not employee.is_administrator or may_appoint_administrators(by))
        heir_id = _heir(employee, heir)
        _end_access(employee.user, at)
        led = _let_go(employee, at)
        employee.dismissed_at = at
        employee.is_administrator = employee.sees_all = False
        employee.save(update_fields=["dismissed_at", "is_administrator", "sees_all"])
        record(
            employee.stream,
            entries.EMPLOYEE_DISMISSED,
            by=actor_id(by),
            at=at,
            employee=employee.pk,
            user=employee.user_id,
            heir=heir_id,
            led=led,
        )
        return employee


def end_sessions(user: User, at: datetime) -> int:
    """Sign an account out everywhere; a session names its owner only inside, so each is opened."""
    keys = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=at).iterator(500)
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    return Session.objects.filter(session_key__in=keys).delete()[0]


def _heir(employee: Employee, heir: Employee | None) -> int:
    """Who takes over; refused when nobody could run the firm any more."""
    working = Employee.objects.working().exclude(pk=employee.pk)
    usual = usual_heir(employee)
    if usual is None:
        raise Refused(
            "last_administrator", _("The firm needs an administrator. Appoint another one first.")
        )
    if heir is None:
        return usual.pk
    if not working.filter(pk=heir.pk).exists():
        raise Refused("bad_heir", _("Choose a colleague who works here."))
    return heir.pk


def usual_heir(employee: Employee) -> Employee | None:
    """Who takes over where nobody is named: their lead, else the first administrator; none where
    no other administrator would be left."""
    working = Employee.objects.working().exclude(pk=employee.pk).select_related("user")
    administrator = working.filter(is_administrator=True).order_by("pk").first()
    if administrator is None:
        return None
    return working.filter(pk=employee.lead_id or 0).first() or administrator


def _end_access(user: User, at: datetime) -> None:
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    SignInCode.objects.filter(user=user, spent_at=None).update(spent_at=at)
    end_sessions(user, at)


def _let_go(employee: Employee, at: datetime) -> list[int]:
    """Powers, absences and substitutions end; whom they led is led by their lead."""
    Power.objects.filter(employee=employee, revoked_at=None).update(revoked_at=at)
    Absence.objects.filter(employee=employee, ended_at=None, cancelled_at=None).update(
        cancelled_at=at
    )
    spans = Substitution.objects.filter(ended_at=None, cancelled_at=None)
    spans.filter(employee=employee).update(cancelled_at=at)
    spans.filter(substitute=employee).update(cancelled_at=at)
    led = list(
        Employee.objects.filter(lead=employee, dismissed_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    Employee.objects.filter(pk__in=led).update(lead=employee.lead_id)
    return led
