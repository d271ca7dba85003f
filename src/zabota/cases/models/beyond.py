"""Going beyond a rule for a client: what it was, why, what it cost, who allowed it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from zabota.cases.models.cases import Case, CaseQuerySet, Promise, Viewer
from zabota.people.models import Employee


class DeviationState(models.TextChoices):
    """Whether it was allowed."""

    ASKED = "asked", pgettext_lazy("beyond", "asked")
    GRANTED = "granted", pgettext_lazy("beyond", "done")
    REFUSED = "refused", pgettext_lazy("beyond", "refused")
    TAKEN_BACK = "back", pgettext_lazy("beyond", "taken back")


class DeviationQuerySet(models.QuerySet["Deviation"]):
    """Deviations in business words."""

    def visible_to(self, viewer: Viewer) -> "DeviationQuerySet":
        """Those of the cases this viewer may know of."""
        cases: CaseQuerySet = Case.objects.visible_to(viewer)
        return self.filter(case__in=cases)

    def shown_to_client(self) -> "DeviationQuerySet":
        """What was done and is told in words for the client."""
        return self.filter(state=DeviationState.GRANTED).exclude(told="")


class Deviation(models.Model):
    """One step beyond a rule. Only `told` is for the client; it is empty where nothing is said.

    `rule_key` is the rule folded, so that what repeats is found. Within one's own power it is
    granted by oneself at once; else `promise` is the answer we owe the colleague who asked.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deviations")
    rule = models.CharField(max_length=200)
    rule_key = models.CharField(max_length=200)
    reason = models.TextField()
    cost = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    told = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=DeviationState)
    asked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    promise = models.OneToOneField(
        Promise, null=True, on_delete=models.PROTECT, related_name="deviation"
    )
    answered_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    objects = DeviationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "rule_key", "asked_at"], name="deviation_repeats")]
        constraints = [
            models.CheckConstraint(
                name="deviation_answered_by_somebody",
                condition=(
                    Q(state="asked", answered_by=None, answered_at=None, promise__isnull=False)
                    | Q(
                        state__in=["granted", "refused", "back"],
                        answered_by__isnull=False,
                        answered_at__isnull=False,
                    )
                ),
            ),
            models.CheckConstraint(name="deviation_costs_no_less", condition=Q(cost__gte=0)),
        ]


class RuleOffer(models.Model):
    """What was decided of an exception that repeats: it is a rule from now on, in these words, or
    it stays an exception. What is gone beyond after that is counted anew.
    """

    rule_key = models.CharField(max_length=200, db_index=True)
    rule = models.CharField(max_length=200)
    made = models.BooleanField()
    words = models.TextField(blank=True)
    settled_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rule_made_in_words", condition=Q(made=False) | ~Q(words="")
            )
        ]
