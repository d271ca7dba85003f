"""A letter nobody asked for began a request: it is closed quietly, its writer is no client."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import drop_promise, rank_holders, store_promises, touch_case
from zabota.clients.actions import accept_client, refuse_client
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.tickets.actions.held import UNDER_WAY, dues, lay_hands, lock_ticket
from zabota.tickets.actions.news import no_more_news, run_to_the_end
from zabota.tickets.actions.open import lay_promises
from zabota.tickets.entries import ACCEPTED, REFUSED
from zabota.tickets.models import ServiceLevel, Ticket, TicketState
from zabota.tickets.rules import may_accept_ticket, may_refuse_ticket


@transaction.atomic
def refuse_ticket(ticket: Ticket, *, by: StaffViewer, at: datetime) -> Ticket:
    """Who wrote is no client: nobody is answered or asked anything, what was promised by itself
    counts neither as kept nor as broken, and the card leaves the list.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if not may_refuse_ticket(by, ticket, at):
        raise PermissionDenied
    run_to_the_end([ticket.solution], at=at)
    dropped = [one for one in (ticket.reply, ticket.solution) if one.state in UNDER_WAY]
    for promise in dropped:
        drop_promise(promise, by=by, at=at)
    dropped += no_more_news(ticket, by=by, at=at)
    store_promises(dropped)
    rank_holders(dropped, by=by, at=at)
    ticket.ask_at = ticket.snoozed_until = None
    ticket.save(update_fields=["ask_at", "snoozed_until"])
    ticket.case.state, ticket.case.closed_at = TicketState.DONE, at
    touch_case(ticket.case, by=by, at=at, fields=("state", "closed_at"))
    refuse_client(ticket.case.client, by=by.user, at=at)
    record(stream, REFUSED, by=by.user.pk, at=at, ticket=ticket.pk)
    return ticket


@transaction.atomic
def accept_ticket(ticket: Ticket, *, by: StaffViewer, at: datetime) -> Ticket:
    """A client after all: a first reply and an end are promised anew, and they hear so."""
    ticket, stream = lock_ticket(ticket.pk)
    if not may_accept_ticket(by, ticket, at):
        raise PermissionDenied
    accept_client(ticket.case.client, by=by.user, at=at)
    level = ServiceLevel.objects.get(priority=ticket.priority)
    ticket.reply, ticket.solution = lay_promises(ticket.case, level, by=by, at=at)
    ticket.news = None
    ticket.save(update_fields=["reply", "solution", "news"])
    ticket.case.state, ticket.case.closed_at = TicketState.OPEN, None
    touch_case(ticket.case, by=by, at=at, fields=("state", "closed_at"))
    lay_hands(ticket, by=by, at=at)
    record(
        stream, ACCEPTED, by=by.user.pk, at=at,
        ticket=ticket.pk, contact=ticket.contact_id, reply_due=dues(ticket.reply),
    )  # fmt: skip
    return ticket
