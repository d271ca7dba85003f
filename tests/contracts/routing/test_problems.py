"""What is refused when a route is saved."""

from dataclasses import replace
from decimal import Decimal

import pytest

from zabota.contracts.routing import (
    Condition,
    Person,
    PowerGrant,
    RouteSpec,
    SeatSpec,
    Staff,
    StageSpec,
    problems,
)

STAFF = Staff(
    people={
        1: Person(1, lead=3),
        2: Person(2, powers=(PowerGrant("finance", Decimal(100)),)),
        3: Person(3, powers=(PowerGrant("legal"),)),
        4: Person(4, active=False, powers=(PowerGrant("security"),)),
    },
    teams={"lawyers": frozenset({1, 3}), "empty": frozenset(), "gone": frozenset({4})},
    administrators=frozenset({3}),
)
FIELDS = {"agent": "person", "term": "date", "prepayment": "percent"}
FINE = StageSpec("legal", "Юрист", "Lawyer", 1, "legal", (SeatSpec("team", "lawyers"),))


def codes(*stages: StageSpec, staff: Staff = STAFF) -> list[tuple[str, str]]:
    found = problems(RouteSpec(stages), staff, fields=FIELDS)
    return [(problem.code, problem.where) for problem in found]


def seated(*seats: tuple[str, str], rule: str = "all", quorum: int = 0) -> StageSpec:
    named = tuple(SeatSpec(kind, ref) for kind, ref in seats)  # type: ignore[arg-type]
    return replace(FINE, seats=named, rule=rule, quorum=quorum)  # type: ignore[arg-type]


def test_a_good_route_has_no_problem() -> None:
    director = replace(
        FINE,
        key="director",
        group=2,
        seats=(SeatSpec("person", "3"), SeatSpec("field", "agent"), SeatSpec("owner")),
        conditions=(Condition("sum", "gt", 1000000), Condition("term", "filled")),
    )
    assert codes(FINE, director) == []


@pytest.mark.parametrize(
    ("stage", "code", "where"),
    [
        (replace(FINE, key=""), "bad_key", "key"),
        (replace(FINE, key="two words"), "bad_key", "key"),
        (replace(FINE, concern=" "), "no_concern", "concern"),
        (replace(FINE, title_ru=" "), "no_title", "title_ru"),
        (replace(FINE, title_ru="я" * 201), "too_long", "title_ru"),
        (replace(FINE, group=-1), "group_out_of_range", "group"),
        (replace(FINE, hours=Decimal(0)), "hours_not_positive", "hours"),
        (replace(FINE, hours=Decimal("NaN")), "hours_not_positive", "hours"),
        (replace(FINE, hours=Decimal(2001)), "hours_too_long", "hours"),
        (replace(FINE, seats=()), "no_seats", "seats"),
        (replace(FINE, seats=(SeatSpec("owner"),) * 51), "too_many", "seats"),
        (seated(("person", "9")), "unknown_person", "seats/0"),
        (seated(("person", "x")), "unknown_person", "seats/0"),
        (seated(("person", "9" * 5000)), "unknown_person", "seats/0"),
        (seated(("person", "4")), "person_left", "seats/0"),
        (seated(("team", "nobody")), "unknown_team", "seats/0"),
        (seated(("team", "empty")), "team_empty", "seats/0"),
        (seated(("team", "gone")), "team_empty", "seats/0"),
        (seated(("power", "security")), "power_held_by_nobody", "seats/0"),
        (seated(("power", "finance")), "power_only_up_to", "seats/0"),
        (seated(("field", "colour")), "unknown_field", "seats/0"),
        (seated(("field", "term")), "field_names_no_person", "seats/0"),
        (seated(("person", "1"), rule="quorum", quorum=2), "quorum_over_seats", "quorum"),
        (seated(("person", "1"), rule="quorum", quorum=0), "quorum_not_positive", "quorum"),
        (seated(("person", "3"), ("power", "legal")), "too_few_people", "seats"),
        (
            seated(*[("team", "lawyers")] * 3, rule="quorum", quorum=3),
            "too_few_people",
            "seats",
        ),
        (
            replace(FINE, conditions=(Condition("colour", "filled"),)),
            "unknown_field",
            "conditions/0",
        ),
        (
            replace(FINE, conditions=(Condition("term", "changed"),)),
            "unknown_field",
            "conditions/0",
        ),
        (
            replace(FINE, conditions=(Condition("sum", "gt", "much"),)),
            "value_has_no_order",
            "conditions/0",
        ),
        (
            replace(FINE, conditions=(Condition("client.kind", "in", ()),)),
            "nothing_to_choose_from",
            "conditions/0",
        ),
        (
            replace(FINE, conditions=(Condition("client.kind", "eq", ("a", "b")),)),
            "one_value_wanted",
            "conditions/0",
        ),
    ],
)
def test_what_breaks_a_route_is_named_with_its_place(
    stage: StageSpec, code: str, where: str
) -> None:
    other = replace(FINE, key="other")
    found = [(c, w) for c, w in codes(other, stage) if c != "stage_never_applies"]
    assert found == [(code, f"stages/1/{where}")]


def test_a_route_without_stages_is_refused() -> None:
    assert codes() == [("no_stages", "stages")]


def test_keys_are_distinct() -> None:
    assert codes(FINE, FINE) == [("duplicate_key", "stages/1/key")]


def test_a_firm_needs_an_active_administrator() -> None:
    assert codes(FINE, staff=replace(STAFF, administrators=frozenset({4}))) == [
        ("no_administrator", "")
    ]


def test_two_seats_that_two_people_can_fill_are_fine() -> None:
    assert codes(seated(("person", "3"), ("team", "lawyers"))) == []
    assert codes(seated(("team", "lawyers"), ("team", "lawyers"))) == []


def test_stages_that_can_never_apply_are_refused() -> None:
    never = (Condition("sum", "gt", 100), Condition("sum", "lt", 50))
    found = problems(RouteSpec((replace(FINE, conditions=never),)), STAFF)
    refused = [(problem.code, problem.where) for problem in found if problem.level == "error"]
    assert refused == [("stage_never_applies", "stages/0/conditions")]


def test_a_route_that_may_ask_nobody_is_warned_about() -> None:
    big = replace(FINE, conditions=(Condition("sum", "gt", 100),))
    found = problems(RouteSpec((big,)), STAFF)
    assert [(problem.code, problem.level) for problem in found] == [("may_ask_nobody", "warning")]
