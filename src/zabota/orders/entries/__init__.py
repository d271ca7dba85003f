"""What is remembered of orders, invoices and what is kept for a client."""

from zabota.orders.entries.holds import (
    HOLD_CLIENT_SAID,
    HOLD_FITS,
    HOLD_FROM_TRUCK,
    HOLD_LAPSED,
    HOLD_LAPSES_SOON,
    HOLD_MOVED,
    HOLD_PAID,
    HOLD_PROLONGED,
    HOLD_PROMISED,
    HOLD_RELEASED,
    HOLD_RULE_SET,
    HOLD_UNPAID,
    HOLD_WOULD_LAPSE,
)

__all__ = [
    "HOLD_CLIENT_SAID",
    "HOLD_FITS",
    "HOLD_FROM_TRUCK",
    "HOLD_LAPSED",
    "HOLD_LAPSES_SOON",
    "HOLD_MOVED",
    "HOLD_PAID",
    "HOLD_PROLONGED",
    "HOLD_PROMISED",
    "HOLD_RELEASED",
    "HOLD_RULE_SET",
    "HOLD_UNPAID",
    "HOLD_WOULD_LAPSE",
]
