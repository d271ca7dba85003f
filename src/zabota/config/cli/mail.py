"""`zabota mail ingest FILE…`: letters from files or from a mail server's pipe; a JSON line each."""

import json
import logging
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any

from django.db import DatabaseError

from zabota.common import clock
from zabota.config.cli.ready import check_tables
from zabota.config.cli.trouble import Trouble
from zabota.home.work import react_to
from zabota.journal.models import Entry
from zabota.outreach.actions import mailbox_by_hand, receive_letter
from zabota.outreach.actions.receive import Arrived
from zabota.outreach.letters import split_letters
from zabota.outreach.models import Mailbox, Received

log = logging.getLogger(__name__)
# What a mail server understands as «try again later» (sysexits.h): the letter stays in its queue.
LATER = 75
PIPE = "-"


def run(arguments: Namespace) -> int:
    """0 when every letter is kept; 1 when a file cannot be read; 75 when they cannot be kept now,
    so that a mail server keeps the letter and tries again.
    """
    failed = 0
    try:
        check_tables()
        mailbox = _mailbox(arguments.mailbox)
        for name in arguments.files:
            failed += _take(name, mailbox)
    except (DatabaseError, OSError) as error:
        print(f"zabota: {_('The letter cannot be kept now: %s') % error}", file=sys.stderr)
        return LATER
    return 1 if failed else 0


def _mailbox(address: str | None) -> Mailbox:
    if address is None:
        return mailbox_by_hand(by=None, at=clock.now())
    found = Mailbox.objects.filter(address=address.lower(), closed_at=None).first()
    if found is None:
        raise Trouble(_("There is no mailbox %s; it is set up on the desk, Firm → Mail.") % address)
    return found


def _take(name: str, mailbox: Mailbox) -> int:
    """The letters of one file; 1 if it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if name == PIPE else Path(name).read_bytes()
    except OSError as error:
        say({"file": name, "became": "unread", "why": error.strerror or str(error)})
        return 1
    for told in ingest(data, mailbox):
        say({"file": name, **told})
    return 0


def ingest(data: bytes, mailbox: Mailbox) -> Iterator[dict[str, Any]]:
    """Take in every letter of a file, let follow what follows, and tell what each became."""
    for number, raw in enumerate(split_letters(data), start=1):
        at = clock.now()
        arrived = receive_letter(raw, mailbox, by=None, at=at)
        if arrived.entry is not None:
            follow(arrived.entry, at)
        yield {"number": number, **told_of(arrived)}


def follow(entry: Entry, at: datetime) -> None:
    """What follows the letter, at once; what cannot be done now the worker tries again."""
    try:
        react_to(entry, at)
    except Exception:
        log.exception("what follows the letter is left to the worker")


def told_of(arrived: Arrived) -> dict[str, Any]:
    """What became of a letter, for programs: words of these keys stay the same in all versions."""
    row = Received.objects.select_related("case", "contact").get(pk=arrived.letter.pk)
    return {
        "letter": row.pk,
        "new": arrived.is_new,
        "became": row.state,
        "why": row.why,
        "waits": row.waits if row.is_waiting else "",
        "case": row.case.number if row.case else None,
        "kind": row.case.kind if row.case else None,
        "found_by": row.found_by,
        "from": row.sender,
        "contact": row.contact_id,
        "subject": row.subject,
        "message_id": row.message_id,
        "files": row.files.count(),
    }


def say(told: dict[str, Any]) -> None:
    """One line, as soon as it is known."""
    print(json.dumps(told, ensure_ascii=False), flush=True)
