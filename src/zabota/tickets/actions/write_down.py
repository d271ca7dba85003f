"""Somebody calls whom we do not know: who they are and what they ask is written down at once."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients.actions import add_client, add_contact
from zabota.clients.actions.clients import ClientFields
from zabota.clients.models import Contact
from zabota.outreach.placing import contacts_reached
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm
from zabota.people.refusal import Refused
from zabota.tickets.actions.fields import Answers
from zabota.tickets.actions.open import open_ticket
from zabota.tickets.models import Channel, Ticket, TicketType
from zabota.tickets.rules import may_open_ticket


@dataclass(frozen=True)
class Stranger:
    """Who called, as they say it: a name, and by what they are reached."""

    name: str
    phone: str = ""
    email: str = ""


@transaction.atomic
def write_down_stranger(
    stranger: Stranger,
    kind: TicketType,
    text: str,
    *,
    by: StaffViewer,
    at: datetime,
    priority: str = "",
    answers: Answers | None = None,
) -> Ticket:
    """A request of somebody who has no card yet: it is made, and whoever took the call answers for
    it. A number or an address we know is the person we know.
    """
    if not may_open_ticket(by):
        raise PermissionDenied
    if not stranger.phone and not stranger.email:
        raise Refused("not_reached", _("Say a phone or an e-mail to answer to."), field="phone")
    contact = _known(stranger) or _made(stranger, by, at)
    return open_ticket(
        contact.client, kind, text, by=by, at=at, contact=contact, channel=Channel.CALL,
        priority=priority, answers=answers,
    )  # fmt: skip


def _known(stranger: Stranger) -> Contact | None:
    """Whoever is reached so already; of several nobody can be sure, so it is a new card."""
    for way, value in (("phone", stranger.phone), ("email", stranger.email)):
        found = list(contacts_reached(way, value)[:2]) if value else []
        if len({one.client.whole_id for one in found}) == 1:
            return found[0]
    return None


def _made(stranger: Stranger, by: StaffViewer, at: datetime) -> Contact:
    """The card of a person, as of whoever writes to us for the first time: no power is needed."""
    card: ClientFields = {
        "kind": "person", "name": stranger.name, "phone": stranger.phone, "email": stranger.email,
        "language": current_firm().language,
    }  # fmt: skip
    client = add_client(card, owner=by.employee, by=None, at=at)
    return add_contact(
        client, stranger.name, by=None, at=at, phone=stranger.phone, email=stranger.email
    )
