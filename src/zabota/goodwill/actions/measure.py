"""What gifts brought, reckoned once a day after the model of purchases."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from zabota.clients.actions.fit import WEEKS
from zabota.clients.buying import bought, last_fit
from zabota.clients.models import FitBasis, FitState, PurchaseFit
from zabota.goodwill.models import Brought, Gift, GiftOutcome, Measured
from zabota.goodwill.models.gifts import PaidBy
from zabota.goodwill.reading.budgets import firm_day, terms_now
from zabota.goodwill.reading.watching import Seen, see, watched_gifts
from zabota.goodwill.returns import Effect, Effects, Outcome, reckon_effects

KOPECK = Decimal("0.01")


def measure_gifts(*, by: None, at: datetime) -> int:
    """Once a day where anything was given: every gift whose weeks are over, everybody's figures,
    the firm's and those of each kind. Says how many gifts were measured.
    """
    today = firm_day(at)
    fit = last_fit()
    under_way = PurchaseFit.objects.filter(state__in=[FitState.WAITING, FitState.RUNNING])
    if fit is None or Measured.objects.filter(day=today).exists() or under_way.exists():
        return 0
    if not Gift.objects.filter(paid_by=PaidBy.BUDGET).exists():
        return 0
    watched = watched_gifts(WEEKS, at=at)
    seen, doubt = see(watched, bought(), fit, WEEKS) if watched else ([], 0.0)
    with transaction.atomic():
        return _store(fit, seen, doubt, len(watched), at)


def _store(fit: PurchaseFit, seen: list[Seen], doubt: float, watched: int, at: datetime) -> int:
    terms = terms_now()
    outcomes = [_outcome(one, one.of.employee) for one in seen]
    effects = reckon_effects(outcomes, doubt=doubt)
    measured = Measured.objects.create(
        day=firm_day(at),
        fit=fit,
        basis=fit.basis if seen else FitBasis.NONE,
        weeks=WEEKS,
        gifts=len(seen),
        watched=watched,
        typical=effects.typical,
        spread=effects.spread,
        doubt=doubt,
        currency=terms.currency if terms else "RUB",
        made_at=at,
    )
    GiftOutcome.objects.all().delete()
    GiftOutcome.objects.bulk_create([_row(one, measured) for one in seen], batch_size=500)
    Brought.objects.bulk_create(_figures(measured, seen, effects, doubt))
    return len(seen)


def _figures(
    measured: Measured, seen: Sequence[Seen], effects: Effects, doubt: float
) -> list[Brought]:
    rows = [_brought(measured, one, employee=pk) for pk, one in effects.by_employee.items()]
    together = reckon_effects([_outcome(one, 0) for one in seen], doubt=doubt)
    rows += [_brought(measured, one) for one in together.by_employee.values()]
    kinds = sorted({one.of.kind for one in seen})
    told = reckon_effects([_outcome(one, kinds.index(one.of.kind)) for one in seen], doubt=doubt)
    rows += [_brought(measured, one, kind=kinds[at]) for at, one in told.by_employee.items()]
    return rows


def _outcome(one: Seen, group: int) -> Outcome:
    return Outcome(
        group, one.came, one.chance, one.purchases, one.expected, one.sum, one.expected_sum,
        float(one.of.cost),
    )  # fmt: skip


def _row(one: Seen, measured: Measured) -> GiftOutcome:
    return GiftOutcome(
        gift_id=one.of.gift, measured=measured, came=one.came, chance=one.chance,
        purchases=one.purchases, expected=one.expected, sum=_money(one.sum),
        expected_sum=_money(one.expected_sum),
    )  # fmt: skip


def _brought(
    measured: Measured, one: Effect, *, employee: int | None = None, kind: str = ""
) -> Brought:
    points = one.points
    return Brought(
        measured=measured, employee_id=employee, kind=kind, gifts=one.gifts, came=one.came,
        would_have=one.would_have, raw=points.raw, error=points.error, mean=points.mean,
        low=min(points.low, points.mean), high=max(points.high, points.mean),
        above_nothing=points.above_nothing, above_typical=points.above_typical,
        cost=_money(one.cost), extra=one.extra, extra_sum=_money(one.extra_sum),
        back=one.back, back_low=one.back_low, back_high=one.back_high,
    )  # fmt: skip


def _money(value: float) -> Decimal:
    return Decimal(value).quantize(KOPECK)
