"""The verbs of goods kept for a client."""

from zabota.orders.actions.holds.check import LineDays, check_hold
from zabota.orders.actions.holds.end import free_hold, lapse_hold, pay_hold, release_hold
from zabota.orders.actions.holds.own import prolong_own_hold, say_own_date
from zabota.orders.actions.holds.promise import Quote, promise_hold
from zabota.orders.actions.holds.rule import set_hold_rule
from zabota.orders.actions.holds.steps import (
    NextStep,
    answer_step,
    take_step,
)
from zabota.orders.actions.holds.warn import warn_of_hold

__all__ = [
    "LineDays",
    "NextStep",
    "Quote",
    "answer_step",
    "check_hold",
    "free_hold",
    "lapse_hold",
    "pay_hold",
    "prolong_own_hold",
    "promise_hold",
    "release_hold",
    "say_own_date",
    "set_hold_rule",
    "take_step",
    "warn_of_hold",
]
