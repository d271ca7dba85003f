"""What is being written and not yet sent: one mutable row per clause and side, not journaled."""

from django.db import models

from zabota.common.models import File
from zabota.contracts.models.contracts import Contract, Version
from zabota.people.models import User


class Draft(models.Model):
    """One side's unsent work on a contract: the order of clauses and the values of fields."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="drafts")
    side = models.CharField(max_length=6, choices=[("ours", "ours"), ("theirs", "theirs")])
    base = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    tree = models.JSONField()
    values = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "side"], name="one_draft_per_side")
        ]


class DraftClause(models.Model):
    """A clause being changed: its words now, the wording it began from, who saved it last."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="clauses")
    clause = models.CharField(max_length=40)
    base_wording = models.CharField(max_length=64, blank=True)
    blocks = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "clause"], name="one_draft_per_clause")
        ]


class WordReturn(models.Model):
    """A Word file a text was taken from: what nobody recorded in it, who recorded what.

    It belongs to one side's draft (begun from `base`) until the draft is sent as `version`: until
    then it is as private as the draft. `findings` are those of `contracts.docx.untracked`,
    `revisers` name the writers of each clause's tracked changes with their dates.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="word_returns")
    side = models.CharField(max_length=6, choices=[("ours", "ours"), ("theirs", "theirs")])
    base = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    recorded = models.BooleanField(default=True)
    findings = models.JSONField(default=list)
    revisers = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    @property
    def recorded_clauses(self) -> frozenset[str]:
        """Clauses whose every change was recorded in the file: those that may be accepted without
        a look at each.
        """
        return frozenset(self.revisers) - {
            one["clause"] for one in self.findings if one["kind"] != "look"
        }
