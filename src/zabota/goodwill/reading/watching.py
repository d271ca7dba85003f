"""Gifts that are watched: what their clients bought afterwards beside what would have come anyway.

A client's weeks belong to one gift, the first: another given meanwhile is not measured apart, or a
purchase would be counted twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import groupby
from statistics import fmean

import numpy as np
from django.db.models.functions import Coalesce

from zabota.clients.buying import foreteller_of, ordinal_days, places_of, spend_of
from zabota.clients.models import FitBasis, PurchaseFit
from zabota.clients.repeat import Purchases, calibrate, hold_out
from zabota.clients.repeat.hold_out import Foreteller
from zabota.clients.repeat.purchases import Flags, Floats, Whole, bought_within, histories_at
from zabota.goodwill.models import Gift, GiftState, PaidBy
from zabota.people.firm import current_firm, zone_of

# Older gifts say little of what one does now.
LOOK_BACK = timedelta(days=365)
# Base rates are no model: so much is held to be in doubt of them.
DOUBT_OF_BASE = 0.05
MOST_DOUBT = 0.15


@dataclass(frozen=True)
class Watched:
    """A gift and the day after which its client is watched; `over` where the weeks are."""

    gift: int
    employee: int
    kind: str
    whole: int
    day: date
    cost: Decimal
    over: bool


@dataclass(frozen=True)
class Seen:
    """What came of one: as goodwill.returns counts it, and as it is stored."""

    of: Watched
    came: bool
    chance: float
    purchases: int
    expected: float
    sum: float
    expected_sum: float


def watched_gifts(weeks: int, *, at: datetime) -> list[Watched]:
    """Gifts of the last year out of people's own budgets to clients we know, just thanks among
    them; what was taken back is none. A stranger is watched from the day they took it.
    """
    zone = zone_of(current_firm())
    today = at.astimezone(zone).date()
    span = timedelta(weeks=weeks)
    rows = Gift.objects.filter(
        paid_by=PaidBy.BUDGET, client__isnull=False, given_at__gte=at - LOOK_BACK - span
    )
    rows = rows.exclude(state=GiftState.WITHDRAWN)
    columns = rows.annotate(whole=Coalesce("client__root", "client")).values_list(
        "pk", "employee", "kind", "whole", "given_at", "claimed_at", "to_stranger", "cost", "state"
    )
    watched = []
    for pk, employee, kind, whole, given, claimed, stranger, cost, state in columns.order_by("pk"):
        day = watched_after(given, claimed if stranger else None, zone)
        # A code nobody took has cost nothing.
        cost = Decimal(0) if state == GiftState.LAPSED else cost
        watched.append(Watched(pk, employee, kind, whole, day, cost, day + span <= today))
    return _apart(sorted(watched, key=lambda one: (one.whole, one.day, one.gift)), span)


def watched_after(given: datetime, claimed: datetime | None, zone: tzinfo) -> date:
    """The day after which purchases count: the gift's own, as whoever is given something at the
    counter bought before. Of a stranger (`claimed` is when they took it) their first day counts.
    """
    if claimed is None:
        return given.astimezone(zone).date()
    return claimed.astimezone(zone).date() - timedelta(days=1)


def _apart(watched: Sequence[Watched], span: timedelta) -> list[Watched]:
    kept = []
    for _whole, own in groupby(watched, key=lambda one: one.whole):
        until = date.min
        for one in own:
            if one.day >= until:
                kept.append(one)
                until = one.day + span
    return sorted(kept, key=lambda one: (one.day, one.gift))


def see(
    watched: Sequence[Watched], purchases: Purchases, fit: PurchaseFit, weeks: int
) -> tuple[list[Seen], float]:
    """What came of gifts whose weeks are over, and how far what was expected is in doubt. Month by
    month the model is put right by clients that got no gift about then.
    """
    foreteller = foreteller_of(fit)
    over = [one for one in watched if one.over]
    if foreteller is None or not over:
        return [], 0.0
    places, seen, doubts = places_of(purchases), list[Seen](), list[float]()
    for _month, group in groupby(over, key=lambda one: one.day.replace(day=1)):
        own = list(group)
        right: Foreteller = foreteller
        if fit.basis == FitBasis.MODEL:
            middle = own[len(own) // 2].day
            without = _with_gifts(watched, purchases, places, middle, weeks)
            right = calibrate(foreteller, purchases, middle, weeks, without=without)
            last = middle + timedelta(weeks=weeks)
            tested = hold_out(right, purchases, middle, last, without)
            doubts.append(tested.doubt if tested else MOST_DOUBT)
        seen += _seen(own, purchases, places, right, fit, weeks)
    doubt = fmean(doubts) if doubts else DOUBT_OF_BASE
    return seen, min(doubt, MOST_DOUBT)


def _seen(
    own: list[Watched],
    purchases: Purchases,
    places: dict[int, int],
    right: Foreteller,
    fit: PurchaseFit,
    weeks: int,
) -> list[Seen]:
    """Whoever never bought has no place in the arrays: a place beyond them all stands for them."""
    client = np.array([places.get(one.whole, len(places)) for one in own], dtype=np.int64)
    day: Whole = ordinal_days([one.day for one in own])
    of = histories_at(purchases, client, day)
    times, sums = bought_within(purchases, client, day, weeks)
    spend = spend_of(fit)
    typical = float(fit.figures.get("typical", 0.0))
    each: Floats = spend.expected(of) if spend else np.full(len(own), typical)
    chances, expected = right.chance_after(of, weeks), right.expected_after(of, weeks)
    return [
        Seen(one, bool(count > 0), float(chance), int(count), float(often), float(total),
             float(often * worth))
        for one, count, chance, often, total, worth in zip(
            own, times, chances, expected, sums, each, strict=True
        )
    ]  # fmt: skip


def _with_gifts(
    watched: Sequence[Watched],
    purchases: Purchases,
    places: dict[int, int],
    middle: date,
    weeks: int,
) -> Flags:
    """Clients that got a gift about then: they are no measure of those who got none."""
    flags = np.zeros(len(purchases.names), dtype=bool)
    span = timedelta(weeks=weeks)
    for one in watched:
        if abs(one.day - middle) <= span and one.whole in places:
            flags[places[one.whole]] = True
    return flags
