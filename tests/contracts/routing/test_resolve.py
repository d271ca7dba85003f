"""Who may settle a seat."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from zabota.contracts.routing import (
    Decision,
    Eligible,
    NoAdministrator,
    Person,
    PowerGrant,
    ResolvedSeat,
    RouteSpec,
    SeatSpec,
    Staff,
    StageSpec,
    StandIn,
    resolve,
    resolve_stage,
    seat_for,
)

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = timedelta(days=1)
MANAGER, LAWYER, JUNIOR, LEAD, ADMIN, FINANCE, DEPUTY = range(1, 8)
STAFF = Staff(
    people={
        MANAGER: Person(MANAGER, lead=LEAD),
        LAWYER: Person(LAWYER, powers=(PowerGrant("legal"),)),
        JUNIOR: Person(JUNIOR, powers=(PowerGrant("legal", Decimal(1000)),)),
        LEAD: Person(LEAD),
        ADMIN: Person(ADMIN),
        FINANCE: Person(FINANCE),
        DEPUTY: Person(DEPUTY),
    },
    teams={"lawyers": frozenset({LAWYER, JUNIOR})},
    administrators=frozenset({ADMIN}),
)
FACTS = {"owner": MANAGER, "sum": Decimal(5000), "agent": FINANCE}
NOBODY: frozenset[int] = frozenset()


def staff(**changes: object) -> Staff:
    return replace(STAFF, **changes)  # type: ignore[arg-type]


def changed(*people: Person, base: Staff = STAFF, **more: object) -> Staff:
    return replace(base, people={**base.people, **{p.id: p for p in people}}, **more)  # type: ignore[arg-type]


def away(person: int, since: timedelta = -DAY, until: timedelta = DAY) -> Person:
    return replace(STAFF.people[person], absences=((AT + since, AT + until),))


def left(person: int) -> Person:
    return replace(STAFF.people[person], active=False)


def stage(*seats: tuple[str, str], **more: object) -> StageSpec:
    named = tuple(SeatSpec(kind, ref) for kind, ref in seats)  # type: ignore[arg-type]
    return StageSpec("legal", "Юрист", "Lawyer", 1, "legal", named, **more)  # type: ignore[arg-type]


def seat(
    kind: str,
    ref: str = "",
    who: Staff = STAFF,
    authors: frozenset[int] = NOBODY,
    facts: dict[str, object] = FACTS,
) -> ResolvedSeat:
    return resolve_stage(stage((kind, ref)), who, facts, authors, AT).seats[0]


def direct(*people: int) -> tuple[Eligible, ...]:
    return tuple(Eligible(person, "direct") for person in people)


def test_a_seat_belongs_to_those_the_route_names() -> None:
    assert seat("person", str(LAWYER)).eligible == direct(LAWYER)
    assert seat("owner").eligible == direct(MANAGER)
    assert seat("field", "agent").eligible == direct(FINANCE)
    team = (Eligible(LAWYER, "team"), Eligible(JUNIOR, "team"))
    assert seat("team", "lawyers").eligible == team


def test_a_power_reaches_as_far_as_its_limit() -> None:
    assert seat("power").people == {LAWYER}
    assert seat("power", facts={"sum": 1000}).people == {LAWYER, JUNIOR}
    assert seat("power", facts={}).people == {LAWYER}


def test_a_power_ends_when_it_was_granted_until() -> None:
    over = replace(STAFF.people[LAWYER], powers=(PowerGrant("legal", until=AT),))
    assert seat("power", who=changed(over)).fallback == "lead"


def test_authors_do_not_approve_what_they_wrote() -> None:
    assert seat("team", "lawyers", authors=frozenset({LAWYER})).people == {JUNIOR}
    own = seat("person", str(LAWYER), authors=frozenset({LAWYER}))
    assert own.people == {LEAD}
    assert own.fallback == "lead"


def test_an_empty_seat_falls_to_the_lead_then_to_the_administrator() -> None:
    gone = changed(left(LAWYER))
    fell = seat("person", str(LAWYER), gone)
    assert (fell.eligible, fell.fallback) == (direct(LEAD), "lead")
    gone = changed(left(LAWYER), left(LEAD))
    fell = seat("person", str(LAWYER), gone)
    assert (fell.eligible, fell.fallback) == (direct(ADMIN), "administrator")
    assert not fell.last_resort
    assert seat("person", str(LAWYER), changed(left(LAWYER)), facts={}).people == {ADMIN}


def test_the_administrator_settles_as_a_last_resort_what_they_wrote() -> None:
    gone = changed(left(LAWYER), left(LEAD))
    fell = seat("person", str(LAWYER), gone, authors=frozenset({ADMIN}))
    assert fell == ResolvedSeat(0, direct(ADMIN), "administrator", last_resort=True)
    asleep = changed(left(LAWYER), left(LEAD), away(ADMIN))
    assert seat("person", str(LAWYER), asleep).last_resort
    both = changed(
        left(LAWYER), left(LEAD), away(ADMIN), administrators=frozenset({ADMIN, FINANCE})
    )
    fell = seat("person", str(LAWYER), both, authors=frozenset({ADMIN, FINANCE}))
    assert fell.eligible == direct(FINANCE)  # who is here goes before who is away


BESIDE = (Eligible(LAWYER, "direct"), Eligible(DEPUTY, "substitution", LAWYER))


def test_a_substitute_is_a_second_pair_of_hands_until_an_absence_takes_work_away() -> None:
    lent = (StandIn(LAWYER, DEPUTY),)
    assert seat("person", str(LAWYER), staff(stand_ins=lent)).eligible == BESIDE
    found = seat("person", str(LAWYER), changed(away(LAWYER), stand_ins=lent))
    assert found.eligible == (Eligible(DEPUTY, "substitution", LAWYER),)
    back = changed(away(LAWYER, until=timedelta()), stand_ins=lent)
    assert seat("person", str(LAWYER), back).eligible == BESIDE


def test_lending_something_else_changes_nothing_of_approving() -> None:
    lent = (StandIn(LAWYER, DEPUTY, concerns=frozenset()),)
    assert seat("person", str(LAWYER), staff(stand_ins=lent)).eligible == direct(LAWYER)


def test_one_voice_for_the_two_of_them_takes_one_seat() -> None:
    two = stage(("team", "lawyers"), ("team", "lawyers"), rule="quorum", quorum=2)
    who = staff(stand_ins=(StandIn(LAWYER, DEPUTY),))
    for decided in (Decision(0, LAWYER, "approved"), Decision(0, DEPUTY, "approved", LAWYER)):
        assert resolve_stage(two, who, FACTS, NOBODY, AT, decisions=[decided]).seats[1].people == {
            JUNIOR
        }


def test_a_substitute_takes_the_seat_that_leaves_the_other_one_fillable() -> None:
    two = stage(("team", "lawyers"), ("person", str(LAWYER)))
    who = staff(stand_ins=(StandIn(LAWYER, DEPUTY),))
    assert seat_for(resolve_stage(two, who, FACTS, NOBODY, AT).undecided, DEPUTY) == 1


def test_a_substitute_is_followed_on_but_not_in_circles() -> None:
    lent = (StandIn(LAWYER, DEPUTY), StandIn(DEPUTY, LAWYER), StandIn(DEPUTY, FINANCE))
    both = changed(away(LAWYER), away(DEPUTY), stand_ins=lent)
    found = seat("person", str(LAWYER), both)
    assert found.eligible == (Eligible(FINANCE, "substitution", LAWYER),)


@pytest.mark.parametrize(
    "lent",
    [
        StandIn(LAWYER, DEPUTY, concerns=frozenset({"finance"})),
        StandIn(LAWYER, DEPUTY, until=AT),
        StandIn(LAWYER, DEPUTY, since=AT + DAY),
        StandIn(LAWYER, 99),
    ],
)
def test_only_what_was_lent_is_lent(lent: StandIn) -> None:
    found = seat("person", str(LAWYER), changed(away(LAWYER), stand_ins=(lent,)))
    assert found.fallback == "lead"


def test_a_substitute_acts_with_the_power_of_the_absent() -> None:
    who = changed(away(LAWYER), stand_ins=(StandIn(LAWYER, DEPUTY),))
    assert seat("power", who=who).eligible == (Eligible(DEPUTY, "substitution", LAWYER),)


def test_who_left_lends_nothing_and_is_not_followed() -> None:
    lent = (StandIn(LAWYER, DEPUTY), StandIn(DEPUTY, FINANCE))
    gone = changed(replace(away(LAWYER), active=False), stand_ins=lent)
    assert seat("person", str(LAWYER), gone).fallback == "lead"
    deputy_gone = changed(away(LAWYER), replace(away(DEPUTY), active=False), stand_ins=lent)
    assert seat("person", str(LAWYER), deputy_gone).fallback == "lead"


def test_an_author_lends_no_seat_and_takes_none() -> None:
    who = changed(away(LAWYER), stand_ins=(StandIn(LAWYER, DEPUTY),))
    assert seat("person", str(LAWYER), who, frozenset({LAWYER})).people == {LEAD}
    assert seat("person", str(LAWYER), who, frozenset({DEPUTY})).people == {LEAD}


def test_one_person_takes_one_seat_of_a_stage() -> None:
    two = stage(("team", "lawyers"), ("power", ""), rule="quorum", quorum=2)
    decided = [Decision(0, LAWYER, "approved")]
    found = resolve_stage(two, STAFF, FACTS, NOBODY, AT, decisions=decided)
    assert found.seats[0] == ResolvedSeat(0, decided=True)
    assert found.seats[1].people == {LEAD}
    assert found.seats[1].fallback == "lead"


def test_who_was_spoken_for_has_spoken() -> None:
    two = stage(("person", str(LAWYER)), ("team", "lawyers"))
    decided = [Decision(0, DEPUTY, "approved", for_person=LAWYER)]
    found = resolve_stage(two, STAFF, FACTS, NOBODY, AT, decisions=decided)
    assert found.seats[1].people == {JUNIOR}


def test_a_person_takes_the_seat_that_leaves_the_other_one_fillable() -> None:
    two = stage(("team", "lawyers"), ("person", str(LAWYER)))
    found = resolve_stage(two, STAFF, FACTS, NOBODY, AT)
    assert seat_for(found.undecided, LAWYER) == 1
    assert seat_for(found.undecided, JUNIOR) == 0
    assert seat_for(found.undecided, FINANCE) is None


def test_a_route_and_a_stage_may_let_authors_approve() -> None:
    authors = frozenset({LAWYER})
    strict = RouteSpec((stage(("person", str(LAWYER))),))
    for spec in (
        replace(strict, no_self_approval=False),
        RouteSpec((stage(("person", str(LAWYER)), authors_may_approve=True),)),
    ):
        assert resolve(spec, STAFF, FACTS, authors, AT)[0].seats[0].people == {LAWYER}
    assert resolve(strict, STAFF, FACTS, authors, AT)[0].seats[0].people == {LEAD}


def test_a_firm_without_an_administrator_is_refused() -> None:
    with pytest.raises(NoAdministrator):
        seat("owner", who=changed(left(ADMIN)))


def test_a_limit_reaches_sums_of_its_own_currency_only() -> None:
    limited = (PowerGrant("legal", Decimal(1000), currency="USD"),)
    who = changed(left(LAWYER), replace(STAFF.people[JUNIOR], powers=limited))
    sums = {"sum": Decimal(10), "owner": MANAGER}
    assert seat("power", who=who, facts={**sums, "sum.currency": "USD"}).people == {JUNIOR}
    fell = seat("power", who=who, facts={**sums, "sum.currency": "RUB"})
    assert (fell.people, fell.fallback) == ({LEAD}, "lead")
