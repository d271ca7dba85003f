"""The staff as plain data, in five queries: for the routing engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from zabota.people.models import Absence, Employee, Power, Substitution, Team, Training

POWER_COLUMNS = (
    "employee", "kind", "concern", "limit", "currency", "valid_from", "valid_until",
    "requires_drill",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PowerPicture:
    """A power that works now or will: a blank direction means all, no limit means any sum; `drill`
    is what whoever it is lent to has to have passed.
    """

    kind: str
    concern: str
    limit: Decimal | None
    currency: str
    since: datetime
    until: datetime | None
    drill: str = ""


@dataclass(frozen=True, slots=True)
class PersonPicture:
    """One who works here, by employee id; `passed` are the kinds of drills that count now."""

    employee: int
    user: int
    team: int | None
    lead: int | None
    is_administrator: bool
    powers: tuple[PowerPicture, ...] = ()
    absences: tuple[tuple[datetime, datetime], ...] = ()
    passed: frozenset[str] = frozenset()

    def may_use(self, power: PowerPicture) -> bool:
        """Whether this person may use a power that a colleague lends them."""
        return not power.drill or power.drill in self.passed


@dataclass(frozen=True, slots=True)
class StandInPicture:
    """A substitution that is not over: who for whom, what is lent (nothing named: everything)."""

    employee: int
    substitute: int
    since: datetime
    until: datetime
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class StaffPicture:
    """Everybody who works here at a moment, what they may do, who is away and who stands in.

    Absences, powers and substitutions are those not over yet: some may still lie ahead.
    """

    at: datetime
    people: dict[int, PersonPicture]
    teams: dict[int, frozenset[int]]
    administrators: frozenset[int]
    stand_ins: tuple[StandInPicture, ...]


def staff_picture(at: datetime) -> StaffPicture:
    """The whole staff as of `at`; the number of queries does not depend on how many they are."""
    not_over = Power.objects.filter(Q(valid_until=None) | Q(valid_until__gt=at), revoked_at=None)
    granted = list(not_over.order_by("pk").values_list(*POWER_COLUMNS))
    # Only where some power needs a drill is it asked who passed which.
    passed = _passed(at) if any(row[-1] for row in granted) else {}
    powers = _powers(granted, passed)
    absences: dict[int, list[tuple[datetime, datetime]]] = {}
    away = Absence.objects.filter(ends_at__gt=at, cancelled_at=None)
    for employee, starts_at, ends_at in away.order_by("pk").values_list(
        "employee", "starts_at", "ends_at"
    ):
        absences.setdefault(employee, []).append((starts_at, ends_at))
    people = {
        pk: PersonPicture(
            pk,
            user,
            team,
            lead,
            is_administrator,
            tuple(powers.get(pk, ())),
            tuple(absences.get(pk, ())),
            frozenset(passed.get(pk, ())),
        )
        for pk, user, team, lead, is_administrator in Employee.objects.working()
        .order_by("pk")
        .values_list("pk", "user", "team", "lead", "is_administrator")
    }
    return StaffPicture(
        at=at,
        people=people,
        teams=_teams(people),
        administrators=frozenset(p.employee for p in people.values() if p.is_administrator),
        stand_ins=_stand_ins(at),
    )


def _passed(at: datetime) -> dict[int, dict[str, datetime]]:
    """Who passed drills of which kinds, and until when each counts."""
    found: dict[int, dict[str, datetime]] = {}
    rows = Training.objects.good(at).values_list("employee", "kind", "good_until")
    for employee, kind, until in rows:
        found.setdefault(employee, {})[kind] = until
    return found


def _powers(
    granted: Iterable[tuple[Any, ...]], passed: Mapping[int, Mapping[str, datetime]]
) -> dict[int, list[PowerPicture]]:
    """By employee; what needs a drill works no longer than the drill counts."""
    powers: dict[int, list[PowerPicture]] = {}
    for employee, kind, concern, limit, currency, since, until, drill in granted:
        if drill:
            counts = passed.get(employee, {}).get(drill)
            if counts is None:
                continue
            until = min(until, counts) if until else counts
        picture = PowerPicture(kind, concern, limit, currency, since, until, drill)
        powers.setdefault(employee, []).append(picture)
    return powers


def _teams(people: dict[int, PersonPicture]) -> dict[int, frozenset[int]]:
    """Members by team; a team without anybody is there too, empty."""
    members: dict[int, set[int]] = {
        pk: set() for pk in Team.objects.filter(closed_at=None).values_list("pk", flat=True)
    }
    for person in people.values():
        if person.team is not None:
            members.setdefault(person.team, set()).add(person.employee)
    return {team: frozenset(ids) for team, ids in members.items()}


def _stand_ins(at: datetime) -> tuple[StandInPicture, ...]:
    rows = Substitution.objects.filter(
        ends_at__gt=at,
        cancelled_at=None,
        employee__dismissed_at=None,
        substitute__dismissed_at=None,
    )
    return tuple(
        StandInPicture(employee, substitute, since, until, frozenset(kinds))
        for employee, substitute, since, until, kinds in rows.order_by("pk").values_list(
            "employee", "substitute", "starts_at", "ends_at", "kinds"
        )
    )
