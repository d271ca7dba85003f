"""A model put right by clients that were left alone in the same weeks.

BG/NBD tells an average well, some groups less well, and of seasons it knows nothing; what a gift
did is a matter of a few points, so those who got one stand beside those with a like history who
got none.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from scipy.special import expit, logit

from zabota.clients.repeat.hold_out import Foreteller
from zabota.clients.repeat.purchases import (
    Flags,
    Floats,
    Histories,
    Purchases,
    bought_after,
    histories,
)

# Before anything is seen the model is held to be right: level 0, slope 1, as sure as these say.
LEVEL_SD, SLOPE_SD, AGAIN_SD = 1.0, 0.5, 0.5
# So many purchases beside which the counted ones weigh.
WEIGHT: Final = 20.0
ROUNDS: Final = 30
EDGE: Final = 1e-6


@dataclass(frozen=True)
class Calibrated:
    """logit(chance) becomes level + slope × logit(chance) + again × log(1 + purchases after the
    first); counts are multiplied by `times`. Told from so many `clients` over so many `weeks`.
    """

    model: Foreteller
    level: float
    slope: float
    again: float
    times: float
    weeks: float
    clients: int

    def expected_after(self, of: Histories, weeks: Floats | float) -> Floats:
        """As the model says, put right."""
        return self.model.expected_after(of, weeks) * self.times

    def chance_after(self, of: Histories, weeks: Floats | float) -> Floats:
        """As the model says, put right. Within no time nobody comes."""
        chance = self.model.chance_after(of, weeks)
        told = self.level + self.slope * _logit(chance) + self.again * np.log1p(of.again)
        return np.where(chance > 0, np.asarray(expit(told)), 0.0)


def calibrate(
    model: Foreteller,
    purchases: Purchases,
    cut: date,
    weeks: float,
    *,
    without: Flags | None = None,
) -> Calibrated:
    """By the weeks that followed `cut`. Clients marked in `without` (by their place in the names)
    do not count: those who got a gift then.
    """
    of = histories(purchases, cut)
    if without is not None:
        of = of.only(~without[of.client])
    bought = bought_after(purchases, of, cut, cut + timedelta(weeks=weeks))
    x = np.stack([np.ones(len(of)), _logit(model.chance_after(of, weeks)), np.log1p(of.again)])
    level, slope, again = _logistic(x, bought > 0)
    expected = float(model.expected_after(of, weeks).sum())
    times = (float(bought.sum()) + WEIGHT) / (expected + WEIGHT)
    return Calibrated(model, level, slope, again, times, weeks, len(of))


def _logistic(x: Floats, came: Flags) -> tuple[float, float, float]:
    """By Newton; three parameters with normal odds of their own."""
    middle = np.array([0.0, 1.0, 0.0])
    sure = np.array([LEVEL_SD, SLOPE_SD, AGAIN_SD]) ** -2
    beta = middle.copy()
    for _ in range(ROUNDS):
        p = expit((beta[:, None] * x).sum(axis=0))
        slope = (x * (came - p)).sum(axis=1) - sure * (beta - middle)
        curved = np.einsum("in,jn,n->ij", x, x, p * (1 - p)) + np.diag(sure)
        step = np.linalg.solve(curved, slope)
        beta = beta + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return float(beta[0]), float(beta[1]), float(beta[2])


def _logit(chance: Floats) -> Floats:
    return np.asarray(logit(np.clip(chance, EDGE, 1 - EDGE)))
