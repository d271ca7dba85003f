"""Who may do what with orders, invoices and what is kept for a client."""

from zabota.orders.rules.holds import (
    may_hold_goods,
    may_prolong_own,
    may_release_hold,
    may_say_own_date,
    may_set_hold_rule,
    may_take_step,
)

__all__ = [
    "may_hold_goods",
    "may_prolong_own",
    "may_release_hold",
    "may_say_own_date",
    "may_set_hold_rule",
    "may_take_step",
]
