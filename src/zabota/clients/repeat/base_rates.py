"""What is said of clients where purchases are too few for a model: how often those with a like
history came back before. Groups of few are drawn to everybody's rate.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from zabota.clients.repeat.purchases import (
    Floats,
    Histories,
    Purchases,
    Whole,
    bought_after,
    histories,
)

# A group begins at so many purchases after the first, and at so many weeks without any.
AGAIN: Final = (0, 1, 2, 4)
QUIET: Final = (0, 8, 26)
# Everybody's rate weighs as much in a group as so many clients.
WEIGHT: Final = 10.0
FEWEST: Final = 20
LOOKS: Final = 4


@dataclass(frozen=True)
class BaseRates:
    """By group (rows as AGAIN, columns as QUIET): of how many clients it was told, what share came
    back within `weeks` and how many times; `looks` is how often the past was looked at.
    """

    weeks: float
    clients: tuple[tuple[float, ...], ...]
    share: tuple[tuple[float, ...], ...]
    times: tuple[tuple[float, ...], ...]
    looks: int = 1

    def expected_after(self, of: Histories, weeks: Floats | float) -> Floats:
        """Purchases within so many weeks by those with a like history."""
        return self._of(self.times, of) * np.asarray(weeks, dtype=np.float64) / self.weeks

    def chance_after(self, of: Histories, weeks: Floats | float) -> Floats:
        """The share of those with a like history that came back within so many weeks."""
        share = np.minimum(self._of(self.share, of), 0.999)
        part = np.asarray(weeks, dtype=np.float64) / self.weeks
        return np.asarray(-np.expm1(np.log1p(-share) * part))

    def _of(self, table: tuple[tuple[float, ...], ...], of: Histories) -> Floats:
        again, quiet = groups(of)
        return np.asarray(table, dtype=np.float64)[again, quiet]


def groups(of: Histories) -> tuple[Whole, Whole]:
    """In which row and which column each stands."""
    return (
        np.searchsorted(AGAIN, of.again, side="right") - 1,
        np.searchsorted(QUIET, of.age - of.last, side="right") - 1,
    )


def reckon_base_rates(purchases: Purchases, end: date, weeks: float) -> BaseRates | None:
    """From what followed, within so many weeks, several days of the past; none where fewer than
    FEWEST clients had bought by the latest of those days.
    """
    shape = (len(AGAIN), len(QUIET))
    clients, came, times = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    looks = 0
    for look in range(LOOKS):
        cut = end - timedelta(weeks=weeks * (1 + look / 2))
        of = histories(purchases, cut)
        if len(of) < FEWEST:
            break
        bought = bought_after(purchases, of, cut, cut + timedelta(weeks=weeks))
        where = groups(of)
        np.add.at(clients, where, 1.0)
        np.add.at(came, where, bought > 0)
        np.add.at(times, where, bought)
        looks += 1
    if not looks:
        return None
    everybody = clients.sum()
    share = (came + WEIGHT * came.sum() / everybody) / (clients + WEIGHT)
    often = (times + WEIGHT * times.sum() / everybody) / (clients + WEIGHT)
    return BaseRates(weeks, _told(clients), _told(share), _told(often), looks)


def _told(table: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(cell) for cell in row) for row in table)
