"""Steps one after another from a moment on, each with who said how long it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from zabota.common.working_time import Calendar, add

# A day ends for a client when the firm's does on the wall, not at a colleague's last hour.
LAST_MINUTE = timedelta(hours=23, minutes=59)


class Step(StrEnum):
    """What has to happen before the goods are the client's, in any order that is given."""

    CLIENT = "client"
    OURS = "ours"
    PAYMENT = "payment"
    DELIVERY = "delivery"


class Clock(StrEnum):
    """Whose time it takes: ours goes by working hours, the client's by the calendar."""

    WORKING = "working"
    CALENDAR = "calendar"


class Said(StrEnum):
    """Where it is known from."""

    TOLD = "told"
    ROUTE = "route"
    PROMISED = "promised"
    HISTORY = "history"
    OTHERS = "others"
    RULE = "rule"


@dataclass(frozen=True)
class Takes:
    """How long a step takes, or until when: a length in its own clock, or a moment.

    `usual` is the median of what was, or what somebody said; `long` the ninth decile, where enough
    is known (`count` past ones). `not_before` is a moment the step cannot begin before: a truck.
    """

    step: Step
    clock: Clock
    said: Said
    usual: timedelta | datetime
    long: timedelta | datetime | None = None
    count: int = 0
    not_before: datetime | None = None


@dataclass(frozen=True)
class Laid:
    """A step on the line: it begins and ends as usual, and ends so late if it takes long."""

    takes: Takes
    begins: datetime
    ends: datetime
    ends_late: datetime

    @property
    def step(self) -> Step:
        return self.takes.step


@dataclass(frozen=True)
class Ends:
    """What the line is compared with, each the last day it is still good; None where unknown."""

    hold: date | None = None
    invoice: date | None = None
    needed: date | None = None


class Missed(StrEnum):
    """What misses: the hold lapses, or the счёт does, before it is paid; or it comes too late."""

    HOLD = "hold"
    INVOICE = "invoice"
    NEEDED = "needed"


@dataclass(frozen=True)
class Miss:
    """One mismatch: `sure` as things usually go, else only if they take long; so many days short.

    `at` is the step that is under way on the last day.
    """

    what: Missed
    sure: bool
    last: date
    day: date
    at: Step

    @property
    def days(self) -> int:
        return (self.day - self.last).days


@dataclass(frozen=True)
class Line:
    """All of it, from the счёт on."""

    start: datetime
    steps: tuple[Laid, ...]

    def after(self, step: Step) -> Laid | None:
        """Where a step stands, if there is one."""
        return next((one for one in self.steps if one.step == step), None)

    @property
    def paid(self) -> Laid | None:
        """The last step the goods have to be kept for: the payment, or whatever goes before the
        delivery; without any, nothing.
        """
        before = [one for one in self.steps if one.step != Step.DELIVERY]
        return before[-1] if before else None

    @property
    def end(self) -> datetime:
        """When even the longest is over."""
        return max((one.ends_late for one in self.steps), default=self.start)


def lay_line(
    start: datetime, takes: Sequence[Takes], calendar: Calendar, now: datetime | None = None
) -> Line:
    """Each step begins when the one before ends. None of them is over yet: what should have ended
    before `now` ends now. The late end of each supposes that all before it took long, too: it errs
    on the side of whoever waits.
    """
    laid: list[Laid] = []
    begins = late = start
    now = start if now is None else now
    for one in takes:
        if one.not_before is not None:
            begins, late = max(begins, one.not_before), max(late, one.not_before)
        ends = max(now, _end(begins, one.usual, one.clock, calendar))
        longest = one.usual if one.long is None else one.long
        ends_late = max(ends, _end(late, longest, one.clock, calendar))
        laid.append(Laid(one, begins, ends, ends_late))
        begins, late = ends, ends_late
    return Line(start, tuple(laid))


def misses_of(line: Line, ends: Ends, calendar: Calendar) -> list[Miss]:
    """What does not fit, in the order of its last day; of each the surer word only."""
    wanted = (
        (Missed.HOLD, ends.hold, line.paid),
        (Missed.INVOICE, ends.invoice, line.paid),
        (Missed.NEEDED, ends.needed, line.steps[-1] if line.steps else None),
    )
    found = [
        miss
        for what, last, step in wanted
        if last is not None and step is not None
        if (miss := _miss(what, last, step, line, calendar)) is not None
    ]
    return sorted(found, key=lambda miss: (miss.last, miss.what))


def end_of_day(day: date, calendar: Calendar) -> datetime:
    """The last minute of a day, as the firm's wall shows it (UTC)."""
    return calendar.moment(day, LAST_MINUTE)


def _miss(what: Missed, last: date, step: Laid, line: Line, calendar: Calendar) -> Miss | None:
    for sure, moment in ((True, step.ends), (False, step.ends_late)):
        day = calendar.local(moment).date()
        if day > last:
            return Miss(what, sure, last, day, _under_way(line, last, calendar, sure=sure))
    return None


def _under_way(line: Line, last: date, calendar: Calendar, *, sure: bool) -> Step:
    """The first step that is not over on that day."""
    for one in line.steps:
        if calendar.local(one.ends if sure else one.ends_late).date() > last:
            return one.step
    return line.steps[-1].step


def _end(
    begins: datetime, takes: timedelta | datetime, clock: Clock, calendar: Calendar
) -> datetime:
    if isinstance(takes, datetime):
        return max(begins, takes)
    if clock == Clock.CALENDAR:
        return begins + max(takes, timedelta())
    return add(calendar, begins, max(takes, timedelta()))
