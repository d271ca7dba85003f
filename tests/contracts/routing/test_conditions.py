"""Which stages a contract needs."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zabota.contracts.routing import Condition, RouteSpec, SeatSpec, StageSpec
from zabota.contracts.routing.conditions import applicable, condition_holds
from zabota.contracts.routing.contradictions import contradict
from zabota.contracts.routing.spec import Op, Value

FACTS = {
    "sum": Decimal("1000000.00"),
    "client.kind": "person",
    "delivery.until": date(2026, 12, 1),
    "typed": "250",
    "prepayment": None,
    "note": "  ",
    "foreign": False,
    "direction.legal.touched": True,
}


@pytest.mark.parametrize(
    ("field", "op", "value", "holds"),
    [
        ("sum", "gt", 999999, True),
        ("sum", "gt", 1000000, False),
        ("sum", "ge", "1000000", True),
        ("sum", "lt", "1000000.01", True),
        ("sum", "le", 999999, False),
        ("sum", "eq", 1000000, True),
        ("sum", "ne", "1000000.00", False),
        ("sum", "in", (5, "1000000"), True),
        ("typed", "gt", 30, True),  # as numbers: as words "250" < "30"
        ("typed", "eq", 250, True),
        ("client.kind", "eq", "person", True),
        ("client.kind", "in", ("company", "state"), False),
        ("delivery.until", "lt", "2026-12-02", True),
        ("delivery.until", "ge", "2026-12-02", False),
        ("delivery.until", "eq", "2026-12-01", True),
        ("foreign", "eq", False, True),
        ("foreign", "eq", 0, False),
        ("foreign", "filled", None, True),
        ("note", "empty", None, True),
        ("prepayment", "filled", None, False),
        ("prepayment", "eq", "", True),
        ("missing", "empty", None, True),
        ("missing", "ne", 5, True),
        ("", "changed", None, True),
        ("direction.legal.touched", "changed", None, True),
        ("direction.finance.touched", "changed", None, False),
    ],
)
def test_a_condition_is_asked_of_the_facts(field: str, op: Op, value: Value, holds: bool) -> None:
    assert condition_holds(Condition(field, op, value), FACTS, "legal") is holds


@pytest.mark.parametrize("op", ["gt", "ge", "lt", "le"])
@pytest.mark.parametrize("field", ["prepayment", "missing", "client.kind", "note"])
def test_what_cannot_be_compared_adds_the_stage_rather_than_skips_it(field: str, op: Op) -> None:
    assert condition_holds(Condition(field, op, 100), FACTS)


def stage(key: str, group: int, *conditions: Condition) -> StageSpec:
    return StageSpec(key, key, key, group, "legal", (SeatSpec("owner"),), conditions=conditions)


def test_stages_are_those_whose_conditions_all_hold_in_the_order_of_groups() -> None:
    big, private = Condition("sum", "gt", 5), Condition("client.kind", "eq", "person")
    company = Condition("client.kind", "eq", "company")
    spec = RouteSpec((stage("c", 3), stage("a", 1, big, private), stage("b", 1, big, company)))
    assert [found.key for found in applicable(spec, FACTS)] == ["a", "c"]


@pytest.mark.parametrize(
    ("asked", "never"),
    [
        ([("sum", "gt", 100), ("sum", "lt", 50)], True),
        ([("sum", "gt", 100), ("sum", "le", 100)], True),
        ([("sum", "ge", 100), ("sum", "le", 100)], False),
        ([("sum", "gt", 1), ("sum", "lt", 2), ("sum", "ne", "1.5")], False),
        ([("sum", "eq", 5), ("sum", "gt", 5)], True),
        ([("client.kind", "eq", "a"), ("client.kind", "eq", "b")], True),
        ([("client.kind", "in", ("a", "b")), ("client.kind", "ne", "a")], False),
        ([("client.kind", "in", ("a",)), ("client.kind", "ne", "a")], True),
        ([("x", "filled", None), ("x", "empty", None)], True),
        ([("x", "empty", None), ("y", "filled", None)], False),
        ([("d", "gt", "2026-01-01"), ("d", "lt", "2026-01-03")], False),
        ([("d", "gt", "2026-01-01"), ("d", "lt", "2026-01-02")], True),
        ([("", "changed", None)], False),
        ([], False),
    ],
)
def test_contradictions_are_seen(asked: list[tuple[str, Op, Value]], never: bool) -> None:
    assert contradict([Condition(*one) for one in asked]) is never


@given(
    st.lists(
        st.builds(
            Condition,
            st.just("sum"),
            st.sampled_from(["gt", "ge", "lt", "le", "eq", "ne"]),
            st.integers(0, 6),
        ),
        max_size=4,
    ),
    st.integers(-1, 14),
)
def test_what_some_sum_meets_is_no_contradiction(asked: list[Condition], halves: int) -> None:
    facts = {"sum": Decimal(halves) / 2}
    if all(condition_holds(condition, facts) for condition in asked):
        assert not contradict(asked)


@pytest.mark.parametrize("op", ["gt", "ge", "lt", "le", "eq", "ne"])
def test_a_sum_in_another_currency_meets_every_condition_on_its_size(op: str) -> None:
    condition = Condition("sum", op, 3_000_000)  # type: ignore[arg-type]
    for amount in (Decimal(1), Decimal(3_000_000), Decimal(10**9), None):
        assert condition_holds(condition, {"sum": amount, "sum.foreign": True})
    assert condition_holds(Condition("sum", "empty"), {"sum": None, "sum.foreign": True})
    assert not condition_holds(Condition("sum", "filled"), {"sum": None, "sum.foreign": True})
