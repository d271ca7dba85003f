"""A request turns out to be of another kind."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import touch_case
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import lock_ticket
from zabota.tickets.actions.take import change_priority
from zabota.tickets.entries import KIND_CHANGED
from zabota.tickets.models import FieldKind, FieldValue, KindField, Ticket, TicketType
from zabota.tickets.rules import may_change_kind


@transaction.atomic
def change_kind(
    ticket: Ticket, kind: TicketType, *, by: StaffViewer, at: datetime, priority: str = ""
) -> Ticket:
    """It is of this kind from now on, and the client reads so. What was answered to a question that
    both kinds ask is its answer still, the rest stays known. What was promised stays; with another
    `priority` it moves in the open.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if not may_change_kind(by, ticket):
        raise PermissionDenied
    if kind.closed_at is not None:
        raise Refused("kind_closed", _("This kind is no longer used."), field="kind")
    if ticket.taken_up_at is not None:
        raise Refused("taken_up", _("What was taken up stays a suggestion."), field="kind")
    if kind.pk == ticket.type_id:
        raise Refused("same_kind", _("It is of this kind already."), field="kind")
    was, ticket.type = ticket.type, kind
    _carry_answers(ticket)
    ticket.save(update_fields=["type"])
    touch_case(ticket.case, by=by, at=at)
    record(
        stream, KIND_CHANGED, by=by.user.pk, at=at,
        ticket=ticket.pk, was=_named(was), to=_named(kind),
    )  # fmt: skip
    if priority in ("", ticket.priority):
        return ticket
    with translation.override(current_firm().language):
        reason = gettext("another kind of request")
    return change_priority(ticket, priority, by=by, at=at, reason=reason)


def _carry_answers(ticket: Ticket) -> None:
    """A question that is called the same and takes the same answer is the same question."""
    asked = KindField.objects.filter(type=ticket.type, closed_at=None)
    same = {(one.name_ru.casefold(), one.kind): one for one in asked}
    for row in FieldValue.objects.filter(ticket=ticket).select_related("field"):
        field = same.pop((row.field.name_ru.casefold(), row.field.kind), None)
        if field is None or field.pk == row.field_id:
            continue
        if field.kind != FieldKind.CHOICE or row.text in field.options_ru.splitlines():
            row.field = field
            row.save(update_fields=["field"])


def _named(kind: TicketType) -> dict[str, str]:
    return {"ru": kind.name_ru, "en": kind.name_en}
