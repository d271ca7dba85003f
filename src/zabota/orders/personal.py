"""What a person did about orders, for whoever takes their data along."""

from typing import Any

from zabota.clients.models import Contact
from zabota.orders.models import Act, Delay, Order


def told_of(contact: Contact) -> dict[str, Any]:
    """Orders in their name, what they chose when something was late, acts they asked for."""
    ordered = Order.objects.filter(contact=contact).select_related("case").order_by("pk")
    chosen = Delay.objects.filter(chosen_by=contact).select_related("case").order_by("pk")
    asked = Act.objects.filter(asked_by=contact).select_related("case").order_by("pk")
    return {
        "orders": [
            {"order": one.case.number, "day": one.day.isoformat(), "sum": str(one.total)}
            for one in ordered
        ],
        "chosen_on_delays": [
            {
                "delay": one.case.number,
                "choice": one.choice,
                "at": one.chosen_at.isoformat() if one.chosen_at else None,
            }
            for one in chosen
        ],
        "acts_of_reconciliation": [
            {"act": one.case.number, "since": one.since.isoformat(), "until": one.until.isoformat()}
            for one in asked
        ],
        "sees_debt": contact.sees_debt,
    }
