"""Budgets of care, gifts and their codes, the law's limits, thanks both ways."""

from zabota.goodwill.models.bonuses import BonusChange, BonusLine, BonusMonth, BonusTerms
from zabota.goodwill.models.budgets import Allowance, Budget, Period, Terms, Unspent
from zabota.goodwill.models.cards import CallingCard, CardLetter
from zabota.goodwill.models.figures import (
    Brought,
    GiftOutcome,
    Measured,
    Review,
    ReviewLine,
    ReviewStep,
)
from zabota.goodwill.models.gifts import Gift, GiftKind, GiftQuerySet, GiftState, Good, PaidBy
from zabota.goodwill.models.limits import LegalLimit, LimitSpan, LimitWho, Recipient
from zabota.goodwill.models.thanks import ReceivedThanks, SaidThanks, ThanksQuerySet

__all__ = [
    "Allowance",
    "BonusChange",
    "BonusLine",
    "BonusMonth",
    "BonusTerms",
    "Brought",
    "Budget",
    "CallingCard",
    "CardLetter",
    "Gift",
    "GiftKind",
    "GiftOutcome",
    "GiftQuerySet",
    "GiftState",
    "Good",
    "LegalLimit",
    "LimitSpan",
    "LimitWho",
    "Measured",
    "PaidBy",
    "Period",
    "ReceivedThanks",
    "Recipient",
    "Review",
    "ReviewLine",
    "ReviewStep",
    "SaidThanks",
    "Terms",
    "ThanksQuerySet",
    "Unspent",
]
