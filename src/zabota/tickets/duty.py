"""Who is on call at a moment: plain questions about weekdays and hours."""

import datetime as dt


def covers(weekdays: str, start: dt.time | None, end: dt.time | None, local: dt.datetime) -> bool:
    """Whether a turn covers a moment of the firm's clock. One that passes midnight belongs to the
    day on which it begins; without hours it is the whole day.
    """
    today, time = str(local.weekday()), local.time()
    if start is None or end is None:
        return today in weekdays
    if start < end:
        return today in weekdays and start <= time < end
    yesterday = str((local.weekday() - 1) % 7)
    return (today in weekdays and time >= start) or (yesterday in weekdays and time < end)
