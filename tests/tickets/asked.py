"""Requests as tests make them."""

from datetime import datetime
from typing import Any

from tests.contracts.worlds import AT
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.tickets.actions import open_ticket
from zabota.tickets.models import Ticket, TicketType

WORDS = "Светильники не горят, а завтра приезжает комиссия."


def asked(
    world: World,
    kind: str = "problem",
    guest: str = "anna",
    at: datetime = AT,
    text: str = WORDS,
) -> Ticket:
    """A client's person writes in their room."""
    by = world.as_guest(guest)
    return open_ticket(by.client, TicketType.objects.get(slug=kind), text, by=by, at=at)


def fresh(ticket: Ticket) -> Ticket:
    """As it stands now."""
    related = ("case", "reply", "solution", "news", "taken_by__user")
    return Ticket.objects.select_related(*related).get(pk=ticket.pk)


def kinds(ticket: Ticket) -> list[str]:
    """What is remembered of it, in order."""
    entries = Entry.objects.filter(stream__case=ticket.pk).order_by("seq")
    return [entry.kind for entry in entries]


def facts(ticket: Ticket) -> dict[str, Any]:
    """What its last entry keeps."""
    return dict(Entry.objects.filter(stream__case=ticket.pk).order_by("-seq")[0].facts)
