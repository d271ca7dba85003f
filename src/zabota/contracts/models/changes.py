"""What the client changed, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.contracts.models.contracts import Contract, Version
from zabota.people.models import Employee, User


class ChangeKind(models.TextChoices):
    EDITED = "edited", _("changed")
    ADDED = "added", _("added")
    DELETED = "deleted", _("deleted")
    MOVED = "moved", _("moved")
    VALUE = "value", _("value changed")
    PROPOSED = "proposed", _("change proposed to a locked clause")


class ChangeState(models.TextChoices):
    OPEN = "open", _("waiting for our answer")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("not accepted")
    COUNTERED = "countered", _("our wording proposed")
    AGREED = "agreed", _("agreed with our wording")
    SUPERSEDED = "superseded", _("changed again")


class Change(models.Model):
    """One clause (or value) the client changed in a version; our answer to it stands in the same
    row.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="changes")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="changes")
    # Where the client changed it more than once unanswered: the version of the first time.
    since = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=ChangeKind)
    concern = models.CharField(max_length=40, default="general")
    number = models.CharField(max_length=40, blank=True)
    called = models.CharField(max_length=160, blank=True)
    old_wording = models.CharField(max_length=64, blank=True)
    new_wording = models.CharField(max_length=64, blank=True)
    field = models.CharField(max_length=80, blank=True)
    old_value = models.TextField(blank=True)
    new_value = models.TextField(blank=True)
    place = models.JSONField(null=True)
    # Values whose fields left the text with this change; refused, it gives them back.
    lost_values = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.OPEN)
    answer = models.TextField(blank=True)
    counter_wording = models.CharField(max_length=64, blank=True)
    counter_value = models.TextField(blank=True)
    answered_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "clause", "kind", "field"], name="change_once"
            ),
            models.CheckConstraint(
                name="change_answered_by_someone",
                condition=Q(state__in=["open", "superseded"]) | Q(answered_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["contract", "clause"], name="change_clause")]

    @property
    def name(self) -> str:
        """How one speaks of its clause: «4.2», «1.2 («Приложение № 1»)»; "" without a number."""
        return self.called or self.number

    @property
    def mark(self) -> str:
        """Changes with every answer: whoever answers says by it which answer they have seen."""
        return f"{self.state}.{self.answered_at.timestamp():.6f}" if self.answered_at else "open"
