"""Reports as they are printed: tiles, charts, tables, and the same tables to take along."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import get_language, gettext

from zabota.common import formats
from zabota.common.export import Table
from zabota.insight.charts import Bars, Columns, Given
from zabota.insight.figures import ENOUGH, Counted, Share

MOST_LINES: Final = 14


@dataclass(frozen=True)
class Shown:
    """One cell: its words, whether it is bad, the list behind it."""

    words: str
    url: str = ""
    late: bool = False


@dataclass(frozen=True)
class Line:
    """One row of a table."""

    name: str
    url: str
    cells: Sequence[Shown]

    def labelled(self, head: Sequence[str]) -> list[tuple[str, Shown]]:
        """Cells with the names of their columns."""
        return list(zip(head[1:], self.cells, strict=True))


@dataclass(frozen=True)
class Tile:
    """One figure with what it means."""

    title: str
    big: str
    note: str = ""
    late: bool = False
    url: str = ""


@dataclass(frozen=True)
class Section:
    """Charts with the table they were drawn from."""

    title: str
    head: Sequence[str]
    lines: Sequence[Line]
    charts: Sequence[Bars | Columns] = ()

    @property
    def folded(self) -> bool:
        """Whether the table is long enough to be opened only by whoever wants it."""
        return bool(self.charts) and len(self.lines) > MOST_LINES

    @property
    def rows(self) -> list[tuple[Line, list[tuple[str, Shown]]]]:
        return [(line, line.labelled(self.head)) for line in self.lines]


@dataclass(frozen=True)
class Report:
    """A whole page of it; `tables` are for a file: figures, not words."""

    title: str
    tiles: Sequence[Tile]
    sections: Sequence[Section]
    tables: Sequence[Table]
    empty: bool = False
    cut: bool = True
    notes: Sequence[str] = field(default_factory=list)


def share_words(share: Share) -> str:
    """Per cent; of few, how many of how many."""
    if share.percent is None:
        return "—"
    if share.few:
        return gettext("%(part)d of %(whole)d") % {"part": share.part, "whole": share.whole}
    return f"{share.percent}%"


def minutes_words(minutes: int | None) -> str:
    """Working time."""
    return "—" if minutes is None else formats.hours(minutes, get_language() or "ru")


def median_words(took: Counted) -> str:
    """The median; of few values with how many there are."""
    words = minutes_words(took.median)
    if not took.count or took.ninth is not None:
        return words
    time, paren, count = (
        gettext("%(time)s (of %(count)d)") % {"time": words, "count": took.count}
    ).partition("(")
    return time + paren + count.replace(" ", "\u00a0")


def bar_of(name: str, took: Counted, said: str) -> Given:
    """To the ninth decile with the median marked; of few values to the median."""
    return Given(name, took.ninth or took.median, said, took.median if took.ninth else None)


def few_note(*counts: int) -> list[str]:
    """Said where a table has groups too small for shares."""
    if not any(0 < count < ENOUGH for count in counts):
        return []
    return [
        gettext(
            "Of fewer than ten we say how many of how many; per cent and the ninth decile would"
            " promise more than is known."
        )
    ]


def spoken(bars: Sequence[Given]) -> str:
    """What bars say, in a row, for whoever does not see them."""
    return "; ".join(f"{one.name}: {one.said}" for one in bars)
