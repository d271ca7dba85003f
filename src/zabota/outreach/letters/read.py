"""A letter out of its bytes."""

from email import policy
from email.message import Message
from email.parser import BytesParser

from zabota.outreach.letters.automatic import automatic_kind, read_bounce
from zabota.outreach.letters.bodies import Bodies, read_bodies
from zabota.outreach.letters.headers import addresses, header, headers, identifiers, moment
from zabota.outreach.letters.html import html_to_text
from zabota.outreach.letters.letter import Address, Letter, Unreadable

# What no person's letter reaches; such a letter is kept whole and not taken apart.
LARGEST = 60 * 1024 * 1024
MOST_PARTS = 400
LONGEST_TEXT = 2_000_000
DELIVERED = ("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To")
SENDERS = ("From", "Sender", "Return-Path", "X-Sender")


def read_letter(raw: bytes, *, largest: int = LARGEST) -> Letter:
    """The letter in these bytes; `Unreadable` where they are none. Nothing in it is believed: what
    is broken is read as far as it goes.
    """
    if not raw.strip():
        raise Unreadable("empty")
    if len(raw) > largest:
        raise Unreadable("too_large")
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        parts = sum(1 for _ in message.walk())
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unreadable("broken") from error
    if parts > MOST_PARTS:
        raise Unreadable("too_many_parts")
    bodies = read_bodies(message)
    return _letter(message, bodies)


def _letter(message: Message, bodies: Bodies) -> Letter:
    hint = bodies.charset
    sender = _sender(message, hint)
    if sender is None:
        raise Unreadable("no_sender")
    text = bodies.text if bodies.text.strip() else html_to_text(bodies.html)
    kind = automatic_kind(message, bodies)
    return Letter(
        message_id=next(iter(identifiers(message, "Message-ID")), ""),
        in_reply_to=identifiers(message, "In-Reply-To"),
        references=identifiers(message, "References"),
        date=moment(message),
        sender=sender,
        reply_to=addresses(message, "Reply-To", hint),
        to=addresses(message, "To", hint),
        cc=addresses(message, "Cc", hint),
        addressed=_addressed(message),
        subject=header(message, "Subject", hint),
        text=_plain(text)[:LONGEST_TEXT],
        html=bodies.html,
        attachments=tuple(bodies.attachments),
        automatic=kind,
        bounce=read_bounce(message) if kind == "bounce" else None,
    )


def _sender(message: Message, hint: str) -> Address | None:
    """Who wrote it; a bounce's empty return path names the mail system itself."""
    for name in SENDERS:
        found = addresses(message, name, hint)
        if found:
            return found[0]
    if any(field.strip() == "<>" for field in headers(message, "Return-Path")):
        return Address("", "mailer-daemon@invalid")
    return None


def _addressed(message: Message) -> tuple[str, ...]:
    found = [address.email for name in DELIVERED for address in addresses(message, name)]
    return tuple(dict.fromkeys(found))


def _plain(text: str) -> str:
    """Line ends of one kind; no signs that neither a page nor a database takes."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    whole = plain.encode("utf-8", "replace").decode("utf-8")
    return "\n".join(line.rstrip(" \t\xa0") for line in whole.split("\n")).strip("\n")
