"""How long a promise has taken and how long it may take, in the firm's working time (plain
questions).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from zabota.cases.models import Pause, Promise
from zabota.common.working_time import Calendar, add, between


def due_after(calendar: Calendar, at: datetime, minutes: int) -> datetime:
    """The due moment of something promised now for so many working minutes."""
    return add(calendar, at, timedelta(minutes=minutes))


def minutes_used(
    calendar: Calendar, promise: Promise, pauses: Iterable[Pause], at: datetime
) -> int:
    """Working minutes from the start to now, or to the end, without those in which the clock
    stood.
    """
    if promise.started_at is None:
        return 0
    end = promise.settled_at or at
    used = between(calendar, promise.started_at, end)
    for pause in pauses:
        used -= between(calendar, pause.started_at, min(pause.ended_at or end, end))
    return max(0, int(used.total_seconds() // 60))


def head_start(weight: int, worth_start: int = 0) -> timedelta:
    """How much earlier a weighty promise, or one to a client of worth (`worth_start`, in minutes),
    ranks in Today than its due moment alone would say.
    """
    return timedelta(hours=2 * (weight - 1), minutes=worth_start)
