"""A route ends, whoever leaves: any route saved without errors, played through a changing firm.

At any moment people leave, fall ill, come back, are lent, lose teams and powers; the facts change
between rounds; decisions are drawn at random. What is held to: every open stage has at least one
person able to settle it, nobody decides who may not, and the whole play ends within its bound.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from zabota.contracts.routing import (
    Condition,
    Decision,
    Person,
    PowerGrant,
    ResolvedStage,
    RouteSpec,
    SeatSpec,
    Staff,
    StageSpec,
    StageState,
    StandIn,
    applicable,
    next_open,
    outcome,
    problems,
    resolve,
    resolve_stage,
    route_outcome,
    seat_for,
)

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONCERNS = ["legal", "finance"]
TEAMS = ["lawyers", "sales"]
FIELDS = {"agent": "person", "prepayment": "percent"}
MOST_RETURNS = 3

seat_specs = st.one_of(
    st.builds(SeatSpec, st.just("person"), st.integers(1, 8).map(str)),
    st.builds(SeatSpec, st.just("team"), st.sampled_from(TEAMS)),
    st.builds(SeatSpec, st.just("power"), st.sampled_from(["", *CONCERNS])),
    st.builds(SeatSpec, st.sampled_from(["field"]), st.just("agent")),
    st.just(SeatSpec("owner")),
)
condition_specs = st.one_of(
    st.builds(Condition, st.just("sum"), st.sampled_from(["gt", "lt"]), st.integers(1, 9)),
    st.just(Condition("", "changed")),
    st.just(Condition("prepayment", "filled")),
)
stage_specs = st.builds(
    StageSpec,
    key=st.uuids().map(str),
    title_ru=st.just("Этап"),
    title_en=st.just("Stage"),
    group=st.integers(0, 2),
    concern=st.sampled_from(CONCERNS),
    seats=st.lists(seat_specs, min_size=1, max_size=4).map(tuple),
    rule=st.sampled_from(["all", "any", "quorum"]),
    quorum=st.integers(1, 4),
    conditions=st.lists(condition_specs, max_size=2).map(tuple),
    authors_may_approve=st.sampled_from([False, False, False, True]),
)


@st.composite
def staffs(draw: st.DrawFn) -> Staff:
    ids = list(range(1, draw(st.sampled_from([1, 2, 4, 6, 8])) + 1))
    powers = st.builds(PowerGrant, st.sampled_from(CONCERNS), st.none() | st.just(Decimal(5)))
    people = {
        person: Person(
            person,
            lead=draw(st.none() | st.sampled_from(ids)),
            powers=tuple(draw(st.lists(powers, max_size=2))),
        )
        for person in ids
    }
    return Staff(
        people,
        teams={
            team: draw(st.frozensets(st.sampled_from(ids), min_size=len(ids) // 3 or 1))
            for team in TEAMS
        },
        administrators=draw(st.frozensets(st.sampled_from(ids), min_size=1, max_size=2)),
        stand_ins=tuple(
            StandIn(*pair)
            for pair in draw(
                st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=8)
            )
        ),
    )


def errors(spec: RouteSpec, staff: Staff) -> list[str]:
    found = problems(spec, staff, fields=FIELDS)
    return [problem.code for problem in found if problem.level == "error"]


@st.composite
def saved_routes(draw: st.DrawFn) -> tuple[RouteSpec, Staff]:
    staff = draw(staffs())
    drawn = draw(st.lists(stage_specs, min_size=3, max_size=6, unique_by=lambda s: s.key))
    stages = tuple(stage for stage in drawn if not errors(RouteSpec((stage,)), staff))
    assume(stages)
    route = RouteSpec(stages, draw(st.sampled_from([True, True, True, False])))
    assert not errors(route, staff)
    return route, staff


@dataclass
class Play:
    """One contract going its route in a firm that changes under it."""

    spec: RouteSpec
    staff: Staff
    chance: Random
    at: datetime = START
    facts: dict[str, object] = field(default_factory=dict)
    authors: frozenset[int] = frozenset()
    decisions: dict[str, list[Decision]] = field(default_factory=dict)
    states: dict[str, StageState] = field(default_factory=dict)
    steps: int = 0

    def run(self) -> None:
        returns = 0
        while self.round(may_return=returns < MOST_RETURNS) == "returned":
            returns += 1
        bound = (MOST_RETURNS + 1) * sum(len(stage.seats) for stage in self.spec.stages)
        assert self.steps <= bound

    def round(self, may_return: bool) -> str:
        self.begin()
        stages = applicable(self.spec, self.facts)
        while route_outcome(stages, self.states) == "open":
            self.states.update(dict.fromkeys(next_open(stages, self.states), "open"))
            self.shake()
            open_now = [stage for stage in stages if self.states.get(stage.key) == "open"]
            assert open_now
            for stage in open_now:
                self.check(stage, self.resolved(stage))
            self.decide(self.chance.choice(open_now), may_return)
        return route_outcome(stages, self.states)

    def begin(self) -> None:
        everyone = sorted(self.staff.people)
        pick = self.chance.choice
        self.authors = frozenset(person for person in everyone if self.chance.random() < 0.2)
        self.facts = {
            "owner": pick([*everyone, *everyone, None]),
            "agent": pick([*everyone, None, 99, "somebody"]),
            "sum": pick([None, Decimal(3), Decimal(7)]),
            "prepayment": pick([None, 50]),
        }
        self.facts |= {f"direction.{c}.touched": pick([True, False]) for c in CONCERNS}
        self.decisions, self.states = {}, {}

    def resolved(self, stage: StageSpec) -> ResolvedStage:
        """By both doors: the stage alone and within its route."""
        barred = self.authors if self.spec.no_self_approval else frozenset[int]()
        so_far = self.decisions.get(stage.key, [])
        alone = resolve_stage(stage, self.staff, self.facts, barred, self.at, decisions=so_far)
        route = resolve(
            self.spec, self.staff, self.facts, self.authors, self.at, decisions=self.decisions
        )
        assert alone in route
        return alone

    def check(self, stage: StageSpec, resolved: ResolvedStage) -> None:
        so_far = self.decisions.get(stage.key, [])
        spoke = {person for d in so_far for person in (d.person, d.for_person)}
        strict = self.spec.no_self_approval and not stage.authors_may_approve
        undecided = [seat for seat in resolved.seats if not seat.decided]
        assert undecided
        for seat in undecided:
            assert seat.eligible, "nobody is able to settle this seat"
            assert len(seat.people) == len(seat.eligible)
            for found in seat.eligible:
                assert self.staff.active(found.person)
                if seat.last_resort:
                    assert seat.fallback == "administrator"
                    assert found.person in self.staff.administrators
                    continue
                assert self.staff.is_here(found.person, self.at)
                assert found.person not in spoke
                if found.for_person is not None:
                    assert found.for_person not in spoke
                    assert self.staff.active(found.for_person)
                    beside = self.staff.is_here(found.for_person, self.at)
                    assert beside == (found.for_person in seat.people)
                if strict:
                    assert not {found.person, found.for_person} & self.authors

    def decide(self, stage: StageSpec, may_return: bool) -> None:
        resolved = self.resolved(stage)
        able = sorted({person for seat in resolved.seats for person in seat.people})
        person = self.chance.choice(able)
        index = seat_for(resolved.undecided, person)
        assert index is not None
        seat = resolved.seats[index]
        through = next(found for found in seat.eligible if found.person == person)
        returned = may_return and self.chance.random() < 0.3
        decision = Decision(
            index,
            person,
            "returned" if returned else "approved",
            through.for_person,
            seat.last_resort,
        )
        note(f"{stage.key}: {decision}")
        so_far = self.decisions.setdefault(stage.key, [])
        so_far.append(decision)
        self.steps += 1
        settled = outcome(stage, so_far)
        self.states[stage.key] = settled
        if settled == "approved":
            self.check_approved(stage, so_far)

    def check_approved(self, stage: StageSpec, decisions: Sequence[Decision]) -> None:
        approvals = [d for d in decisions if d.verdict == "approved"]
        assert len({d.seat for d in approvals}) >= stage.needed
        plain = [d for d in approvals if not d.last_resort]
        assert len({d.person for d in plain}) == len(plain)
        if self.spec.no_self_approval and not stage.authors_may_approve:
            assert not {d.person for d in plain} & self.authors

    def shake(self) -> None:
        """Something happens in the firm, or nothing."""
        self.at += self.chance.choice([0, 1, 5]) * HOUR
        for _ in range(self.chance.choice([0, 1, 2, 3])):
            who = self.chance.choice(sorted(self.staff.people))
            change = self.chance.choice(
                [self.fall_ill, self.fall_ill, self.lend, self.lend, self.rarer()]
            )
            changed = change(who, self.staff.people[who])
            if changed.active_administrators():  # the one thing a firm is kept from
                self.staff = changed

    def rarer(self) -> Callable[[int, Person], Staff]:
        return self.chance.choice([self.leave, self.strip, self.swap])

    def put(self, person: Person) -> Staff:
        return replace(self.staff, people={**self.staff.people, person.id: person})

    def leave(self, who: int, person: Person) -> Staff:
        return self.put(replace(person, active=False))

    def fall_ill(self, who: int, person: Person) -> Staff:
        until = self.at + self.chance.choice([2, 8, 24, 10**4]) * HOUR
        return self.put(replace(person, absences=((self.at, until),)))

    def lend(self, who: int, person: Person) -> Staff:
        other = self.chance.choice(sorted(self.staff.people))
        lent = StandIn(who, other, self.chance.choice([None, frozenset({"legal"})]), self.at)
        return replace(self.staff, stand_ins=(*self.staff.stand_ins, lent))

    def strip(self, who: int, person: Person) -> Staff:
        teams = {team: members - {who} for team, members in self.staff.teams.items()}
        return replace(self.put(replace(person, powers=(), lead=None)), teams=teams)

    def swap(self, who: int, person: Person) -> Staff:
        return replace(self.staff, administrators=frozenset({who}))


@settings(deadline=None, max_examples=200)
@given(saved_routes(), st.integers(0, 2**32))
def test_every_saved_route_ends_whoever_leaves(saved: tuple[RouteSpec, Staff], seed: int) -> None:
    spec, staff = saved
    for shift in range(6):
        Play(spec, staff, Random(seed + shift)).run()
