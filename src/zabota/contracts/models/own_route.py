"""The client's own short route: who of theirs looks at the text before they answer. Unseen by
us.
"""

from django.db import models

from zabota.contracts.models.contracts import Contract
from zabota.people.models import User


class OwnStep(models.Model):
    """One person on the client's side who was asked by link; what they say is theirs alone."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="own_steps")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=120, blank=True)
    asked = models.TextField(blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    agrees = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
