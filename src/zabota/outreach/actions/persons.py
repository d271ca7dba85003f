"""What outreach keeps of a person, once they were erased."""

from datetime import datetime

from zabota.journal.models import Entry
from zabota.outreach.models import NOBODY, Message, MessageState
from zabota.people.models import User


def forget_address(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows erasing a person: where their account went too, letters to it name no address.

    A letter that is still waiting does not leave any more. How many letters there were stays.
    """
    if not entry.facts.get("account_erased"):
        return 0
    user = User.objects.get(pk=entry.facts["user"])
    letters = Message.objects.filter(to=user)
    letters.exclude(state=MessageState.SENT).update(
        state=MessageState.FAILED, claimed_until=None, fault="the account is closed"
    )
    return letters.exclude(address=user.email).update(address=user.email)


def forget_linked(link: list[str | int], *, by: None, at: datetime) -> int:
    """Letters to somebody without an account, known by the link they bore, name nobody any more;
    one that is still waiting does not leave. How many letters there were stays.
    """
    letters = Message.objects.filter(facts__link=link)
    letters.exclude(state=MessageState.SENT).update(
        state=MessageState.FAILED, claimed_until=None, fault="the link is closed"
    )
    for letter in letters:
        facts = {**letter.facts, "name": "—", "asked": ""}
        Message.objects.filter(pk=letter.pk).update(address=NOBODY, facts=facts)
    return len(letters)
