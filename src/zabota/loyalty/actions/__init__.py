"""The verbs of loyalty: the only writer."""

from zabota.loyalty.actions.cards import end_card, make_card
from zabota.loyalty.actions.earn import earn_points, give_points
from zabota.loyalty.actions.spend import reverse_spend, spend_points
from zabota.loyalty.actions.take_back import take_points_back

__all__ = [
    "earn_points",
    "end_card",
    "give_points",
    "make_card",
    "reverse_spend",
    "spend_points",
    "take_points_back",
]
