"""Tables of loyalty: what is counted, by which rules, the books, and what points are good for."""

from zabota.loyalty.models.cards import Card
from zabota.loyalty.models.ledger import Account, Batch, Posting, TakenBack, Transfer, TransferKind
from zabota.loyalty.models.notices import ExpiryNotice
from zabota.loyalty.models.rewards import Claim, ClaimState, Reward, RewardKind
from zabota.loyalty.models.rules import BY_RULE, EarnRule, Expiry, Occasion
from zabota.loyalty.models.units import Tier, Unit

__all__ = [
    "BY_RULE",
    "Account",
    "Batch",
    "Card",
    "Claim",
    "ClaimState",
    "EarnRule",
    "Expiry",
    "ExpiryNotice",
    "Occasion",
    "Posting",
    "Reward",
    "RewardKind",
    "TakenBack",
    "Tier",
    "Transfer",
    "TransferKind",
    "Unit",
]
