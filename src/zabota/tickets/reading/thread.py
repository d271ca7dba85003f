"""One request as a viewer reads it: who has it, what is promised, everything that was said."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache

from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.cases.models import Deviation, Pause, Promise, PromiseState
from zabota.clients.access import RoomViewer
from zabota.common import formats
from zabota.common.questions import One, Question
from zabota.journal.models import Entry
from zabota.journal.reading import Line, read_lines
from zabota.people.models import Employee, Firm, User
from zabota.tickets.models import (
    Channel,
    Outcome,
    Remark,
    RemarkKind,
    Ticket,
    TicketState,
)
from zabota.tickets.reading.files import WHOLE, FileOf, files_of_lines
from zabota.tickets.reading.there import There
from zabota.tickets.reading.whole import counting, merged_into
from zabota.tickets.rules import Viewer


@dataclass(frozen=True)
class Said:
    """One line of the thread: whose, when, for whom."""

    text: str
    name: str
    # How the person is drawn; without either there is nobody to draw.
    photo_url: str
    initials: str
    theirs: bool
    inside: bool
    # How the request ended by this.
    ending: str
    call: bool
    missed: bool
    files: tuple[FileOf, ...]
    # By which way it was said, where that is not the room.
    channel: str
    # When, for programs and for people.
    moment: str
    when: str
    last: bool


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


@dataclass(frozen=True)
class Thread:
    """Everything on the page of a request; `beyond` is what was done for the client beyond the
    rules, in the words they read.
    """

    said: list[Said]
    promises: list[Promised]
    now: Now
    beyond: list[str]
    lines: list[Line]

    @property
    def several(self) -> bool:
        """Whether the client wrote more than once: it may be about several matters."""
        return len([one for one in self.said if one.theirs]) > 1


def read_thread(
    ticket: Ticket, viewer: Viewer, firm: Firm, *, at: datetime, there: There
) -> Thread:
    """The same thread for both sides; what is ours alone is not there for the client."""
    in_room = isinstance(viewer, RoomViewer)
    language = get_language() or "ru"
    whole = [ticket, *(merged_into(ticket) if there.merged else ())]
    pks = [one.pk for one in whole]
    asked = _asked_by(viewer.audiences)
    remarks = asked.remarks(tickets=pks)
    entries = asked.entries(streams=[one.case.stream_id for one in whole])
    promised = counting(one.reply for one in whole), counting(one.solution for one in whole)
    masks = masks_of(firm) if in_room and not firm.shows_people else None
    page = f"/{'room' if in_room else 'desk'}/tickets/{ticket.pk}/"
    files = files_of_lines(pks if there.files or there.merged else [], remarks, page)
    speech = _Speech(ticket, firm, language, timezone.get_current_timezone(), at, in_room)
    return Thread(
        said=[
            _said(remark, speech, tuple(files.get(remark.pk, ())), last=remark is remarks[-1])
            for remark in remarks
        ],
        promises=[_promised(one, language, at) for one in promised],
        now=_now(ticket, promised, firm, language, at, in_room=in_room),
        beyond=_beyond(cases=pks if there.beyond or there.merged else []),
        lines=read_lines(entries, now=at, masks=masks),
    )


@dataclass(frozen=True)
class Asked:
    """What a page asks of requests for those who read as its reader does."""

    remarks: Question[Remark]
    entries: Question[Entry]


@cache
def _asked_by(audiences: tuple[str, ...]) -> Asked:
    people = ("author__employee__photo", "author__employee__team", "contact__user")
    return Asked(
        Question(
            lambda tickets: (
                Remark.objects.filter(ticket__in=tickets, audience__in=audiences)
                .select_related(*people)
                .order_by("made_at", "pk")
            ),
            tickets=WHOLE,
        ),
        Question(
            lambda streams: Entry.objects.filter(
                stream__in=streams, audience__in=audiences
            ).order_by("-pk")[:50],
            streams=WHOLE,
        ),
    )


_beyond = Question(
    lambda cases: (
        Deviation.objects.filter(case__in=cases)
        .shown_to_client()
        .order_by("answered_at", "pk")
        .values_list("told", flat=True)
    ),
    cases=WHOLE,
)
_open_pause = Question(
    lambda promise: Pause.objects.filter(promise=promise, ended_at=None), promise=One()
)


@dataclass(frozen=True)
class _Speech:
    """How the lines of a thread are said to its reader."""

    ticket: Ticket
    firm: Firm
    language: str
    zone: tzinfo
    at: datetime
    in_room: bool


def _said(remark: Remark, speech: _Speech, files: tuple[FileOf, ...], *, last: bool) -> Said:
    name, person = _whose(remark, speech)
    outcome = speech.ticket.outcome
    ending = remark.kind == RemarkKind.ENDING and outcome
    return Said(
        remark.text or gettext("Erased at the person’s wish."),
        name,
        person.photo_url if isinstance(person, Employee) else "",
        person.initials if person is not None else "",
        remark.side == "theirs",
        inside=remark.audience == "ours",
        ending=str(Outcome(outcome).label) if ending else "",
        call=remark.kind == RemarkKind.CALL,
        missed=remark.kind == RemarkKind.MISSED,
        files=files,
        channel=_channel(remark),
        moment=remark.made_at.astimezone(speech.zone).isoformat(),
        when=formats.when(remark.made_at, speech.at, speech.language, speech.zone),
        last=last,
    )


def _whose(remark: Remark, speech: _Speech) -> tuple[str, Employee | User | None]:
    """The name a line stands under, and who is drawn beside it."""
    if remark.side == "theirs":
        contact = remark.contact
        return (contact.shown_name, contact.user) if contact else (gettext("the client"), None)
    firm, author = speech.firm, remark.author
    employee: Employee | None = getattr(author, "employee", None)
    if speech.in_room and not firm.shows_people:
        team = employee.team if employee is not None else None
        return (team.name(speech.language) if team else firm.shown_name), None
    return (author.shown_name if author else firm.shown_name), employee or author


def _channel(remark: Remark) -> str:
    silent = (
        remark.kind in (RemarkKind.NOTE, RemarkKind.CALL, RemarkKind.MISSED)
        or remark.channel == Channel.ROOM
    )
    return "" if silent else str(Channel(remark.channel).label)


def _promised(promise: Promise, language: str, at: datetime) -> Promised:
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


def _now(
    ticket: Ticket,
    promised: tuple[Promise, Promise],
    firm: Firm,
    language: str,
    at: datetime,
    *,
    in_room: bool,
) -> Now:
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
    promise = promised[0] if reply else promised[1]
    if promise.due_at is None:
        return Now("", words % {"who": who}, "")
    until = formats.by(promise.due_at, at, language, zone)
    said = gettext("a person answers by %(when)s") if reply else gettext("solved by %(when)s")
    late = promise.is_late(at)
    if late:
        said = gettext("was promised by %(when)s")
    return Now("late" if late else "", words % {"who": who}, said % {"when": until})


def _who(ticket: Ticket, firm: Firm, language: str, *, in_room: bool) -> str:
    taken = ticket.taken_by
    if taken is not None and (firm.shows_people or not in_room):
        return taken.name
    if taken is not None:
        return taken.team.name(language) if taken.team else firm.shown_name
    if ticket.team is not None:
        return ticket.team.name(language)
    hidden = in_room and not firm.shows_people
    return firm.shown_name if hidden else ticket.case.owner.name


def masks_of(firm: Firm) -> dict[int, str]:
    """Where the firm shows teams, a client reads the team's name and not the person's."""
    language = get_language() or "ru"
    return {
        one.user_id: one.team.name(language) if one.team else firm.shown_name
        for one in Employee.objects.select_related("team")
    }
