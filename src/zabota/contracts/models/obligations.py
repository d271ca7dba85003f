"""What the sides owe each other under a contract in force, and each time it falls due."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Promise
from zabota.contracts.models.contracts import Contract, Version
from zabota.people.models import Employee, User


class ObligationState(models.TextChoices):
    """Read out of the text, taken by a person as one to be watched, or not."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("under way")
    DISMISSED = "dismissed", _("not an obligation")
    ENDED = "ended", _("over")


class Every(models.TextChoices):
    """How often it falls due."""

    ONCE = "", _("once")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    YEAR = "year", _("every year")


class Obligation(models.Model):
    """A duty of one side, with the clause and the words it was read from. Without a date where it
    depends on something that has not happened: `after` quotes on what.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="obligations")
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=40, blank=True)
    quote = models.TextField(blank=True)
    what = models.CharField(max_length=20)
    words_ru = models.CharField(max_length=300)
    words_en = models.CharField(max_length=300)
    side = models.CharField(max_length=6, choices=[("ours", _("ours")), ("theirs", _("theirs"))])
    due_on = models.DateField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=8, blank=True)
    after = models.CharField(max_length=300, blank=True)
    every = models.CharField(max_length=7, choices=Every, blank=True, default=Every.ONCE)
    day = models.PositiveSmallIntegerField(null=True)
    until = models.DateField(null=True)
    sum = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    holder = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=9, choices=ObligationState, default=ObligationState.PROPOSED
    )
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["contract", "state"], name="obligation_state")]
        constraints = [
            models.CheckConstraint(
                name="obligation_decided_by_someone",
                condition=Q(state="proposed") | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="obligation_under_way_is_due",
                condition=~Q(state="confirmed") | Q(due_on__isnull=False),
            ),
        ]

    def words(self, language: str) -> str:
        return self.words_en if language == "en" else self.words_ru


class ObligationTerm(models.Model):
    """One time an obligation falls due: its promise has the clock and says whether it was kept. Of
    a series the next is laid when the one before is settled.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="terms")
    promise = models.OneToOneField(
        Promise, on_delete=models.PROTECT, related_name="obligation_term"
    )
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "due_on"], name="obligation_term_once")
        ]
