"""The verbs of goodwill: the only writer of its tables."""

from zabota.goodwill.actions.bonus import BonusFields, close_bonuses, set_bonuses
from zabota.goodwill.actions.budgets import TermsFields, open_allowances, set_budget, set_terms
from zabota.goodwill.actions.cards import (
    answer_card_letter,
    make_card,
    put_card_letter_aside,
    take_card_letter,
)
from zabota.goodwill.actions.claim import Taken, claim_gift, gift_by_code, thank_for_gift
from zabota.goodwill.actions.forget import forget_thanks
from zabota.goodwill.actions.give import (
    Given,
    check_by_rule,
    give_by_rule,
    give_gift,
    make_good,
    withdraw_gift,
)
from zabota.goodwill.actions.law import LimitFields, set_limit, set_recipient
from zabota.goodwill.actions.measure import measure_gifts
from zabota.goodwill.actions.redeem import lapse_gifts, redeem_gift, use_gift
from zabota.goodwill.actions.review import decide_budget, open_review
from zabota.goodwill.actions.stock import GoodFields, close_good, set_good
from zabota.goodwill.actions.thanks import open_thanks, say_thanks, thank_for_case

__all__ = [
    "BonusFields",
    "Given",
    "GoodFields",
    "LimitFields",
    "Taken",
    "TermsFields",
    "answer_card_letter",
    "check_by_rule",
    "claim_gift",
    "close_bonuses",
    "close_good",
    "decide_budget",
    "forget_thanks",
    "gift_by_code",
    "give_by_rule",
    "give_gift",
    "lapse_gifts",
    "make_card",
    "make_good",
    "measure_gifts",
    "open_allowances",
    "open_review",
    "open_thanks",
    "put_card_letter_aside",
    "redeem_gift",
    "say_thanks",
    "set_bonuses",
    "set_budget",
    "set_good",
    "set_limit",
    "set_recipient",
    "set_terms",
    "take_card_letter",
    "thank_for_case",
    "thank_for_gift",
    "use_gift",
    "withdraw_gift",
]
