"""Figures as they were stored, given back to the engine that proposes."""

from zabota.goodwill.models import Brought, Measured
from zabota.goodwill.returns import Effect, Effects, Estimate


def effects_of(measured: Measured) -> Effects:
    """Everybody's figures of one day."""
    rows = measured.figures.filter(employee__isnull=False)
    told = {row.employee_id: effect_of(row) for row in rows if row.employee_id is not None}
    return Effects(measured.typical, measured.spread, told)


def effect_of(row: Brought) -> Effect:
    """One row."""
    points = Estimate(
        row.raw, row.error, row.mean, row.low, row.high, row.above_nothing, row.above_typical
    )
    return Effect(
        row.employee_id or 0, row.gifts, row.came, row.would_have, points, float(row.cost),
        row.extra, float(row.extra_sum), row.back, row.back_low, row.back_high,
    )  # fmt: skip
