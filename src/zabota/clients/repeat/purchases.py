"""Purchases as arrays, and what of them the models need of each client: how often, when last, since
when, for how much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]
type Flags = NDArray[np.bool_]

WEEK = 7.0


@dataclass(frozen=True)
class Purchases:
    """One row per client and day, by client and then by day; what a client bought on one day is one
    purchase. `client` counts from 0 and is a place in `names`; `day` is a date's ordinal.
    """

    names: tuple[str, ...]
    client: Whole
    day: Whole
    sum: Floats

    def __len__(self) -> int:
        return len(self.client)

    @property
    def first_day(self) -> date:
        """When anybody bought first."""
        return date.fromordinal(int(self.day.min()))

    @property
    def last_day(self) -> date:
        """When anybody bought last."""
        return date.fromordinal(int(self.day.max()))


@dataclass(frozen=True)
class Histories:
    """Of each client that had bought by a day: `again` purchases after the first, the last of them
    `last` weeks after the first (0 where there was none), `age` weeks since the first, `mean` sum
    of those after the first (0 where there was none). All arrays are as long.
    """

    client: Whole
    again: Floats
    last: Floats
    age: Floats
    mean: Floats

    def __len__(self) -> int:
        return len(self.client)

    def only(self, which: Flags) -> "Histories":
        """Those of them."""
        return Histories(
            self.client[which], self.again[which], self.last[which], self.age[which],
            self.mean[which],
        )  # fmt: skip


def gather(
    clients: Sequence[str] | Sequence[int], days: Sequence[date], sums: Sequence[float]
) -> Purchases:
    """Rows in any order; those of one client on one day become one purchase."""
    names, client = np.unique(np.asarray(clients), return_inverse=True)
    day = np.fromiter((one.toordinal() for one in days), np.int64, len(days))
    told = tuple(str(name) for name in names)
    return join_days(told, client.astype(np.int64), day, np.asarray(sums, dtype=np.float64))


def join_days(names: tuple[str, ...], client: Whole, day: Whole, sums: Floats) -> Purchases:
    """The same from numbers."""
    order = np.lexsort((day, client))
    client, day, sums = client[order], day[order], sums[order]
    new = np.ones(len(client), dtype=bool)
    new[1:] = (client[1:] != client[:-1]) | (day[1:] != day[:-1])
    starts = np.flatnonzero(new)
    total = np.add.reduceat(sums, starts) if len(starts) else sums
    return Purchases(names, client[new], day[new], total)


def until(purchases: Purchases, end: date) -> Purchases:
    """Those up to this day, itself included."""
    known = purchases.day <= end.toordinal()
    return Purchases(
        purchases.names, purchases.client[known], purchases.day[known], purchases.sum[known]
    )


def histories(purchases: Purchases, end: date) -> Histories:
    """Of every client that had bought by the end of this day."""
    seen = until(purchases, end)
    starts = _starts(seen.client)
    counts = np.diff(np.append(starts, len(seen)))
    again = (counts - 1).astype(np.float64)
    first, last = seen.day[starts], seen.day[starts + counts - 1]
    total = np.add.reduceat(seen.sum, starts) if len(starts) else np.zeros(0)
    later = total - seen.sum[starts]
    mean = np.divide(later, again, out=np.zeros(len(starts)), where=again > 0)
    return Histories(
        seen.client[starts],
        again,
        (last - first) / WEEK,
        (end.toordinal() - first) / WEEK,
        mean,
    )


def bought_after(purchases: Purchases, of: Histories, end: date, last: date) -> Floats:
    """How many times each of them bought after `end`, up to `last` itself included."""
    after = (purchases.day > end.toordinal()) & (purchases.day <= last.toordinal())
    counts = np.bincount(purchases.client[after], minlength=len(purchases.names))
    return counts[of.client].astype(np.float64)


def histories_at(purchases: Purchases, client: Whole, day: Whole) -> Histories:
    """Of pairs of a client (its place in the names) and a day: what was known at the end of that
    day. Who had bought nothing yet is told as one who has just bought for the first time.
    """
    start, stop = _spans(purchases, client, day)
    known = stop > start
    again = np.maximum(stop - start - 1, 0).astype(np.float64)
    safe = np.minimum(start, max(len(purchases) - 1, 0))
    first = np.where(known, purchases.day[safe], day)
    last = np.where(known, purchases.day[np.maximum(stop - 1, 0)], day)
    totals = np.append(0.0, np.cumsum(purchases.sum))
    later = np.where(again > 0, totals[stop] - totals[np.minimum(start + 1, stop)], 0.0)
    mean = np.divide(later, again, out=np.zeros(len(again)), where=again > 0)
    return Histories(client, again, (last - first) / WEEK, (day - first) / WEEK, mean)


def bought_within(
    purchases: Purchases, client: Whole, day: Whole, weeks: float
) -> tuple[Floats, Floats]:
    """Of the same pairs: how many times, and for how much, they bought after that day within so
    many weeks.
    """
    _start, after = _spans(purchases, client, day)
    _start, stop = _spans(purchases, client, day + round(weeks * WEEK))
    totals = np.append(0.0, np.cumsum(purchases.sum))
    return (stop - after).astype(np.float64), totals[stop] - totals[after]


def _spans(purchases: Purchases, client: Whole, day: Whole) -> tuple[Whole, Whole]:
    """Where the rows of each client begin, and where those after the day do."""
    width = np.int64(1) << 24
    keys = purchases.client * width + purchases.day
    start = np.searchsorted(keys, client * width)
    return start.astype(np.int64), np.searchsorted(keys, client * width + day, "right").astype(
        np.int64
    )


def _starts(client: Whole) -> Whole:
    """Where each client's rows begin."""
    if not len(client):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.append(True, client[1:] != client[:-1])).astype(np.int64)
