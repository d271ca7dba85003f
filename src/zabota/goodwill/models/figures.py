"""What gifts brought, as it was reckoned on a day; and what was decided of budgets from that."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import FitBasis, PurchaseFit
from zabota.goodwill.models.gifts import Gift, GiftKind
from zabota.people.models import Employee


class Measured(models.Model):
    """One dated row per day on which gifts were measured: over how many weeks after each, by what
    one told what would have come anyway, and how much that itself is in doubt (in shares).
    """

    day = models.DateField(unique=True)
    fit = models.ForeignKey(PurchaseFit, null=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=5, choices=FitBasis, default=FitBasis.NONE)
    weeks = models.PositiveSmallIntegerField()
    gifts = models.PositiveIntegerField(default=0)
    watched = models.PositiveIntegerField(default=0)
    typical = models.FloatField(default=0.0)
    spread = models.FloatField(default=0.0)
    doubt = models.FloatField(default=0.0)
    currency = models.CharField(max_length=3, default="RUB")
    made_at = models.DateTimeField()


class GiftOutcome(models.Model):
    """One gift whose weeks are over: whether the client bought in them and how likely that was
    anyway; how often and for how much, beside what was expected.
    """

    gift = models.OneToOneField(Gift, on_delete=models.CASCADE, related_name="outcome")
    measured = models.ForeignKey(Measured, on_delete=models.CASCADE, related_name="outcomes")
    came = models.BooleanField()
    chance = models.FloatField()
    purchases = models.PositiveIntegerField()
    expected = models.FloatField()
    sum = models.DecimalField(max_digits=18, decimal_places=2)
    expected_sum = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(chance__gte=0, chance__lte=1), name="outcome_has_a_chance"
            )
        ]


class Brought(models.Model):
    """What some gifts brought: one employee's; or, of nobody, all of the firm's or those of one
    kind. Shares (0.12 is twelve points) with the ends of an interval; `back` is what each unit of
    money given brought beyond what would have come.
    """

    measured = models.ForeignKey(Measured, on_delete=models.CASCADE, related_name="figures")
    employee = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="goodwill_figures"
    )
    kind = models.CharField(max_length=8, choices=GiftKind, blank=True)
    gifts = models.PositiveIntegerField()
    came = models.PositiveIntegerField()
    would_have = models.FloatField()
    raw = models.FloatField()
    error = models.FloatField()
    mean = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    above_nothing = models.FloatField()
    above_typical = models.FloatField()
    cost = models.DecimalField(max_digits=18, decimal_places=2)
    extra = models.FloatField()
    extra_sum = models.DecimalField(max_digits=18, decimal_places=2)
    back = models.FloatField(null=True)
    back_low = models.FloatField(null=True)
    back_high = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measured", "employee"],
                name="brought_once_by_each",
                condition=Q(employee__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["measured", "kind"],
                name="brought_once_by_kind",
                condition=Q(employee=None),
            ),
            models.CheckConstraint(
                condition=Q(low__lte=F("mean"), mean__lte=F("high")), name="brought_is_an_interval"
            ),
        ]


class Review(models.Model):
    """Budgets of one period looked at, once it is over: a line for everybody who had one."""

    starts = models.DateField(unique=True)
    ends = models.DateField()
    measured = models.ForeignKey(Measured, on_delete=models.PROTECT, related_name="reviews")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="review_has_days")
        ]

    @property
    def last_day(self) -> date:
        """The last day of the period."""
        return self.ends - timedelta(days=1)


class ReviewStep(models.TextChoices):
    """What is proposed."""

    FEW = "few", _("no proposal: too few gifts")
    RAISE = "raise", _("raise")
    KEEP = "keep", _("keep")
    CUT = "cut", _("cut")


class ReviewLine(models.Model):
    """What is proposed for one budget, why (a code of the engine; the words are built when read),
    and what a person decided.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="lines")
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="goodwill_reviews"
    )
    figures = models.ForeignKey(Brought, null=True, on_delete=models.PROTECT, related_name="+")
    gifts = models.PositiveIntegerField(default=0)
    budget = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    step = models.CharField(max_length=5, choices=ReviewStep)
    why = models.CharField(max_length=16)
    proposed = models.DecimalField(max_digits=18, decimal_places=2)
    decided = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    decided_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "employee"], name="review_line_once"),
            models.CheckConstraint(
                name="review_decided_by_one",
                condition=Q(decided=None, decided_by=None, decided_at=None)
                | Q(decided__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]
