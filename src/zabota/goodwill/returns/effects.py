"""What the gifts of each employee did: who came back beside who would have come anyway."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zabota.goodwill.returns.pool import Estimate, pool

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]

# A gift that brings a fifth of those back who would not have come is a very good one.
LARGE: Final = 0.1
# Nobody is so sure to come, or to stay away, that a coming says nothing.
SUREST: Final = 0.03


@dataclass(frozen=True)
class Outcome:
    """One gift whose weeks are over: did the client buy in them, and how likely it was anyway;
    how often and for how much, beside what was expected. `cost` is what was given.
    """

    employee: int
    came: bool
    chance: float
    purchases: float = 0.0
    expected: float = 0.0
    sum: float = 0.0
    expected_sum: float = 0.0
    cost: float = 0.0


@dataclass(frozen=True)
class Effect:
    """Of one employee: how many gifts; how many came back and how many would have; `points` is the
    difference per gift as it is believed; `back`, `back_low`, `back_high` what each unit of money
    given brought beyond what would have come, none where nothing was spent. `extra` purchases and
    `extra_sum` are plain differences, nothing drawn to anything.
    """

    employee: int
    gifts: int
    came: int
    would_have: float
    points: Estimate
    cost: float
    extra: float
    extra_sum: float
    back: float | None
    back_low: float | None
    back_high: float | None


@dataclass(frozen=True)
class Effects:
    """Of all: what is typical, how much people differ, and each employee's by its number."""

    typical: float
    spread: float
    by_employee: dict[int, Effect]


def reckon_effects(outcomes: Sequence[Outcome], *, doubt: float = 0.0) -> Effects:
    """`doubt` is by how much the model itself is wrong about a group (its hold-out says so): it
    does not grow less with the number of gifts.
    """
    if not outcomes:
        return Effects(0.0, 0.0, {})
    people, places = np.unique([one.employee for one in outcomes], return_inverse=True)
    who = places.astype(np.int64)
    came = np.array([one.came for one in outcomes], dtype=np.float64)
    chance = np.clip([one.chance for one in outcomes], 0.0, 1.0)
    gifts = np.bincount(who).astype(np.float64)
    raw = np.bincount(who, weights=came - chance) / gifts
    # How uncertain: by the chances as they were with the gifts of this firm, not without them.
    given = np.clip(chance + float((came - chance).mean()), SUREST, 1.0 - SUREST)
    errors = np.sqrt(np.bincount(who, weights=given * (1.0 - given)) / gifts**2 + doubt**2)
    pooled = pool(raw.tolist(), errors.tolist(), scale=LARGE)
    totals = _totals(outcomes, who, came, chance)
    told = {
        int(employee): _effect(int(employee), int(count), points, totals[:, place])
        for place, (employee, count, points) in enumerate(
            zip(people, gifts, pooled.estimates, strict=True)
        )
    }
    return Effects(pooled.typical, pooled.spread, told)


def _totals(outcomes: Sequence[Outcome], who: Whole, came: Floats, chance: Floats) -> Floats:
    """By employee: came, would have, cost, purchases and sums beyond the expected ones, and what
    those who come spend, had each of them come.
    """
    columns = (
        came,
        chance,
        np.array([one.cost for one in outcomes], dtype=np.float64),
        np.array([one.purchases - one.expected for one in outcomes], dtype=np.float64),
        np.array([one.sum - one.expected_sum for one in outcomes], dtype=np.float64),
        np.array([one.expected_sum for one in outcomes]) / np.maximum(chance, SUREST),
    )
    return np.array([np.bincount(who, weights=column) for column in columns])


def _effect(employee: int, gifts: int, points: Estimate, totals: Floats) -> Effect:
    came, would_have, cost, extra, extra_sum, worth = (float(value) for value in totals)
    rate = worth / cost if cost > 0 else None
    back, low, high = (
        None if rate is None else value * rate for value in (points.mean, points.low, points.high)
    )
    return Effect(
        employee, gifts, round(came), would_have, points, cost, extra, extra_sum, back, low, high
    )
