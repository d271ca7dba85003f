"""Header fields as people read them: encoded words, raw 8-bit, addresses, identifiers, moments."""

import base64
import binascii
import quopri
import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from zabota.outreach.letters.charsets import decode_bytes
from zabota.outreach.letters.letter import Address

ENCODED = re.compile(r"=\?([^?\s*]*)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
IDENTIFIER = re.compile(r"<[^<>\s]{1,400}>")
E_MAIL = re.compile(r"[^\s<>\"',;:()\[\]\\]+@[^\s<>\"',;:()\[\]\\]+")
LONGEST, MOST_FIELDS = 2000, 20


def header(message: Message, name: str, hint: str = "") -> str:
    """The first field of that name in one line of words; "" where there is none."""
    fields = headers(message, name, hint)
    return fields[0] if fields else ""


def headers(message: Message, name: str, hint: str = "") -> list[str]:
    """All fields of that name; `hint` is the charset of the text, for bytes nobody encoded."""
    return [decode_words(field) for field in raw_headers(message, name, hint)]


def raw_headers(message: Message, name: str, hint: str = "") -> list[str]:
    """The same with encoded words still encoded: addresses are taken apart before."""
    wanted = name.lower()
    found = [value for field, value in message.raw_items() if field.lower() == wanted]
    return [_one_line(_unraw(str(value)[: LONGEST * 10], hint)) for value in found[:MOST_FIELDS]]


def _unraw(value: str, hint: str) -> str:
    """Bytes that came raw (kept by the parser as surrogates) become words."""
    if value.isascii():
        return value
    return decode_bytes(value.encode("utf-8", "surrogateescape"), hint)


def _one_line(value: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f]+", " ", value).split())[: LONGEST * 5]


def decode_words(value: str) -> str:
    """RFC 2047, kindly: words split in the middle of a letter are put together before decoding."""
    parts: list[str] = []
    pending: tuple[str, bytes] | None = None
    end = 0
    for match in ENCODED.finditer(value):
        between = value[end : match.start()]
        charset, data = match[1].lower(), _payload(match[2], match[3])
        if pending and not between.strip() and pending[0] == charset:
            pending = (charset, pending[1] + data)
        else:
            if pending:
                parts.append(decode_bytes(pending[1], pending[0]))
            if between.strip() or not pending:
                parts.append(between)
            pending = (charset, data)
        end = match.end()
    if pending:
        parts.append(decode_bytes(pending[1], pending[0]))
    parts.append(value[end:])
    return _one_line("".join(parts))[:LONGEST]


def _payload(way: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if way in "qQ":
        return quopri.decodestring(raw.replace(b"_", b" "), header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    try:
        return base64.b64decode(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return raw


def addresses(message: Message, name: str, hint: str = "") -> tuple[Address, ...]:
    """Whom the fields of that name hold, in order; what cannot be taken apart is searched for an
    address.
    """
    found: list[Address] = []
    for field in raw_headers(message, name, hint):
        pairs = _pairs(field)
        if not pairs:
            pairs = [("", where) for where in E_MAIL.findall(decode_words(field))]
        found += [_address(who, where) for who, where in pairs]
    return tuple(dict.fromkeys(address for address in found if address.email))


def _pairs(field: str) -> list[tuple[str, str]]:
    try:
        return [(who, where) for who, where in getaddresses([field]) if "@" in where]
    except RecursionError:
        # Parentheses in parentheses, thousands deep.
        return []


def _address(who: str, where: str) -> Address:
    match = E_MAIL.search(decode_words(where))
    email = match[0].strip(".").lower()[:254] if match else ""
    name = decode_words(who).strip(" '\"")
    return Address("" if name.lower() == email else name[:200], email)


def identifiers(message: Message, name: str) -> tuple[str, ...]:
    """Message identifiers of a field, with their angle brackets, in order."""
    text = " ".join(raw_headers(message, name))
    return tuple(dict.fromkeys(IDENTIFIER.findall(text)))[-100:]


def moment(message: Message) -> datetime | None:
    """When it was written, as it says itself; None where it says nothing that is a moment."""
    for field in raw_headers(message, "Date"):
        try:
            written = parsedate_to_datetime(field)
            return (written if written.tzinfo else written.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
