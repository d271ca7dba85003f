"""What follows erasing a person: their words go, what was given stays counted."""

from datetime import datetime

from zabota.goodwill.models import CardLetter, Gift, ReceivedThanks
from zabota.journal.models import Entry


def forget_thanks(entry: Entry, *, by: None, at: datetime) -> int:
    """Their thanks for gifts and cases, and what was written to them with a gift."""
    contact = entry.facts["contact"]
    gifts = Gift.objects.filter(contact=contact).update(thanks="", words="")
    cases = ReceivedThanks.objects.filter(contact=contact).update(words="")
    letters = CardLetter.objects.filter(letter__contact=contact, gift=None, put_aside_at=None)
    return gifts + cases + letters.update(put_aside_at=at)
