"""What is earned on an occasion, by the rules of a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from zabota.clients.models import Client
from zabota.loyalty.models import EarnRule, Tier, Unit
from zabota.people.models import Place


@dataclass(frozen=True)
class Gain:
    """So many of a unit, by a rule."""

    unit: Unit
    amount: int
    rule: EarnRule


def gains(
    client: Client, occasion: str, day: date, sum: Decimal | None, place: Place | None
) -> list[Gain]:
    """Of every unit what the best rule gives, in the firm's order of units; `client` is the whole
    one. One query.
    """
    rules = EarnRule.objects.in_force(day).filter(
        Q(place=None) | Q(place=place), occasion=occasion, unit__closed_at=None
    )
    best: dict[int, Gain] = {}
    for rule in rules.select_related("unit", "tier").order_by("unit__position", "unit", "pk"):
        if rule.tier is not None and not reaches(client, rule.tier):
            continue
        amount = amount_by(rule, sum)
        if amount > 0 and (rule.unit_id not in best or amount > best[rule.unit_id].amount):
            best[rule.unit_id] = Gain(rule.unit, amount, rule)
    return list(best.values())


def amount_by(rule: EarnRule, sum: Decimal | None) -> int:
    """What one rule gives for a sum; parts of a point are not given."""
    if sum is not None and sum < rule.least:
        return 0
    if rule.rate is None:
        return rule.amount or 0
    return int((sum or Decimal(0)) * rule.rate / 100)


def reaches(client: Client, tier: Tier) -> bool:
    """Whether this client is of a tier or above it, by what it is worth to us."""
    worth = client.whole.worth
    return tier.closed_at is None and worth is not None and worth >= tier.least


def tiers_of(client: Client) -> list[Tier]:
    """The tiers a client has reached, the highest first. One query."""
    worth = client.whole.worth
    if worth is None:
        return []
    return list(Tier.objects.filter(closed_at=None, least__lte=worth).order_by("-least"))
