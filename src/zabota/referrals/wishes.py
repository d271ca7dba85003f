"""When whoever came wishes to hear from us, as a moment by which we keep it. Plain Python."""

from datetime import date, datetime, time, timedelta
from typing import Final

from zabota.common.working_time import Calendar, add

# A part of a day ends at this hour of the firm's day; one of the whole day when work ends.
PARTS: Final = {
    "morning": time(12),
    "midday": time(15),
    "evening": time(23, 59),
    "any": time(23, 59),
}
FARTHEST: Final = timedelta(days=60)


class NotWorking(ValueError):
    """The firm does not work on that day, or not in that part of it."""


def due_on(calendar: Calendar, day: date, part: str) -> datetime:
    """By when we get in touch on a day they chose, in a part of it: the last working minute of that
    part. `NotWorking` where there is none.
    """
    until = PARTS[part]
    edge = timedelta(hours=until.hour, minutes=until.minute)
    spans = [(start, min(end, edge)) for start, end in calendar.wall_hours(day) if start < edge]
    if not spans:
        raise NotWorking
    return calendar.moment(day, max(end for _start, end in spans))


def due_soon(calendar: Calendar, at: datetime, hours: int) -> datetime:
    """By when, as soon as we can: within so many working hours."""
    return add(calendar, at, timedelta(hours=hours))
