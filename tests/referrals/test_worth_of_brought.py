"""What those who were brought are worth: matched by time, with an interval that holds."""

import random
from math import isclose

import pytest

from zabota.referrals.worth import Bought, compare_worth, student


def some(mean: float, count: int, quarter: str, rng: random.Random) -> list[Bought]:
    return [Bought(quarter, rng.gauss(mean, 20)) for _ in range(count)]


def test_few_data_say_nothing() -> None:
    rng = random.Random(1)
    found = compare_worth(some(100, 9, "2026-1", rng), some(80, 50, "2026-1", rng))
    assert not found.enough and (found.brought, found.others) == (9, 50)


def test_who_came_earlier_does_not_look_better() -> None:
    """Brought ones came long ago and have bought more since, as have all of that time."""
    rng = random.Random(2)
    brought = some(200, 30, "2024-1", rng) + some(100, 10, "2026-1", rng)
    others = some(200, 20, "2024-1", rng) + some(100, 200, "2026-1", rng)
    found = compare_worth(brought, others)
    assert found.low is not None and found.high is not None
    assert found.low < 0 < found.high


def test_a_quarter_of_their_own_is_left_out() -> None:
    rng = random.Random(3)
    brought = some(100, 12, "2026-1", rng) + some(900, 5, "2023-1", rng)
    found = compare_worth(brought, some(100, 12, "2026-1", rng))
    assert (found.brought, found.left_out) == (12, 5)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    rng, held = random.Random(4), 0
    for _ in range(300):
        brought = some(120, 12, "a", rng) + some(70, 8, "b", rng)
        others = some(100, 15, "a", rng) + some(50, 30, "b", rng)
        found = compare_worth(brought, others)
        assert found.low is not None and found.high is not None
        held += found.low <= 20 <= found.high
    assert 0.92 <= held / 300 <= 1


@pytest.mark.parametrize(
    ("freedom", "t"), [(9, 2.2622), (20, 2.0860), (60, 2.0003), (1e9, 1.95996)]
)
def test_the_quantile_is_that_of_the_tables(freedom: float, t: float) -> None:
    assert isclose(student(freedom), t, rel_tol=1e-3)
