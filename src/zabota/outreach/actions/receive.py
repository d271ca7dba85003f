"""A letter that came in is kept whole, read, and put where it belongs; a second time it does
nothing. What follows in upper apps stands in home/reactions.py.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from zabota.common.files import keep_file
from zabota.common.models import File
from zabota.common.uploads import NotTaken, NotWhatItSays, check_kind
from zabota.journal.actions import lock_stream, record
from zabota.journal.kinds import EntryKind
from zabota.journal.models import Entry
from zabota.journal.reading import user_ref
from zabota.outreach import entries
from zabota.outreach.actions.bounced import note_bounce
from zabota.outreach.letters import Letter, OwnWords, Unreadable, own_words, read_letter
from zabota.outreach.letters.letter import Attachment
from zabota.outreach.models import (
    Brings,
    Mailbox,
    Message,
    Received,
    ReceivedFile,
    ReceivedState,
    Waits,
)
from zabota.outreach.placing import Place, find_place, way_of
from zabota.outreach.rules import LETTERS_AN_HOUR, WORDS_AN_HOUR

log = logging.getLogger(__name__)
HOUR = timedelta(hours=1)
# Of one letter; the rest lies in the letter itself, which is kept whole.
MOST_FILES = 50


@dataclass(frozen=True)
class Arrived:
    """What became of a letter: its row, whether it is new, and the entry upper apps follow."""

    letter: Received
    is_new: bool
    entry: Entry | None = None


def receive_letter(raw: bytes, mailbox: Mailbox, *, by: None, at: datetime) -> Arrived:
    """Keep a letter and put it where it belongs. Whatever it consists of, it is not lost and stops
    nobody: what cannot be read waits for a person, whole.
    """
    file = keep_file(raw, "message/rfc822", at=at)
    before = Received.objects.filter(mailbox=mailbox, file=file).first()
    if before is not None:
        return Arrived(before, False)
    letter, why = _read(raw)
    row = Received(mailbox=mailbox, file=file, received_at=at)
    if letter is None:
        row.state, row.why, row.waits = ReceivedState.KEPT, why, Waits.UNREADABLE
        return store(row, [], entries.LETTER_KEPT, by=None, at=at)
    kind = _fill(row, letter, own_words(letter.text, letter.subject))
    kept = [keep_attached(one, at) for one in letter.attachments[:MOST_FILES]]
    return store(row, kept, kind, by=None, at=at, letter=letter)


def _read(raw: bytes) -> tuple[Letter | None, str]:
    try:
        return read_letter(raw), ""
    except Unreadable as unreadable:
        return None, unreadable.code
    except Exception:
        # The reader has a defect; the letter is kept all the same, and somebody looks at it.
        log.exception("a letter could not be read; it is kept whole")
        return None, "broken"


def _fill(row: Received, letter: Letter, words: OwnWords) -> EntryKind:
    """What the letter says, whose it is, where it belongs; and how that is remembered."""
    row.message_id, row.subject = letter.message_id[:400], letter.subject[:500]
    row.sender, row.sender_name = letter.sender.email, letter.sender.name
    row.text, row.cut, row.written_at = words.text, words.cut, letter.date
    row.state, row.why = _state(row, letter)
    if row.mailbox is not None and row.mailbox.brings == Brings.MENTIONS:
        # A machine tells of others: it is nobody's letter to us, and nothing waits to be sorted.
        read = row.state == ReceivedState.READ
        return entries.LETTER_RECEIVED if read else entries.LETTER_AUTOMATIC
    place = Place() if row.state == ReceivedState.BOUNCE else find_place(letter)
    row.case, row.contact, row.user = place.case, place.contact, place.user
    row.answers, row.found_by = place.answers, place.found_by
    if row.state == ReceivedState.BOUNCE:
        return entries.LETTER_BOUNCED
    if row.state != ReceivedState.READ:
        return entries.LETTER_AUTOMATIC
    row.waits = Waits.MANY if too_many(row) else place.waits
    if row.waits == Waits.MANY:
        row.case, row.found_by = None, ""
    return entries.LETTER_RECEIVED


def _state(row: Received, letter: Letter) -> tuple[str, str]:
    if letter.automatic == "bounce":
        return ReceivedState.BOUNCE, ""
    if row.message_id and Message.objects.filter(message_id=row.message_id).exists():
        return ReceivedState.AUTOMATIC, "ours"
    if letter.automatic:
        return ReceivedState.AUTOMATIC, letter.automatic
    if row.message_id:
        same = Received.objects.filter(message_id=row.message_id, sender=row.sender, text=row.text)
        if same.exists():
            return ReceivedState.COPY, ""
    return ReceivedState.READ, ""


def too_many(row: Received) -> bool:
    """More from one sender within an hour than a person writes."""
    lately = Received.objects.filter(
        sender=row.sender,
        gate=row.gate_id,
        thread=row.thread_id,
        received_at__gt=row.received_at - HOUR,
    )
    most = WORDS_AN_HOUR if row.thread_id else LETTERS_AN_HOUR
    return lately.filter(state=ReceivedState.READ).count() >= most


def keep_attached(attached: Attachment, at: datetime) -> tuple[File, Attachment, str]:
    """A file as it came, and what speaks against opening it."""
    return keep_file(attached.data, attached.media_type, at=at), attached, doubt_of(attached)


def doubt_of(attached: Attachment) -> str:
    """Why a file is kept and named but not offered for opening; "" where nothing speaks against."""
    if len(attached.data) > settings.UPLOAD_LIMIT:
        return "too_large"
    try:
        check_kind(attached.name, attached.data)
    except NotTaken:
        return "kind"
    except NotWhatItSays:
        return "not_what_it_says"
    return ""


def store(
    row: Received,
    files: list[tuple[File, Attachment, str]],
    kind: EntryKind,
    *,
    by: None,
    at: datetime,
    letter: Letter | None = None,
) -> Arrived:
    """What came, with its files and the entry upper apps follow, once."""
    with transaction.atomic():
        stream = lock_stream(row.case.stream_id if row.case else way_of(row).stream_id)
        # Two that read the same letter at once: the second finds it stored, or the case's or the
        # mailbox's stream lets it wait until it does.
        before = _same(row)
        if before is not None:
            return Arrived(before, False)
        row.save(force_insert=True)
        ReceivedFile.objects.bulk_create(
            ReceivedFile(
                letter=row,
                file=file,
                name=attached.name,
                media_type=attached.media_type,
                inline=attached.inline,
                doubt=doubt,
            )
            for file, attached, doubt in files
        )
        bounce = letter.bounce if letter else None
        if bounce is not None:
            note_bounce(bounce, row, by=None, at=at)
        entry = record(
            stream,
            kind,
            by=None,
            at=at,
            letter=row.pk,
            mailbox=row.mailbox_id,
            gate=row.gate_id,
            name=row.gate.name if row.gate else "",
            case=row.case_id,
            contact=row.contact_id,
            waits=row.waits,
            state=row.state,
            person=person_of(row),
        )
    return Arrived(row, True, entry)


def _same(row: Received) -> Received | None:
    same = (
        {"gate": row.gate, "outer_id": row.outer_id}
        if row.gate
        else {"mailbox": row.mailbox, "file": row.file}
    )
    return Received.objects.filter(**same).first()


def person_of(row: Received) -> dict[str, int] | None:
    """Whose letter it is, as an entry names accounts; of a bounce, whom ours did not reach."""
    if row.state == ReceivedState.BOUNCE:
        return user_ref(row.answers.to_id) if row.answers and row.answers.to_id else None
    return user_ref(row.user_id) if row.user_id else None
