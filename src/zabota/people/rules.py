"""Who of ours may do what: small questions asked by the button and by the action alike."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied

from zabota.people.models import Employee, Power, PowerKind, Substitution, User


def employee_of(user: User | None) -> Employee | None:
    """The employee this account acts as, if it is one who still works here."""
    employee: Employee | None = getattr(user, "employee", None)
    if employee is None or employee.dismissed_at is not None or not employee.user.is_active:
        return None
    return employee


def has_power(
    employee: Employee,
    kind: str,
    at: datetime,
    concern: str = "",
    amount: Decimal | None = None,
    currency: str = "RUB",
) -> bool:
    """Whether they may do this unasked now: by own power, as administrator, or lent by a colleague.

    An administrator has every power but approving and signing. A power without a direction is for
    all of them; an unknown sum needs a power without limit.
    """
    if employee.dismissed_at is not None:
        return False
    if employee.is_administrator and kind not in (
        PowerKind.APPROVE,
        PowerKind.SIGN,
    ):
        return True
    powers = Power.objects.in_force(at).filter(kind=kind)
    if any(reaches(power, concern, amount, currency) for power in powers.filter(employee=employee)):
        return True
    lenders = lenders_to(employee, kind, at)
    return bool(lenders) and any(
        reaches(power, concern, amount, currency)
        for power in powers.filter(employee__in=lenders, employee__dismissed_at=None)
    )


def reaches(power: Power, concern: str, amount: Decimal | None, currency: str = "RUB") -> bool:
    """Whether a power in force covers this direction and sum."""
    if power.concern and power.concern != concern:
        return False
    if power.limit is None:
        return True
    return amount is not None and power.currency == currency and amount <= power.limit


def lenders_to(employee: Employee, kind: str, at: datetime) -> list[int]:
    """Employees for whom this one stands in now and who lent powers of this kind."""
    standing = Substitution.objects.filter(
        substitute=employee, starts_at__lte=at, ends_at__gt=at, cancelled_at=None
    )
    return [
        lender for lender, kinds in standing.values_list("employee", "kinds") if lends(kinds, kind)
    ]


def lends(kinds: list[str], kind: str) -> bool:
    """Nothing named means everything is lent."""
    return not kinds or kind in kinds


def may_manage_people(user: User | None, at: datetime) -> bool:
    """Employees, teams, absences and powers."""
    employee = employee_of(user)
    return employee is not None and has_power(employee, PowerKind.PEOPLE, at)


def may_change_firm(user: User | None, at: datetime) -> bool:
    """Name, details, calendar, what clients see."""
    employee = employee_of(user)
    return employee is not None and has_power(employee, PowerKind.FIRM, at)


def may_appoint_administrators(user: User | None) -> bool:
    """Only an administrator makes another one, and lets somebody see every case."""
    employee = employee_of(user)
    return employee is not None and employee.is_administrator


def may_plan_absence(user: User | None, employee: Employee, at: datetime) -> bool:
    """Of oneself, of whom one leads, or of anybody by power."""
    actor = employee_of(user)
    if actor is None:
        return False
    return actor.pk in (employee.pk, employee.lead_id) or may_manage_people(user, at)


def may_change_photo(user: User | None, employee: Employee, at: datetime) -> bool:
    """One's own face, or anybody's by power."""
    actor = employee_of(user)
    return actor is not None and (actor.pk == employee.pk or may_manage_people(user, at))


def demand(allowed: bool) -> None:
    """A forbidden verb answers 403."""
    if not allowed:
        raise PermissionDenied
