"""Who may settle each seat of a stage today. Every open seat has somebody: so a route ends.

A seat belongs to those its route names. Authors of the text are left out (unless the stage lets
them), and so are people who have already decided in the stage, those who left, and those who are
away: an absence takes work away. A substitute is a second pair of hands beside somebody who is
here, and has it instead of somebody who is away. A seat with nobody left falls to the lead of the
contract's owner, then to the administrators; and if those wrote the text, decided already or are
away, they may still settle it as a last resort, which is flagged, so that it is seen.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

from zabota.contracts.routing.conditions import Facts, applicable
from zabota.contracts.routing.matching import most_seated
from zabota.contracts.routing.outcome import Decision, count
from zabota.contracts.routing.spec import RouteSpec, SeatSpec, StageSpec
from zabota.contracts.routing.staff import Staff

type Through = Literal["direct", "team", "power", "substitution"]
type Fallback = Literal["lead", "administrator"]


class NoAdministrator(Exception):
    """A firm without an active administrator: nobody an empty seat could fall to. Never allowed."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """A person who may settle a seat, and through what; a substitute for whom."""

    person: int
    through: Through
    for_person: int | None = None


class Taker(NamedTuple):
    """Who may take a seat, and for whom."""

    person: int
    for_person: int | None = None


@dataclass(frozen=True, slots=True)
class ResolvedSeat:
    """A seat and who may settle it now; a decided seat has nobody.

    `fallback` says to whom it fell for want of anyone named; `last_resort` that this person would
    otherwise be kept out (wrote the text, has decided in the stage, or is away).
    """

    index: int
    eligible: tuple[Eligible, ...] = ()
    fallback: Fallback | None = None
    last_resort: bool = False
    decided: bool = False

    @property
    def people(self) -> frozenset[int]:
        """Ids of those who may settle the seat."""
        return frozenset(found.person for found in self.eligible)

    @property
    def takers(self) -> list[Taker]:
        """They and whom they speak for."""
        return [Taker(found.person, found.for_person) for found in self.eligible]


@dataclass(frozen=True, slots=True)
class ResolvedStage:
    """A stage with its seats, resolved for one moment."""

    key: str
    seats: tuple[ResolvedSeat, ...]

    @property
    def undecided(self) -> dict[int, list[Taker]]:
        """Who may take each seat that is still open."""
        return {seat.index: seat.takers for seat in self.seats if not seat.decided}


def resolve(
    spec: RouteSpec,
    staff: Staff,
    facts: Facts,
    authors: frozenset[int],
    at: datetime,
    *,
    decisions: Mapping[str, Sequence[Decision]] | None = None,
) -> tuple[ResolvedStage, ...]:
    """Resolve every stage the facts call for; `decisions` are those of this round by stage key.

    Facts hold the contract's fields, "sum", "sum.currency" (the code limits of powers are in),
    "owner" (our person's id) and what conditions ask.
    Raises NoAdministrator when the firm has no active one.
    """
    taken = decisions or {}
    return tuple(
        resolve_stage(
            stage,
            staff,
            facts,
            authors if spec.no_self_approval else frozenset(),
            at,
            decisions=taken.get(stage.key, ()),
        )
        for stage in applicable(spec, facts)
    )


def resolve_stage(
    stage: StageSpec,
    staff: Staff,
    facts: Facts,
    authors: frozenset[int],
    at: datetime,
    *,
    decisions: Iterable[Decision] = (),
) -> ResolvedStage:
    """Resolve one stage, whether or not the facts call for it; ask again after every decision and
    whenever somebody leaves, is away, comes back, or gains or loses a team or a power."""
    if not staff.active_administrators():
        raise NoAdministrator
    counted = count(stage, decisions)
    spoke = {person for decision in counted for person in (decision.person, decision.for_person)}
    barred = frozenset(spoke - {None}) | (frozenset() if stage.authors_may_approve else authors)
    bench = _Bench(stage.concern, staff, facts, at, frozenset(p for p in barred if p is not None))
    decided = {decision.seat for decision in counted}
    return ResolvedStage(
        stage.key,
        tuple(
            ResolvedSeat(index, decided=True) if index in decided else bench.fill(index, seat)
            for index, seat in enumerate(stage.seats)
        ),
    )


def seat_for(seats: Mapping[int, Collection[Taker]], person: int) -> int | None:
    """The seat a person takes by deciding: of the undecided `seats` the one that leaves the rest
    easiest to fill, their own before one where they speak for somebody, the first of equals.
    """

    def worth(taken: int) -> tuple[int, bool, int]:
        by_whom = [one for one in seats[taken] if one.person == person]
        # Whoever is spoken for has spoken, too.
        spent = {person, *(one.for_person for one in by_whom)} - {None}
        rest = [
            frozenset(one.person for one in takers if not set(one) & spent)
            for seat, takers in seats.items()
            if seat != taken
        ]
        return most_seated(rest), any(one.for_person is None for one in by_whom), -taken

    own = [seat for seat, takers in seats.items() if any(one.person == person for one in takers)]
    return max(own, key=worth) if own else None


@dataclass(frozen=True, slots=True)
class _Bench:
    """Everyone a seat of one stage can be filled from; `barred` may not decide (any more)."""

    concern: str
    staff: Staff
    facts: Facts
    at: datetime
    barred: frozenset[int]

    def fill(self, index: int, seat: SeatSpec) -> ResolvedSeat:
        through: Through = "direct"
        if seat.kind in ("team", "power"):
            through = "team" if seat.kind == "team" else "power"
        if named := self.able(self.named(seat), through):
            return ResolvedSeat(index, named)
        if lead := self.able(self.lead_of_owner(), "direct"):
            return ResolvedSeat(index, lead, "lead")
        administrators = self.staff.active_administrators()
        if found := self.able(administrators, "direct"):
            return ResolvedSeat(index, found, "administrator")
        here = [person for person in administrators if self.staff.is_here(person, self.at)]
        last = tuple(Eligible(person, "direct") for person in here or administrators)
        return ResolvedSeat(index, last, "administrator", last_resort=True)

    def named(self, seat: SeatSpec) -> Iterable[int]:
        match seat.kind:
            case "person":
                return as_person(seat.ref)
            case "team":
                return sorted(self.staff.teams.get(seat.ref, ()))
            case "power":
                return self.with_power(seat.ref or self.concern)
            case "field":
                return as_person(self.facts.get(seat.ref))
            case "owner":
                return as_person(self.facts.get("owner"))

    def with_power(self, concern: str) -> list[int]:
        amount = _amount(self.facts.get("sum"))
        currency = str(self.facts.get("sum.currency", ""))
        return [
            person.id
            for _, person in sorted(self.staff.people.items())
            if any(power.allows(concern, amount, self.at, currency) for power in person.powers)
        ]

    def lead_of_owner(self) -> tuple[int, ...]:
        for owner in as_person(self.facts.get("owner")):
            person = self.staff.people.get(owner)
            if person is not None and person.lead is not None:
                return (person.lead,)
        return ()

    def able(self, named: Iterable[int], through: Through) -> tuple[Eligible, ...]:
        """Those of the named who may decide now, then whoever stands in for one of them.

        An author's seat is not lent: whoever stands in for an author would approve on their behalf.
        """
        principals = [p for p in named if self.staff.active(p) and p not in self.barred]
        here = [person for person in principals if self.staff.is_here(person, self.at)]
        found = {person: Eligible(person, through) for person in here}
        for principal in principals:
            for person in self.staff.hands_of(principal, self.concern, self.at):
                if person not in self.barred and person not in found:
                    found[person] = Eligible(person, "substitution", principal)
        return tuple(found.values())


def as_person(ref: object) -> tuple[int, ...]:
    """The id of a person in a seat or in a field of the contract, if there is one."""
    if isinstance(ref, int) and not isinstance(ref, bool):
        return (ref,)
    written = ref if isinstance(ref, str) and ref.isascii() and ref.isdigit() else ""
    return (int(written),) if 0 < len(written) < 19 else ()


def _amount(value: object) -> Decimal | None:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
