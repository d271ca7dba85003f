"""Whether a room has anything to show of gifts and thanks."""

from django.db.models import Exists, OuterRef

from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.goodwill.models import Gift, GiftState, SaidThanks


def has_something(viewer: RoomViewer) -> bool:
    """Whether this reader was given anything or thanked for a purchase; one query."""
    gifts = Gift.objects.visible_to(viewer).exclude(state=GiftState.WITHDRAWN)
    theirs = gifts.filter(client=OuterRef("pk"))
    thanks = SaidThanks.objects.filter(client=OuterRef("pk"))
    clients = Client.objects.filter(pk__in=viewer.whole_ids)
    return clients.filter(Exists(theirs) | Exists(thanks)).exists()
