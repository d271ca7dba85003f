"""One hold as a viewer reads it: the line on top, what is kept, what was done, its history."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language, gettext

from zabota.cases.models import DeviationState
from zabota.clients.access import RoomViewer
from zabota.common import formats
from zabota.journal.models import Entry
from zabota.journal.reading import Line, read_lines
from zabota.orders.models import Hold, HoldLine, HoldState, StepState
from zabota.orders.reading.hold_rule import firm_day
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm
from zabota.tickets.reading.thread import masks_of

MOST_LINES = 50


@dataclass(frozen=True)
class Now:
    """The line on top: how it looks, what it says."""

    tone: str
    words: str
    until: str


@dataclass(frozen=True)
class TakenStep:
    """A step of a hold, for colleagues: what it was, until when, how it stands."""

    name: str
    until: date
    at: datetime
    state: str
    waits: bool
    deviation: int | None
    who: str


@dataclass(frozen=True)
class HoldPage:
    """What stands on the page beside the line of days."""

    now: Now
    lines: list[HoldLine]
    steps: list[TakenStep]
    history: list[Line]


def read_page(hold: Hold, viewer: StaffViewer | RoomViewer, *, at: datetime) -> HoldPage:
    """For either side; what is ours alone is not there for the client."""
    room, firm = isinstance(viewer, RoomViewer), current_firm()
    entries = Entry.objects.filter(stream=hold.case.stream_id, audience__in=viewer.audiences)
    masks = masks_of(firm) if room and not firm.shows_people else None
    return HoldPage(
        now=_now(hold, at, room=room),
        lines=list(hold.lines.order_by("pk")[:MOST_LINES]),
        steps=[] if room else _steps(hold),
        history=read_lines(entries.order_by("-pk")[:MOST_LINES], now=at, masks=masks),
    )


def _now(hold: Hold, at: datetime, *, room: bool) -> Now:
    language, today = get_language() or "ru", firm_day(at)
    until = formats.dated_day(hold.until, today, language)
    if hold.case.state == HoldState.PAID:
        return Now("kept", gettext("Paid for: the goods wait for the client.") if not room
                   else gettext("Paid for: the goods wait for you."), "")  # fmt: skip
    if hold.ended_at is not None:
        return Now("still", str(HoldState(hold.case.state).label), _was(until))
    words = gettext("Kept until %(day)s inclusive") if not room else gettext(
        "Kept for you until %(day)s inclusive"
    )  # fmt: skip
    left = (hold.until - today).days
    days = formats.days(left, language)
    if room:
        return Now("turn" if hold.warned_at else "", words % {"day": until}, _left(left, days))
    if hold.short:
        short = formats.days(hold.short, language)
        says = gettext("It lapses %(days)s before it is paid for.") % {"days": short}
        return Now("late", words % {"day": until}, says)
    tone = "turn" if hold.warned_at or hold.short_at_most else ""
    return Now(tone, words % {"day": until}, _left(left, days))


def _left(left: int, days: str) -> str:
    return gettext("Left: %(days)s.") % {"days": days} if left > 0 else gettext("The last day.")


def _was(until: str) -> str:
    return gettext("It was kept until %(day)s.") % {"day": until}


def _steps(hold: Hold) -> list[TakenStep]:
    """Newest first."""
    rows = hold.steps.select_related("by", "deviation").order_by("-pk")
    return [
        TakenStep(
            name=row.get_kind_display(),
            until=row.until,
            at=row.at,
            state=row.get_state_display(),
            waits=row.state == StepState.ASKED
            and row.deviation is not None
            and row.deviation.state == DeviationState.ASKED,
            deviation=row.deviation_id,
            who=row.by.shown_name,
        )
        for row in rows
    ]
