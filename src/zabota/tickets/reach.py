"""How the client of a request is spoken to: the way they used last, or another they have."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from zabota.cases.entries import letter_address
from zabota.clients.models import Contact
from zabota.common.questions import One, Question
from zabota.outreach.models import GateKind, Thread
from zabota.tickets.models import Channel, Remark, Ticket

# By these they reach us, and we never them.
ONE_WAY = (Channel.CALL, Channel.FORM)
# Whose page asked for news so lately reads the answer there.
LOOKS = timedelta(seconds=20)


@dataclass(frozen=True)
class Way:
    """One way to answer: the channel, its name."""

    channel: str
    label: str


def last_channel(ticket: Ticket) -> str:
    """What the client used last."""
    said = _channels(ticket=ticket.pk)
    return said[0] if said else ticket.channel


_channels: Question[str] = Question(
    lambda ticket: (
        Remark.objects.filter(ticket=ticket, side="theirs", audience="both")
        .order_by("-pk")
        .values_list("channel", flat=True)[:1]
    ),
    ticket=One(),
)


def ways_to_answer(ticket: Ticket) -> tuple[Way, ...]:
    """Those there are, the one used last first."""
    contact = ticket.contact
    return ways_of(ticket, last_channel(ticket), contact is not None and bool(bot_thread(contact)))


def ways_of(ticket: Ticket, last: str, has_bot: bool) -> tuple[Way, ...]:
    """The same, where it is known which way they used last and whether they talk with a bot. None
    at all: nothing that is written reaches them, they have to be called.
    """
    contact = ticket.contact
    if contact is None:
        unread = last == Channel.CALL and not _reads_in_room(ticket)
        return () if unread else (Way(last, str(Channel(last).label)),)
    found = [] if last in ONE_WAY else [last]
    if contact.user is not None and contact.user.is_active:
        found.append(Channel.ROOM)
    elif letter_address(contact):
        found.append(Channel.MAIL)
    if has_bot:
        found.append(Channel.TELEGRAM)
    return tuple(Way(str(one), str(Channel(one).label)) for one in dict.fromkeys(map(str, found)))


def _reads_in_room(ticket: Ticket) -> bool:
    """Whether anybody of the client may read it in the room."""
    people = Contact.objects.of_whole(ticket.case.client_id)
    return people.filter(removed_at=None, user__is_active=True).exists()


def number_to_call(ticket: Ticket) -> str:
    """What number to call whoever cannot be written to; empty where nobody knows."""
    called = ticket.calls.exclude(number="").order_by("-pk").values_list("number", flat=True)
    points = ticket.contact.points.filter(kind="phone", removed_at=None) if ticket.contact else None
    known = points.order_by("-preferred", "pk").values_list("value", flat=True) if points else ()
    return next((str(one) for rows in (called, known) for one in rows[:1]), "")


def chosen_way(ticket: Ticket, channel: str) -> str:
    """The way somebody chose, if there is that one; else none, which means the one used last."""
    known = {way.channel for way in ways_to_answer(ticket)} if channel else set()
    return channel if channel in known else ""


def bot_thread(contact: Contact) -> Thread | None:
    """Where this person talks with a bot of ours."""
    return next(iter(_bot_threads(contact=contact.pk)), None)


_bot_threads = Question(
    lambda contact: (
        Thread.objects.filter(contact=contact, gate__kind=GateKind.TELEGRAM, gate__closed_at=None)
        .select_related("gate")
        .order_by("-pk")[:1]
    ),
    contact=One(),
)


def looks_at_chat(contact: Contact, at: datetime) -> bool:
    """Whether the page of their chat is open just now."""
    theirs = Thread.objects.filter(contact=contact, gate__kind=GateKind.CHAT)
    return theirs.filter(looked_at__gt=at - LOOKS).exists()
