"""One month of working time: sorted spans with running sums, any moment found at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate

NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Month:
    """Working spans [start, end) of one local month in UTC, and the working time before each.

    `days` are the local dates with any work, each with the moment its work ends.
    """

    begins: datetime
    ends: datetime
    starts: tuple[datetime, ...]
    closes: tuple[datetime, ...]
    before: tuple[timedelta, ...]
    after: tuple[timedelta, ...]
    days: tuple[tuple[date, datetime], ...]

    @classmethod
    def of(
        cls,
        begins: datetime,
        ends: datetime,
        days: Iterable[tuple[date, Sequence[tuple[datetime, datetime]]]],
    ) -> "Month":
        """Build from the spans of each local day, in order."""
        worked = [(day, spans) for day, spans in days if spans]
        spans = [span for _, of_day in worked for span in of_day]
        after = tuple(accumulate((end - start for start, end in spans), initial=NOTHING))
        return cls(
            begins=begins,
            ends=ends,
            starts=tuple(start for start, _ in spans),
            closes=tuple(end for _, end in spans),
            before=after[:-1],
            after=after[1:],
            days=tuple((day, of_day[-1][1]) for day, of_day in worked),
        )

    @property
    def total(self) -> timedelta:
        """All working time of the month."""
        return self.after[-1] if self.after else NOTHING

    def worked_until(self, at: datetime) -> timedelta:
        """Working time of the month that has passed at this moment."""
        found = bisect_right(self.starts, at) - 1
        if found < 0:
            return NOTHING
        return self.before[found] + min(at, self.closes[found]) - self.starts[found]

    def earliest(self, worked: timedelta) -> datetime:
        """The first moment at which this much (0 < worked <= total) has been worked: a closing."""
        found = bisect_left(self.after, worked)
        return self.starts[found] + (worked - self.before[found])

    def latest(self, worked: timedelta) -> datetime:
        """The last moment at which only this much (0 <= worked < total) has been: an opening."""
        found = bisect_right(self.before, worked) - 1
        return self.starts[found] + (worked - self.before[found])

    def is_working(self, at: datetime) -> bool:
        """Whether the moment lies in a working span."""
        found = bisect_right(self.starts, at) - 1
        return found >= 0 and at < self.closes[found]
