"""How far a hold goes: by the firm's rule, and until when it would be enough."""

from dataclasses import dataclass
from datetime import date, timedelta

from zabota.common.working_time import Calendar
from zabota.orders.timeline.line import Line


@dataclass(frozen=True)
class Limits:
    """The firm's rule of holds, in calendar days.

    `longest` is counted from the day it began; nobody goes past it within the rule. A client
    prolongs `client_times` times by `client_days`, a colleague by `staff_days` at a time.
    """

    first: int
    longest: int
    client_times: int
    client_days: int
    staff_days: int


def prolonged(until: date, begun: date, days: int, limits: Limits) -> date:
    """The day a hold lasts until when it is prolonged by so many days within the rule. Never
    earlier than it lasted already.
    """
    ceiling = begun + timedelta(days=limits.longest)
    return max(until, min(until + timedelta(days=max(0, days)), ceiling))


def within_rule(until: date, wanted: date, begun: date, limits: Limits) -> bool:
    """Whether a colleague may prolong it to that day without going beyond the rule."""
    return wanted <= prolonged(until, begun, limits.staff_days, limits)


def enough_until(line: Line, calendar: Calendar) -> date | None:
    """The day a hold would have to last until, even if everything before the payment takes long;
    nothing where nothing has to happen.
    """
    return calendar.local(line.paid.ends_late).date() if line.paid is not None else None
