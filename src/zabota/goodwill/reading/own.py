"""One employee's own gifts with what the clients bought afterwards; nobody else's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
from django.db.models import Q
from django.utils.translation import get_language

from zabota.clients.actions.fit import WEEKS
from zabota.clients.buying import bought, ordinal_days, places_of
from zabota.clients.repeat.purchases import bought_within
from zabota.common.formats import number
from zabota.goodwill.models import Gift, GiftState, PaidBy, ReviewLine
from zabota.goodwill.reading.watching import watched_after
from zabota.goodwill.saying import gift_words
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import Employee

MOST = 20


@dataclass(frozen=True)
class OwnGift:
    """A gift, until when its client is watched, what they bought since; `chance` is how likely that
    was anyway, in words, once the weeks are over.
    """

    gift: Gift
    what: str
    until: date
    over: bool
    purchases: int
    sum: Decimal
    chance: str


def own_gifts(employee: Employee, *, at: datetime) -> list[OwnGift]:
    """The newest of those that are watched. Four queries, whatever their number."""
    zone = zone_of(current_firm())
    rows = Gift.objects.filter(employee=employee, paid_by=PaidBy.BUDGET, client__isnull=False)
    rows = rows.filter(~Q(state=GiftState.WITHDRAWN)).select_related(
        "client__root", "good", "outcome"
    )
    gifts = list(rows.order_by("-given_at", "-pk")[:MOST])
    if not gifts:
        return []
    days = [
        watched_after(one.given_at, one.claimed_at if one.to_stranger else None, zone)
        for one in gifts
    ]
    wholes = [one.client.whole_id for one in gifts if one.client is not None]
    purchases = bought(set(wholes))
    places = places_of(purchases)
    client = np.array([places.get(whole, len(places)) for whole in wholes], dtype=np.int64)
    times, sums = bought_within(purchases, client, ordinal_days(days), WEEKS)
    today = at.astimezone(zone).date()
    return [
        _own(gift, day + timedelta(weeks=WEEKS), today, int(count), float(total))
        for gift, day, count, total in zip(gifts, days, times, sums, strict=True)
    ]


def own_line(employee: Employee) -> ReviewLine | None:
    """What was decided of one's own budget last, or is proposed now."""
    rows = ReviewLine.objects.filter(employee=employee)
    return rows.select_related("figures", "review", "decided_by__user").order_by("-pk").first()


def _own(gift: Gift, until: date, today: date, count: int, total: float) -> OwnGift:
    language = get_language() or "ru"
    outcome = getattr(gift, "outcome", None)
    chance = "" if outcome is None else number(round(outcome.chance * 100), language)
    return OwnGift(
        gift, gift_words(gift, language), until, until <= today, count,
        Decimal(total).quantize(Decimal("0.01")), chance,
    )  # fmt: skip
