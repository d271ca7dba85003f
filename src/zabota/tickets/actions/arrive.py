"""Words by a gate become a line of a thread at once: whoever sent them waits for the receipt."""

from datetime import datetime

from django.db import transaction

from zabota.clients.actions import give_consent
from zabota.outreach.actions import Arrival, receive_words
from zabota.outreach.models import ConsentText, Gate, Received
from zabota.tickets.actions.letters import write_by_letter


@transaction.atomic
def take_in(
    gate: Gate, arrival: Arrival, *, by: None, at: datetime, agreed: ConsentText | None = None
) -> Received:
    """What was said, in its thread. The reaction to its entry finds it done. `agreed` is the
    edition of the consent that stood before their eyes.
    """
    arrived = receive_words(gate, arrival, by=None, at=at)
    if arrived.entry is not None:
        write_by_letter(arrived.entry, by=None, at=at)
    row = Received.objects.select_related(
        "case__ticket__reply", "case__ticket__contact", "thread", "gate"
    ).get(pk=arrived.letter.pk)
    if arrived.is_new and agreed is not None and row.case is not None:
        contact = row.case.ticket.contact
        version, source = f"{agreed.made_at:%Y-%m-%d} № {agreed.pk}", f"{gate.kind}: {gate.name}"
        if contact is not None:
            give_consent(contact, "requests", version, source[:80], by=None, at=at)
    return row
