"""Whether a client has left, by their own rhythm. Plain Python.

The rhythm is the median of the gaps between their days of purchase, in days. Somebody who bought
every month and has not come for three months is gone; who comes once a year is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Final

# Fewer days of purchase tell no rhythm.
LEAST_DAYS: Final = 3
# Nobody is called gone sooner than that, however often they came.
LEAST_SILENCE: Final = 30


@dataclass(frozen=True)
class Silence:
    """How long nothing was bought, against how often it used to be; both in days."""

    last: date
    silent: int
    rhythm: float

    @property
    def times(self) -> float:
        """How many of their own gaps they have been silent."""
        return self.silent / self.rhythm


def find_silence(days: Iterable[date], today: date, times: int) -> Silence | None:
    """How long they have been silent, if that is longer than `times` their rhythm; None where they
    still come, or where nobody can tell.
    """
    bought = sorted({day for day in days if day <= today})
    if len(bought) < LEAST_DAYS:
        return None
    gaps = [(later - earlier).days for earlier, later in pairwise(bought)]
    rhythm = float(median(gaps))
    silent = (today - bought[-1]).days
    if silent <= max(LEAST_SILENCE, times * rhythm):
        return None
    return Silence(bought[-1], silent, rhythm)
