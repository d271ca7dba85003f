"""The firm with its calendar."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.common.names import detail
from zabota.journal.models import Stream


class Firm(models.Model):
    """The one firm of this installation: who we are, when we work, what clients see."""

    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    legal_name = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict)
    accent = models.CharField(max_length=12, default="teal")
    language = models.CharField(max_length=2, default="ru")
    zone = models.CharField(max_length=60, default="Europe/Moscow")
    country = models.CharField(max_length=2, default="RU")
    # What the firm's own sums are in: purchases, and what clients are worth.
    currency = models.CharField(max_length=3, default="RUB")
    week = models.JSONField(default=dict)
    shows_people = models.BooleanField(default=True)
    number_pattern = models.CharField(max_length=60, default="Д-{year}-{number:04d}")
    answer_hours = models.PositiveSmallIntegerField(default=8)
    # Whether a letter of somebody nobody knows begins a request at once, or waits to be sorted.
    answers_strangers = models.BooleanField(default=True)
    # Whether letters to our own people wait for the working day.
    keeps_quiet = models.BooleanField(default=True)
    # Whether companies get points, discounts and thanks of value; persons always may.
    thanks_companies = models.BooleanField(default=False)
    # Whether clients are asked in the room to recommend us (referrals).
    takes_referrals = models.BooleanField(default=False)
    # For how many days a passed drill counts.
    drill_days = models.PositiveSmallIntegerField(default=180)
    # Whether there has been an order: sections nobody uses do not exist.
    keeps_orders = models.BooleanField(default=False)
    # Kinds of likely errors in a contract that bar its sending (contracts/error_words.py).
    blocking_errors = models.JSONField(default=list, blank=True)
    # Whether clients collect anything: set together with the first of it (loyalty).
    gives_points = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_firm")]

    @property
    def shown_name(self) -> str:
        """How the reader calls the firm: «Северный свет», Severny Svet."""
        return detail(self.name, self.name_en)

    @property
    def formal_name(self) -> str:
        """The firm's name on papers, in the reader's language."""
        own = self.details.get("short_name", "") or self.legal_name or self.name
        return detail(own, self.details.get("short_name_en", "") or self.name_en)


class SpecialDay(models.Model):
    """A day that is not as the week says: off, shortened or worked. Edited by the firm."""

    day = models.DateField(unique=True)
    kind = models.CharField(
        max_length=8,
        choices=[("off", _("Day off")), ("short", _("Short")), ("working", _("Working"))],
    )
    note = models.CharField(max_length=120, blank=True)
