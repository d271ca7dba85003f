"""Putting a request aside until a moment, within what was promised."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import touch_case
from zabota.cases.models import PromiseState
from zabota.journal.actions import record
from zabota.journal.reading import moment_ref
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import lay_hands, lock_ticket, promises_of
from zabota.tickets.entries import SNOOZED, WOKEN
from zabota.tickets.models import Ticket
from zabota.tickets.rules import may_snooze_ticket

BATCH = 200


@transaction.atomic
def snooze_ticket(ticket: Ticket, until: datetime, *, by: StaffViewer, at: datetime) -> Ticket:
    """Whoever has it does not see it in Today until then; the clock of what is promised runs on,
    and never is it put aside past that.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if not may_snooze_ticket(by, ticket):
        raise PermissionDenied
    if until <= at:
        raise Refused("past", _("This moment has passed."), field="until")
    limit = promised_next(ticket)
    if limit is not None and until >= limit:
        raise Refused("past_promise", _("The client was promised it before that."), field="until")
    ticket.snoozed_until = until
    ticket.save(update_fields=["snoozed_until"])
    touch_case(ticket.case, by=by, at=at)
    lay_hands(ticket, by=by, at=at)
    record(stream, SNOOZED, by=by.user.pk, at=at, ticket=ticket.pk, until=moment_ref(until))
    return ticket


def promised_next(ticket: Ticket) -> datetime | None:
    """Until when something is promised to the client: it is put aside no longer."""
    running = [
        one.due_at
        for one in promises_of(ticket)
        if one.state == PromiseState.RUNNING and one.due_at is not None
    ]
    return min(running, default=None)


@transaction.atomic
def wake_ticket(ticket: Ticket, *, by: StaffViewer | None, at: datetime) -> Ticket:
    """It stands in Today again: its moment has come, or whoever has it takes it up sooner."""
    ticket, stream = lock_ticket(ticket.pk)
    if by is not None and not may_snooze_ticket(by, ticket):
        raise PermissionDenied
    if ticket.snoozed_until is None:
        return ticket
    ticket.snoozed_until = None
    ticket.save(update_fields=["snoozed_until"])
    lay_hands(ticket, by=by, at=at)
    record(stream, WOKEN, by=by.user.pk if by else None, at=at, ticket=ticket.pk)
    return ticket


def wake_tickets(*, by: None, at: datetime) -> int:
    """Those whose moment has come."""
    due = Ticket.objects.filter(snoozed_until__lte=at).order_by("snoozed_until")[:BATCH]
    return len([wake_ticket(ticket, by=None, at=at) for ticket in due])
