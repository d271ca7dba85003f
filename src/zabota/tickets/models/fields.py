"""What is asked of a request of a kind, beside its words, and what was answered."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.tickets.models.tickets import Ticket, TicketType


class FieldKind(models.TextChoices):
    """What kind of answer it takes."""

    TEXT = "text", pgettext_lazy("kind of field", "text")
    CHOICE = "choice", pgettext_lazy("kind of field", "one of several")
    NUMBER = "number", pgettext_lazy("kind of field", "number")
    MONEY = "money", pgettext_lazy("kind of field", "money at stake")
    DATE = "date", pgettext_lazy("kind of field", "date")
    YES_NO = "yes_no", pgettext_lazy("kind of field", "yes or no")


class Asked(models.TextChoices):
    """Who fills it in and who reads it."""

    BOTH = "both", _("the client fills it in, both read it")
    OURS = "ours", _("we fill it in and read it")


class KindField(models.Model):
    """One question a kind of request asks. `options` are lines, the same number in either
    language; an answer keeps the Russian one.
    """

    type = models.ForeignKey(TicketType, on_delete=models.PROTECT, related_name="fields")
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=8, choices=FieldKind)
    options_ru = models.TextField(blank=True)
    options_en = models.TextField(blank=True)
    required = models.BooleanField(default=False)
    asked = models.CharField(max_length=6, choices=Asked, default=Asked.BOTH)
    position = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    def name(self, language: str) -> str:
        """As the reader's language has it; Russian where there is no other."""
        return (self.name_en if language == "en" else "") or self.name_ru

    def options(self, language: str) -> list[tuple[str, str]]:
        """What can be chosen: as it is kept, and as the reader reads it."""
        kept = self.options_ru.splitlines()
        other = self.options_en.splitlines() if language == "en" else []
        return list(zip(kept, other if len(other) == len(kept) else kept, strict=True))


class FieldValue(models.Model):
    """What was answered: in one form whatever the language (a date as 2026-11-17, a number with a
    point, yes or no), and for numbers as a number, to be compared.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="answers")
    field = models.ForeignKey(KindField, on_delete=models.PROTECT, related_name="answers")
    text = models.CharField(max_length=1000)
    number = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "field"], name="answered_once")]
        indexes = [models.Index(fields=["field", "text"], name="answer_found")]

    @property
    def amount(self) -> Decimal | None:
        """The money at stake, where it is that."""
        return self.number if self.field.kind == FieldKind.MONEY else None
