"""What a person did about orders, for whoever takes their data along."""

from typing import Any

from zabota.clients.models import Client, Contact
from zabota.orders.models import Act, Delay, Hold, HoldStep, Order


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
        "kept_for_them": _kept(contact),
    }


def _kept(contact: Contact) -> dict[str, Any]:
    """What they said of their own approval, and when they kept goods for longer themselves."""
    if contact.user_id is None:
        return {}
    theirs = Client.objects.whole_of(contact.client_id).values("pk")
    said = Hold.objects.filter(client_said_by=contact.user_id, case__client__in=theirs)
    steps = HoldStep.objects.filter(by=contact.user_id, hold__case__client__in=theirs)
    return {
        "said": [
            {"hold": one.case.number, "approved_by": str(one.client_until)}
            for one in said.select_related("case").order_by("pk")
        ],
        "for_longer": [
            {"hold": one.hold.case.number, "until": str(one.until), "at": one.at.isoformat()}
            for one in steps.select_related("hold__case").order_by("pk")
        ],
    }
