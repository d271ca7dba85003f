"""A delay as a viewer reads it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext

from zabota.cases.models import Viewer
from zabota.clients.access import RoomViewer
from zabota.journal.models import Entry
from zabota.journal.reading import Line, read_lines
from zabota.orders.models import Choice, Delay, DelayLine, DelayState
from zabota.orders.reading.choices import choices_of
from zabota.people.models import Firm


@dataclass(frozen=True)
class Option:
    """One thing that may be chosen, and what it means."""

    value: str
    label: str
    words: str


@dataclass(frozen=True)
class DelayTold:
    """Everything on its page."""

    tone: str
    words: str
    until: str
    lines: list[DelayLine]
    options: list[Option]
    chosen: str
    doing: str
    doing_due: datetime | None
    history: list[Line]


def read_delay(delay: Delay, viewer: Viewer, firm: Firm, *, at: datetime) -> DelayTold:
    """What will be late, until when it is expected, what may be or was chosen."""
    in_room = isinstance(viewer, RoomViewer)
    entries = Entry.objects.filter(stream=delay.case.stream_id, audience__in=viewer.audiences)
    asked = delay.case.state == DelayState.ASKED
    words, tone = str(DelayState(delay.case.state).label), "kept"
    if asked:
        words = gettext("Your turn now") if in_room else gettext("The client’s turn now")
        tone = "turn" if in_room else "still"
    elif delay.case.state == DelayState.CHOSEN:
        who = delay.case.owner.name if firm.shows_people or not in_room else firm.shown_name
        known = gettext("With us now: %(who)s") if in_room else gettext("Has it now: %(who)s")
        words, tone = known % {"who": who}, ""
    doing = delay.doing
    language = viewer.language
    return DelayTold(
        tone=tone,
        words=words,
        until="",
        lines=list(delay.lines.select_related("line").order_by(F("line__number"))),
        options=[_option(one, delay.expected_on) for one in choices_of(delay)] if asked else [],
        chosen=str(Choice(delay.choice).label) if delay.choice else "",
        doing=doing.words(language) if doing is not None else "",
        doing_due=doing.due_at if doing is not None and doing.settled_at is None else None,
        history=read_lines(entries.order_by("-pk")[:50], now=at),
    )


def _option(value: str, expected: date | None) -> Option:
    words = {
        Choice.WAIT: gettext("The new day becomes our promise.")
        if expected
        else gettext("We name a new day and promise it to you."),
        Choice.PARTIAL: gettext("The rest of the order leaves now, this follows."),
        Choice.REPLACE: gettext("We offer you something that is there."),
        Choice.CANCEL: gettext("The rest of the order stays; what was paid for this comes back."),
    }
    return Option(value, str(Choice(value).label), words[Choice(value)])
