"""What outreach keeps of a person, once they were erased."""

from datetime import datetime

from django.db.models import Q

from zabota.clients.actions.persons import address_mark
from zabota.common.files import drop_file, keep_file
from zabota.journal.models import Entry
from zabota.outreach.models import NOBODY, LinkCode, Message, MessageState, Received, Thread
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


def forget_letters(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows erasing a person: letters they sent are kept no longer, only that there were so
    many. What became of them (a comment, a request) is the company's and stays.
    """
    marks = set(entry.facts.get("addresses", ()))
    rows = Received.objects.exclude(sender=NOBODY).select_related("file")
    theirs = [
        row
        for row in rows.filter(
            Q(contact=entry.facts["contact"]) | (Q(contact=None) & ~Q(sender=""))
        )
        if row.contact_id == entry.facts["contact"] or address_mark(row.sender) in marks
    ]
    for row in theirs:
        files = [row.file, *(each.file for each in row.files.select_related("file"))]
        row.files.all().delete()
        row.file = keep_file(f"erased {row.pk}".encode(), "text/plain", at=at)
        row.sender, row.sender_name, row.subject, row.message_id = NOBODY, "", "", ""
        row.text = row.cut = ""
        row.outer_id = f"erased {row.pk}" if row.outer_id else ""
        row.save()
        for file in files:
            drop_file(file)
    return len(theirs) + _forget_threads(entry.facts["contact"])


def _forget_threads(contact: int) -> int:
    """By what a messenger knew them is kept no longer; who writes there again is nobody we know."""
    LinkCode.objects.filter(contact=contact).delete()
    threads = Thread.objects.filter(contact=contact)
    for thread in threads:
        Message.objects.filter(gate=thread.gate_id, address=thread.outer).update(address=NOBODY)
        Thread.objects.filter(pk=thread.pk).update(outer=f"erased {thread.pk}", looked_at=None)
    return len(threads)
