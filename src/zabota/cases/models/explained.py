"""Why a promise was broken, told by whoever held it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from zabota.cases.models.cases import Case, CaseQuerySet, Promise, Viewer
from zabota.people.models import Employee


class Cause(models.TextChoices):
    """Why it broke, in one tap. Counted, and never asked when we decide whether to help."""

    HANDS = "hands", pgettext_lazy("cause", "Too few hands")
    MISSED = "missed", pgettext_lazy("cause", "We overlooked it")
    FACTS = "facts", pgettext_lazy("cause", "We lacked facts")
    COLLEAGUES = "colleagues", pgettext_lazy("cause", "Colleagues did not answer in time")
    PARTNER = "partner", pgettext_lazy("cause", "A partner or supplier let us down")
    BREAKDOWN = "breakdown", pgettext_lazy("cause", "Equipment or software failed")
    TERM = "term", pgettext_lazy("cause", "We promised too short a time")
    CLIENT = "client", pgettext_lazy("cause", "The client changed what is needed")
    OTHER = "other", pgettext_lazy("cause", "Something else")


class ExplanationQuerySet(models.QuerySet["Explanation"]):
    """Explanations in business words."""

    def visible_to(self, viewer: Viewer) -> "ExplanationQuerySet":
        """Those of the cases this viewer may know of."""
        cases: CaseQuerySet = Case.objects.visible_to(viewer)
        return self.filter(case__in=cases)

    def waiting(self) -> "ExplanationQuerySet":
        """Not given yet."""
        return self.filter(explained_at=None)


class Explanation(models.Model):
    """What is owed for one broken promise: to whom, and what was said.

    `asked` is the promise to explain, held by whoever held the broken one; `raised_at` says when
    the director was given it, because nobody had explained in time. Only `told` is for the client.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="explanations")
    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="explanation")
    asked = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="explains")
    to = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=12, choices=Cause, blank=True)
    words = models.TextField(blank=True)
    told = models.TextField(blank=True)
    explained_by = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="+"
    )
    explained_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField(null=True)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], name="explanation_waits", condition=Q(explained_at__isnull=True)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="explanation_says_why",
                condition=(
                    Q(explained_at=None, explained_by=None, cause="")
                    | (Q(explained_at__isnull=False, explained_by__isnull=False) & ~Q(cause=""))
                ),
            )
        ]
