"""A request begins: received at once, promised a first reply and an end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import lay_promise, next_number, open_case
from zabota.cases.models import Case, Promise
from zabota.cases.moments import TICKET_REPLY, TICKET_SOLUTION
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client, Contact
from zabota.journal.actions import record
from zabota.outreach.models import Received
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Employee
from zabota.tickets.actions.fields import Answers, amount_at_stake, keep_answers
from zabota.tickets.actions.files import Brought, keep_files, words_with
from zabota.tickets.actions.held import dues, lay_hands
from zabota.tickets.actions.lines import keep_first_line
from zabota.tickets.actions.watch import add_watchers
from zabota.tickets.actions.words import excerpt
from zabota.tickets.entries import OPENED
from zabota.tickets.models import (
    Channel,
    Remark,
    RemarkKind,
    ServiceLevel,
    Ticket,
    TicketState,
    TicketType,
    Why,
)
from zabota.tickets.priorities import Came
from zabota.tickets.reading.receiving import Taker, who_takes
from zabota.tickets.reading.urgency import came_of, find_rule
from zabota.tickets.rules import Viewer, may_open_ticket

LONGEST_TITLE = 120
REPLY_WORDS = ("Первый ответ", "First reply")
CALL_WORDS = ("Перезвонить вам", "Call you back")
SOLUTION_WORDS = ("Решить и сказать вам", "Solve it and tell you")
# Nobody can call a hidden number back.
HIDDEN_WORDS = ("Выяснить, кто звонил", "Find out who called")
HIDDEN_SOLUTION = ("Помочь, если узнаем, кто звонил", "Help, if we learn who called")


@dataclass(frozen=True)
class Missed:
    """A call nobody answered: within how many minutes somebody calls back, or, where the number is
    hidden, finds out who it was.
    """

    minutes: int
    hidden: bool = False


@transaction.atomic
def open_ticket(
    client: Client,
    kind: TicketType,
    text: str,
    *,
    by: Viewer | None,
    at: datetime,
    contact: Contact | None = None,
    channel: str = Channel.ROOM,
    title: str = "",
    priority: str = "",
    letter: Received | None = None,
    files: Sequence[Brought] = (),
    owner: Employee | None = None,
    missed: Missed | None = None,
    answers: Answers | None = None,
) -> Ticket:
    """What a client asks, in their own words or as one of ours writes them down while they talk;
    or a `missed` call: the first reply is a call, within so many minutes.

    From this moment the client knows who has it and until when there will be an answer.
    """
    if by is not None and not may_open_ticket(by):
        raise PermissionDenied
    if isinstance(by, RoomViewer):
        client, contact = by.client, by.contact
    words = words_with(text, files)
    answers = answers or {}
    came = came_of(kind, client, words, at, channel=channel, amount=amount_at_stake(answers))
    rule = None if priority else find_rule(came)
    taker = Taker(owner, None, Why.GIVEN) if owner else _taker(kind, client, contact, came, at)
    case = open_case_of(_card_of(client, contact), taker.owner, title or words, by=by, at=at)
    level = ServiceLevel.objects.get(priority=priority or (rule or kind).priority)
    reply, solution = lay_promises(case, level, by=by, at=at, missed=missed)
    ticket = Ticket.objects.create(
        case=case, type=kind, priority=level.priority, channel=channel, contact=contact,
        team=taker.team, rule=rule, reply=reply, solution=solution, said=excerpt(words, 200),
        why=taker.why, received_by=taker.rule, place_id=taker.owner.place_id,
    )  # fmt: skip
    said = _keep_words(ticket, words, letter, by=by, at=at, missed=missed is not None)
    keep_files(said, files, by=by, at=at)
    keep_answers(ticket, answers, by=by, at=at, ours=isinstance(by, StaffViewer))
    _still_tell(client.owner, ticket, by=by, at=at)
    lay_hands(ticket, by=by, at=at)
    record(
        case.stream, OPENED, by=by.user.pk if by else None, at=at, ticket=case.pk,
        type={"ru": kind.name_ru, "en": kind.name_en}, channel=channel,
        contact=ticket.contact_id, reply_due=dues(reply),
    )  # fmt: skip
    return ticket


def _card_of(client: Client, contact: Contact | None) -> Client:
    """Of clients that are one the card of whoever asks: it stays theirs, if they are two again."""
    return contact.client if contact is not None else client


def _taker(
    kind: TicketType, client: Client, contact: Contact | None, came: Came, at: datetime
) -> Taker:
    """Who gets it first, by what it takes and by what its client reads."""
    reads = contact.user.language if contact and contact.user else client.language
    return who_takes(kind, client, came, reads, at=at)


def _still_tell(owner: Employee, ticket: Ticket, *, by: Viewer | None, at: datetime) -> None:
    """Whoever answers for the client hears what is up with them, though a team has it."""
    others = ticket.team_id is not None and ticket.case.owner_id != owner.pk
    if others and owner.dismissed_at is None:
        add_watchers(ticket, [owner], by=by, at=at)


def open_case_of(
    client: Client, owner: Employee, title: str, *, by: Viewer | None, at: datetime
) -> Case:
    """The case of a new request, with its number."""
    year, number = next_number("ticket", by=by, at=at)
    return open_case(
        "ticket",
        by=by.user if by else None,
        at=at,
        number=f"О-{year}-{number:05d}",
        title=excerpt(title, LONGEST_TITLE),
        client=client,
        owner=owner,
        state=TicketState.NEW,
    )


def _keep_words(
    ticket: Ticket,
    words: str,
    letter: Received | None,
    *,
    by: Viewer | None,
    at: datetime,
    missed: bool = False,
) -> Remark:
    """The first line of the thread: the client's, whoever wrote it down."""
    return keep_first_line(
        ticket,
        by=by,
        at=at,
        kind=RemarkKind.MISSED if missed else RemarkKind.WORDS,
        side="theirs",
        audience="both",
        channel=ticket.channel,
        text=words,
        author=by.user if by else None,
        contact=ticket.contact,
        letter=letter,
    )


def lay_promises(
    case: Case, level: ServiceLevel, *, by: object, at: datetime, missed: Missed | None = None
) -> tuple[Promise, Promise]:
    """The first reply and the end, both running from now in working time."""
    reply, solution = (REPLY_WORDS, level.reply_minutes), SOLUTION_WORDS
    if missed is not None:
        reply = (HIDDEN_WORDS if missed.hidden else CALL_WORDS, missed.minutes)
        solution = HIDDEN_SOLUTION if missed.hidden else SOLUTION_WORDS
    calendar = calendar_of(current_firm())
    laid = [
        lay_promise(case, moment, by=by, at=at, words=words, minutes=minutes, calendar=calendar)
        for moment, words, minutes in (
            (TICKET_REPLY, *reply),
            (TICKET_SOLUTION, solution, level.solution_minutes),
        )
    ]
    return laid[0], laid[1]
