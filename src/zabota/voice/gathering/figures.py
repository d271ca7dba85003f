"""Shares and deciles of how everyone who wrote was thanked. Minutes come counted, as the database
groups them: how many took so many.
"""

from dataclasses import dataclass, field
from typing import Final

# Of fewer no share is told in per cent, and no ninth decile.
ENOUGH: Final = 10


@dataclass
class Coverage:
    """Of those found: how many were thanked, wait, wait though late, were set aside; how long those
    thanked had waited, in working minutes.
    """

    found: int = 0
    thanked: int = 0
    waiting: int = 0
    late: int = 0
    aside: int = 0
    minutes: dict[int, int] = field(default_factory=dict)

    @property
    def counted(self) -> int:
        """Those about us: whoever of them is not thanked lacks."""
        return self.found - self.aside

    @property
    def percent(self) -> int | None:
        """Share thanked, in whole per cent, never rounded up to all nor down to none."""
        if not self.counted:
            return None
        told = round(self.thanked * 100 / self.counted)
        if told == 100 and self.thanked < self.counted:
            return 99
        return 1 if told == 0 and self.thanked else told

    @property
    def few(self) -> bool:
        """Whether per cents would say more than is known."""
        return self.counted < ENOUGH

    @property
    def median(self) -> int | None:
        """The one in the middle, or the mean of the two."""
        count = sum(self.minutes.values())
        if not count:
            return None
        low, high = self._at((count + 1) // 2), self._at(count // 2 + 1)
        return (low + high + 1) // 2

    @property
    def ninth(self) -> int | None:
        """The shortest time within which nine of ten were thanked; nothing for fewer than ten."""
        count = sum(self.minutes.values())
        return self._at(-(-count * 9 // 10)) if count >= ENOUGH else None

    def add(self, other: "Coverage") -> None:
        """Those of another group, too."""
        for name in ("found", "thanked", "waiting", "late", "aside"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for value, count in other.minutes.items():
            self.minutes[value] = self.minutes.get(value, 0) + count

    def _at(self, place: int) -> int:
        for value in sorted(self.minutes):
            place -= self.minutes[value]
            if place <= 0:
                return value
        raise IndexError("fewer values than that")
