"""By what a client is known at a till."""

from django.db import models
from django.db.models import Q

from zabota.clients.models import Client
from zabota.people.models import User


class Card(models.Model):
    """A client's number at the till: ours, drawn by chance, or that of a card they have already.
    It says who they are; what is spent by it is told to them at once. One that was lost ends.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="cards")
    number = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["client"], name="loyalty_card_of_client", condition=Q(ended_at=None)
            )
        ]
