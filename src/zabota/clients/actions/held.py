"""Loading what an action changes: the client's stream is locked in the same query."""

from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Client, Contact
from zabota.people.refusal import Refused


def held_client(pk: int) -> Client:
    """A client as it is now, locked; its contacts are changed only while it is held."""
    return (
        Client.objects.select_related("stream").select_for_update(of=("stream", "self")).get(pk=pk)
    )


def held_together(*clients: int) -> dict[int, Client]:
    """Several clients as they are now, locked in one order, by number."""
    held = Client.objects.select_related("stream").select_for_update(of=("stream", "self"))
    return {one.pk: one for one in held.filter(pk__in=clients).order_by("stream")}


def held_contact(contact: Contact) -> Contact:
    """A contact as it is now, its client locked first."""
    client = held_client(contact.client_id)
    fresh = Contact.objects.select_related("user").get(pk=contact.pk)
    fresh.client = client
    return fresh


def look_again(client: int) -> None:
    """What is known of a client has changed: the worker looks anew whether it has another card."""
    Client.objects.filter(pk=client).update(looked_at=None)


def check_here(contact: Contact) -> None:
    """Refused for somebody removed before."""
    if contact.removed_at is not None:
        raise Refused("removed", _("This person was removed already."))
