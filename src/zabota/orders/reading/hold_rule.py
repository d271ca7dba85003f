"""The firm's rule of holds; until somebody sets it, the usual one."""

from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal

from zabota.orders.models import Hold, HoldRule
from zabota.orders.timeline import Limits, prolonged
from zabota.people.firm import current_firm, zone_of


def hold_rule() -> HoldRule:
    """The rule that counts now."""
    return HoldRule.objects.filter(pk=1).first() or HoldRule(pk=1)


def limits_of(rule: HoldRule) -> Limits:
    """How far a hold goes by it."""
    return Limits(
        first=rule.first_days,
        longest=rule.longest_days,
        client_times=rule.client_times,
        client_days=rule.client_days,
        staff_days=rule.staff_days,
    )


def firm_day(at: datetime) -> date:
    """The day it is for the firm."""
    return at.astimezone(zone_of(current_firm())).date()


def cost_beyond(hold: Hold, until: date, rule: HoldRule) -> Decimal:
    """What keeping it until then costs us beyond the rule: for each day the rule does not give, its
    share of the счёт.
    """
    given = prolonged(hold.until, hold.begun_on, rule.staff_days, limits_of(rule))
    days = max(0, (until - max(given, hold.until)).days)
    cost = hold.invoice.total * rule.day_cost * days / 100
    return cost.quantize(Decimal(1), ROUND_CEILING)
