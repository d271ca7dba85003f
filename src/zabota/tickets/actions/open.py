"""A request begins: received at once, promised a first reply and an end."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Max, Q

from zabota.cases.actions import lay_promise, next_number, open_case
from zabota.cases.models import Case, Promise
from zabota.cases.moments import TICKET_REPLY, TICKET_SOLUTION
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client, Contact
from zabota.journal.actions import record
from zabota.outreach.models import Received
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Absence, Employee, Substitution, Team
from zabota.tickets.actions.files import Brought, keep_files, words_with
from zabota.tickets.actions.held import dues, lay_hands
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
)
from zabota.tickets.reading.urgency import find_rule
from zabota.tickets.rules import Viewer, may_open_ticket

LONGEST_TITLE = 120
REPLY_WORDS = ("Первый ответ", "First reply")
CALL_WORDS = ("Перезвонить вам", "Call you back")
SOLUTION_WORDS = ("Решить и сказать вам", "Solve it and tell you")


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
    call_back: int = 0,
) -> Ticket:
    """What a client asks, in their own words or as one of ours writes them down while they talk;
    with `call_back`, a call nobody answered: the first reply is a call, within so many minutes.

    From this moment the client knows who has it and until when there will be an answer.
    """
    if by is not None and not may_open_ticket(by):
        raise PermissionDenied
    if isinstance(by, RoomViewer):
        client, contact = by.client, by.contact
    words = words_with(text, files)
    rule = None if priority else find_rule(kind, client, words, at)
    team = None if owner else _receiving(kind)
    owner = owner or _who_answers(client, team, at)
    case = open_case_of(client, owner, title or words, by=by, at=at)
    priority = priority or (rule.priority if rule else kind.priority)
    level = ServiceLevel.objects.get(priority=priority)
    reply, solution = lay_promises(case, level, by=by, at=at, call_back=call_back)
    ticket = Ticket.objects.create(
        case=case, type=kind, priority=level.priority, channel=channel, contact=contact,
        team=team, rule=rule, reply=reply, solution=solution, said=excerpt(words, 200),
    )  # fmt: skip
    remark = _keep_words(ticket, words, letter, by=by, at=at, missed=bool(call_back))
    keep_files(remark, files, by=by, at=at)
    _still_tell(client.owner, ticket, by=by, at=at)
    lay_hands(ticket, by=by, at=at)
    record(
        case.stream, OPENED, by=by.user.pk if by else None, at=at, ticket=case.pk,
        type={"ru": kind.name_ru, "en": kind.name_en}, channel=channel,
        contact=ticket.contact_id, reply_due=dues(reply),
    )  # fmt: skip
    return ticket


def _still_tell(owner: Employee, ticket: Ticket, *, by: Viewer | None, at: datetime) -> None:
    """Whoever answers for the client hears what is up with them, though a team has it."""
    others = ticket.team_id is not None and ticket.case.owner_id != owner.pk
    if others and owner.dismissed_at is None:
        add_watchers(ticket, [owner], by=by, at=at)


def _receiving(kind: TicketType) -> Team | None:
    """The team requests of this kind go to, while there is one."""
    return kind.team if kind.team is not None and kind.team.closed_at is None else None


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
    return Remark.objects.create(
        ticket=ticket,
        kind=RemarkKind.MISSED if missed else RemarkKind.WORDS,
        side="theirs",
        audience="both",
        channel=ticket.channel,
        text=words,
        author=by.user if by else None,
        contact=ticket.contact,
        letter=letter,
        made_at=at,
    )


def lay_promises(
    case: Case, level: ServiceLevel, *, by: object, at: datetime, call_back: int = 0
) -> tuple[Promise, Promise]:
    """The first reply and the end, both running from now in working time."""
    reply = (CALL_WORDS, call_back) if call_back else (REPLY_WORDS, level.reply_minutes)
    calendar = calendar_of(current_firm())
    laid = [
        lay_promise(case, moment, by=by, at=at, words=words, minutes=minutes, calendar=calendar)
        for moment, words, minutes in (
            (TICKET_REPLY, *reply),
            (TICKET_SOLUTION, SOLUTION_WORDS, level.solution_minutes),
        )
    ]
    return laid[0], laid[1]


def _who_answers(client: Client, team: Team | None, at: datetime) -> Employee:
    """In charge until somebody takes it: the one who knows this client, while they are here and
    the request is for their team; else of the team whoever has least to do; without a team, who
    stands in for the one who knows the client, or their lead.
    """
    owner = client.owner
    away = set(Absence.objects.standing(at).values_list("employee", flat=True))
    knows = owner.dismissed_at is None and owner.pk not in away
    if team is not None:
        found = None if knows and owner.team_id == team.pk else _least_busy(team, away)
        if found is not None:
            return found
    if knows:
        return owner
    stands = Substitution.objects.standing(at).filter(employee=owner, substitute__dismissed_at=None)
    found = stands.select_related("substitute__user").order_by("pk").first()
    if found is not None:
        substitute: Employee = found.substitute
        return substitute
    if owner.lead is not None and owner.lead.dismissed_at is None:
        return owner.lead
    return owner


def _least_busy(team: Team, away: set[int]) -> Employee | None:
    """Who of those here has the fewest unfinished requests; of equals, whoever waits longest."""
    unfinished = Q(cases__kind="ticket", cases__root=None) & ~Q(cases__state=TicketState.DONE)
    here = Employee.objects.working().filter(team=team).exclude(pk__in=away)
    return (
        here.select_related("user")
        .annotate(
            load=Count("cases", filter=unfinished),
            latest=Max("cases__opened_at", filter=Q(cases__kind="ticket")),
        )
        .order_by("load", F("latest").asc(nulls_first=True), "pk")
        .first()
    )
