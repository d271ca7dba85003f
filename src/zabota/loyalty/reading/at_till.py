"""Who stands at the till: by card, by phone, by what the scanner read of a QR."""

from dataclasses import dataclass

from django.utils.translation import get_language

from zabota.clients.actions.points import normal_of
from zabota.clients.models import Client, ContactPoint
from zabota.loyalty.models import Card, Claim, ClaimState
from zabota.loyalty.numbers import cleaned
from zabota.loyalty.reading.earning import tiers_of
from zabota.loyalty.reading.standing import Stand, read_stands

MOST = 6
SHORTEST = 5


@dataclass(frozen=True)
class AtTill:
    """A client as the till sees them: no worth, no notes; what they have and what waits."""

    client: Client
    stands: list[Stand]
    tier: str
    claims: list[Claim]


def find_at_till(words: str) -> list[Client]:
    """Whose card it is, or whose phone; nobody by less than five characters. Two queries."""
    number = cleaned(words)
    if len(number) < SHORTEST:
        return []
    card = Card.objects.filter(number=number, ended_at=None).select_related("client__root").first()
    if card is not None:
        return [card.client.whole]
    points = ContactPoint.objects.filter(
        kind="phone", normal=normal_of("phone", words), removed_at=None,
        contact__removed_at=None, contact__client__refused_at=None,
    ).select_related("contact__client__root")  # fmt: skip
    found = {point.contact.client.whole_id: point.contact.client.whole for point in points[:50]}
    return list(found.values())[:MOST]


def read_at_till(client: Client) -> AtTill:
    """What the till shows of a client. Three queries."""
    tiers = tiers_of(client)
    claims = Claim.objects.filter(
        client__in=Client.objects.whole_of(client.pk).values("pk"), state=ClaimState.TAKEN
    )
    return AtTill(
        client,
        read_stands(client),
        tiers[0].name(get_language() or "ru") if tiers else "",
        list(claims.select_related("reward").order_by("-pk")[:MOST]),
    )
