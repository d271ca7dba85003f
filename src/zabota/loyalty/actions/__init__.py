"""The verbs of loyalty: the only writer."""

from zabota.loyalty.actions.birthdays import earn_birthdays
from zabota.loyalty.actions.cards import end_card, make_card
from zabota.loyalty.actions.earn import earn_points, give_points
from zabota.loyalty.actions.expire import look_after_expiry
from zabota.loyalty.actions.expiry import switch_expiry_off, switch_expiry_on
from zabota.loyalty.actions.rewards import (
    call_back_reward,
    close_reward,
    hand_over_reward,
    set_reward,
    take_reward,
)
from zabota.loyalty.actions.spend import reverse_spend, spend_points
from zabota.loyalty.actions.take_back import take_points_back

__all__ = [
    "call_back_reward",
    "close_reward",
    "earn_birthdays",
    "earn_points",
    "end_card",
    "give_points",
    "hand_over_reward",
    "look_after_expiry",
    "make_card",
    "reverse_spend",
    "set_reward",
    "spend_points",
    "switch_expiry_off",
    "switch_expiry_on",
    "take_points_back",
    "take_reward",
]
