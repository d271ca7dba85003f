"""What was learnt of who comes back: one dated row per fit of the purchase model."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.people.models import Employee


class FitState(models.TextChoices):
    """How far it has come."""

    WAITING = "waiting", _("waits for its turn")
    RUNNING = "running", _("is being reckoned")
    DONE = "done", _("is reckoned")


class FitBasis(models.TextChoices):
    """What one goes by: the model; base rates where data are few; nothing where there are none."""

    MODEL = "model", _("the model of purchases")
    BASE = "base", _("base rates")
    NONE = "none", _("nothing yet")


class PurchaseFit(models.Model):
    """The purchase model fitted on what was bought up to a day; at most one a day.

    `figures` holds the parameters (`visits`, `spend`), the base rates (`base`) and the back-test
    (`hold_out`, fitted on what lay before the weeks held out). `done` of STEPS says how far it is.
    """

    STEPS = 4

    day = models.DateField(unique=True)
    state = models.CharField(max_length=8, choices=FitState, default=FitState.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=5, choices=FitBasis, default=FitBasis.NONE)
    clients = models.PositiveIntegerField(default=0)
    again = models.PositiveIntegerField(default=0)
    purchases = models.PositiveIntegerField(default=0)
    # The newest purchase and return it knew: nothing new, nothing to fit.
    newest = models.PositiveBigIntegerField(default=0)
    figures = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], name="fit_under_way", condition=Q(state__in=["waiting", "running"])
            )
        ]

    @property
    def is_over(self) -> bool:
        """Whether its figures can be read."""
        return self.state == FitState.DONE
