"""A mail server says that a letter of ours did not arrive: it stands with those not delivered."""

from datetime import datetime

from django.db.models import Q

from zabota.outreach.letters import Bounce
from zabota.outreach.models import Message, MessageState, Received


def note_bounce(bounce: Bounce, letter: Received, *, by: None, at: datetime) -> Message | None:
    """Mark the letter of ours that a report names, if it went to that address; a mere delay changes
    nothing. Gives that letter.
    """
    if not bounce.message_id:
        return None
    message = Message.objects.filter(message_id=bounce.message_id).first()
    if message is None or bounce.to not in ("", message.address.lower()):
        return None
    letter.answers = message
    letter.save(update_fields=["answers"])
    if bounce.permanent:
        fault = f"{bounce.status} {bounce.said}".strip()[:500]
        # What else went in that letter did not arrive either.
        same_letter = Q(pk=message.pk) | Q(sent_with=message)
        Message.objects.filter(same_letter, state=MessageState.SENT).update(
            state=MessageState.FAILED, fault=fault, sent_at=None
        )
    return message
