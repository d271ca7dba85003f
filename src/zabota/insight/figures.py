"""Shares of counted values; medians and deciles are those of `common.counted`. Plain Python."""

from dataclasses import dataclass

from zabota.common.counted import ENOUGH, Counted

__all__ = ["ENOUGH", "Counted", "Share"]


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """In whole per cent, never rounded up to all nor down to none; nothing of nothing."""
        if not self.whole:
            return None
        told = round(self.part * 100 / self.whole)
        if told == 100 and self.part < self.whole:
            return 99
        return 1 if told == 0 and self.part else told

    @property
    def few(self) -> bool:
        """Whether per cents would say more than is known."""
        return self.whole < ENOUGH
