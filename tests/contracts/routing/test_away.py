"""Who of a route is away just now, with nobody to stand in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from zabota.contracts.routing import (
    Person,
    PowerGrant,
    RouteSpec,
    SeatSpec,
    Staff,
    StageSpec,
    StandIn,
    away_seats,
)

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = timedelta(days=1)
AWAY = Person(1, powers=(PowerGrant("legal"),), absences=((AT - DAY, AT + DAY),))
LONGER = Person(2, absences=((None, AT + DAY), (AT + DAY, AT + 3 * DAY), (AT + 9 * DAY, None)))
HERE = Person(3)
STAFF = Staff(
    people={1: AWAY, 2: LONGER, 3: HERE, 4: Person(4, active=False)},
    teams={"away": frozenset({1, 2}), "mixed": frozenset({1, 3}), "left": frozenset({4})},
    administrators=frozenset({3}),
)


def found(kind: str, ref: str = "", staff: Staff = STAFF) -> list[datetime | None]:
    """When the first is back, of a stage of this one seat; [] when somebody is here."""
    seat = SeatSpec(kind, ref)  # type: ignore[arg-type]
    spec = RouteSpec((StageSpec("legal", "Юрист", "", 1, "legal", (seat,)),))
    return [away.until for away in away_seats(spec, staff, AT)]


def test_who_is_away_is_told_till_the_first_is_back() -> None:
    assert found("person", "1") == [AT + DAY]
    assert found("person", "2") == [AT + 3 * DAY], "absences that touch are one"
    assert found("team", "away") == [AT + DAY]
    assert found("power") == [AT + DAY]


def test_who_is_here_left_or_is_named_later_is_not_told() -> None:
    for kind, ref in (("person", "3"), ("team", "mixed"), ("owner", ""), ("field", "agent")):
        assert found(kind, ref) == []
    assert found("person", "4") == found("team", "left") == [], "a fault of its own"


def test_a_substitute_decides_instead() -> None:
    lent = replace(STAFF, stand_ins=(StandIn(1, 3),))
    assert found("person", "1", lent) == []
    assert found("person", "1", replace(STAFF, stand_ins=(StandIn(1, 2),))) == [AT + DAY]


def test_nobody_knows_when_an_open_absence_ends() -> None:
    staff = replace(STAFF, people={**STAFF.people, 1: replace(AWAY, absences=((AT, None),))})
    assert found("person", "1", staff) == [None]
