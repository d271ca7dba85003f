"""Lines that will be late: a case of its own, in which the client chooses what we do."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from zabota.cases.models import Case, CaseQuerySet, Promise, Viewer
from zabota.clients.models import Contact
from zabota.orders.models.orders import Order, OrderLine

DELAY = "delay"


class DelayState(models.TextChoices):
    """Where a delay stands; kept in its case."""

    ASKED = "waiting", pgettext_lazy("delay", "The client chooses")
    CHOSEN = "open", pgettext_lazy("delay", "We do what was chosen")
    DONE = "done", pgettext_lazy("delay", "Settled")


class Choice(models.TextChoices):
    """What a client may choose when something will be late."""

    WAIT = "wait", pgettext_lazy("delay", "Wait")
    PARTIAL = "partial", pgettext_lazy("delay", "Ship what is there")
    REPLACE = "replace", pgettext_lazy("delay", "Replace it with something like it")
    CANCEL = "cancel", pgettext_lazy("delay", "Cancel these lines")


class DelayQuerySet(models.QuerySet["Delay"]):
    """Delays in business words."""

    def visible_to(self, viewer: Viewer) -> "DelayQuerySet":
        """Those of the cases this viewer may know of."""
        cases: CaseQuerySet = Case.objects.visible_to(viewer)
        return self.filter(case__in=cases)

    def under_way(self) -> "DelayQuerySet":
        """Those that are not settled."""
        return self.exclude(case__state=DelayState.DONE)


class Delay(models.Model):
    """Some lines of an order will be late: known when, told the client when, what they chose.

    `asked` is the client's turn, `doing` what we promised once they chose. It was said before it
    broke if the case was opened before the day that was promised.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="delays")
    # By what we know: the day was moved, or it is near and nothing has left.
    why = models.CharField(max_length=8)
    expected_on = models.DateField(null=True)
    asked = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="delay_asked")
    choice = models.CharField(max_length=8, choices=Choice, blank=True)
    chosen_by = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(null=True)
    doing = models.OneToOneField(
        Promise, null=True, on_delete=models.PROTECT, related_name="delay_doing"
    )

    objects = DelayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delay_chosen_at_a_moment",
                condition=Q(choice="", chosen_at=None)
                | (Q(chosen_at__isnull=False) & ~Q(choice="")),
            )
        ]


class DelayLine(models.Model):
    """A line of it, with the day it was promised for then."""

    delay = models.ForeignKey(Delay, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="delays")
    promised_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delay", "line"], name="delay_line_once")]
