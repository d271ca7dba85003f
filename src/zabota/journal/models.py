"""Streams and their entries. Triggers refuse every change but the announcer's mark (see
migrations).
"""

import json
from typing import Any

from django.conf import settings
from django.db import models

from zabota.journal.kinds import EntryKind, kind_named


class Audience(models.TextChoices):
    """Who may read it: both sides, only ours, only theirs. Stamped when written."""

    BOTH = "both"
    OURS = "ours"
    THEIRS = "theirs"


class Stream(models.Model):
    """Whatever has a history has a stream; its row is what an action locks first."""

    seq = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")


class EntryQuerySet(models.QuerySet["Entry"]):
    def waiting(self) -> "EntryQuerySet":
        """Entries the announcer has not looked at yet, oldest first."""
        return self.filter(announced_at=None).order_by("pk")


class Entry(models.Model):
    """One thing that happened. `canonical` is the truth; the columns beside it are for queries."""

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="entries"
    )
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    audience = models.CharField(max_length=6, choices=Audience)
    canonical = models.TextField()
    digest = models.CharField(max_length=64)
    announced_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="entry_once_per_seq")]
        indexes = [
            models.Index(
                fields=["id"], name="entry_waiting", condition=models.Q(announced_at__isnull=True)
            ),
        ]

    @property
    def facts(self) -> dict[str, Any]:
        """What was stored with it: ids, numbers, words in both languages."""
        facts: dict[str, Any] = json.loads(self.canonical)["facts"]
        return facts

    @property
    def entry_kind(self) -> EntryKind:
        return kind_named(self.kind)


class Particular(models.Model):
    """Personal words of an entry. The entry holds their salted digest, so erasing leaves the
    chain whole.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="particulars")
    name = models.CharField(max_length=40)
    text = models.TextField()
    salt = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="particular_once")]
