"""The verbs of orders: the only writer."""

from zabota.orders.actions.acts import ask_act, make_act, set_terms
from zabota.orders.actions.after import end_warranties, keep_duty, promise_duty
from zabota.orders.actions.anew import take_off_shipment
from zabota.orders.actions.change import change_lines
from zabota.orders.actions.debts import show_debt
from zabota.orders.actions.delays import (
    choose_on_delay,
    expect_line,
    find_delays,
    settle_delay,
)
from zabota.orders.actions.invoice import issue_invoice, take_back_invoice
from zabota.orders.actions.lines import Wanted
from zabota.orders.actions.papers import add_paper, remove_paper
from zabota.orders.actions.pay import (
    Money,
    allocate_payment,
    match_again,
    release_payment,
    set_aside_payment,
    take_payment,
)
from zabota.orders.actions.place import Came, cancel_order, place_order
from zabota.orders.actions.ship import Paper, Sent, deliver_shipment, ship_order, take_return

__all__ = [
    "Came",
    "Money",
    "Paper",
    "Sent",
    "Wanted",
    "add_paper",
    "allocate_payment",
    "ask_act",
    "cancel_order",
    "change_lines",
    "choose_on_delay",
    "deliver_shipment",
    "end_warranties",
    "expect_line",
    "find_delays",
    "issue_invoice",
    "keep_duty",
    "make_act",
    "match_again",
    "place_order",
    "promise_duty",
    "release_payment",
    "remove_paper",
    "set_aside_payment",
    "set_terms",
    "settle_delay",
    "ship_order",
    "show_debt",
    "take_back_invoice",
    "take_off_shipment",
    "take_payment",
    "take_return",
]
