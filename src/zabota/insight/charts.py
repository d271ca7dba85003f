"""Charts as shapes: a template draws them as SVG, CSS gives them their colours. Plain Python.

Units are those of the drawing, 400 wide whatever the screen, so that letters stay readable on a
phone. Numbers are strings with a point: a template would write them with the reader's comma.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 400
ROW, TOP, BAR, MARK = 42, 4, 12, 3
HIGH, LEFT, FOOT = 150, 34, 22


@dataclass(frozen=True)
class Given:
    """One bar: how long it is and what stands beside it. `mark` is a second value within the first
    (a median, the share by the first date); `late` says that it is bad.
    """

    name: str
    value: float | None
    said: str
    mark: float | None = None
    late: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar as it is drawn."""

    name: str
    said: str
    words_y: str
    y: str
    width: str
    mark: str
    late: bool


@dataclass(frozen=True)
class Bars:
    """Bars below each other, each under its name."""

    title: str
    about: str
    id: str
    bars: list[Bar]
    height: int
    width: int = WIDTH
    thick: int = BAR
    mark: int = MARK


def lay_bars(
    id: str, title: str, about: str, given: Sequence[Given], most: float | None = None
) -> Bars:
    """Bars over a scale that ends at `most`, or at the longest of them."""
    top = most or max([one.value or 0 for one in given] + [one.mark or 0 for one in given] + [1])
    bars = [
        Bar(
            name=one.name,
            said=one.said,
            words_y=_n(TOP + place * ROW + 15),
            y=_n(TOP + place * ROW + 22),
            width=_n(WIDTH * min(one.value or 0, top) / top),
            mark=_n((WIDTH - MARK) * min(one.mark, top) / top) if one.mark is not None else "",
            late=one.late,
        )
        for place, one in enumerate(given)
    ]
    return Bars(title, about, id, bars, TOP * 2 + ROW * len(bars))


@dataclass(frozen=True)
class Column:
    """A column as it is drawn; what it says is read by those who ask."""

    x: str
    y: str
    width: str
    height: str
    said: str


@dataclass(frozen=True)
class Line:
    """A line of the scale, or a word under the columns."""

    at: str
    words: str


@dataclass(frozen=True)
class Columns:
    """Columns beside each other over a scale."""

    title: str
    about: str
    id: str
    columns: list[Column]
    lines: list[Line]
    words: list[Line]
    height: int = HIGH + FOOT
    width: int = WIDTH
    left: int = LEFT
    foot: int = HIGH + FOOT - 5


def lay_columns(
    id: str,
    title: str,
    about: str,
    given: Sequence[tuple[str, int, str]],
    most_words: int = 5,
    *,
    from_first: bool = False,
) -> Columns:
    """(name under it, value, what it says) for each column, over whole numbers from nothing on.
    Not every column has its name under it: those in the middle of so many, or `from_first` on.
    """
    top = _round_up(max([value for _name, value, _said in given] + [1]))
    step = (WIDTH - LEFT) / max(1, len(given))
    columns = [
        Column(
            x=_n(LEFT + place * step + step * 0.1),
            y=_n(HIGH - (HIGH - 12) * value / top),
            width=_n(max(0.6, step * 0.8)),
            height=_n((HIGH - 12) * value / top),
            said=said,
        )
        for place, (_name, value, said) in enumerate(given)
    ]
    every = -(-len(given) // most_words) if given else 1
    words = [
        Line(_n(LEFT + place * step + step / 2), name)
        for place, (name, _value, _said) in enumerate(given)
        if place % every == (0 if from_first else every // 2)
    ]
    scale = sorted({0, top // 2, top})
    lines = [Line(_n(HIGH - (HIGH - 12) * value / top), str(value)) for value in scale]
    return Columns(title, about, id, columns, lines, words)


def _round_up(value: int) -> int:
    """A whole number that halves well and is no less."""
    size = 1
    while True:
        for step in (2, 4, 6, 10):
            if step * size >= value:
                return step * size
        size *= 10


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
