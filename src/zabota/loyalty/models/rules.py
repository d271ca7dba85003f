"""By what points are earned, and whether they expire: data with dates, kept when they end."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from zabota.loyalty.models.units import Tier, Unit
from zabota.people.models import Place, User


class Occasion(models.TextChoices):
    """What points are earned for."""

    PURCHASE = "purchase", pgettext_lazy("points", "Purchase")
    MENTION = "mention", pgettext_lazy("points", "Mention thanked for")
    REFERRAL = "referral", pgettext_lazy("points", "Recommendation")
    EVENT = "event", pgettext_lazy("points", "Event")
    BIRTHDAY = "birthday", pgettext_lazy("points", "Birthday")
    GIFT = "gift", pgettext_lazy("points", "Gift")


# A gift is as large as whoever gives it says; the others go by rules.
BY_RULE = tuple(one for one in Occasion if one != Occasion.GIFT)


class RuleQuerySet(models.QuerySet["EarnRule"]):
    """Rules in business words."""

    def in_force(self, day: date) -> "RuleQuerySet":
        """Those of this day."""
        return self.filter(Q(until_day=None) | Q(until_day__gte=day), from_day__lte=day, void=False)


class EarnRule(models.Model):
    """What is earned on an occasion: `rate` for each hundred roubles of a purchase, or `amount`;
    from a least sum, at one place, by one tier and those above it. Of several that fit, the client
    has the best. A rule is never changed: it ends, and another begins.

    `may_owe` says that points of a returned purchase are taken back though they were spent.
    """

    occasion = models.CharField(max_length=10, choices=Occasion)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rules")
    rate = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    amount = models.PositiveIntegerField(null=True)
    least = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    tier = models.ForeignKey(Tier, null=True, on_delete=models.PROTECT, related_name="rules")
    may_owe = models.BooleanField(default=False)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    # It was ended before anything could be earned by it.
    void = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = RuleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["occasion", "from_day"], name="loyalty_rule_of_occasion")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate__gt=0, amount=None, occasion="purchase")
                | Q(rate=None, amount__gt=0),
                name="loyalty_rule_gives_one_way",
            ),
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gte=F("from_day")),
                name="loyalty_rule_ends_after_start",
            ),
        ]


class Expiry(models.Model):
    """From one day on the director had new batches expire: after how many months, announced how
    often and from how many days before, and why, in words clients read. At most one stands.
    """

    months = models.PositiveSmallIntegerField()
    notices = models.PositiveSmallIntegerField()
    lead_days = models.PositiveSmallIntegerField()
    reason_ru = models.TextField()
    reason_en = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    only = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["only"], condition=Q(ended_at=None), name="loyalty_one_expiry"
            ),
            models.CheckConstraint(condition=Q(only=1), name="loyalty_expiry_is_the_one"),
            models.CheckConstraint(
                condition=Q(months__gte=1, notices__gte=1, lead_days__gte=F("notices")),
                name="loyalty_expiry_is_announced",
            ),
        ]

    def reason(self, language: str) -> str:
        """Why, as the reader's language has it."""
        return (self.reason_en if language == "en" else "") or self.reason_ru
