"""Routes from and to JSON."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zabota.contracts.routing import (
    Condition,
    RouteRefused,
    RouteSpec,
    SeatSpec,
    StageSpec,
    from_json,
    to_json,
)

words = st.text(max_size=12)
scalars = words | st.integers(-(10**12), 10**12) | st.booleans()
seats = st.builds(SeatSpec, st.sampled_from(["person", "team", "power", "field", "owner"]), words)
conditions = st.builds(
    Condition,
    words,
    st.sampled_from(["eq", "ne", "gt", "ge", "lt", "le", "in", "filled", "empty", "changed"]),
    st.none() | scalars | st.lists(scalars, max_size=3).map(tuple),
)
stages = st.builds(
    StageSpec,
    key=words,
    title_ru=words,
    title_en=words,
    group=st.integers(0, 9),
    concern=words,
    seats=st.lists(seats, max_size=3).map(tuple),
    rule=st.sampled_from(["all", "any", "quorum"]),
    quorum=st.integers(0, 5),
    conditions=st.lists(conditions, max_size=3).map(tuple),
    hours=st.decimals(0, 1000, places=2),
    overdue=st.sampled_from(["wait", "escalate", "remind"]),
    authors_may_approve=st.booleans(),
    asks=words,
    shows=st.sampled_from(["person", "team", "hidden"]),
)
routes = st.builds(RouteSpec, st.lists(stages, max_size=4).map(tuple), st.booleans())
jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
)


@given(routes)
def test_a_route_survives_json(route: RouteSpec) -> None:
    assert from_json(json.loads(json.dumps(to_json(route)))) == route


def plain() -> dict[str, object]:
    spec = StageSpec("legal", "Юрист", "Lawyer", 1, "legal", (SeatSpec("team", "lawyers"),))
    found: dict[str, object] = to_json(RouteSpec((spec,)))
    return found


@given(jsons, st.sampled_from(sorted(to_json(RouteSpec(())) | {"other": 0})))
def test_any_json_is_read_or_refused_with_reasons(junk: object, key: str) -> None:
    stage = plain()["stages"][0]  # type: ignore[index]
    tried = [junk, plain() | {key: junk}, {"stages": [junk]}]
    tried += [{"stages": [stage | {name: junk}]} for name in stage]
    tried += [{"stages": [stage | {"seats": [junk], "conditions": [junk]}]}]
    for data in tried:
        try:
            assert from_json(to_json(from_json(data))) == from_json(data)
        except RouteRefused as refused:
            assert refused.problems


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"rule": "most"}, "not_a_choice", "stages/0/rule"),
        ({"hours": "soon"}, "not_a_number", "stages/0/hours"),
        ({"hours": "1e999999"}, "out_of_range", "stages/0/hours"),
        ({"hours": 10**5000}, "not_a_number", "stages/0/hours"),
        ({"hours": True}, "not_a_number", "stages/0/hours"),
        ({"quorum": 1.5}, "not_a_whole_number", "stages/0/quorum"),
        ({"authors_may_approve": "no"}, "not_yes_or_no", "stages/0/authors_may_approve"),
        ({"seats": [{"kind": "chair"}]}, "not_a_choice", "stages/0/seats/0/kind"),
        ({"seats": [{"ref": "x"}]}, "missing_key", "stages/0/seats/0"),
        ({"seats": "x"}, "not_a_list", "stages/0/seats"),
        (
            {"conditions": [{"field": "sum", "op": "eq", "value": {}}]},
            "not_a_value",
            "stages/0/conditions/0/value",
        ),
        ({"asks": "x" * 2001}, "too_long", "stages/0/asks"),
        ({"colour": "red"}, "unknown_key", "stages/0"),
    ],
)
def test_a_problem_names_its_place(change: dict[str, object], code: str, where: str) -> None:
    data = plain()
    data["stages"] = [data["stages"][0] | change]  # type: ignore[index]
    with pytest.raises(RouteRefused) as refused:
        from_json(data)
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [(code, where)]


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(RouteRefused) as refused:
        from_json({"stages": [7, {"key": 1}], "no_self_approval": "maybe"})
    assert {problem.code for problem in refused.value.problems} == {
        "not_an_object",
        "missing_key",
        "not_yes_or_no",
    }


def test_hours_may_be_given_as_one_writes_them() -> None:
    data = plain()
    data["stages"] = [data["stages"][0] | {"hours": "1,5"}]  # type: ignore[index]
    stage = from_json(data).stages[0]
    assert stage.hours == Decimal("1.5")
    assert stage.minutes == 90
