"""Tables of referrals: on what terms, by which link, who came, what came of it."""

from zabota.referrals.models.links import LinkKind, ReferralLink, Sheet, ShownAs
from zabota.referrals.models.referrals import (
    Departure,
    Ending,
    Referral,
    ReferralQuerySet,
    ReferralState,
    Shares,
    Side,
    Thanks,
    Tool,
    Wish,
)
from zabota.referrals.models.terms import Brochure, Questionnaire, Terms

__all__ = [
    "Brochure",
    "Departure",
    "Ending",
    "LinkKind",
    "Questionnaire",
    "Referral",
    "ReferralLink",
    "ReferralQuerySet",
    "ReferralState",
    "Shares",
    "Sheet",
    "ShownAs",
    "Side",
    "Terms",
    "Thanks",
    "Tool",
    "Wish",
]
