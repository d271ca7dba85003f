"""Seats whose people are all away just now, with nobody to stand in: who decides is somebody else.

Nothing hinders such a route, it ends all the same (see `resolve`); whoever saves it should know.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zabota.contracts.routing.resolve import as_person
from zabota.contracts.routing.spec import RouteSpec, SeatSpec
from zabota.contracts.routing.staff import Bound, Person, Staff


@dataclass(frozen=True, slots=True)
class AwaySeat:
    """A seat nobody named can settle now: of which stage, whose, and when the first is back.

    `until` is a moment (the end of an absence, exclusive); None: nobody knows when.
    """

    stage: int
    seat: SeatSpec
    until: Bound


def away_seats(spec: RouteSpec, staff: Staff, at: datetime) -> tuple[AwaySeat, ...]:
    """Every seat that would fall to the lead or an administrator if its stage began now, because
    of absences; seats named later, in a contract, are not known here.
    """
    found = []
    for index, stage in enumerate(spec.stages):
        for seat in stage.seats:
            people = [pk for pk in _named(seat, stage.concern, staff, at) if staff.active(pk)]
            here = any(
                staff.is_here(pk, at) or staff.hands_of(pk, stage.concern, at) for pk in people
            )
            if people and not here:
                found.append(AwaySeat(index, seat, _first_back(people, staff, at)))
    return tuple(found)


def _named(seat: SeatSpec, concern: str, staff: Staff, at: datetime) -> Iterable[int]:
    """Those a seat names; a power counts whatever its limit, the sum is not known yet."""
    match seat.kind:
        case "person":
            return as_person(seat.ref)
        case "team":
            return staff.teams.get(seat.ref, ())
        case "power":
            wanted = seat.ref or concern
            return [
                person.id
                for person in staff.people.values()
                if any(power.holds(wanted, at) for power in person.powers)
            ]
    return ()


def _first_back(people: Iterable[int], staff: Staff, at: datetime) -> Bound:
    moments = (_back(staff.people[pk], at) for pk in people)
    return min((moment for moment in moments if moment is not None), default=None)


def _back(person: Person, at: datetime) -> Bound:
    """When a person is here again: absences that touch each other are one."""
    back: Bound = at
    for since, until in sorted(
        person.absences, key=lambda span: (span[0] is not None, span[0] or at)
    ):
        if back is None or (since is not None and since > back):
            break
        back = None if until is None else max(back, until)
    return back
