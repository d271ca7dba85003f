"""The firm's bots, as a client's person sees them."""

from dataclasses import dataclass

from zabota.clients.models import Contact
from zabota.outreach.models import Gate, GateKind, Thread


@dataclass(frozen=True)
class BotOf:
    """One bot: how it is called, whether this person has connected it."""

    pk: int
    name: str
    connected: bool


def read_bots(contact: Contact) -> list[BotOf]:
    """Those there are; two queries, one where there is none."""
    gates = Gate.objects.filter(kind=GateKind.TELEGRAM, closed_at=None).order_by("pk")
    found = list(gates)
    if not found:
        return []
    theirs = Thread.objects.filter(contact=contact, gate__in=found)
    connected = set(theirs.values_list("gate", flat=True))
    return [BotOf(gate.pk, gate.name, gate.pk in connected) for gate in found]
