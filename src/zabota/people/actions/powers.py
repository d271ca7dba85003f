"""Powers: granted with a limit and dates, withdrawn."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import record
from zabota.people import entries
from zabota.people.actions.held import actor_id, held_employee
from zabota.people.drills import drill_kinds, drill_names
from zabota.people.models import Employee, Power, PowerKind, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, employee_of, may_appoint_administrators, may_manage_people


def grant_power(
    employee: Employee,
    kind: str,
    *,
    by: User | None,
    at: datetime,
    concern: str = "",
    limit: Decimal | None = None,
    currency: str = "RUB",
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    requires_drill: str = "",
) -> Power:
    """What they may do unasked from now on: of a kind, for a direction, up to a sum, for a time;
    with `requires_drill` only while a drill of that kind is passed.
    """
    demand(by is None or may_grant(by, employee, kind, at))
    since = valid_from or at
    _check_power(kind, limit, since, valid_until, at)
    _check_drill(requires_drill)
    with transaction.atomic():
        employee = held_employee(employee.pk)
        if employee.dismissed_at is not None:
            raise Refused("dismissed", _("This employee no longer works here."))
        terms = {"kind": kind, "concern": concern, "limit": limit, "currency": currency}
        standing = employee.powers.filter(revoked_at=None, **terms)
        if standing.filter(valid_from__lte=since, valid_until=valid_until).exists():
            raise Refused("power_exists", _("They have this power already."))
        power = Power.objects.create(
            employee=employee,
            valid_from=since,
            valid_until=valid_until,
            begun_at=at if since <= at else None,
            granted_by=by,
            requires_drill=requires_drill,
            **terms,
        )
        record(
            employee.stream,
            entries.POWER_GRANTED,
            by=actor_id(by),
            at=at,
            later=since > at,
            **_span_facts(power),
            **power_facts(power, employee),
        )
        return power


def _span_facts(power: Power) -> dict[str, Any]:
    """From when till when it is granted."""
    until = power.valid_until
    return {
        "valid_from": power.valid_from.isoformat(),
        "valid_until": until.isoformat() if until else None,
    }


def revoke_power(power: Power, *, by: User | None, at: datetime) -> Power:
    """From now on they have to ask again; what was decided by the power stays decided."""
    with transaction.atomic():
        employee = held_employee(power.employee_id)
        power = Power.objects.get(pk=power.pk)
        demand(by is None or may_grant(by, employee, power.kind, at))
        if power.revoked_at is not None:
            raise Refused("power_revoked", _("This power was withdrawn already."))
        power.revoked_at = at
        power.save(update_fields=["revoked_at"])
        record(
            employee.stream,
            entries.POWER_REVOKED,
            by=actor_id(by),
            at=at,
            **power_facts(power, employee),
        )
        return power


def require_drill(power: Power, drill: str, *, by: User | None, at: datetime) -> Power:
    """From now on the power works only while a drill of this kind is passed and not too old;
    empty: as before, without.
    """
    _check_drill(drill)
    with transaction.atomic():
        employee = held_employee(power.employee_id)
        power = Power.objects.get(pk=power.pk)
        demand(by is None or may_grant(by, employee, power.kind, at))
        if power.revoked_at is not None:
            raise Refused("power_revoked", _("This power was withdrawn already."))
        if power.requires_drill == drill:
            return power
        power.requires_drill = drill
        power.save(update_fields=["requires_drill"])
        kind = entries.POWER_DRILL_SET if drill else entries.POWER_DRILL_LIFTED
        record(employee.stream, kind, by=actor_id(by), at=at, **power_facts(power, employee))
        return power


def may_grant(user: User, employee: Employee, kind: str, at: datetime) -> bool:
    """By the power over people; nobody widens their own powers unless they are an administrator."""
    if may_appoint_administrators(user):
        return True
    actor = employee_of(user)
    if actor is None or actor.pk == employee.pk or kind in (PowerKind.PEOPLE, PowerKind.FIRM):
        return False
    return may_manage_people(user, at)


def power_facts(power: Power, employee: Employee) -> dict[str, Any]:
    """What every entry about a power says."""
    return {
        "employee": employee.pk,
        "user": employee.user_id,
        "power": power.pk,
        "power_kind": power.kind,
        "concern": power.concern,
        "limit": None if power.limit is None else str(power.limit),
        "currency": power.currency,
        **({"drill": drill_names(power.requires_drill)} if power.requires_drill else {}),
    }


def _check_drill(drill: str) -> None:
    if drill and drill not in drill_kinds():
        raise Refused("unknown_drill", _("There is no such drill."), field="requires_drill")


def _check_power(
    kind: str, limit: Decimal | None, since: datetime, until: datetime | None, at: datetime
) -> None:
    if kind not in PowerKind.values:
        raise Refused("unknown_power", _("There is no such power."))
    if limit is not None and limit < 0:
        raise Refused("bad_limit", _("A limit cannot be below zero."))
    if until is not None and until <= max(since, at):
        raise Refused("bad_dates", _("The power would be over before it begins."))
