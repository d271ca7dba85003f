"""What the firm sets: on what terms it thanks, what it says of itself, what both are asked."""

from datetime import date

from django.db import models
from django.db.models import Q

from zabota.people.models import Employee


class TermsQuerySet(models.QuerySet["Terms"]):
    """Terms in business words."""

    def on(self, day: date) -> "Terms | None":
        """Those that hold on a day: the latest that had begun by then."""
        return self.filter(from_day__lte=day).order_by("-from_day", "-pk").first()


class Terms(models.Model):
    """On what terms who recommended and who came are thanked, from a day on; earlier ones stay for
    purchases of their days.

    `hold_days` are waited for goods that come back; whoever recommends is thanked so many times in
    a year at most; who has been silent for `lapse_times` their own rhythm counts as gone.
    """

    from_day = models.DateField()
    minimum = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    hold_days = models.PositiveSmallIntegerField(default=14)
    yearly_limit = models.PositiveSmallIntegerField(default=12)
    lapse_times = models.PositiveSmallIntegerField(default=3)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = TermsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minimum__gte=0), name="terms_minimum_no_less"),
            models.CheckConstraint(condition=Q(lapse_times__gte=1), name="terms_lapse_at_least"),
        ]


class Brochure(models.Model):
    """What we tell of ourselves to whoever was sent to us; the latest edition counts."""

    title_ru = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    text_ru = models.TextField()
    text_en = models.TextField()
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def title(self, language: str) -> str:
        """As the reader's language has it."""
        return self.title_en if language == "en" else self.title_ru

    def text(self, language: str) -> str:
        """The same of what stands below it."""
        return self.text_en if language == "en" else self.text_ru


class Questionnaire(models.Model):
    """What both are asked, an edition; sheets keep the edition they were begun by.

    `told` is asked of whoever recommends, `needed` of whoever comes: lists of {ru, en}.
    """

    told = models.JSONField(default=list)
    needed = models.JSONField(default=list)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def questions(self, side: str, language: str) -> list[str]:
        """What one side is asked, in the reader's language."""
        rows: list[dict[str, str]] = self.told if side == "told" else self.needed
        return [row[language] for row in rows]
