"""What is counted: points, cups of coffee; and tiers of clients."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from zabota.common.formats import number


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units in business words."""

    def in_use(self) -> "UnitQuerySet":
        """Those the firm gives now, in its order."""
        return self.filter(closed_at=None).order_by("position", "pk")


class Unit(models.Model):
    """Something clients collect: its name, and its word after a number in both languages.

    `pays` is what one of it pays at the till, in roubles; nothing, where it buys rewards only.
    `pays_share` is how much of a receipt may be paid so, in per cent.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name_ru = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    one_ru = models.CharField(max_length=60)
    few_ru = models.CharField(max_length=60)
    many_ru = models.CharField(max_length=60)
    one_en = models.CharField(max_length=60)
    many_en = models.CharField(max_length=60)
    pays = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    pays_share = models.PositiveSmallIntegerField(default=100)
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pays=None) | Q(pays__gt=0), name="loyalty_unit_pays_something"
            ),
            models.CheckConstraint(
                condition=Q(pays_share__gte=1, pays_share__lte=100), name="loyalty_unit_share"
            ),
        ]

    def name(self, language: str) -> str:
        """How it is called: «Баллы», Points."""
        return self.name_en if language == "en" else self.name_ru

    def counted(self, amount: int, language: str) -> str:
        """So many of it, in words: «121 балл», “1 cup of coffee”."""
        return f"{number(amount, language)}\u00a0{self.word(amount, language)}"

    def word(self, amount: int, language: str) -> str:
        """Its word after this number."""
        count = abs(amount)
        if language == "en":
            return self.one_en if count == 1 else self.many_en
        if count % 10 == 1 and count % 100 != 11:
            return self.one_ru
        if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14:
            return self.few_ru
        return self.many_ru

    def in_words(self, amount: int) -> dict[str, str]:
        """The same in both languages, as an entry keeps it."""
        return {language: self.counted(amount, language) for language in ("ru", "en")}

    def pays_most(self, total: Decimal) -> int:
        """How many of it may pay for a receipt of this sum."""
        if self.pays is None:
            return 0
        return int(total * self.pays_share / 100 // self.pays)


class Tier(models.Model):
    """A name for clients who are worth so much to us, or more: their rules and their days before
    others. The sum is ours to know; the client reads the name.
    """

    name_ru = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    least = models.DecimalField(max_digits=18, decimal_places=2)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["least"], condition=Q(closed_at=None), name="loyalty_tier_once_per_sum"
            )
        ]

    def name(self, language: str) -> str:
        """As the reader's language has it."""
        return (self.name_en if language == "en" else "") or self.name_ru
