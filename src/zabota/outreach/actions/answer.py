"""A machine's answer to a letter: few, and never to another machine (RFC 3834)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zabota.cases.models import Case
from zabota.journal.actions import lock_stream
from zabota.journal.models import Entry
from zabota.outreach.actions.store import make_message
from zabota.outreach.models import Message, Received
from zabota.outreach.placing import way_of
from zabota.outreach.rules import may_answer_letter


def answer_letter(
    letter: Received,
    case: Case,
    purpose: str,
    *,
    by: None,
    at: datetime,
    path: str = "",
    entry: Entry | None = None,
    **facts: Any,
) -> Message | None:
    """Answer a letter by itself: a receipt, a word that the case is closed. None where nothing may
    leave: an automaton wrote it, or this address has had its answers of the hour or the day.
    """
    with transaction.atomic():
        # Two letters of one address at once: the second counts what the first was answered.
        lock_stream(way_of(letter).stream_id)
        if not may_answer_letter(letter, at):
            return None
        to = letter.user if letter.user and letter.user.email == letter.sender else letter.sender
        message = make_message(case, purpose, to, at=at, path=path, entry=entry, **facts)
        message.in_answer_to = letter
        message.save(force_insert=True)
        return message
