"""Working time: when a firm works, and how much working time lies between two moments.

Every promise is due in working hours, so this is the only clock that promises are made by.
`Calendar` says when work is on; `add`, `subtract`, `between` do arithmetic in it; `for_country`
makes one with a country's holidays, `with_absences` makes a person's own out of the firm's.
Everything here is plain Python: moments in are aware, moments out are UTC.
"""

from zabota.common.working_time.arithmetic import (
    add,
    between,
    is_working,
    next_opening,
    subtract,
    working_days_between,
)
from zabota.common.working_time.calendar import Calendar, DaySpec, Interval, with_absences
from zabota.common.working_time.country import for_country, shortened_days
from zabota.common.working_time.errors import BadCalendar, BadMoment, NoWorkingTime

__all__ = [
    "BadCalendar",
    "BadMoment",
    "Calendar",
    "DaySpec",
    "Interval",
    "NoWorkingTime",
    "add",
    "between",
    "for_country",
    "is_working",
    "next_opening",
    "shortened_days",
    "subtract",
    "with_absences",
    "working_days_between",
]
