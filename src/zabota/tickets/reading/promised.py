"""What is promised in a request, and the line on top of it: who has it now and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from zabota.cases.models import Pause, Promise, PromiseState
from zabota.common import formats
from zabota.common.questions import One, Question
from zabota.people.models import Firm
from zabota.tickets.models import Outcome, Ticket, TicketState
from zabota.tickets.reading.whole import OPEN, counting
from zabota.tickets.who import who_is_told

type Promises = tuple[Promise, Promise, Promise | None]


@dataclass(frozen=True)
class Promised:
    """A promise of the request, as it is printed."""

    words: str
    due: str
    late: bool
    kept: bool
    # What was promised at first, where the promise was moved since.
    first: str = ""


@dataclass(frozen=True)
class Now:
    """The one line on top: who has it and until when."""

    tone: str
    words: str
    until: str


def promises_of(whole: list[Ticket], at: datetime) -> Promises:
    """The first reply, the end, the next news; these while something is to be told before the end,
    or though the end is late.
    """
    reply, end = counting(one.reply for one in whole), counting(one.solution for one in whole)
    open_news = [one.news for one in whole if one.news is not None and one.news.state in OPEN]
    news = counting(open_news) if open_news else None
    if news is None or news.due_at is None or end.due_at is None:
        return reply, end, news
    return reply, end, news if news.due_at < end.due_at or end.is_late(at) else None


def say_promise(promise: Promise, language: str, at: datetime) -> Promised:
    """A promise as it is printed."""
    zone = timezone.get_current_timezone()
    kept = promise.state == PromiseState.KEPT
    stands = promise.state == PromiseState.PAUSED
    moment = promise.settled_at if kept else promise.due_at
    due = "" if stands or moment is None else formats.when(moment, at, language, zone)
    return Promised(
        words=promise.words(language),
        due=gettext("the clock stands") if stands else due,
        late=not stands and promise.is_late(at),
        kept=kept,
        first=_first(promise, language, at),
    )


def _first(promise: Promise, language: str, at: datetime) -> str:
    if not promise.replaces_id or promise.first_due_at is None:
        return ""
    return formats.when(promise.first_due_at, at, language, timezone.get_current_timezone())


def say_now(
    ticket: Ticket,
    promised: Promises,
    firm: Firm,
    language: str,
    at: datetime,
    *,
    in_room: bool,
) -> Now:
    """The line on top: whose turn it is, and until when."""
    state, zone = ticket.case.state, timezone.get_current_timezone()
    if state == TicketState.DONE:
        if not ticket.outcome:
            return Now("still", gettext("Closed without a word"), "")
        return Now("kept", str(Outcome(ticket.outcome).label), "")
    reply = promised[0].state == PromiseState.RUNNING
    if state == TicketState.WAITING and not reply:
        pauses = _open_pause(promise=ticket.solution_id)
        since = formats.since(pauses[0].started_at, at, language, zone) if pauses else ""
        whose = gettext("Your turn now") if in_room else gettext("The client’s turn now")
        stands = gettext("the clock stands since %(when)s") % {"when": since} if since else ""
        return Now("turn" if in_room else "still", whose, stands)
    who = _who(ticket, firm, language, in_room=in_room)
    words = gettext("With us now: %(who)s") if in_room else gettext("Has it now: %(who)s")
    promise, news = promised[0] if reply else promised[1], promised[2]
    if promise.due_at is None:
        return Now("", words % {"who": who}, "")
    until = formats.by(promise.due_at, at, language, zone)
    said = gettext("a person answers by %(when)s") if reply else gettext("solved by %(when)s")
    late = promise.is_late(at)
    if late:
        said = gettext("was promised by %(when)s")
    said %= {"when": until}
    if news is not None and news.due_at is not None and news.state == PromiseState.RUNNING:
        late = late or news.is_late(at)
        told = formats.by(news.due_at, at, language, zone)
        said = gettext("%(first)s; next news by %(when)s") % {"first": said, "when": told}
    return Now("late" if late else "", words % {"who": who}, said)


def _who(ticket: Ticket, firm: Firm, language: str, *, in_room: bool) -> str:
    told = who_is_told(ticket, firm, language, in_room=in_room)
    if told:
        return told
    hidden = in_room and not firm.shows_people
    return firm.shown_name if hidden else ticket.case.owner.name


_open_pause = Question(
    lambda promise: Pause.objects.filter(promise=promise, ended_at=None), promise=One()
)
