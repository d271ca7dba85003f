"""What a person collected, for whoever takes their data along; of a company it is the company's."""

from typing import Any

from zabota.clients.models import Client, ClientKind, Contact
from zabota.loyalty.models import Batch, Card, Claim, Transfer


def told_of(contact: Contact) -> dict[str, Any]:
    """Batches, movements, rewards and cards of a person, and of cards that are one with theirs."""
    if contact.client.whole.kind != ClientKind.PERSON:
        return {}
    of_it = Client.objects.whole_of(contact.client_id).values("pk")
    batches = Batch.objects.filter(client__in=of_it).select_related("unit").order_by("pk")
    moves = Transfer.objects.filter(client__in=of_it).select_related("unit").order_by("at")
    claims = Claim.objects.filter(client__in=of_it).select_related("reward").order_by("pk")
    return {
        "points": [
            {
                "unit": row.unit.name_en,
                "earned": row.amount,
                "left": row.left,
                "for": row.occasion,
                "at": row.earned_at.isoformat(),
                "until": row.expires_on.isoformat() if row.expires_on else None,
            }
            for row in batches
        ],
        "points_moved": [
            {
                "unit": row.unit.name_en,
                "what": row.kind,
                "amount": row.amount,
                "receipt": row.receipt,
                "at": row.at.isoformat(),
            }
            for row in moves
        ],
        "rewards": [
            {"reward": row.reward.name_ru, "state": row.state, "at": row.taken_at.isoformat()}
            for row in claims
        ],
        "cards": [
            {
                "number": row.number,
                "since": row.made_at.isoformat(),
                "until": row.ended_at.isoformat() if row.ended_at else None,
            }
            for row in Card.objects.filter(client__in=of_it).order_by("pk")
        ],
    }
