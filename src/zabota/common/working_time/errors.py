"""What can be wrong with a calendar or a question asked of it: a machine code and parameters."""

from dataclasses import dataclass, field
from typing import Literal

CalendarCode = Literal[
    "unknown_zone",
    "unknown_country",
    "bad_weekday",
    "empty_interval",
    "intervals_overlap",
    "no_usual_hours",
    "bad_minutes_less",
    "absence_ends_before_start",
]


@dataclass(eq=False)
class BadCalendar(ValueError):
    """A calendar that cannot be meant: `code` says what is wrong, `params` name what and where."""

    code: CalendarCode
    params: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} {self.params}"


@dataclass(eq=False)
class BadMoment(ValueError):
    """A question that cannot be answered: a moment without a zone, or a negative amount of work."""

    code: Literal["naive_moment", "negative_time"]
    params: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} {self.params}"


@dataclass(eq=False)
class NoWorkingTime(Exception):
    """The calendar never works (enough) within a century of the moment asked about.

    Whoever promises by such a calendar has to choose another one: no due moment exists.
    """

    since: object
    direction: Literal["forward", "backward"] = "forward"

    def __str__(self) -> str:
        return f"no working time {self.direction} from {self.since}"
