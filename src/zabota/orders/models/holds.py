"""What is kept for a client: until when, where, and what stands between that day and the goods."""

from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from zabota.cases.models import Case, Deviation, Promise, Viewer, seen_by
from zabota.orders.models.papers import Invoice
from zabota.people.models import Place, User

HOLD = "hold"


class HoldState(models.TextChoices):
    """Where it stands; kept in its case."""

    HELD = "held", pgettext_lazy("hold", "Kept")
    PAID = "paid", pgettext_lazy("hold", "Paid for")
    LAPSED = "lapsed", pgettext_lazy("hold", "Lapsed")
    RELEASED = "released", pgettext_lazy("hold", "Let go")


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds in business words."""

    def visible_to(self, viewer: Viewer) -> "HoldQuerySet":
        """Those of the cases this viewer may know of."""
        return self.filter(seen_by(viewer, "case__"))

    def standing(self) -> "HoldQuerySet":
        """Goods that are kept now."""
        return self.filter(ended_at=None)


class Hold(models.Model):
    """Goods kept for a client until a day, by a счёт: the other half of its case.

    `kept` is the promise itself, `rescue` what we owe a colleague's mind when it would lapse too
    early. `agreement` is the case of the contract that is being agreed; `needs_ours` says that ours
    has to agree, too. `client_until` is what the client said of their own approval, `comes_on` the
    truck it waits for. The four last days are those of the line when it was looked at last.
    """

    case = models.OneToOneField(
        Case, primary_key=True, on_delete=models.PROTECT, related_name="hold"
    )
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="holds")
    store = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="holds")
    kept = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="hold")
    rescue = models.OneToOneField(
        Promise, null=True, on_delete=models.PROTECT, related_name="rescues"
    )
    begun_on = models.DateField()
    first_until = models.DateField()
    until = models.DateField()
    agreement = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    needs_ours = models.BooleanField(default=False)
    client_until = models.DateField(null=True)
    client_said_at = models.DateTimeField(null=True)
    client_said_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    comes_on = models.DateField(null=True)
    own_times = models.PositiveSmallIntegerField(default=0)
    warned_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField()
    pays_on = models.DateField(null=True)
    pays_late_on = models.DateField(null=True)
    there_on = models.DateField(null=True)
    there_late_on = models.DateField(null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["checked_at"], name="hold_checked", condition=Q(ended_at=None)),
            models.Index(fields=["until"], name="hold_until", condition=Q(ended_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(ended_at=None), name="hold_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("first_until"), first_until__gte=F("begun_on")),
                name="hold_never_shortened",
            ),
            models.CheckConstraint(
                condition=Q(client_until=None, client_said_at=None)
                | Q(client_until__isnull=False, client_said_at__isnull=False),
                name="hold_client_said_some_day",
            ),
        ]

    @property
    def short(self) -> int:
        """By how many days it would lapse too early, as things usually go; 0 where it does not."""
        return _over(self.pays_on, self.until)

    @property
    def short_at_most(self) -> int:
        """The same if what lies before the payment takes long."""
        return _over(self.pays_late_on, self.until)


class HoldLine(models.Model):
    """What is kept: as the счёт calls it, and how much of it."""

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="lines")
    name = models.CharField(max_length=300)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    unit = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="hold_line_keeps_something")
        ]


class StepKind(models.TextChoices):
    """What can be done so that a hold does not lapse too early."""

    PROLONG = "prolong", pgettext_lazy("hold", "Prolong it")
    TRUCK = "truck", pgettext_lazy("hold", "Keep it from the next truck")
    STORE = "store", pgettext_lazy("hold", "Keep it at another store")
    OFFICE = "office", pgettext_lazy("hold", "Ask the head office")


class StepState(models.TextChoices):
    """Whether it was taken."""

    ASKED = "asked", pgettext_lazy("hold", "asked")
    DONE = "done", pgettext_lazy("hold", "done")
    REFUSED = "refused", pgettext_lazy("hold", "refused")


class HoldStep(models.Model):
    """One step of a hold: until when it goes by it, by whose word. Beyond the firm's rule it is a
    deviation; above one's power it waits for the answer. A client's own step has neither.
    """

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=StepKind)
    until = models.DateField()
    store = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    comes_on = models.DateField(null=True)
    told = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=StepState)
    deviation = models.OneToOneField(
        Deviation, null=True, on_delete=models.PROTECT, related_name="hold_step"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="store", store__isnull=False)
                | Q(kind="truck", comes_on__isnull=False)
                | Q(kind__in=["prolong", "office"]),
                name="hold_step_says_where_or_when",
            ),
            models.CheckConstraint(
                condition=Q(state="done") | Q(deviation__isnull=False),
                name="hold_step_asked_of_somebody",
            ),
        ]


class HoldRule(models.Model):
    """The firm's rule of holds, one row; days are calendar days but for our own.

    The lengths of steps are what counts where nothing is known yet. `day_cost` is what a day
    beyond the rule costs us, in per cent of the счёт.
    """

    first_days = models.PositiveSmallIntegerField(default=10)
    longest_days = models.PositiveSmallIntegerField(default=45)
    staff_days = models.PositiveSmallIntegerField(default=7)
    client_times = models.PositiveSmallIntegerField(default=2)
    client_days = models.PositiveSmallIntegerField(default=5)
    warn_days = models.PositiveSmallIntegerField(default=3)
    client_takes = models.PositiveSmallIntegerField(default=7)
    ours_takes = models.PositiveSmallIntegerField(default=3)
    payment_takes = models.PositiveSmallIntegerField(default=3)
    delivery_takes = models.PositiveSmallIntegerField(default=4)
    day_cost = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=Decimal("0.1"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_hold_rule"),
            models.CheckConstraint(
                condition=Q(longest_days__gte=F("first_days"), first_days__gte=1),
                name="hold_rule_longest_is_no_less",
            ),
        ]


def _over(day: date | None, until: date) -> int:
    return max(0, (day - until).days) if day is not None else 0
