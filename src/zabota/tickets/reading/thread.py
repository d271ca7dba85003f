"""One request as a viewer reads it: who has it, what is promised, everything that was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.cases.models import Deviation, Pause, Promise, PromiseState
from zabota.clients.access import RoomViewer
from zabota.common import formats
from zabota.common.sizes import file_size
from zabota.journal.models import Entry
from zabota.journal.reading import Line, read_lines
from zabota.outreach.models import ReceivedFile
from zabota.people.models import Employee, Firm, User
from zabota.tickets.models import (
    Channel,
    Outcome,
    Remark,
    RemarkFile,
    RemarkKind,
    Ticket,
    TicketState,
)
from zabota.tickets.reading.whole import counting, merged_into
from zabota.tickets.rules import Viewer


@dataclass(frozen=True)
class FileOf:
    """A file of a line of the thread, to be taken from `path` below the request's page."""

    name: str
    size: str
    path: str


@dataclass(frozen=True)
class Said:
    """One line of the thread: whose, when, for whom."""

    remark: Remark
    name: str
    person: Employee | User | None
    theirs: bool
    inside: bool
    ending: bool
    call: bool
    missed: bool
    files: list[FileOf]
    # By which way it was said, where that is not the room.
    channel: str


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


def read_thread(ticket: Ticket, viewer: Viewer, firm: Firm, *, at: datetime) -> Thread:
    """The same thread for both sides; what is ours alone is not there for the client."""
    in_room = isinstance(viewer, RoomViewer)
    language = get_language() or "ru"
    whole = [ticket, *merged_into(ticket)]
    remarks = list(
        Remark.objects.filter(ticket__in=whole, audience__in=viewer.audiences)
        .select_related("author__employee__photo", "author__employee__team", "contact__user")
        .order_by("made_at", "pk")
    )
    streams = [one.case.stream_id for one in whole]
    entries = Entry.objects.filter(stream__in=streams, audience__in=viewer.audiences)
    promised = counting(one.reply for one in whole), counting(one.solution for one in whole)
    masks = masks_of(firm) if in_room and not firm.shows_people else None
    files = _files(remarks)
    return Thread(
        said=[
            _said(remark, firm, language, files.get(remark.pk, []), in_room=in_room)
            for remark in remarks
        ],
        promises=[_promised(one, language, at) for one in promised],
        now=_now(ticket, promised, firm, language, at, in_room=in_room),
        beyond=list(
            Deviation.objects.filter(case__in=[one.pk for one in whole])
            .shown_to_client()
            .order_by("answered_at", "pk")
            .values_list("told", flat=True)
        ),
        lines=read_lines(entries.order_by("-pk")[:50], now=at, masks=masks),
    )


def _files(remarks: list[Remark]) -> dict[int, list[FileOf]]:
    """The files of each line: those added to it, and those its letter brought that nothing speaks
    against.
    """
    found: dict[int, list[FileOf]] = {}
    of_lines = {remark.pk: remark.pk for remark in remarks}
    of_letters = {remark.letter_id: remark.pk for remark in remarks if remark.letter_id}
    added = RemarkFile.objects.filter(remark__in=of_lines).select_related("file").order_by("pk")
    for one in added:
        path = f"files/{one.pk}/"
        found.setdefault(one.remark_id, []).append(FileOf(one.name, file_size(one.file.size), path))
    if of_letters:
        for came in files_of_letters(of_letters):
            path = f"letter-files/{came.pk}/"
            line = of_letters[came.letter_id]
            found.setdefault(line, []).append(FileOf(came.name, file_size(came.file.size), path))
    return found


def files_of_letters(letters: Iterable[int]) -> QuerySet[ReceivedFile]:
    """What letters brought and may be opened; pictures that belong to the look of a letter do not
    count.
    """
    sound = ReceivedFile.objects.filter(letter__in=list(letters), doubt="", inline=False)
    return sound.select_related("file").order_by("pk")


def _said(remark: Remark, firm: Firm, language: str, files: list[FileOf], *, in_room: bool) -> Said:
    theirs = remark.side == "theirs"
    employee = getattr(remark.author, "employee", None) if not theirs else None
    person: Employee | User | None = employee or remark.author
    if theirs:
        name = remark.contact.shown_name if remark.contact else gettext("the client")
        person = remark.contact.user if remark.contact and remark.contact.user else None
    elif in_room and not firm.shows_people:
        team = employee.team if employee is not None else None
        name, person = (team.name(language) if team else firm.shown_name), None
    else:
        name = remark.author.shown_name if remark.author else firm.shown_name
    return Said(
        remark,
        name,
        person,
        theirs,
        inside=remark.audience == "ours",
        ending=remark.kind == RemarkKind.ENDING,
        call=remark.kind == RemarkKind.CALL,
        missed=remark.kind == RemarkKind.MISSED,
        files=files,
        channel=_channel(remark),
    )


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
        pause = Pause.objects.filter(promise=ticket.solution, ended_at=None).first()
        since = formats.since(pause.started_at, at, language, zone) if pause else ""
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
