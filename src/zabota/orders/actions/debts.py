"""The owner of the client's room decides who there sees what the company owes."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.clients.access import RoomViewer
from zabota.clients.actions import let_see_debt
from zabota.clients.models import Contact
from zabota.journal.actions import lock_stream, record
from zabota.journal.reading import user_ref
from zabota.orders.entries.orders import DEBT_HIDDEN, DEBT_SHOWN
from zabota.orders.rules.orders import may_let_see_debt


@transaction.atomic
def show_debt(contact: Contact, sees: bool, *, by: RoomViewer, at: datetime) -> Contact:
    """This person sees the debt and deferral of their company from now on, or no more."""
    if not may_let_see_debt(by, contact, at):
        raise PermissionDenied
    stream = lock_stream(contact.client.stream_id)
    if not let_see_debt(contact, sees, by=by, at=at):
        return contact
    record(
        stream, DEBT_SHOWN if sees else DEBT_HIDDEN, by=by.user.pk, at=at,
        client=contact.client_id, contact=contact.pk,
        person=user_ref(contact.user_id) if contact.user_id else None,
    )  # fmt: skip
    return contact
