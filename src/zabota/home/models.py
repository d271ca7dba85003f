"""Which reactions have run: one row per entry and action."""

from django.db import models

from zabota.journal.models import Entry


class Reacted(models.Model):
    """An action of `reactions.py` has been done for an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "action"], name="reacted_once")]


class ReactionMark(models.Model):
    """Up to which entry the list has been walked."""

    upto = models.BigIntegerField(default=0)
