"""What Outlook wraps for another Outlook is unwrapped; what is none of it, stays a file."""

import struct
from email.message import EmailMessage

from hypothesis import given
from hypothesis import strategies as st

from zabota.outreach.letters import read_letter
from zabota.outreach.letters.winmail import (
    BEGINS,
    CODEPAGE,
    DATA,
    FILE_PROPERTIES,
    LONG_NAME,
    PROPERTIES,
    SIGNATURE,
    TITLE,
    UNICODE,
    WORDS,
    read_winmail,
)

PDF = b"%PDF-1.4 act"
LONG = "Акт сверки за октябрь, подписанный.pdf"


def attribute(level: int, number: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(value)) + value + b"\0\0"


def said(number: int, words: str, *, named: bool = False) -> bytes:
    """A property of words, after one of a whole number and, if wanted, one that has a name."""
    value = words.encode("utf-16-le") + b"\0\0"
    whole = struct.pack("<HHI", 3, 0x0E21, 7)
    name = "X-Имя".encode("utf-16-le")
    some = struct.pack("<HH", 3, 0x8001) + bytes(16) + struct.pack("<II", 1, len(name)) + name
    some += bytes(-len(name) % 4) + struct.pack("<I", 1)
    head = struct.pack("<HHII", UNICODE, number, 1, len(value))
    props = whole + (some if named else b"") + head + value + bytes(-len(value) % 4)
    return struct.pack("<I", 3 if named else 2) + props


WRAPPED = (
    struct.pack("<IH", SIGNATURE, 1)
    + attribute(1, CODEPAGE, struct.pack("<II", 1251, 0))
    + attribute(1, PROPERTIES, said(WORDS, "Документы во вложении.", named=True))
    + attribute(2, BEGINS, bytes(14))
    + attribute(2, TITLE, "Акт~1.pdf".encode("cp1251") + b"\0")
    + attribute(2, DATA, PDF)
    + attribute(2, FILE_PROPERTIES, said(LONG_NAME, LONG))
    + attribute(2, BEGINS, bytes(14))
    + attribute(2, TITLE, "Смета.txt".encode("cp1251") + b"\0")
    + attribute(2, DATA, b"1")
)
LETTER = b"""From: anna@romashka.example
Content-Type: application/ms-tnef; name="winmail.dat"
Content-Transfer-Encoding: base64

"""


def test_files_by_their_long_names_and_words() -> None:
    found = read_winmail(WRAPPED)
    assert found.text == "Документы во вложении."
    assert [(one.name, one.data) for one in found.files] == [(LONG, PDF), ("Смета.txt", b"1")]


def test_a_letter_of_it_alone_is_read() -> None:
    read = read_letter(LETTER.replace(b"base64", b"8bit") + WRAPPED.replace(b"\r", b""))
    assert read.text == "Документы во вложении."
    assert [(one.name, one.media_type) for one in read.attachments] == [
        (LONG, "application/pdf"), ("Смета.txt", "text/plain"),
    ]  # fmt: skip


def test_beside_words_only_its_files_count() -> None:
    letter = EmailMessage()
    letter["From"] = "anna@romashka.example"
    letter.set_content("Смотрите.")
    bare = WRAPPED[: WRAPPED.index(attribute(2, BEGINS, bytes(14)))]
    for data in (bare, b"none of it"):
        letter.add_attachment(data, "application", "ms-tnef", filename="winmail.dat")
    read = read_letter(letter.as_bytes())
    assert read.text == "Смотрите."
    assert [one.data for one in read.attachments] == [b"none of it"]


@given(st.integers(0, len(WRAPPED)), st.binary(max_size=40))
def test_broken_or_none_of_it_stops_nobody(cut: int, tail: bytes) -> None:
    found = read_winmail(WRAPPED[:cut] + tail)
    assert len(found.files) <= 2 + len(tail)
    read = read_letter(LETTER.replace(b"base64", b"binary") + tail + WRAPPED[cut:])
    assert read.attachments or read.text
