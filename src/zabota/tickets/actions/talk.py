"""What is said in a request: the client writes, we answer, ask, talk by phone, note."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import (
    keep_promise,
    pause_promise,
    rank_holders,
    resume_promise,
    store_promises,
    touch_case,
)
from zabota.cases.models import Pause, Promise, PromiseState
from zabota.clients.access import RoomViewer
from zabota.clients.models import Contact
from zabota.common.prepared import PreparedUpdate
from zabota.journal.actions import record
from zabota.journal.kinds import EntryKind
from zabota.journal.models import Stream
from zabota.outreach.models import Received
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, User
from zabota.tickets.actions.files import Brought, keep_files, words_with
from zabota.tickets.actions.held import (
    WEIGHT_OF,
    all_of,
    dues,
    lay_hands,
    lock_ticket,
    promises_of,
)
from zabota.tickets.actions.lines import keep_line
from zabota.tickets.actions.news import news_told, next_news, promise_news
from zabota.tickets.actions.open import lay_promises
from zabota.tickets.actions.watch import add_watchers, called_in
from zabota.tickets.actions.way import way_to_say
from zabota.tickets.actions.words import clean_words, excerpt
from zabota.tickets.answers import is_thanks
from zabota.tickets.entries import (
    ASKED,
    ASKED_AFTER,
    CALL_LOGGED,
    CLIENT_WROTE,
    NOTED,
    REOPENED,
    REPLIED,
    THANKED,
)
from zabota.tickets.models import (
    Channel,
    Remark,
    RemarkKind,
    ServiceLevel,
    Ticket,
    TicketState,
)
from zabota.tickets.reach import last_channel
from zabota.tickets.rules import may_answer_ticket, may_write_to_ticket

_taken = PreparedUpdate(
    lambda ticket, employee, at: (
        Ticket.objects.filter(pk=ticket),
        {"taken_by": employee, "taken_at": at},
    )
)

# What can be said of one's own accord: how it is kept, who reads it, what the journal says.
ANSWER, ASK, CALL, NOTE = "answer", "ask", "call", "note"


@transaction.atomic
def write_to_ticket(
    ticket: Ticket, text: str, *, by: RoomViewer, at: datetime, files: Sequence[Brought] = ()
) -> Remark:
    """The client goes on: the clock that stood for their answer runs again; what was finished is
    begun anew, with a new promise; who only thanks begins nothing.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if not may_write_to_ticket(by, ticket):
        raise PermissionDenied
    words = words_with(text, files)
    remark = _client_wrote(
        ticket, stream, words, Channel.ROOM, contact=by.contact, user=by.user, letter=None, at=at
    )
    keep_files(remark, files, by=by, at=at)
    return remark


@transaction.atomic
def add_client_words(
    ticket: Ticket,
    text: str,
    *,
    contact: Contact,
    at: datetime,
    letter: Received,
    channel: str = Channel.MAIL,
    by: None = None,
) -> Remark:
    """The same by letter or by a gate, with or without access to the room."""
    ticket, stream = lock_ticket(ticket.pk)
    words = clean_words(text)
    return _client_wrote(
        ticket, stream, words, channel,
        contact=contact, user=contact.user, letter=letter, at=at,
    )  # fmt: skip


def _client_wrote(
    ticket: Ticket,
    stream: Stream,
    words: str,
    channel: str,
    *,
    contact: Contact,
    user: User | None,
    letter: Received | None,
    at: datetime,
) -> Remark:
    remark = keep_line(
        ticket, by=user, at=at, kind=RemarkKind.WORDS, side="theirs", audience="both",
        channel=channel, text=words, author=user, contact=contact, letter=letter,
    )  # fmt: skip
    kind: EntryKind = CLIENT_WROTE
    if ticket.case.state == TicketState.DONE and is_thanks(words):
        kind = THANKED
    elif ticket.case.state == TicketState.DONE:
        kind = REOPENED
        _begin_anew(ticket, at)
    elif ticket.case.state == TicketState.WAITING:
        for one in all_of(ticket):
            _resume(one, by=user, at=at)
        ticket.case.state = TicketState.OPEN
    ticket.said, ticket.snoozed_until = excerpt(words, 200), None
    ticket.save()
    touch_case(ticket.case, by=user, at=at, fields=("state", "closed_at"))
    lay_hands(ticket, by=user, at=at)
    record(
        stream,
        kind,
        by=user.pk if user else None,
        at=at,
        ticket=ticket.pk,
        remark=remark.pk,
        contact=ticket.contact_id,
        reply_due=dues(ticket.reply) if kind is REOPENED else None,
    )
    return remark


@transaction.atomic
def add_note(ticket: Ticket, text: str, *, by: Employee, at: datetime, letter: Received) -> Remark:
    """One of ours replied to a notice by letter: it is for colleagues, never for the client."""
    ticket, stream = lock_ticket(ticket.pk)
    remark = keep_line(
        ticket, by=by, at=at, kind=RemarkKind.NOTE, side="ours", audience="ours",
        channel=Channel.MAIL, text=clean_words(text), author=by.user, letter=letter,
    )  # fmt: skip
    record(
        stream, NOTED, by=by.user_id, at=at, ticket=ticket.pk, remark=remark.pk, contact=None,
    )  # fmt: skip
    return remark


@transaction.atomic
def say_in_ticket(
    ticket: Ticket,
    text: str,
    *,
    by: StaffViewer,
    at: datetime,
    how: str = ANSWER,
    files: Sequence[Brought] = (),
    channel: str = "",
) -> Remark:
    """One of ours answers, asks the client something, writes down a call, or notes for colleagues.

    Words to the client and a call are the first reply: only a person gives it. Whoever gives it has
    the request from then on, if nobody had it. A question stops the clock of the end.
    It goes by `channel`, else by the one the client used last.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if not may_answer_ticket(by, ticket):
        raise PermissionDenied
    words = words_with(text, files)
    inside = how in (NOTE, CALL)
    remark = keep_line(
        ticket,
        by=by,
        at=at,
        kind={CALL: RemarkKind.CALL, NOTE: RemarkKind.NOTE}.get(how, RemarkKind.WORDS),
        side="ours",
        audience="ours" if inside else "both",
        channel=_way(ticket, how, channel),
        text=words,
        author=by.user,
    )
    keep_files(remark, files, by=by, at=at)
    called = _call_colleagues(ticket, words, by=by, at=at) if how == NOTE else []
    if how != NOTE:
        answer_given(ticket, by=by, at=at, asked=words if how == ASK else "")
    record(
        stream,
        _kind_of(ticket, how),
        by=by.user.pk,
        at=at,
        ticket=ticket.pk,
        remark=remark.pk,
        contact=None if inside else ticket.contact_id,
        called=called,
        news=next_news(ticket) if how in (ANSWER, CALL) else None,
    )
    return remark


def _way(ticket: Ticket, how: str, channel: str) -> str:
    """What the line of the thread says it was said by; a note goes nowhere."""
    if how == NOTE:
        return channel or last_channel(ticket)
    return Channel.CALL if how == CALL else way_to_say(ticket, channel)


def _kind_of(ticket: Ticket, how: str) -> EntryKind:
    """What the journal says; where no clock runs, none is said to stand."""
    if how == ASK and ticket.case.state == TicketState.DONE:
        return ASKED_AFTER
    return {ANSWER: REPLIED, ASK: ASKED, CALL: CALL_LOGGED, NOTE: NOTED}[how]


def _call_colleagues(ticket: Ticket, words: str, *, by: StaffViewer, at: datetime) -> list[int]:
    """Whom a note calls sees the request from now on; their accounts, for those who tell them."""
    called = called_in(words).people
    people = list(Employee.objects.filter(pk__in=called).exclude(pk=by.employee.pk).order_by("pk"))
    add_watchers(ticket, people, by=by, at=at)
    return [one.user_id for one in people]


def answer_given(ticket: Ticket, *, by: StaffViewer, at: datetime, asked: str = "") -> None:
    """The client heard a person: the first reply is given, somebody has the request, and the next
    news are promised.
    """
    whole = all_of(ticket)
    changed = [
        keep_promise(one.reply, by=by, at=at)
        for one in whole
        if one.reply.state == PromiseState.RUNNING
    ]
    changed += news_told(whole, by=by, at=at)
    if ticket.taken_by_id is None:
        ticket.taken_by, ticket.taken_at = by.employee, at
        _taken(ticket.pk, by.employee.pk, at)
        ticket.case.owner = by.employee
    if ticket.case.state != TicketState.DONE:
        ticket.case.state = TicketState.WAITING if asked else TicketState.OPEN
    for one in whole:
        if asked and one.solution.state == PromiseState.RUNNING:
            pause_promise(one.solution, by=by, at=at, asked=asked)
            changed.append(one.solution)
        elif not asked:
            changed += _resume(one, by=by, at=at)
    store_promises(changed)
    rank_holders(changed, by=by, at=at, weight=WEIGHT_OF[ticket.priority])
    promise_news(ticket, by=by, at=at, asked=asked)
    touch_case(ticket.case, by=by, at=at, fields=("state", "owner"))
    lay_hands(ticket, by=by, at=at, merged=whole[1:])


def _resume(ticket: Ticket, *, by: object, at: datetime) -> list[Promise]:
    """The clocks of the end and of the news go on where they stood."""
    standing = [one for one in promises_of(ticket) if one.state == PromiseState.PAUSED]
    if not standing:
        return []
    pauses = {
        one.promise_id: one for one in Pause.objects.filter(promise__in=standing, ended_at=None)
    }
    resumed = [resume_promise(one, pauses[one.pk], by=by, at=at) for one in standing]
    store_promises(resumed)
    return resumed


def _begin_anew(ticket: Ticket, at: datetime) -> None:
    """A request that was finished: a first reply and an end are promised once more."""
    level = ServiceLevel.objects.get(priority=ticket.priority)
    ticket.reply, ticket.solution = lay_promises(ticket.case, level, by=None, at=at)
    ticket.news = None
    ticket.outcome, ticket.reopened, ticket.ask_at = "", ticket.reopened + 1, None
    ticket.case.state, ticket.case.closed_at = TicketState.OPEN, None
