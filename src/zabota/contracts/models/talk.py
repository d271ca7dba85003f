"""Comments beside clauses, attached files, and who looked when."""

from django.db import models

from zabota.common.models import File
from zabota.contracts.models.contracts import Contract, Version
from zabota.journal.models import Audience
from zabota.people.models import User


class Comment(models.Model):
    """Words beside a clause, anchored to the clause, the version seen and the words quoted.

    `author` and `authored_at` are those of a comment that came in a Word file, brought by
    `made_by`; `answers` is the comment it replies to there, `closed_at` when it came as resolved.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="comments")
    clause = models.CharField(max_length=40, blank=True)
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    quote = models.TextField(blank=True)
    audience = models.CharField(max_length=6, choices=Audience)
    text = models.TextField()
    author = models.CharField(max_length=200, blank=True)
    authored_at = models.DateTimeField(null=True)
    answers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    turned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)


class Attachment(models.Model):
    """A file that belongs to a contract."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    audience = models.CharField(max_length=6, choices=Audience)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class Look(models.Model):
    """Which version somebody last had before their eyes: what changed since is shown to them
    first.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="looks")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "user"], name="one_look")]
