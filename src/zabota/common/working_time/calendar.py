"""A working calendar: the week of a firm, its special days, a person's absences, and the zone.

Wall times are turned into moments by one monotone rule: *a wall time happens at the first moment
at which the clock on the wall shows it or later*. So a time skipped by the switch to summer is the
moment of the switch, a time shown twice is its first showing, and an interval over a switch
lasts as long as it really lasts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zabota.common.working_time.errors import BadCalendar, BadMoment
from zabota.common.working_time.month import Month

type Hours = tuple[Interval, ...]
type Span = tuple[datetime, datetime]
type Edge = date | datetime

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of work within one day by the wall clock; `end` of 00:00 means midnight after it.

    A night shift is two intervals: 22:00–00:00 of one day and 00:00–06:00 of the next.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start.tzinfo or self.end.tzinfo or self.closes <= self.opens:
            raise BadCalendar("empty_interval", {"start": self.start, "end": self.end})

    @property
    def opens(self) -> timedelta:
        """Wall-clock offset of the start from midnight."""
        return _offset(self.start)

    @property
    def closes(self) -> timedelta:
        """Wall-clock offset of the end from midnight, up to 24 hours."""
        return _offset(self.end) or DAY


@dataclass(frozen=True, slots=True)
class DaySpec:
    """A day unlike its weekday: off, shortened, or worked (a moved working Saturday).

    Without `intervals` a short or working day has its weekday's hours or, where that weekday is
    free, the hours of the week's first working day. `minutes_less` are cut off the end of a short
    day (Labour Code of Russia, art. 95: one hour).
    """

    kind: Literal["off", "short", "working"]
    intervals: Hours | None = None
    minutes_less: int = 60

    def __post_init__(self) -> None:
        if self.minutes_less < 0:
            raise BadCalendar("bad_minutes_less", {"minutes": self.minutes_less})


@dataclass(frozen=True)
class Calendar:
    """When somebody works: hours per weekday (0 is Monday), special days, absences, zone.

    `absences` are half-open spans in UTC, sorted and merged (made by `with_absences`).
    Immutable; computed months are remembered, so keep one calendar rather than make it anew.
    """

    zone: str
    week: Mapping[int, Hours]
    special: Mapping[date, DaySpec] = field(default_factory=dict)
    absences: tuple[Span, ...] = ()
    _tz: ZoneInfo = field(init=False, repr=False, compare=False)
    _months: dict[int, Month] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        try:
            zone = ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise BadCalendar("unknown_zone", {"zone": self.zone}) from error
        object.__setattr__(self, "_tz", zone)
        for weekday, hours in self.week.items():
            if weekday not in range(7):
                raise BadCalendar("bad_weekday", {"weekday": weekday})
            _check_apart(hours, {"weekday": weekday})
        for day, spec in self.special.items():
            _check_apart(spec.intervals or (), {"day": day})
            if spec.kind != "off" and spec.intervals is None and not any(self.week.values()):
                raise BadCalendar("no_usual_hours", {"day": day})

    def wall_hours(self, day: date) -> tuple[tuple[timedelta, timedelta], ...]:
        """The hours of a day by the wall clock, as offsets from midnight; absences not regarded."""
        spec = self.special.get(day)
        if spec is not None and spec.kind == "off":
            return ()
        hours: Hours = self.week.get(day.weekday(), ())
        if spec is not None:
            hours = hours or self._usual_hours() if spec.intervals is None else spec.intervals
        wall = sorted((interval.opens, interval.closes) for interval in hours)
        if spec is not None and spec.kind == "short":
            wall = _cut_end(wall, timedelta(minutes=spec.minutes_less))
        return tuple(wall)

    def moment(self, day: date, offset: timedelta = timedelta()) -> datetime:
        """The first moment (UTC) at which the wall clock shows `offset` after midnight or later."""
        return _first_showing(self._tz, datetime.combine(day, time()) + offset)

    def local(self, at: datetime) -> datetime:
        """The moment as the clock on this calendar's wall shows it."""
        return as_utc(at).astimezone(self._tz)

    def month(self, index: int) -> Month:
        """The working spans of one month; `index` is year * 12 + month - 1."""
        found = self._months.get(index)
        if found is None:
            found = self._months[index] = self._build_month(index)
        return found

    def _usual_hours(self) -> Hours:
        return next(hours for _, hours in sorted(self.week.items()) if hours)

    def _build_month(self, index: int) -> Month:
        first, after = _first_day(index), _first_day(index + 1)
        begins, ends = self.moment(first), self.moment(after)
        days: list[tuple[date, list[Span]]] = []
        away = [span for span in self.absences if span[0] < ends and span[1] > begins]
        # A month wholly away is common for people who left: its days need no reckoning.
        if not any(span[0] <= begins and span[1] >= ends for span in away):
            for number in range((after - first).days):
                day = first + timedelta(days=number)
                spans = [
                    (self.moment(day, opens), self.moment(day, closes))
                    for opens, closes in self.wall_hours(day)
                ]
                days.append((day, _without(spans, away)))
        return Month.of(begins, ends, days)


def with_absences(calendar: Calendar, spans: Iterable[tuple[Edge, Edge]]) -> Calendar:
    """A person's own calendar: the firm's without the spans that person is away.

    A date as an edge means the whole day, the last one included («с 1 по 14 июля»); an aware
    datetime means that moment, the end not included. Earlier absences are kept.
    """
    taken = list(calendar.absences)
    for start, end in spans:
        span = _edge(calendar, start, timedelta()), _edge(calendar, end, DAY)
        if span[1] < span[0]:
            raise BadCalendar("absence_ends_before_start", {"start": start, "end": end})
        taken.append(span)
    return replace(calendar, absences=_merged(taken))


def as_utc(at: datetime) -> datetime:
    """The moment in UTC; one without a zone is refused, for it could mean anything."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise BadMoment("naive_moment", {"moment": at})
    return at.astimezone(UTC)


def _edge(calendar: Calendar, edge: Edge, whole: timedelta) -> datetime:
    if isinstance(edge, datetime):
        return as_utc(edge)
    if edge in (date.min, date.max):  # away for good: no zone may move these
        return datetime.combine(edge, time(), UTC)
    return calendar.moment(edge, whole)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if start == end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _without(spans: list[Span], away: list[Span]) -> list[Span]:
    for gone, back in away:
        spans = [
            piece
            for start, end in spans
            for piece in ((start, min(end, gone)), (max(start, back), end))
            if piece[0] < piece[1]
        ]
    return [span for span in spans if span[0] < span[1]]


def _check_apart(hours: Hours, where: dict[str, object]) -> None:
    wall = sorted((interval.opens, interval.closes) for interval in hours)
    for (_, closes), (opens, _) in pairwise(wall):
        if opens < closes:
            raise BadCalendar("intervals_overlap", where)


def _cut_end(
    wall: list[tuple[timedelta, timedelta]], less: timedelta
) -> list[tuple[timedelta, timedelta]]:
    kept = list(wall)
    while kept and less > timedelta():
        opens, closes = kept.pop()
        if closes - opens > less:
            return [*kept, (opens, closes - less)]
        less -= closes - opens
    return kept


def _first_showing(zone: ZoneInfo, wall: datetime) -> datetime:
    at = wall.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall:
        return at
    # The wall time is skipped by a switch: look for the switch, which falls on a whole second
    # between what the later offset makes of it (still before) and what the earlier one does.
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC).replace(microsecond=0)
    low, high = 0, int((at - before).total_seconds()) + 1
    while high - low > 1:
        middle = (low + high) // 2
        shown = (before + timedelta(seconds=middle)).astimezone(zone).replace(tzinfo=None)
        low, high = (low, middle) if shown >= wall else (middle, high)
    return before + timedelta(seconds=high)


def _offset(wall: time) -> timedelta:
    return timedelta(
        hours=wall.hour, minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond
    )


def _first_day(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)
