"""What the sample firm pays its people for clients that return."""

from datetime import datetime
from decimal import Decimal

from zabota.goodwill.actions import set_bonuses


def build_bonuses(at: datetime) -> None:
    """A sum for a client that returned and for thanks, a share for a new client."""
    set_bonuses(
        {
            "returned_sum": Decimal(200),
            "new_share": Decimal(3),
            "said_sum": Decimal(30),
            "received_sum": Decimal(100),
        },
        by=None,
        at=at,
    )
