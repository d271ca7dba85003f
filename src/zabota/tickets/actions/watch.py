"""Colleagues who look on: called by name in a note, or by themselves."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import let_look_on, stop_looking_on
from zabota.journal.actions import record
from zabota.journal.reading import user_ref
from zabota.people.access import StaffViewer
from zabota.people.models import Employee
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import lay_hands, lock_ticket
from zabota.tickets.entries import UNWATCHED, WATCHED
from zabota.tickets.mentions import Called, find_mentions
from zabota.tickets.models import Ticket, Watcher
from zabota.tickets.rules import may_watch_ticket


@transaction.atomic
def watch_ticket(
    ticket: Ticket, employee: Employee, *, by: StaffViewer, at: datetime
) -> Watcher | None:
    """A colleague sees this request from now on and hears what the client writes; nothing of it is
    theirs to do. None, where they look on already.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if not may_watch_ticket(by, ticket):
        raise PermissionDenied
    if employee.dismissed_at is not None:
        raise Refused("dismissed", _("This colleague no longer works here."), field="employee")
    watcher = add_watchers(ticket, [employee], by=by, at=at)
    if not watcher:
        return None
    record(
        stream, WATCHED, by=by.user.pk, at=at,
        ticket=ticket.pk, who=user_ref(employee.user_id), called=[employee.user_id],
    )  # fmt: skip
    return watcher[0]


@transaction.atomic
def unwatch_ticket(ticket: Ticket, *, by: StaffViewer, at: datetime) -> None:
    """One has seen enough: no more news of it."""
    ticket, stream = lock_ticket(ticket.pk)
    gone, _rows = Watcher.objects.filter(ticket=ticket, employee=by.employee).delete()
    if not gone:
        raise Refused("not_watching", _("You do not look on here."))
    if by.employee.pk not in (ticket.case.owner_id, ticket.taken_by_id):
        stop_looking_on(ticket.case, by.employee, by=by, at=at)
    lay_hands(ticket, by=by, at=at)
    record(
        stream, UNWATCHED, by=by.user.pk, at=at,
        ticket=ticket.pk, who=user_ref(by.user.pk),
    )  # fmt: skip


def add_watchers(
    ticket: Ticket, people: Iterable[Employee], *, by: object, at: datetime
) -> list[Watcher]:
    """Those who did not look on yet; must run under the locked stream."""
    there = set(Watcher.objects.filter(ticket=ticket).values_list("employee", flat=True))
    new = [Watcher(ticket=ticket, employee=one, since=at) for one in people if one.pk not in there]
    Watcher.objects.bulk_create(new)
    for watcher in new:
        let_look_on(ticket.solution, watcher.employee, by=by, at=at)
    return new


def called_in(text: str) -> Called:
    """Whom a note calls by name, of those who work here."""
    here = Employee.objects.working().values_list("pk", "user__name", "user__name_en")
    return find_mentions(text, {pk: (name, name_en) for pk, name, name_en in here})
