"""Medians and ninth deciles of counted values, exact. Plain Python.

Values come counted, as the database groups them: how many took so many minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Of fewer no share is told in per cent, and no ninth decile.
ENOUGH = 10


@dataclass
class Counted:
    """How many took how long, in minutes."""

    times: dict[int, int] = field(default_factory=dict)

    def add(self, value: int, count: int) -> None:
        """So many more took so long."""
        self.times[value] = self.times.get(value, 0) + count

    @property
    def count(self) -> int:
        return sum(self.times.values())

    @property
    def median(self) -> int | None:
        """The one in the middle, or the mean of the two, to a whole minute."""
        count = self.count
        if not count:
            return None
        low, high = at_place(self.times, (count + 1) // 2), at_place(self.times, count // 2 + 1)
        return (low + high + 1) // 2

    @property
    def ninth(self) -> int | None:
        """The shortest time within which nine of ten fall; nothing for fewer than ten."""
        count = self.count
        return at_place(self.times, -(-count * 9 // 10)) if count >= ENOUGH else None


def at_place(times: Mapping[int, int], place: int) -> int:
    """The value at a place, from one on, of all in rising order."""
    for value in sorted(times):
        place -= times[value]
        if place <= 0:
            return value
    raise IndexError("fewer values than that")
