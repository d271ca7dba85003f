"""What gifts brought: pooling, effects, proposals; and played firms whose truth is known."""

from decimal import Decimal
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import giving
from zabota.goodwill.returns import Effects, Outcome, Step, pool, propose, reckon_effects
from zabota.goodwill.returns.proposal import FLOOR, Proposal, Reason

BASE = Decimal(3000)
numbers = st.lists(st.tuples(st.floats(-0.5, 0.5), st.floats(0.01, 0.5)), min_size=1, max_size=12)


@settings(max_examples=40)
@given(numbers)
def test_the_believed_lies_between_the_measured_and_the_typical(
    given_: list[tuple[float, float]],
) -> None:
    raw, errors = zip(*given_, strict=True)
    told = pool(raw, errors, scale=0.1)
    ends = [0.0, *raw]
    for one in told.estimates:
        assert min(ends) - 1e-9 <= one.mean <= max(ends) + 1e-9
        assert one.low <= one.mean <= one.high
        assert 0 <= one.above_nothing <= 1
        assert abs(one.mean) <= max(abs(value) for value in raw) + 1e-9


def test_the_less_is_known_the_more_it_is_drawn() -> None:
    little, much = pool([0.3, 0.3, 0.0, 0.05], [0.2, 0.03, 0.03, 0.03], scale=0.1).estimates[:2]
    assert little.mean < much.mean < 0.3
    assert little.high - little.low > 2 * (much.high - much.low)


def test_intervals_hold_what_they_say() -> None:
    """Four in five true effects lie within them."""
    chance, held = np.random.default_rng(11), []
    for _ in range(60):
        true = chance.normal(0.04, 0.07, 12)
        errors = chance.uniform(0.03, 0.15, 12)
        told = pool((true + chance.normal(0, errors)).tolist(), errors.tolist(), scale=0.1)
        held += [one.low <= value <= one.high
                 for one, value in zip(told.estimates, true, strict=True)]  # fmt: skip
    assert fmean(held) == pytest.approx(0.8, abs=0.06)


def gifts(employee: int, count: int, came: float, chance: float, **more: float) -> list[Outcome]:
    return [
        Outcome(employee, place < round(came * count), chance, **more) for place in range(count)
    ]


def test_figures_of_one_employee() -> None:
    told = gifts(7, 40, 0.5, 0.3, cost=100, expected_sum=300, sum=500, purchases=1, expected=0.5)
    effect = reckon_effects(told).by_employee[7]
    assert (effect.gifts, effect.came, round(effect.would_have)) == (40, 20, 12)
    assert effect.points.raw == pytest.approx(0.2)
    assert 0.05 < effect.points.mean < 0.2
    assert (effect.extra, effect.extra_sum) == (pytest.approx(20), pytest.approx(8000))
    # One who comes spends 1,000, a gift costs 100: each point is worth ten of cost.
    assert effect.back == pytest.approx(effect.points.mean * 10)
    assert effect.back_low is not None
    assert effect.back_low < effect.back
    assert reckon_effects([]) == Effects(0.0, 0.0, {})
    assert reckon_effects(gifts(1, 5, 0.4, 0.2)).by_employee[1].back is None


def test_a_doubtful_model_says_less() -> None:
    told = gifts(1, 400, 0.5, 0.3)
    sure, doubtful = (reckon_effects(told, doubt=doubt).by_employee[1].points for doubt in (0, 0.1))
    assert doubtful.high - doubtful.low > 2 * (sure.high - sure.low)


def proposal(count: int, came: float, *, budget: int = 3000, **more: float) -> Proposal:
    told = gifts(1, count, came, 0.3, **more)
    effects = reckon_effects(told)
    return propose(effects.by_employee.get(1), effects, budget=Decimal(budget), base=BASE)


def test_few_gifts_are_no_ground() -> None:
    for count in (0, 9):
        told = proposal(count, 1.0)
        assert (told.step, told.reason, told.budget) == (Step.FEW, Reason.FEW, 3000)
    assert proposal(10, 1.0).step == Step.RAISE


def test_steps_are_small_from_ten_and_larger_from_fifty() -> None:
    assert proposal(49, 1.0).share == Decimal("0.1")
    assert proposal(50, 1.0).share == Decimal("0.2")
    assert proposal(60, 0.0).share == Decimal("-0.2")
    assert proposal(60, 0.3).step == Step.KEEP


def test_nothing_goes_below_half_of_the_base() -> None:
    assert proposal(60, 0.0, budget=1600).budget == 1500
    told = proposal(60, 0.0, budget=1500)
    assert (told.step, told.reason) == (Step.KEEP, Reason.AT_FLOOR)


def test_what_costs_more_than_it_brings_is_not_raised() -> None:
    told = proposal(60, 0.8, cost=5000, expected_sum=300)
    assert (told.step, told.reason) == (Step.KEEP, Reason.COSTS_MORE)


def test_beside_colleagues_the_typical_is_no_merit() -> None:
    """All bring as many back: nobody is raised for what everybody does."""
    told = [one for employee in range(5) for one in gifts(employee, 60, 0.45, 0.3)]
    effects = reckon_effects(told)
    assert {
        propose(one, effects, budget=BASE, base=BASE).step for one in effects.by_employee.values()
    } == {Step.KEEP}
    told += gifts(9, 60, 0.75, 0.3) + gifts(8, 60, 0.2, 0.3)
    effects = reckon_effects(told)
    steps = {who: propose(one, effects, budget=BASE, base=BASE)
             for who, one in effects.by_employee.items()}  # fmt: skip
    assert (steps[9].step, steps[9].reason) == (Step.RAISE, Reason.ABOVE)
    assert (steps[8].step, steps[8].reason) == (Step.CUT, Reason.BELOW)


@settings(max_examples=40)
@given(
    st.integers(0, 120), st.floats(0, 1), st.floats(0, 1), st.integers(0, 20_000),
    st.integers(0, 9_000),
)  # fmt: skip
def test_no_step_is_larger_than_allowed(
    count: int, came: float, chance: float, budget: int, base: int
) -> None:
    effects = reckon_effects(gifts(1, count, came, chance) + gifts(2, 30, 0.3, 0.3))
    told = propose(effects.by_employee.get(1), effects, budget=Decimal(budget), base=Decimal(base))
    most = Decimal("0.2") if count >= 50 else Decimal("0.1") if count >= 10 else Decimal(0)
    assert abs(told.budget - budget) <= most * budget
    assert told.budget >= min(Decimal(budget), base * FLOOR)
    assert (told.budget == budget) == (told.step in (Step.FEW, Step.KEEP))


@pytest.fixture(scope="module")
def played() -> giving.Clients:
    return giving.make_clients(4000, np.random.default_rng(5))


def test_our_rule_tells_employees_apart_better_than_repeat_rates(played: giving.Clients) -> None:
    chance = np.random.default_rng(2)
    ranks = [giving.rank_staff(played, chance) for _ in range(25)]
    ours, raw = fmean(rank.ours for rank in ranks), fmean(rank.raw for rank in ranks)
    assert ours > 0.55
    assert ours > raw + 0.15


def test_money_is_better_spent_by_our_rule(played: giving.Clients) -> None:
    brought = {
        rule: fmean(giving.spend_well(played, np.random.default_rng(s), rule) for s in range(6))
        for rule in ("same", "raw", "ours")
    }
    assert brought["ours"] > 1.1 * brought["raw"] > brought["same"]


def test_the_useful_stands_before_the_one_who_gives_to_the_loyal(played: giving.Clients) -> None:
    chance = np.random.default_rng(3)
    assert fmean(giving.pair(played, chance) for _ in range(1000)) >= 0.8
