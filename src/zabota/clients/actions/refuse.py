"""Who wrote is no client: the card stays, out of every list; and back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients import entries
from zabota.clients.actions.held import held_client
from zabota.clients.models import Client, Contact
from zabota.clients.rules import may_refuse_client
from zabota.journal.actions import record
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand


def refuse_client(client: Client, *, by: User | None, at: datetime) -> Client:
    """Somebody wrote who is no client of ours: their card leaves the list, their letters begin
    nothing. Refused for whoever has access to the room.
    """
    with transaction.atomic():
        client = held_client(client.pk)
        demand(by is None or may_refuse_client(by, client, at))
        if client.refused_at is not None:
            return client
        if Contact.objects.with_access().filter(client=client).exists():
            raise Refused("has_access", _("Its people come into the room: it is a client."))
        client.refused_at = at
        client.save(update_fields=["refused_at"])
        record(client.stream, entries.REFUSED, by=by.pk if by else None, at=at, client=client.pk)
        return client


def accept_client(client: Client, *, by: User | None, at: datetime) -> Client:
    """It is a client after all."""
    with transaction.atomic():
        client = held_client(client.pk)
        demand(by is None or may_refuse_client(by, client, at))
        if client.refused_at is None:
            return client
        client.refused_at = None
        client.save(update_fields=["refused_at"])
        record(client.stream, entries.ACCEPTED, by=by.pk if by else None, at=at, client=client.pk)
        return client
