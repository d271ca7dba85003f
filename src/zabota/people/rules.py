"""Who of ours may do what: small questions asked by the button and by the action alike."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied

from zabota.common.questions import Numbers, One, Question
from zabota.people.models import LEARNED, Employee, Power, PowerKind, Substitution, User

# Every page of ours asks these, for what stands in its menu.
OWN_POWERS: Question[Power] = Question(
    lambda employee, kind, at: Power.objects.in_force(at).filter(employee=employee, kind=kind),
    employee=One(),
    kind=One(),
    at=One(),
)
LENT_POWERS: Question[Power] = Question(
    lambda lenders, kind, substitute, at: (
        Power.objects.in_force(at)
        .filter(employee__in=lenders, employee__dismissed_at=None, kind=kind)
        .usable_by(substitute, at)
    ),
    lenders=Numbers(10),
    kind=One(),
    substitute=One(),
    at=One(),
)
STANDING_IN: Question[tuple[int, list[str]]] = Question(
    lambda employee, at: Substitution.objects.filter(
        substitute=employee, starts_at__lte=at, ends_at__gt=at, cancelled_at=None
    ).values_list("employee", "kinds"),
    employee=One(),
    at=One(),
)


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

    An administrator has every power but approving, signing and what is learned. A power without a
    direction is for all of them; an unknown sum needs a power without limit.
    """
    if employee.dismissed_at is not None:
        return False
    if employee.is_administrator and kind not in (
        PowerKind.APPROVE,
        PowerKind.SIGN,
        *LEARNED,
    ):
        return True
    own = OWN_POWERS(employee=employee.pk, kind=kind, at=at)
    if any(reaches(power, concern, amount, currency) for power in own):
        return True
    lent = LENT_POWERS(
        lenders=lenders_to(employee, kind, at), kind=kind, substitute=employee.pk, at=at
    )
    return any(reaches(power, concern, amount, currency) for power in lent)


def reaches(power: Power, concern: str, amount: Decimal | None, currency: str = "RUB") -> bool:
    """Whether a power in force covers this direction and sum."""
    if power.concern and power.concern != concern:
        return False
    if power.limit is None:
        return True
    return amount is not None and power.currency == currency and amount <= power.limit


def lenders_to(employee: Employee, kind: str, at: datetime) -> list[int]:
    """Employees for whom this one stands in now and who lent powers of this kind."""
    standing = STANDING_IN(employee=employee.pk, at=at)
    return [lender for lender, kinds in standing if lends(kinds, kind)]


def lends(kinds: list[str], kind: str) -> bool:
    """Nothing named means everything is lent, but for what one learns oneself."""
    return kind not in LEARNED and (not kinds or kind in kinds)


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
