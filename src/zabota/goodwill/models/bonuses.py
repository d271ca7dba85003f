"""What employees earn by clients: on what terms, and what was closed for payroll."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q

from zabota.people.models import Employee


class BonusRates(models.Model):
    """Per client that returned after a gift and per new client either a sum or a share (in percent)
    of what they bought; per thanks said to a buyer a sum or a share of that purchase; per thanks
    received from a client a sum: it has no price.
    """

    WAYS: ClassVar = ("returned", "new", "said", "received")
    RATES: ClassVar = (
        "returned_sum", "returned_share", "new_sum", "new_share", "said_sum", "said_share",
        "received_sum", "currency",
    )  # fmt: skip

    returned_sum = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    returned_share = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    new_sum = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    new_share = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    said_sum = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    said_share = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    received_sum = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, default="RUB")

    class Meta:
        abstract = True


class BonusTerms(BonusRates):
    """The firm's terms as they are now, one row; months that are not closed follow them."""

    set_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="goodwill_one_bonus_terms"),
            models.CheckConstraint(
                name="bonus_is_sum_or_share",
                condition=(Q(returned_sum=0) | Q(returned_share=0))
                & (Q(new_sum=0) | Q(new_share=0))
                & (Q(said_sum=0) | Q(said_share=0)),
            ),
        ]


class BonusMonth(BonusRates):
    """A month closed for payroll: its lines stand as they were taken along, its rates are those it
    was reckoned by. What changes afterwards is a later month's.
    """

    starts = models.DateField(unique=True)
    closed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()


class BonusLine(models.Model):
    """What one employee earned in a closed month, by way; `later` is what months closed before
    turned out to be more or less.
    """

    month = models.ForeignKey(BonusMonth, on_delete=models.CASCADE, related_name="lines")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="bonuses")
    returned = models.PositiveIntegerField(default=0)
    returned_sum = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    new = models.PositiveIntegerField(default=0)
    new_sum = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    said = models.PositiveIntegerField(default=0)
    said_sum = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    received = models.PositiveIntegerField(default=0)
    received_sum = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    later = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "employee"], name="bonus_line_once")
        ]

    @property
    def own(self) -> Decimal:
        """What the month itself brought, without changes of earlier ones."""
        return self.returned_sum + self.new_sum + self.said_sum + self.received_sum

    @property
    def total(self) -> Decimal:
        """What is paid by it; less than nothing where more was taken back than earned."""
        return self.own + self.later


class BonusChange(models.Model):
    """By how much a month closed before turned out otherwise, in the line that carries it."""

    line = models.ForeignKey(BonusLine, on_delete=models.CASCADE, related_name="changes")
    of = models.ForeignKey(BonusMonth, on_delete=models.PROTECT, related_name="+")
    sum = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "of"], name="bonus_change_once")]
