"""A chat as the visitor of the site reads it: what was said in it, who answers by when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import get_language

from zabota.cases.clockwork import due_after
from zabota.cases.models import PromiseState
from zabota.common.working_time import between
from zabota.outreach.models import Gate, Received, Thread
from zabota.people.firm import calendar_of
from zabota.people.models import Firm
from zabota.tickets.models import Channel, Remark, ServiceLevel, Ticket, TicketState, TicketType
from zabota.tickets.who import who_is_told

MOST = 200


@dataclass(frozen=True)
class ChatLine:
    """One thing said: whose, when, the files of ours to be taken."""

    name: str
    theirs: bool
    text: str
    at: datetime
    files: list[tuple[int, str]]


@dataclass(frozen=True)
class Chat:
    """What stands in the frame. `due` is by when a person answers, while nobody has;
    `who` is the team until somebody takes it, then the person.
    """

    lines: list[ChatLine]
    ticket: Ticket | None
    due: datetime | None
    who: str
    done: bool
    seen: str


def read_chat(thread: Thread, firm: Firm) -> Chat:
    """The latest request of the conversation; what comes from elsewhere is not there."""
    said = Received.objects.filter(thread=thread)
    number = said.filter(case__isnull=False).order_by("-pk").values_list("case", flat=True).first()
    tickets = Ticket.objects.select_related(
        "case__stream", "reply", "team", "taken_by__user", "taken_by__team"
    )
    ticket = tickets.filter(pk=number).first() if number else None
    if ticket is None:
        return Chat([], None, None, "", False, "0")
    # Merged into another one, it is answered there.
    root = ticket.case.root_id
    now = tickets.get(pk=root) if root else ticket
    answered = Q(side="ours", channel=Channel.CHAT, ticket=now) | Q(side="ours", ticket=ticket)
    remarks = Remark.objects.filter(
        answered | Q(side="theirs", letter__thread=thread), audience="both"
    )
    rows = remarks.select_related("author__employee__team").prefetch_related("files")
    latest = list(rows.order_by("-pk")[:MOST])[::-1]
    language = get_language() or "ru"
    waits = now.reply.state == PromiseState.RUNNING
    return Chat(
        [_line(row, firm, language) for row in latest],
        now,
        now.reply.due_at if waits else None,
        who_is_told(now, firm, language),
        now.case.state == TicketState.DONE,
        f"{now.case.stream.seq}-{len(latest)}",
    )


def _line(row: Remark, firm: Firm, language: str) -> ChatLine:
    theirs = row.side == "theirs"
    employee = getattr(row.author, "employee", None)
    team = employee.team if employee is not None else None
    name = row.author.shown_name if row.author and firm.shows_people else ""
    shown = "" if theirs else name or (team.name(language) if team else firm.shown_name)
    files = [] if theirs else [(one.pk, one.name) for one in row.files.all()]
    return ChatLine(shown, theirs, row.text, row.made_at, files)


def would_answer_by(gate: Gate, firm: Firm, at: datetime) -> tuple[bool, datetime | None]:
    """Whether we are at work at this moment, and by when a person would answer."""
    kinds = TicketType.objects.filter(closed_at=None).order_by("position", "pk")
    kind = kinds.filter(pk=gate.options.get("kind")).first() or kinds.first()
    if kind is None:
        return False, None
    level, calendar = ServiceLevel.objects.get(priority=kind.priority), calendar_of(firm)
    works = between(calendar, at, at + timedelta(minutes=1)) > timedelta()
    return works, due_after(calendar, at, level.reply_minutes)
