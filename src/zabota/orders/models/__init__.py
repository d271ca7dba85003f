"""Tables of orders: what was ordered, paid, shipped, what will be late, what is owed."""

from zabota.orders.models.debts import ACT, Act, ActState, Terms
from zabota.orders.models.delays import DELAY, Choice, Delay, DelayLine, DelayState
from zabota.orders.models.orders import (
    ORDER,
    Duty,
    DutyKind,
    Order,
    OrderLine,
    OrderState,
    Source,
)
from zabota.orders.models.papers import (
    Allocation,
    Invoice,
    InvoiceLine,
    OrderPaper,
    PaperKind,
    Payment,
    Return,
    ReturnLine,
    ReturnReason,
    Shipment,
    ShipmentLine,
)

__all__ = [
    "ACT",
    "DELAY",
    "ORDER",
    "Act",
    "ActState",
    "Allocation",
    "Choice",
    "Delay",
    "DelayLine",
    "DelayState",
    "Duty",
    "DutyKind",
    "Invoice",
    "InvoiceLine",
    "Order",
    "OrderLine",
    "OrderPaper",
    "OrderState",
    "PaperKind",
    "Payment",
    "Return",
    "ReturnLine",
    "ReturnReason",
    "Shipment",
    "ShipmentLine",
    "Source",
    "Terms",
]
