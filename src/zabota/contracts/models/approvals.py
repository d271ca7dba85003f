"""Stages of a contract under way, their seats and decisions. Clock and outcome are the
promise's.
"""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Promise
from zabota.contracts.models.changes import Change, ChangeState
from zabota.contracts.models.contracts import Contract, Version
from zabota.people.models import Employee


class Outcome(models.TextChoices):
    """How a stage ended; empty while it has not."""

    APPROVED = "approved", _("agreed")
    RETURNED = "returned", _("returned")
    STANDS = "stands", _("agreed earlier, not touched")
    DROPPED = "dropped", _("not needed any more")


class StageQuerySet(models.QuerySet["Stage"]):
    def with_changes(self) -> "StageQuerySet":
        """Each stage with whether its direction has changes, open ones, refused ones."""
        mine = Change.objects.filter(contract=OuterRef("contract"), concern=OuterRef("concern"))
        open_ones = mine.filter(state=ChangeState.OPEN)
        refused = mine.filter(state__in=[ChangeState.REJECTED, ChangeState.COUNTERED], sent_at=None)
        return self.annotate(
            open_now=Exists(open_ones), refused_now=Exists(refused), changed_ever=Exists(mine)
        )


class Stage(models.Model):
    """One stage of one round. Its promise says when it began, until when, and who has it."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="stages")
    round = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    group = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    title_ru = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    concern = models.CharField(max_length=40)
    rule = models.CharField(max_length=8)
    quorum = models.PositiveSmallIntegerField(default=1)
    spec = models.JSONField()
    # What its conditions and seats asked of the contract, as it was when it was laid.
    facts = models.JSONField(default=dict)
    # Why it stands: the number of the version it was decided on, the clauses changed since.
    standing = models.JSONField(default=dict)
    stands_since = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="stage")

    objects = StageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "round", "key"], name="stage_once_per_round"
            ),
        ]

    @property
    def has_open(self) -> bool:
        """Whether changes of its direction wait for an answer; of rows read `with_changes`."""
        return bool(getattr(self, "open_now", False))

    @property
    def has_changes(self) -> bool:
        """Whether the client ever changed anything of its direction; of rows read
        `with_changes`.
        """
        return bool(getattr(self, "changed_ever", False))

    @property
    def has_refused(self) -> bool:
        """Whether changes of its direction were refused and not sent back yet."""
        return bool(getattr(self, "refused_now", False))

    @property
    def outcome(self) -> str:
        """How it ended; kept on its promise, which is written once per decision."""
        return self.promise.outcome

    def title(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title_ru


class Seat(models.Model):
    """A place at a stage: one decision is given from it, by its holder or who stands in."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    ref = models.CharField(max_length=80, blank=True)
    reassigned_to = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "number"], name="seat_once")]


class Verdict(models.TextChoices):
    APPROVED = "approved", _("agreed")
    REMARKED = "remarked", _("agreed with a remark")
    RETURNED = "returned", _("returned")


class Decision(models.Model):
    """Who decided what, when, on which text; in whose place, if standing in. Never changed."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="decisions")
    seat = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="decisions")
    for_employee = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="decisions_for"
    )
    verdict = models.CharField(max_length=8, choices=Verdict)
    remark = models.TextField(blank=True)
    reasons = models.JSONField(default=list)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="decisions")
    last_resort = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stage", "seat"], name="one_decision_per_seat"),
        ]
