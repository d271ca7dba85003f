"""What each employee may spend on clients at their own discretion, by period."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zabota.journal.models import Stream
from zabota.people.models import Employee


class Period(models.TextChoices):
    """For how long a budget is given."""

    MONTH = "month", _("a month")
    QUARTER = "quarter", _("a quarter")
    YEAR = "year", _("a year")


class Unspent(models.TextChoices):
    """What becomes of what was not spent."""

    LAPSE = "lapse", _("it lapses")
    CARRY = "carry", _("it is carried over")
    UP_TO = "up_to", _("it is carried over up to a sum")


class Terms(models.Model):
    """The firm's terms, one row: the sum everybody has in a period, what becomes of the rest, how
    much one client is given in a year, how long codes are good.
    """

    base = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, default="RUB")
    period = models.CharField(max_length=8, choices=Period, default=Period.MONTH)
    unspent = models.CharField(max_length=6, choices=Unspent, default=Unspent.LAPSE)
    carry_most = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    # The firm's own limits, below what the law allows; nothing where it sets none.
    person_year_most = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    company_year_most = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    # What one point of the loyalty programme costs us.
    point_cost = models.DecimalField(max_digits=18, decimal_places=2, default=1)
    # For how many days a code can be taken, and then used.
    claim_days = models.PositiveSmallIntegerField(default=30)
    use_days = models.PositiveSmallIntegerField(default=90)
    # What a stranger agrees to when they leave something about themselves; blank: our own words.
    consent_ru = models.TextField(blank=True)
    consent_en = models.TextField(blank=True)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="goodwill_one_terms"),
            models.CheckConstraint(condition=Q(base__gte=0), name="goodwill_base_is_no_debt"),
        ]

    def consent(self, language: str) -> str:
        """The firm's own words in this language, if it has any."""
        return self.consent_en if language == "en" else self.consent_ru


class Budget(models.Model):
    """One employee's own sum per period, where it is not the firm's base."""

    employee = models.OneToOneField(
        Employee, on_delete=models.PROTECT, related_name="goodwill_budget"
    )
    sum = models.DecimalField(max_digits=18, decimal_places=2)
    reason = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sum__gte=0), name="goodwill_budget_is_no_debt")
        ]


class Allowance(models.Model):
    """What an employee has for one period, its days from `starts` to before `ends`: `base` as set
    for them then, `carried` from the one before, `total` of both, `spent`.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="allowances")
    starts = models.DateField()
    ends = models.DateField()
    base = models.DecimalField(max_digits=18, decimal_places=2)
    carried = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    total = models.DecimalField(max_digits=18, decimal_places=2)
    spent = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "starts"], name="allowance_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="allowance_has_days"),
            models.CheckConstraint(
                condition=Q(spent__gte=0, spent__lte=F("total")), name="allowance_not_overspent"
            ),
        ]
        indexes = [models.Index(fields=["employee", "-ends"], name="allowance_now")]

    @property
    def last_day(self) -> date:
        """The last day on which it can be spent."""
        return self.ends - timedelta(days=1)

    @property
    def left(self) -> Decimal:
        """What can still be spent in this period."""
        return self.total - self.spent
