"""What is remembered about letters themselves; that one left is told by its own row."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.journal.kinds import EntryKind, declare
from zabota.journal.models import Audience


def _kind(name: str, sentence: str | LazyText, icon: str) -> EntryKind:
    """Letters as such are ours to know; what a client wrote is told by what becomes of it."""
    return declare(EntryKind(f"outreach.{name}", sentence, Audience.OURS, None, icon))


MESSAGE_SENT_AGAIN = _kind(
    "message_sent_again",
    _("A letter that was not delivered is sent again[ by {actor}]"),
    "mail-warning",
)
LETTER_RECEIVED = _kind("letter_received", _("A letter came[ from {person}]"), "mail-open")
WORDS_RECEIVED = _kind(
    "words_received", _("A message came by “{name}”[ from {person}]"), "message-circle"
)
THREAD_LINKED = _kind("thread_linked", _("Telegram was connected[: {person}]"), "link")
THREAD_PARTED = _kind("thread_parted", _("Telegram was disconnected[: {person}]"), "unlink")
GATE_OPENED = _kind("gate_opened", _("A way in was set up: {name}[. {actor}]"), "door-open")
GATE_CHANGED = _kind("gate_changed", _("A way in was changed: {name}[. {actor}]"), "door-open")
GATE_CLOSED = _kind("gate_closed", _("A way in was closed: {name}[. {actor}]"), "door-closed")
LETTER_AUTOMATIC = _kind("letter_automatic", _("An automatic letter came[ from {person}]"), "bot")
LETTER_BOUNCED = _kind(
    "letter_bounced", _("A letter of ours was not delivered[ to {person}]"), "mail-x"
)
LETTER_KEPT = _kind(
    "letter_kept", _("A letter came that could not be read; it is kept whole"), "mail-question-mark"
)
LETTER_PLACED = _kind(
    "letter_placed", _("A letter[ from {person}] was put here[ by {actor}]"), "mail-check"
)
SENDER_CONFIRMED = _kind(
    "sender_confirmed", _("It was confirmed[ by {actor}] whose letter it is[: {contact_name}]"),
    "user-round-check",
)  # fmt: skip
LETTER_SET_ASIDE = _kind("letter_set_aside", _("A letter was set aside[ by {actor}]"), "mail-minus")
MAILBOX_ADDED = _kind("mailbox_added", _("The mailbox {name} was set up[ by {actor}]"), "mail-plus")
MAILBOX_CHANGED = _kind(
    "mailbox_changed", _("The mailbox {name} was changed[ by {actor}]"), "mails"
)
MAILBOX_CLOSED = _kind(
    "mailbox_closed", _("The mailbox {name} is not read any more[; closed by {actor}]"), "mail-x"
)
