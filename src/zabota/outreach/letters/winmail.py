"""winmail.dat: what Outlook wraps a letter in for another Outlook (TNEF, [MS-OXTNEF]).

Read are the files with their long names, and the words where they stand as text or HTML; of what is
broken, as much as comes before it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from zabota.outreach.letters.charsets import decode_bytes

SIGNATURE = 0x223E9F78
MESSAGE = 1
# Attributes of a letter and of its files.
BODY, CODEPAGE, PROPERTIES = 0x2800C, 0x69007, 0x69003
BEGINS, TITLE, DATA, FILE_PROPERTIES = 0x69002, 0x18010, 0x6800F, 0x69005
# Properties of MAPI.
WORDS, HTML, FILE_DATA, FILE_NAME, LONG_NAME = 0x1000, 0x1013, 0x3701, 0x3704, 0x3707
FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
TEXT, UNICODE, OBJECT, BINARY = 0x1E, 0x1F, 0x0D, 0x102
MANY, NAMED = 0x1000, 0x8000
MOST_FILES = 100


@dataclass
class Wrapped:
    """A file in it."""

    name: str = ""
    data: bytes = b""


@dataclass
class Winmail:
    """What it holds; `known`, where it is such a thing at all."""

    known: bool = False
    text: str = ""
    html: str = ""
    files: list[Wrapped] = field(default_factory=list)


def read_winmail(data: bytes) -> Winmail:
    """The files and words in these bytes; nothing, where they are no such thing."""
    found, charset = Winmail(data.startswith(struct.pack("<I", SIGNATURE))), ""
    for level, attribute, value in _attributes(data):
        if attribute == CODEPAGE and len(value) >= 4:
            charset = f"cp{struct.unpack_from('<I', value)[0]}"
        elif attribute == BODY:
            found.text = _said(value, charset)
        elif attribute == PROPERTIES and level == MESSAGE:
            _words(found, dict(_properties(value)), charset)
        elif attribute == BEGINS and len(found.files) < MOST_FILES:
            found.files.append(Wrapped())
        elif found.files and attribute in (TITLE, DATA, FILE_PROPERTIES):
            _file(found.files[-1], attribute, value, charset)
    found.files = [one for one in found.files if one.data]
    return found


def _said(value: bytes, charset: str) -> str:
    """Words in the charset Outlook names, which is to be believed; else in the likeliest."""
    try:
        return value.rstrip(b"\0").decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return decode_bytes(value.rstrip(b"\0"), charset)


def _attributes(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(level, attribute, value), as far as they go."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != SIGNATURE:
        return
    at = 6
    while at + 9 <= len(data):
        level, attribute, length = struct.unpack_from("<BII", data, at)
        at += 9
        if level not in (1, 2) or at + length > len(data):
            return
        yield level, attribute, data[at : at + length]
        at += length + 2


def _words(found: Winmail, properties: dict[int, bytes | str], charset: str) -> None:
    text, html = properties.get(WORDS), properties.get(HTML)
    if text:
        found.text = text if isinstance(text, str) else _said(text, charset)
    if html:
        found.html = html if isinstance(html, str) else _said(html, charset)


def _file(one: Wrapped, attribute: int, value: bytes, charset: str) -> None:
    if attribute == TITLE:
        one.name = one.name or _said(value, charset)
    elif attribute == DATA:
        one.data = value
    else:
        properties = dict(_properties(value))
        name = properties.get(LONG_NAME) or properties.get(FILE_NAME)
        if name:
            one.name = name if isinstance(name, str) else _said(name, charset)
        held = properties.get(FILE_DATA)
        if isinstance(held, bytes) and not one.data:
            one.data = held


def _properties(data: bytes) -> Iterator[tuple[int, bytes | str]]:
    """Properties that are words or bytes, by their number; broken ones end it."""
    at = 4
    while at + 4 <= len(data):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        try:
            if number >= NAMED:
                at = _after_name(data, at)
            at, value = _value(data, at, kind)
        except (struct.error, KeyError):
            return
        if value is not None:
            yield number, value


def _after_name(data: bytes, at: int) -> int:
    """Where the name of a property that has one ends: a set, then a number or a word."""
    is_word = struct.unpack_from("<I", data, at + 16)[0] == 1
    length = struct.unpack_from("<I", data, at + 20)[0] if is_word else 0
    return at + 24 + _padded(length)


def _value(data: bytes, at: int, kind: int) -> tuple[int, bytes | str | None]:
    """Where the value ends, and what it is, if it is words or bytes."""
    plain = kind & ~MANY
    if plain in FIXED:
        count = 1
        if kind & MANY:
            count, at = struct.unpack_from("<I", data, at)[0], at + 4
        return at + FIXED[plain] * count, None
    if plain not in (TEXT, UNICODE, OBJECT, BINARY):
        raise KeyError(kind)
    count, value = struct.unpack_from("<I", data, at)[0], None
    at += 4
    for _ in range(min(count, len(data))):
        length = struct.unpack_from("<I", data, at)[0]
        held = data[at + 4 : at + 4 + length]
        at += 4 + _padded(length)
        if value is None:
            value = held.decode("utf-16-le", "replace").rstrip("\0") if plain == UNICODE else held
    return at, value


def _padded(length: int) -> int:
    return length + -length % 4
