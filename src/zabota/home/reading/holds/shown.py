"""The line as a colleague reads it: each step with who said so, and what does not fit, in words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, gettext, pgettext_lazy

from zabota.common import formats
from zabota.common.working_time import Calendar
from zabota.home.reading.holds.line import working_day
from zabota.orders.timeline import (
    Clock,
    Ends,
    Laid,
    Line,
    Miss,
    Missed,
    Picture,
    Said,
    Step,
    draw,
    misses_of,
)
from zabota.orders.timeline.picture import HOLD

NAMES: dict[str, LazyText] = {
    HOLD: pgettext_lazy("line", "Kept"),
    Step.CLIENT: pgettext_lazy("line", "The client’s approval"),
    Step.OURS: pgettext_lazy("line", "Our approval"),
    Step.PAYMENT: pgettext_lazy("line", "Payment"),
    Step.DELIVERY: pgettext_lazy("line", "Delivery"),
}


@dataclass(frozen=True)
class ShownStep:
    """A row of the table: when it usually ends, and at the latest, where that is known."""

    name: str
    begins: date
    ends: date
    latest: date | None
    source: str
    late: bool


@dataclass(frozen=True)
class ShownMiss:
    """What does not fit, and how sure that is."""

    words: str
    sure: bool


@dataclass(frozen=True)
class Row:
    """A row of the picture with its words."""

    bar: object
    name: str
    said: str


@dataclass(frozen=True)
class ShownMark:
    """A day the line is compared with, in words."""

    mark: object
    words: str


@dataclass(frozen=True)
class ShownLine:
    """Everything the page shows of a line."""

    steps: list[ShownStep]
    misses: list[ShownMiss]
    picture: Picture
    rows: list[Row]
    marks: list[ShownMark]
    about: str

    @property
    def sure(self) -> bool:
        """Whether something does not fit as things usually go."""
        return any(miss.sure for miss in self.misses)


def show_line(line: Line, ends: Ends, calendar: Calendar, *, at: datetime) -> ShownLine:
    """In the reader's language; no query."""
    eye = _Eye(calendar, get_language() or "ru", at)
    picture = draw(line, ends, calendar)
    late = {bar.key for bar in picture.rows if bar.late}
    steps = [_step(one, one.step in late, eye) for one in line.steps]
    words: dict[str, str] = {one.step: eye.day(one.ends) for one in line.steps}
    if ends.hold is not None:
        words[HOLD] = eye.said(ends.hold)
    misses = [_miss(one, eye) for one in misses_of(line, ends, calendar)]
    rows = [
        Row(bar, str(NAMES[bar.key]), gettext("until %(day)s") % {"day": words[bar.key]})
        for bar in picture.rows
    ]
    about = "; ".join(f"{row.name}: {row.said}" for row in rows)
    marks = [ShownMark(one, _marked(one.what, eye.said(one.day))) for one in picture.marks]
    return ShownLine(steps, misses, picture, rows, marks, about)


@dataclass(frozen=True)
class _Eye:
    calendar: Calendar
    language: str
    at: datetime

    def on(self, moment: datetime) -> date:
        return self.calendar.local(moment).date()

    def said(self, day: date) -> str:
        return formats.dated_day(day, self.on(self.at), self.language)

    def day(self, moment: datetime) -> str:
        return self.said(self.on(moment))

    def length(self, takes: timedelta, clock: Clock) -> str:
        """Days as each side counts them, up to whole ones; hours where it is less than a day."""
        whole = working_day(self.calendar) if clock == Clock.WORKING else timedelta(days=1)
        if takes < whole:
            return formats.hours(int(takes.total_seconds() // 60), self.language)
        count = -(-takes // whole)
        return formats.days(count, self.language, working=clock == Clock.WORKING)


def _marked(what: str, day: str) -> str:
    """What the line of a day means; the hold's own is told beside its row."""
    match what:
        case Missed.INVOICE:
            return gettext("the invoice is valid until %(day)s") % {"day": day}
        case Missed.NEEDED:
            return gettext("needed by %(day)s") % {"day": day}
    return ""


def _step(one: Laid, late: bool, eye: _Eye) -> ShownStep:
    ends, latest = eye.on(one.ends), eye.on(one.ends_late)
    return ShownStep(
        name=str(NAMES[one.step]),
        begins=eye.on(one.begins),
        ends=ends,
        latest=latest if latest > ends else None,
        source=_source(one, eye),
        late=late,
    )


def _source(one: Laid, eye: _Eye) -> str:
    """Who said so; of past ones the median and the ninth decile, and how many there are."""
    takes = one.takes
    match takes.said:
        case Said.TOLD:
            return gettext("The client said so.")
        case Said.ROUTE:
            return gettext("The client’s date in the contract.")
        case Said.PROMISED:
            said = gettext("We promised it in the contract.")
            return f"{said} {_ninth(one, eye)}".strip()
        case Said.RULE:
            return gettext("By the firm’s rule: too little is known yet.")
    assert isinstance(takes.usual, timedelta)
    words = {
        Said.HISTORY: gettext("Past ones: %(count)s, half of them within %(median)s."),
        Said.OTHERS: gettext("Other clients: %(count)s, half of them within %(median)s."),
    }[takes.said]
    facts = {"count": takes.count, "median": eye.length(takes.usual, takes.clock)}
    return f"{words % facts} {_ninth(one, eye)}".strip()


def _ninth(one: Laid, eye: _Eye) -> str:
    takes = one.takes
    if not isinstance(takes.long, timedelta):
        return ""
    long = eye.length(takes.long, takes.clock)
    return gettext("Nine of ten within %(long)s.") % {"long": long}


def _miss(miss: Miss, eye: _Eye) -> ShownMiss:
    names = {
        (Missed.HOLD, True): gettext(
            "The hold lapses %(days)s too early: kept until %(last)s, paid for by %(day)s. Not over"
            " by then: %(step)s."
        ),
        (Missed.HOLD, False): gettext(
            "If it takes long, the hold lapses %(days)s too early: kept until %(last)s, paid for by"
            " %(day)s."
        ),
        (Missed.INVOICE, True): gettext(
            "The invoice is valid until %(last)s, and paid by %(day)s: renew it."
        ),
        (Missed.INVOICE, False): gettext(
            "If it takes long, the invoice is over before it is paid: valid until %(last)s, paid by"
            " %(day)s."
        ),
        (Missed.NEEDED, True): gettext("Needed by %(last)s, there by %(day)s: %(days)s too late."),
        (Missed.NEEDED, False): gettext(
            "If it takes long, it comes too late: needed by %(last)s, there by %(day)s."
        ),
    }
    facts = {
        "days": formats.days(miss.days, eye.language),
        "last": eye.said(miss.last),
        "day": eye.said(miss.day),
        "step": str(NAMES[miss.at]).lower(),
    }
    return ShownMiss(names[(miss.what, miss.sure)] % facts, miss.sure)
