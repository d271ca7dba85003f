"""What those who were brought are worth, against others who came at the same time. Plain Python.

Compared is what a client has bought since their first purchase. Others count as much as there are
brought ones whose first purchase was in the same quarter (post-stratification), so that whoever has
had more time to buy does not look better. The interval is Welch's, 95 %; the quantile of Student's
t is approximated by Cornish and Fisher's expansion (Abramowitz and Stegun 26.7.5), within 0.1 %
from nine degrees of freedom on.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, variance
from typing import Final

# With fewer on either side nothing is said.
LEAST: Final = 10
SURE: Final = 0.95


@dataclass(frozen=True)
class Bought:
    """A client: the quarter of their first purchase (any ordered key), what they bought since."""

    quarter: str
    sum: float


@dataclass(frozen=True)
class Compared:
    """Means in money, and the difference with its interval; `left_out` came in a quarter in which
    nobody else came. Where data are few there is no difference, and `enough` says so.
    """

    brought: int
    others: int
    left_out: int
    mean: float | None
    mean_of_others: float | None
    difference: float | None
    low: float | None
    high: float | None

    @property
    def enough(self) -> bool:
        """Whether anything can be said."""
        return self.difference is not None


def compare_worth(brought: Iterable[Bought], others: Iterable[Bought]) -> Compared:
    """The mean of those brought against others of the same quarters."""
    ours, theirs = _by_quarter(brought), _by_quarter(others)
    matched = [one for quarter in ours if quarter in theirs for one in ours[quarter]]
    left_out = sum(map(len, ours.values())) - len(matched)
    beside = [one for quarter in theirs if quarter in ours for one in theirs[quarter]]
    if len(matched) < LEAST or len(beside) < LEAST:
        return Compared(len(matched), len(beside), left_out, None, None, None, None, None)
    mean = fmean(matched)
    of_mean = variance(matched) / len(matched)
    pooled = variance(beside)
    mean_of_others = of_others = parts = 0.0
    for quarter, sums in ours.items():
        if quarter not in theirs:
            continue
        there, weight = theirs[quarter], len(sums) / len(matched)
        spread = variance(there) if len(there) > 1 else pooled
        mean_of_others += weight * fmean(there)
        of_others += weight**2 * spread / len(there)
        parts += (weight**2 * spread / len(there)) ** 2 / max(1, len(there) - 1)
    far = _far(of_mean, len(matched), of_others, parts)
    gap = mean - mean_of_others
    return Compared(
        len(matched), len(beside), left_out, mean, mean_of_others, gap, gap - far, gap + far
    )


def _far(of_mean: float, count: int, of_others: float, parts: float) -> float:
    """Half the interval: Welch and Satterthwaite's degrees of freedom over all quarters."""
    whole = of_mean + of_others
    if whole == 0:
        return 0.0
    freedom = whole**2 / (of_mean**2 / (count - 1) + parts)
    return student(freedom) * sqrt(whole)


def student(freedom: float, sure: float = SURE) -> float:
    """Student's t so that `sure` lies within plus and minus it."""
    z = NormalDist().inv_cdf(0.5 + sure / 2)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def _by_quarter(rows: Iterable[Bought]) -> dict[str, Sequence[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        found[row.quarter].append(row.sum)
    return dict(found)
