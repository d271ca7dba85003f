"""The line as shapes: a template draws them as SVG, a table says the same. Plain Python.

Units are those of the drawing, 400 wide whatever the screen. Numbers are strings with a point.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zabota.common.working_time import Calendar
from zabota.orders.timeline.line import Ends, Line, Missed, Step, end_of_day

WIDTH = 400
ROW, TOP, BAR, MARKED = 40, 6, 12, 17
# The hold itself stands above the steps.
HOLD = "hold"
# What is shorter than this could not be seen.
LEAST = 3


@dataclass(frozen=True)
class Bar:
    """One row: how the step usually goes, how much of that lies after the goods are kept (`over`),
    and how much later it may end. `late` tells that it usually ends too late.
    """

    key: str
    words_y: str
    y: str
    x: str
    width: str
    over_x: str
    over_width: str
    late_x: str
    late_width: str
    late: bool


@dataclass(frozen=True)
class Mark:
    """A day the line is compared with: its words stand below the rows, on a line of their own, to
    the left of it where there is no room to the right.
    """

    what: str
    x: str
    words_y: str
    day: date
    anchor: str


@dataclass(frozen=True)
class Picture:
    """Rows below each other over one scale of days."""

    rows: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    height: int
    foot: int
    width: int = WIDTH
    thick: int = BAR


def draw(line: Line, ends: Ends, calendar: Calendar) -> Picture:
    """The hold on top, the steps below it in their order, and the days they are compared with."""
    days = {
        Missed.HOLD: ends.hold,
        Missed.INVOICE: ends.invoice,
        Missed.NEEDED: ends.needed,
    }
    moments = {what: end_of_day(day, calendar) for what, day in days.items() if day is not None}
    last = max([line.end, line.start + timedelta(days=1), *moments.values()])
    scale = _Scale(line.start, last)
    held = moments.get(Missed.HOLD)
    rows = [] if held is None else [_bar(HOLD, 0, line.start, held, held, None, scale)]
    for one in line.steps:
        kept = held if one.step != Step.DELIVERY else moments.get(Missed.NEEDED)
        rows.append(_bar(one.step, len(rows), one.begins, one.ends, one.ends_late, kept, scale))
    foot = TOP + ROW * len(rows)
    # The hold's own day stands beside its row.
    said = [what for what in moments if what != Missed.HOLD]
    marks = [
        Mark(
            what,
            scale.at(moment),
            _n(foot + MARKED * (said.index(what) if what in said else 0) - 3),
            day,
            "end" if scale.far(moment) else "start",
        )
        for what, moment in moments.items()
        if (day := days[what]) is not None
    ]
    return Picture(tuple(rows), tuple(marks), foot + MARKED * len(said), foot)


@dataclass(frozen=True)
class _Scale:
    start: datetime
    last: datetime

    def share(self, moment: datetime) -> float:
        whole = (self.last - self.start).total_seconds()
        return min(1.0, max(0.0, (moment - self.start).total_seconds() / whole))

    def at(self, moment: datetime) -> str:
        return _n(WIDTH * self.share(moment))

    def far(self, moment: datetime) -> bool:
        return self.share(moment) > 0.6

    def wide(self, since: datetime, until: datetime, least: float = 0) -> str:
        return _n(max(least, WIDTH * (self.share(until) - self.share(since))))


def _bar(
    key: str,
    place: int,
    begins: datetime,
    ends: datetime,
    late: datetime,
    kept: datetime | None,
    scale: _Scale,
) -> Bar:
    top = TOP + ROW * place
    kept_until = ends if kept is None else min(max(kept, begins), ends)
    return Bar(
        key=key,
        words_y=_n(top + 13),
        y=_n(top + 19),
        x=_n(min(WIDTH * scale.share(begins), WIDTH - LEAST)),
        width=scale.wide(begins, ends, LEAST),
        over_x=_n(min(WIDTH * scale.share(kept_until), WIDTH - LEAST)),
        over_width=scale.wide(kept_until, ends, LEAST) if kept_until < ends else "0",
        late_x=scale.at(ends),
        late_width=scale.wide(ends, late),
        late=kept is not None and ends > kept,
    )


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
