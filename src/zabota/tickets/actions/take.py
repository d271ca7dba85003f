"""Taking a request, and changing how urgent it is."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import renegotiate_promise, touch_case
from zabota.cases.clockwork import due_after
from zabota.cases.models import PromiseState
from zabota.journal.actions import record
from zabota.journal.reading import user_ref
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.tickets.actions.held import lay_hands, lock_ticket
from zabota.tickets.entries import PRIORITY_CHANGED, TAKEN
from zabota.tickets.models import Priority, ServiceLevel, Ticket, TicketState
from zabota.tickets.rules import may_change_priority, may_take_ticket


@transaction.atomic
def take_ticket(ticket: Ticket, *, by: StaffViewer, at: datetime) -> Ticket:
    """One of ours has it now, and the client reads the name; whoever had it is told."""
    ticket, stream = lock_ticket(ticket.pk)
    if ticket.taken_by_id == by.employee.pk and ticket.case.state != TicketState.DONE:
        return ticket
    if not may_take_ticket(by, ticket):
        raise PermissionDenied
    before = ticket.taken_by
    ticket.taken_by, ticket.taken_at, ticket.snoozed_until = by.employee, at, None
    ticket.case.owner = by.employee
    if ticket.case.state == TicketState.NEW:
        ticket.case.state = TicketState.OPEN
    ticket.save(update_fields=["taken_by", "taken_at", "snoozed_until"])
    touch_case(ticket.case, by=by, at=at, fields=("state", "owner"))
    lay_hands(ticket, by=by, at=at)
    record(
        stream,
        TAKEN,
        by=by.user.pk,
        at=at,
        ticket=ticket.pk,
        before=user_ref(before.user_id) if before else None,
        contact=ticket.contact_id,
    )
    return ticket


@transaction.atomic
def change_priority(
    ticket: Ticket, priority: str, *, by: StaffViewer, at: datetime, reason: str
) -> Ticket:
    """More or less urgent than was thought: what is promised moves in the open, counted from the
    beginning of the request; the first dates stay known. What is broken already stays broken.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if not may_change_priority(by, ticket):
        raise PermissionDenied
    if priority == ticket.priority:
        return ticket
    was, ticket.priority, ticket.rule = ticket.priority, Priority(priority), None
    level, calendar = ServiceLevel.objects.get(priority=priority), calendar_of(current_firm())
    for name, minutes in (("reply", level.reply_minutes), ("solution", level.solution_minutes)):
        promise = getattr(ticket, name)
        if promise.state != PromiseState.RUNNING or promise.is_late(at):
            continue
        due = max(due_after(calendar, promise.started_at, minutes), due_after(calendar, at, 1))
        promise.allowed_minutes = minutes
        setattr(ticket, name, renegotiate_promise(promise, by=by, at=at, due_at=due))
    ticket.save(update_fields=["priority", "rule", "reply", "solution"])
    touch_case(ticket.case, by=by, at=at)
    lay_hands(ticket, by=by, at=at)
    record(
        stream,
        PRIORITY_CHANGED,
        by=by.user.pk,
        at=at,
        ticket=ticket.pk,
        was=_words(was),
        to=_words(priority),
        reason=reason.strip()[:300],
    )
    return ticket


WORDS = {
    "urgent": ("срочно", "urgent"),
    "high": ("важно", "high"),
    "normal": ("обычный", "usual"),
    "low": ("может подождать", "can wait"),
}


def _words(priority: str) -> dict[str, str]:
    ru, en = WORDS[priority]
    return {"ru": ru, "en": en}
