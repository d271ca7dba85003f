"""Arithmetic in working time.

Let W(t) be the working time passed up to t: `between` is W(b) - W(a), `add` and `subtract` are
its inverses, so clocks are monotone and additive by construction.

A month costs one reckoning per day the first time it is asked for, then a look-up; nothing ever
walks by minutes. Moments in may be in any zone, moments out are UTC, lengths are exact.
"""

from datetime import datetime, timedelta

from zabota.common.working_time.calendar import Calendar, as_utc
from zabota.common.working_time.errors import BadMoment, NoWorkingTime

NOTHING = timedelta()
MONTHS_LOOKED_THROUGH = 1200
FIRST_MONTH, LAST_MONTH = 12 * 1 + 1, 12 * 9999 + 10


def add(calendar: Calendar, start: datetime, working: timedelta) -> datetime:
    """The first moment by which `working` time has passed since `start`: what a promise is due at.

    Lands on a closing rather than on the next opening («до 18:00»); adding nothing changes nothing.
    Raises NoWorkingTime when the calendar does not work so much within a century.
    """
    start = _checked(start, working)
    if working == NOTHING:
        return start
    index = _month_index(calendar, start)
    needed = working + calendar.month(index).worked_until(start)
    for later in range(index, min(index + MONTHS_LOOKED_THROUGH, LAST_MONTH)):
        month = calendar.month(later)
        if needed <= month.total:
            return month.earliest(needed)
        needed -= month.total
    raise NoWorkingTime(start)


def subtract(calendar: Calendar, end: datetime, working: timedelta) -> datetime:
    """The last moment from which `working` time passes until `end`: when to begin at the latest.

    Lands on an opening rather than on the closing before; taking nothing changes nothing.
    Raises NoWorkingTime when the calendar has not worked so much within a century.
    """
    end = _checked(end, working)
    if working == NOTHING:
        return end
    index = _month_index(calendar, end)
    left = calendar.month(index).worked_until(end) - working
    for earlier in range(index - 1, max(index - MONTHS_LOOKED_THROUGH, FIRST_MONTH), -1):
        if left >= NOTHING:
            return calendar.month(earlier + 1).latest(left)
        left += calendar.month(earlier).total
    raise NoWorkingTime(end, "backward")


def between(calendar: Calendar, a: datetime, b: datetime) -> timedelta:
    """Working time from `a` to `b`; negative when `b` comes first, so spans always add up."""
    if b < a:
        return -between(calendar, b, a)
    a, b = _checked(a), _checked(b)
    first, last = _month_index(calendar, a), _month_index(calendar, b)
    whole = sum((calendar.month(index).total for index in range(first, last)), NOTHING)
    return whole + calendar.month(last).worked_until(b) - calendar.month(first).worked_until(a)


def working_days_between(calendar: Calendar, a: datetime, b: datetime) -> int:
    """Which working day it is at `b`, counted from `a` as a person counts: «3-й рабочий день».

    The day of `a` is the first if any of its work was still ahead; a day counts from its midnight
    on by the local calendar, however little is worked in it. Nothing before `a`: 0.
    """
    a, b = _checked(a), _checked(b)
    if b < a:
        return 0
    first, last = _month_index(calendar, a), _month_index(calendar, b)
    today = calendar.local(b).date()
    whole = sum(len(calendar.month(index).days) for index in range(first + 1, last))
    edges = {first, last}
    return whole + sum(
        day <= today and closes > a for index in edges for day, closes in calendar.month(index).days
    )


def is_working(calendar: Calendar, at: datetime) -> bool:
    """Whether work is on at this moment; an interval's start belongs to it, its end does not."""
    at = _checked(at)
    return calendar.month(_month_index(calendar, at)).is_working(at)


def next_opening(calendar: Calendar, at: datetime) -> datetime:
    """The first moment from `at` on at which work is on: `at` itself while it is.

    Raises NoWorkingTime when the calendar does not work within a century.
    """
    at = _checked(at)
    index = _month_index(calendar, at)
    worked = calendar.month(index).worked_until(at)
    for later in range(index, min(index + MONTHS_LOOKED_THROUGH, LAST_MONTH)):
        month = calendar.month(later)
        if worked < month.total:
            return max(at, month.latest(worked))
        worked = NOTHING
    raise NoWorkingTime(at)


def _month_index(calendar: Calendar, at: datetime) -> int:
    local = calendar.local(at)
    index = local.year * 12 + local.month - 1
    # A clock put back over midnight shows the month before once more: go by moments.
    if not FIRST_MONTH <= index < LAST_MONTH:
        raise NoWorkingTime(at)
    return index + 1 if at >= calendar.month(index).ends else index


def _checked(at: datetime, working: timedelta = NOTHING) -> datetime:
    if working < NOTHING:
        raise BadMoment("negative_time", {"working": working})
    return as_utc(at)
