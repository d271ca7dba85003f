"""What points are good for, and what clients took."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from zabota.clients.models import Client
from zabota.loyalty.models.ledger import Transfer
from zabota.loyalty.models.units import Tier, Unit
from zabota.people.models import User


class RewardKind(models.TextChoices):
    """What a client gets."""

    GOODS = "goods", pgettext_lazy("points", "Goods")
    GIFT = "gift", pgettext_lazy("points", "A gift")
    VOUCHER = "voucher", pgettext_lazy("points", "A voucher")
    OFFER = "offer", pgettext_lazy("points", "An offer before others")


class RewardQuerySet(models.QuerySet["Reward"]):
    """Rewards in business words."""

    def shown(self, day: date, tiers: list[int]) -> "RewardQuerySet":
        """Those that are given today to a client of these tiers: what is shown is given, so what
        is out of stock, over or not yet begun is not.
        """
        early = Q(early_day__lte=day, early_tier__in=tiers)
        begun = Q(from_day__lte=day) | early
        not_over = Q(until_day=None) | Q(until_day__gte=day)
        there = Q(stock=None) | Q(stock__gt=0)
        return self.filter(begun, not_over, there, closed_at=None, unit__closed_at=None)


class Reward(models.Model):
    """Something for points: its price, how many there are (nothing: as many as are wanted), since
    when, and for whom sooner. `after` is told to whoever took it: how to get it, the way to an
    offer. There are no days on which it is shown and not given.
    """

    kind = models.CharField(max_length=8, choices=RewardKind)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    words_ru = models.TextField(blank=True)
    words_en = models.TextField(blank=True)
    after_ru = models.TextField(blank=True)
    after_en = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rewards")
    price = models.PositiveIntegerField()
    stock = models.PositiveIntegerField(null=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    early_tier = models.ForeignKey(Tier, null=True, on_delete=models.PROTECT, related_name="+")
    early_day = models.DateField(null=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = RewardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(price__gt=0), name="loyalty_reward_has_price"),
            models.CheckConstraint(
                condition=Q(early_tier=None, early_day=None)
                | Q(early_tier__isnull=False, early_day__isnull=False),
                name="loyalty_reward_early_for_whom",
            ),
        ]

    def name(self, language: str) -> str:
        """How it is called."""
        return (self.name_en if language == "en" else "") or self.name_ru

    def words(self, language: str) -> str:
        """What it is, in a sentence or two."""
        return (self.words_en if language == "en" else "") or self.words_ru

    def after(self, language: str) -> str:
        """What whoever took it is told."""
        return (self.after_en if language == "en" else "") or self.after_ru


class ClaimState(models.TextChoices):
    """How far a reward is."""

    TAKEN = "taken", pgettext_lazy("points", "to be handed over")
    GIVEN = "given", pgettext_lazy("points", "handed over")
    CALLED_BACK = "called_back", pgettext_lazy("points", "called back, the points were given back")


class Claim(models.Model):
    """A client took a reward: it is theirs from that moment, by its code. `over_stock` were shown
    it before the last one went: we owe them one more.
    """

    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="claims")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="claims")
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="claim")
    code = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=11, choices=ClaimState, default=ClaimState.TAKEN)
    over_stock = models.BooleanField(default=False)
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["client", "-taken_at"], name="loyalty_claim_of_client"),
            models.Index(fields=["-id"], name="loyalty_claim_open", condition=Q(state="taken")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="taken", ended_at=None)
                | (~Q(state="taken") & Q(ended_at__isnull=False)),
                name="loyalty_claim_ends",
            )
        ]
