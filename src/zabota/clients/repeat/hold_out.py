"""How well it was foretold: the weeks after a day beside what was expected of them on that day."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

import numpy as np

from zabota.clients.repeat.purchases import (
    WEEK,
    Flags,
    Floats,
    Histories,
    Purchases,
    bought_after,
    histories,
)

# As published: those with seven purchases after the first and more stand together.
TOGETHER_FROM: Final = 7


class Foreteller(Protocol):
    """The model, or the base rates."""

    def expected_after(self, of: Histories, weeks: Floats | float) -> Floats: ...
    def chance_after(self, of: Histories, weeks: Floats | float) -> Floats: ...


@dataclass(frozen=True)
class HoldOutRow:
    """Clients with `again` purchases after the first (the last row: so many and more): purchases
    per client in the weeks held out, and the share that came at all.
    """

    again: int
    clients: int
    actual: float
    expected: float
    came: float
    chance: float


@dataclass(frozen=True)
class HoldOut:
    """The table; in sum, and `doubt`: by how much shares of groups were foretold wrongly beyond
    what chance does, as a standard deviation.
    """

    weeks: float
    rows: tuple[HoldOutRow, ...]
    clients: int
    actual: float
    expected: float
    mean_error: float
    doubt: float


def hold_out(
    foreteller: Foreteller,
    purchases: Purchases,
    end: date,
    last: date,
    without: Flags | None = None,
) -> HoldOut | None:
    """What was known at the end of one day, and what came until the end of another; none where
    nothing lies between. Clients marked in `without` do not count.
    """
    weeks = (last - end).days / WEEK
    of = histories(purchases, end)
    if without is not None:
        of = of.only(~without[of.client])
    if weeks <= 0 or not len(of):
        return None
    bought = bought_after(purchases, of, end, last)
    expected = foreteller.expected_after(of, weeks)
    chance = foreteller.chance_after(of, weeks)
    group = np.minimum(of.again, TOGETHER_FROM).astype(np.int64)
    rows, spread, weight = [], 0.0, 0.0
    for again in range(int(group.max()) + 1):
        own = group == again
        if not own.any():
            continue
        count, came, foretold = int(own.sum()), (bought[own] > 0).mean(), chance[own].mean()
        by_chance = float((chance[own] * (1 - chance[own])).mean()) / count
        spread += count * max(0.0, float((came - foretold) ** 2) - by_chance)
        weight += count
        rows.append(
            HoldOutRow(again, count, float(bought[own].mean()), float(expected[own].mean()),
                       float(came), float(foretold))
        )  # fmt: skip
    return HoldOut(
        weeks, tuple(rows), len(of), float(bought.sum()), float(expected.sum()),
        float(np.abs(bought - expected).mean()), float(np.sqrt(spread / weight)),
    )  # fmt: skip
