"""One request as a viewer reads it: who has it, what is promised, everything that was said."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache

from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.cases.models import Deviation
from zabota.clients.access import RoomViewer
from zabota.common import formats
from zabota.common.questions import Question
from zabota.journal.models import Entry
from zabota.journal.reading import Line, read_lines
from zabota.people.models import Employee, Firm, User
from zabota.tickets.models import (
    Channel,
    Outcome,
    Remark,
    RemarkKind,
    Ticket,
)
from zabota.tickets.reading.files import WHOLE, FileOf, files_of_lines
from zabota.tickets.reading.promised import Now, Promised, promises_of, say_now, say_promise
from zabota.tickets.reading.there import There
from zabota.tickets.reading.whole import merged_into
from zabota.tickets.rules import Viewer


@dataclass(frozen=True)
class Said:
    """One line of the thread: whose, when, for whom."""

    pk: int
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
    # By which way it was said, where that is not the room; the letter whole, for our people.
    channel: str
    letter: str
    # When, for programs and for people.
    moment: str
    when: str
    last: bool


@dataclass(frozen=True)
class Thread:
    """Everything on the page of a request; `beyond` is what was done for the client beyond the
    rules, in the words they read.
    """

    said: list[Said]
    promises: tuple[Promised, ...]
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
    if isinstance(viewer, RoomViewer):
        # Of clients that are two again, until their requests are, each reads their own.
        whole = [one for one in whole if viewer.stands_for(one.case.client_id)]
    pks = [one.pk for one in whole]
    asked = _asked_by(viewer.audiences)
    remarks = asked.remarks(tickets=pks)
    entries = asked.entries(streams=[one.case.stream_id for one in whole])
    promised = promises_of(whole, at)
    masks = masks_of(firm) if in_room and not firm.shows_people else None
    page = f"/{'room' if in_room else 'desk'}/tickets/{ticket.pk}/"
    files = files_of_lines(pks if there.files or there.merged else [], remarks, page)
    speech = _Speech(ticket, firm, language, timezone.get_current_timezone(), at, in_room)
    return Thread(
        said=[
            _said(remark, speech, tuple(files.get(remark.pk, ())), last=remark is remarks[-1])
            for remark in remarks
        ],
        promises=tuple(say_promise(one, language, at) for one in promised if one is not None),
        now=say_now(ticket, promised, firm, language, at, in_room=in_room),
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
        remark.pk,
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
        letter=_letter(remark, speech),
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


def _letter(remark: Remark, speech: _Speech) -> str:
    """Where the whole of it is: with the history quoted under it, as it was laid out."""
    whole = remark.channel == Channel.MAIL and remark.letter_id and not speech.in_room
    return f"/desk/letters/{remark.letter_id}/" if whole else ""


def masks_of(firm: Firm) -> dict[int, str]:
    """Where the firm shows teams, a client reads the team's name and not the person's."""
    language = get_language() or "ru"
    return {
        one.user_id: one.team.name(language) if one.team else firm.shown_name
        for one in Employee.objects.select_related("team")
    }
