"""Partial pooling: what was measured of each, drawn to what is typical of all, the more the less is
known of it (empirical Bayes in the normal model: Efron, Morris 1975; Gelman et al., BDA3, 5.4).

How much people differ is not guessed but weighed over a grid, so that an interval is honest with
three people as well as with three hundred.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

type Floats = NDArray[np.float64]

GRID = np.linspace(0.0, 4.0, 81)
HALVINGS = 50


@dataclass(frozen=True)
class Estimate:
    """What is believed of one: the mean and the ends of the interval; the chance that it is above
    nothing and above what is typical. `raw` is what was measured, `error` how uncertain that is.
    """

    raw: float
    error: float
    mean: float
    low: float
    high: float
    above_nothing: float
    above_typical: float


@dataclass(frozen=True)
class Pooled:
    """What is typical, how much people differ (a standard deviation), and what is believed of each
    in the order given.
    """

    typical: float
    spread: float
    estimates: tuple[Estimate, ...]


def pool(
    raw: Sequence[float], errors: Sequence[float], *, scale: float, sure: float = 0.8
) -> Pooled:
    """`errors` are standard errors, above 0. `scale` is a large effect in the same unit: before
    anything is seen, the typical one and how much people differ are held to be about as large. The
    interval holds `sure` of what is believed.
    """
    y, v = np.asarray(raw, dtype=np.float64), np.asarray(errors, dtype=np.float64) ** 2
    if not len(y):
        return Pooled(0.0, 0.0, ())
    spreads = GRID * scale
    total = v[None, :] + spreads[:, None] ** 2
    precision = scale**-2 + (1.0 / total).sum(axis=1)
    typical, unsure = (y / total).sum(axis=1) / precision, 1.0 / precision
    weights = _weights(y, total, precision, scale)

    kept = spreads[:, None] ** 2 / total
    own = kept * v[None, :]
    means = kept * y[None, :] + (1.0 - kept) * typical[:, None]
    sds = np.sqrt(own + (1.0 - kept) ** 2 * unsure[:, None])
    apart = kept * (y[None, :] - typical[:, None])
    apart_sds = np.sqrt(own + kept**2 * unsure[:, None])
    ratio = np.divide(apart, apart_sds, out=np.zeros_like(apart), where=apart_sds > 0)

    mean = weights @ means
    tail = (1.0 - sure) / 2.0
    low, high = (_quantiles(weights, means, sds, at) for at in (tail, 1.0 - tail))
    nothing, above = (np.minimum(weights @ ndtr(one), 1.0) for one in (means / sds, ratio))
    estimates = tuple(
        Estimate(*(float(value) for value in one))
        for one in zip(y, np.sqrt(v), mean, low, high, nothing, above, strict=True)
    )
    return Pooled(float(weights @ typical), float(weights @ spreads), estimates)


def _weights(y: Floats, total: Floats, precision: Floats, scale: float) -> Floats:
    """How likely each spread is: its own odds (half a normal) by how well it tells what was seen,
    with the typical effect integrated out.
    """
    squares = (y[None, :] ** 2 / total).sum(axis=1) - (y[None, :] / total).sum(
        axis=1
    ) ** 2 / precision
    logs = -0.5 * (np.log(total).sum(axis=1) + np.log(precision) + squares + GRID**2)
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _quantiles(weights: Floats, means: Floats, sds: Floats, at: float) -> Floats:
    """Of a mixture of normals, by halving."""
    low, high = (means - 6.0 * sds).min(axis=0), (means + 6.0 * sds).max(axis=0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        below = weights @ ndtr((middle[None, :] - means) / sds) < at
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2.0
