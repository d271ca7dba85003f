"""What the law lets us give, by day; and who must not be given more than it allows."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Client
from zabota.people.models import Employee


class LimitWho(models.TextChoices):
    """Whom a limit protects."""

    OFFICIAL = "official", _("officials: state and municipal employees")
    COMPANY = "company", _("companies and those who speak for them")
    PERSON = "person", _("persons")


class LimitSpan(models.TextChoices):
    """What the sum is of."""

    GIFT = "gift", _("one gift")
    YEAR = "year", _("all gifts of a calendar year")


class LimitQuerySet(models.QuerySet["LegalLimit"]):
    """Limits in business words."""

    def in_force(self, day: date) -> "LimitQuerySet":
        """Those that hold on this day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class LegalLimit(models.Model):
    """A limit the law sets, from a day to before another, with where it is said. Dated rows: what
    was given is judged by what was in force then.
    """

    who = models.CharField(max_length=8, choices=LimitWho)
    span = models.CharField(max_length=4, choices=LimitSpan)
    most = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3, default="RUB")
    since = models.DateField()
    until = models.DateField(null=True)
    source_ru = models.CharField(max_length=300)
    source_en = models.CharField(max_length=300, blank=True)
    # What follows for us beyond it, in words for whoever gives.
    why_ru = models.TextField(blank=True)
    why_en = models.TextField(blank=True)

    objects = LimitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(most__gte=0), name="legal_limit_is_a_sum"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="legal_limit_has_days"
            ),
        ]

    def source(self, language: str) -> str:
        """Where it is said, in the reader's language."""
        return (self.source_en if language == "en" else "") or self.source_ru

    def why(self, language: str) -> str:
        """What follows beyond it, in the reader's language."""
        return (self.why_en if language == "en" else "") or self.why_ru


class Recipient(models.Model):
    """What we have to know of a client before giving: whether they are an official, or a body of
    the state or a municipality whose people are. `set_by` nobody: they said so themselves.
    """

    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="recipient")
    official = models.BooleanField(default=False)
    set_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
