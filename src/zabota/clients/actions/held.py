"""Loading what an action changes: the client's stream is locked in the same query."""

from zabota.clients.models import Client, Contact


def held_client(pk: int) -> Client:
    """A client as it is now, locked; its contacts are changed only while it is held."""
    return (
        Client.objects.select_related("stream").select_for_update(of=("stream", "self")).get(pk=pk)
    )


def held_contact(contact: Contact) -> Contact:
    """A contact as it is now, its client locked first."""
    client = held_client(contact.client_id)
    fresh = Contact.objects.select_related("user").get(pk=contact.pk)
    fresh.client = client
    return fresh
