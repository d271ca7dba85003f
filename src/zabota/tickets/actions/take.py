"""Taking a request, and changing how urgent it is."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import (
    pause_promise,
    rank_holders,
    renegotiate_promise,
    store_promises,
    touch_case,
)
from zabota.cases.clockwork import due_after
from zabota.cases.models import Pause, Promise
from zabota.common.working_time import Calendar
from zabota.journal.actions import record
from zabota.journal.reading import user_ref
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import UNDER_WAY, lay_hands, lock_ticket, put_in_hands
from zabota.tickets.actions.news import no_more_news, promise_what_lacks
from zabota.tickets.entries import PRIORITY_CHANGED, TAKEN
from zabota.tickets.models import Priority, ServiceLevel, Ticket, TicketState
from zabota.tickets.rules import may_change_priority, may_take_ticket


@transaction.atomic
def take_ticket(ticket: Ticket, *, by: StaffViewer, at: datetime, over: bool = True) -> Ticket:
    """One of ours has it now, and the client reads the name; whoever had it is told. Not `over`:
    only what nobody has, as it stood on the page of whoever takes it.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if ticket.taken_by_id == by.employee.pk and ticket.case.state != TicketState.DONE:
        return ticket
    if not may_take_ticket(by, ticket):
        raise PermissionDenied
    before = ticket.taken_by
    if before is not None and not over and ticket.case.state != TicketState.DONE:
        said = _("%(name)s has taken it meanwhile. You may still take it over.")
        raise Refused("taken", said % {"name": before.name})
    put_in_hands(ticket, by.employee, by=by, at=at)
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
        setattr(ticket, name, _moved(getattr(ticket, name), minutes, calendar, by=by, at=at))
    _move_news(ticket, level, calendar, by=by, at=at)
    ticket.save(update_fields=["priority", "rule", "reply", "solution", "news"])
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


def _move_news(
    ticket: Ticket, level: ServiceLevel, calendar: Calendar, *, by: StaffViewer, at: datetime
) -> None:
    """News come as often as the new speed says, or no longer, or from now on."""
    if level.news_minutes is None:
        dropped = no_more_news(ticket, by=by, at=at)
        store_promises(dropped)
        rank_holders(dropped, by=by, at=at)
    elif ticket.news is not None and ticket.news.state in UNDER_WAY:
        ticket.news = _moved(ticket.news, level.news_minutes, calendar, by=by, at=at)
    else:
        promise_what_lacks(ticket, by=by, at=at)


def _moved(
    promise: Promise, minutes: int, calendar: Calendar, *, by: StaffViewer, at: datetime
) -> Promise:
    """The promise by another measure, counted from its beginning without the time its clock stood;
    a clock that stands goes on standing, on the new promise.
    """
    pause = Pause.objects.filter(promise=promise, ended_at=None).first()
    stopped = pause.started_at if pause else at
    if promise.state not in UNDER_WAY or promise.is_late(stopped) or promise.started_at is None:
        return promise
    if pause is not None:
        pause.ended_at = at
        pause.save(update_fields=["ended_at"])
    due = due_after(calendar, promise.started_at, minutes) + _stood(promise)
    promise.allowed_minutes = minutes
    due = max(due, due_after(calendar, at, 1))
    renewed = renegotiate_promise(promise, by=by, at=at, due_at=due)
    if pause is not None:
        pause_promise(renewed, by=by, at=at, asked=pause.asked)
        store_promises([renewed])
    return renewed


def _stood(promise: Promise) -> timedelta:
    """For how long the clock stood so far, of this promise and of those it replaces."""
    chain: list[int] = []
    one: Promise | None = promise
    while one is not None:
        chain.append(one.pk)
        one = one.replaces
    spans = Pause.objects.filter(promise__in=chain, ended_at__isnull=False)
    return sum(
        (end - start for start, end in spans.values_list("started_at", "ended_at") if end),
        timedelta(),
    )


WORDS = {
    "urgent": ("срочно", "urgent"),
    "high": ("важно", "high"),
    "normal": ("обычный", "usual"),
    "low": ("может подождать", "can wait"),
}


def _words(priority: str) -> dict[str, str]:
    ru, en = WORDS[priority]
    return {"ru": ru, "en": en}
