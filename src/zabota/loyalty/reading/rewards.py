"""Rewards as a client sees them: those they can have now, those they save up for."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from zabota.clients.models import Client
from zabota.loyalty.models import Claim, Reward
from zabota.loyalty.reading.earning import tiers_of
from zabota.loyalty.reading.standing import read_stands
from zabota.people.firm import current_firm, zone_of

MOST = 60
MOST_CLAIMS = 20


@dataclass(frozen=True)
class Offered:
    """One reward, as it is printed; `missing` is how many are to be earned yet."""

    reward: Reward
    name: str
    words: str
    price: str
    missing: str
    early: bool


@dataclass(frozen=True)
class Rewards:
    """What can be had now, and what is saved up for."""

    now: list[Offered]
    later: list[Offered]


def read_rewards(client: Client, at: datetime) -> Rewards:
    """What is shown to this client today: all of it is given. Four queries."""
    language, day = get_language() or "ru", at.astimezone(zone_of(current_firm())).date()
    left = {stand.unit.pk: stand.left for stand in read_stands(client)}
    tiers = [tier.pk for tier in tiers_of(client)]
    rows = Reward.objects.shown(day, tiers).select_related("unit").order_by("price", "pk")
    now: list[Offered] = []
    later: list[Offered] = []
    for reward in rows[:MOST]:
        missing = reward.price - left.get(reward.unit_id, 0)
        one = Offered(
            reward,
            reward.name(language),
            reward.words(language),
            reward.unit.counted(reward.price, language),
            reward.unit.counted(missing, language) if missing > 0 else "",
            reward.from_day > day,
        )
        (later if missing > 0 else now).append(one)
    return Rewards(now, later)


def read_claims(client: Client) -> list[Claim]:
    """What a client took, the latest first. One query."""
    of_it = Client.objects.whole_of(client.pk).values("pk")
    rows = Claim.objects.filter(client__in=of_it)
    chosen = rows.select_related("reward", "transfer__unit").order_by("-taken_at", "-pk")
    return list(chosen[:MOST_CLAIMS])
