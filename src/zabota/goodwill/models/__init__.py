"""Budgets of care, gifts and their codes, the law's limits, thanks both ways."""

from zabota.goodwill.models.budgets import Allowance, Budget, Period, Terms, Unspent
from zabota.goodwill.models.cards import CallingCard, CardLetter
from zabota.goodwill.models.gifts import Gift, GiftKind, GiftQuerySet, GiftState, Good, PaidBy
from zabota.goodwill.models.limits import LegalLimit, LimitSpan, LimitWho, Recipient
from zabota.goodwill.models.thanks import ReceivedThanks, SaidThanks, ThanksQuerySet

__all__ = [
    "Allowance",
    "Budget",
    "CallingCard",
    "CardLetter",
    "Gift",
    "GiftKind",
    "GiftQuerySet",
    "GiftState",
    "Good",
    "LegalLimit",
    "LimitSpan",
    "LimitWho",
    "PaidBy",
    "Period",
    "ReceivedThanks",
    "Recipient",
    "SaidThanks",
    "Terms",
    "ThanksQuerySet",
    "Unspent",
]
