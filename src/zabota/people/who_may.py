"""The staff as plain data, in five queries: for the routing engine."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from zabota.people.models import Absence, Employee, Power, Substitution, Team


@dataclass(frozen=True, slots=True)
class PowerPicture:
    """A power that holds now or will: a blank direction means all, no limit means any sum."""

    kind: str
    concern: str
    limit: Decimal | None
    currency: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class PersonPicture:
    """One who works here, by employee id."""

    employee: int
    user: int
    team: int | None
    lead: int | None
    is_administrator: bool
    powers: tuple[PowerPicture, ...] = ()
    absences: tuple[tuple[datetime, datetime], ...] = ()


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
    powers: dict[int, list[PowerPicture]] = {}
    not_over = Power.objects.filter(Q(valid_until=None) | Q(valid_until__gt=at), revoked_at=None)
    for row in not_over.order_by("pk").values_list(
        "employee", "kind", "concern", "limit", "currency", "valid_from", "valid_until"
    ):
        powers.setdefault(row[0], []).append(PowerPicture(*row[1:]))
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
