"""Loading what an action changes: the client's stream is locked in the same query."""

from zabota.clients.models import Client, Contact


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
