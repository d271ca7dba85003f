"""The people a route is resolved against, as plain data: who is here, may what, stands in for whom.

Spans are half-open, [since, until); None means without a bound.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

type Bound = datetime | None


def _covers(since: Bound, until: Bound, at: datetime) -> bool:
    return (since is None or since <= at) and (until is None or at < until)


@dataclass(frozen=True, slots=True)
class PowerGrant:
    """The power to approve a concern, up to a sum (None: any) in a currency, for a time."""

    concern: str
    limit: Decimal | None = None
    since: Bound = None
    until: Bound = None
    currency: str = ""

    def holds(self, concern: str, at: datetime) -> bool:
        """Whether it is about this concern and held at this moment, up to whatever sum."""
        return concern == self.concern and _covers(self.since, self.until, at)

    def allows(
        self, concern: str, amount: Decimal | None, at: datetime, currency: str = ""
    ) -> bool:
        """Whether it reaches this concern and sum; a sum that is unknown, or in another currency,
        needs a power without limit.
        """
        if not self.holds(concern, at):
            return False
        if self.limit is None:
            return True
        return amount is not None and currency == self.currency and amount <= self.limit


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody stands in for a colleague, for a time, in all concerns (None) or in some."""

    lender: int
    person: int
    concerns: frozenset[str] | None = None
    since: Bound = None
    until: Bound = None

    def lends(self, concern: str, at: datetime) -> bool:
        """Whether the concern is lent at this moment."""
        return _covers(self.since, self.until, at) and (
            self.concerns is None or concern in self.concerns
        )


@dataclass(frozen=True, slots=True)
class Person:
    """An employee: still with the firm or not, their lead, powers, and spans of absence."""

    id: int
    active: bool = True
    lead: int | None = None
    powers: tuple[PowerGrant, ...] = ()
    absences: tuple[tuple[Bound, Bound], ...] = ()

    def is_here(self, at: datetime) -> bool:
        """Whether the person works here and is not away at this moment."""
        return self.active and not any(_covers(since, until, at) for since, until in self.absences)


@dataclass(frozen=True, slots=True)
class Staff:
    """Everyone who may be asked, teams by key, administrators, and who stands in for whom."""

    people: Mapping[int, Person]
    teams: Mapping[str, frozenset[int]] = field(default_factory=dict)
    administrators: frozenset[int] = frozenset()
    stand_ins: tuple[StandIn, ...] = ()

    def active(self, person: int) -> bool:
        """Whether the person is known and still with the firm."""
        return person in self.people and self.people[person].active

    def is_here(self, person: int, at: datetime) -> bool:
        """Whether the person is known, with the firm, and not away at this moment."""
        return person in self.people and self.people[person].is_here(at)

    def active_administrators(self) -> tuple[int, ...]:
        """Administrators still with the firm: the last whom an empty seat falls to."""
        return tuple(sorted(filter(self.active, self.administrators)))

    def hands_of(self, lender: int, concern: str, at: datetime) -> tuple[int, ...]:
        """Who stands in for a person, here or away; followed on while those are away themselves."""
        found: list[int] = []
        asked, queue = {lender}, [lender]
        while queue:
            lending = queue.pop(0)
            for stand_in in self.stand_ins:
                person = stand_in.person
                if stand_in.lender != lending or person in asked or not stand_in.lends(concern, at):
                    continue
                asked.add(person)
                if self.is_here(person, at):
                    found.append(person)
                elif self.active(person):
                    queue.append(person)
        return tuple(found)
