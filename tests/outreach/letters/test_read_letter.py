"""Letters as they come: charsets that lie, broken MIME, files; none of it stops the reading."""

import base64
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.checksum import ROOT
from zabota.outreach.letters import Unreadable, own_words, read_letter, split_letters
from zabota.outreach.letters.charsets import decode_bytes

WORDS = "Добрый день! Просим продлить срок поставки по договору."
DATA = Path(os.environ.get("ZABOTA_DATA") or ROOT.parent / "shared" / "data") / "mail"


def letter(body: bytes, *more: str, content: str = "text/plain; charset=utf-8") -> bytes:
    fields = [
        "From: anna@romashka.example", "To: help@svet.example", f"Content-Type: {content}", *more,
    ]  # fmt: skip
    return "\r\n".join(fields).encode("utf-8") + b"\r\n\r\n" + body


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "utf-8", "cp866", "iso-8859-5"])
@pytest.mark.parametrize("called", ["", "x-unknown", "us-ascii", "no-such-charset", "iso-8859-1"])
def test_words_are_read_whatever_the_charset_is_called(charset: str, called: str) -> None:
    content = f"text/plain; charset={called}" if called else "text/plain"
    assert read_letter(letter(WORDS.encode(charset), content=content)).text == WORDS


@pytest.mark.parametrize("lie", ["koi8-r", "windows-1251"])
def test_a_lying_charset_is_not_believed(lie: str) -> None:
    true = {"koi8-r": "windows-1251", "windows-1251": "koi8-r"}[lie]
    assert decode_bytes(WORDS.encode(true), lie) == WORDS
    assert decode_bytes(WORDS.encode(), lie) == WORDS
    assert decode_bytes(WORDS.encode(lie), lie) == WORDS


@pytest.mark.parametrize("text", ["Jørn Støylen", "Naïve café", "Grüße aus Köln"])
def test_latin_words_stay_latin(text: str) -> None:
    assert decode_bytes(text.encode("latin-1"), "iso-8859-1") == text


@given(st.binary(max_size=400), st.sampled_from(["", "koi8-r", "utf-7", "rot13", "x", "utf-16"]))
def test_any_bytes_become_words(data: bytes, charset: str) -> None:
    assert isinstance(decode_bytes(data, charset), str)


def test_subjects_raw_encoded_and_cut_in_the_middle_of_a_letter() -> None:
    subject = "Срочно: договор"
    raw = letter(b"x").replace(b"To:", b"Subject: " + subject.encode("cp1251") + b"\r\nTo:")
    assert read_letter(raw).subject == subject
    data = subject.encode()
    words = [base64.b64encode(data[:9]).decode(), base64.b64encode(data[9:]).decode()]
    assert len(subject.encode()[:9].decode(errors="ignore").encode()) == 8, "cut inside a letter"
    split = f"Subject: =?utf-8?B?{words[0]}?=\r\n =?UTF-8?b?{words[1]}?="
    assert read_letter(letter(b"x", split)).subject == subject
    assert read_letter(letter(b"x", "Subject: =?koi8-r?Q?=F3=D2=CF=DE=CE=CF?= !")).subject == (
        "Срочно !"
    )


def test_who_wrote_to_whom_when_about_which_letter() -> None:
    read = read_letter(
        letter(
            b"x",
            "Reply-To: =?utf-8?B?0JDQvdC90LA=?= <Anna@Romashka.example>",
            "Cc: Boris <b@r.example>, undisclosed-recipients:;",
            "Delivered-To: help+1.abc@svet.example",
            "Message-ID: <a1@r.example>",
            "In-Reply-To: <b2@svet.example>",
            "References: <c0@svet.example>\r\n <b2@svet.example>",
            "Date: Tue, 3 Nov 2026 10:12:00 +0300",
        )
    )
    assert (read.sender.email, read.reply_to[0].name) == ("anna@romashka.example", "Анна")
    assert read.reply_to[0].email == "anna@romashka.example"
    assert [each.email for each in read.cc] == ["b@r.example"]
    assert read.recipients == ("help+1.abc@svet.example", "help@svet.example", "b@r.example")
    assert read.answers == ("<b2@svet.example>", "<c0@svet.example>")
    assert read.date == datetime(2026, 11, 3, 7, 12, tzinfo=UTC)


def test_flowed_lines_are_joined() -> None:
    body = "Очень длинная \r\nстрока.\r\n> чужая \r\n> строка\r\n".encode()
    read = read_letter(letter(body, content="text/plain; charset=utf-8; format=flowed"))
    assert read.text == "Очень длинная строка.\n> чужая строка"


MIXED = """--b
Content-Type: text/plain; charset=koi8-r
Content-Transfer-Encoding: 8bit

{words}
--b
Content-Type: application/octet-stream; name*0*=utf-8''%D0%94%D0%BE%D0%B3; name*1*=%D0%BE%D0%B2.pdf
Content-Disposition: attachment;
 filename*=utf-8''..%2F%D0%94%D0%BE%D0%B3%D0%BE%D0%B2%D0%BE%D1%80.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjQ=
--b
Content-Type: image/png; name="logo.png"
Content-ID: <logo@r>
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b
Content-Type: application/pdf; name="=?windows-1251?B?0fft8i5wZGY=?="
Content-Transfer-Encoding: base64

TVqQAAMAAAA=
"""


def test_files_have_safe_names_and_types_by_what_they_are() -> None:
    body = MIXED.format(words="Вот договор.").encode("koi8-r")
    read = read_letter(letter(body, content="multipart/mixed; boundary=b"))
    assert read.text == "Вот договор."
    kinds = [(each.name, each.media_type, each.inline) for each in read.attachments]
    assert kinds == [
        ("Договор.pdf", "application/pdf", False),
        ("logo.png", "image/png", True),
        ("Счнт.pdf", "application/x-msdownload", False),
    ]


INVITED = b"""--b
Content-Type: text/plain

ok
--b
Content-Type: text/calendar; method=REQUEST

BEGIN:VCALENDAR
--b
Content-Type: application/ics; name="invite.ics"
Content-Transfer-Encoding: base64

QkVHSU46VkNBTEVOREFSDQo=
--b
Content-Type: message/rfc822

From: sklad@other.example
Subject: =?utf-8?B?0KHRh9GR0YI=?= 118/2

Pay it.
--b--
"""


def test_an_invitation_comes_once_and_a_letter_within_by_its_subject() -> None:
    read = read_letter(letter(INVITED, content="multipart/mixed; boundary=b"))
    assert [each.name for each in read.attachments] == ["invite.ics", "Счёт 118 2.eml"]


def test_html_is_cleaned_and_read_as_words() -> None:
    html = (
        '<p onclick="x()">Первый<br>второй</p><script>alert(1)</script><img src="http://t/x.gif">'
        '<a href="javascript:x()">раз</a> <a href="https://r.example/">два</a><style>p{}</style>'
    )
    read = read_letter(letter(html.encode(), content="text/html; charset=utf-8"))
    assert read.text == "Первый\nвторой\n\nраз два"
    assert 'href="https://r.example/"' in read.html and "noopener" in read.html
    for never in ("script", "onclick", "img", "alert", "style"):
        assert never not in read.html


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no_sender"),
        (b"Subject: nobody\n\nx", "no_sender"),
        (b"From: a@b.example\n\n" + b"x" * 2000, "too_large"),
        (
            letter(b"--b\n\nx\n" * 500, content="multipart/mixed; boundary=b"),
            "too_many_parts",
        ),
    ],
)
def test_what_is_no_letter_says_why(raw: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as found:
        read_letter(raw, largest=1000 if code == "too_large" else 10**6)
    assert found.value.code == code


def test_an_mbox_is_taken_apart() -> None:
    one = b"From: a@b.example\n\n>From the start it was late.\nFrom here too.\n"
    two = b"From: c@d.example\n\nsecond\n"
    box = b"".join(b"From - Tue Nov  3 10:12:00 2026\n" + each + b"\n" for each in (one, two))
    first, second = split_letters(box)
    assert b"\nFrom the start it was late.\nFrom here too." in first
    assert b"second" in second
    assert list(split_letters(one)) == [one]


@given(st.binary(max_size=600), st.binary(max_size=200))
def test_any_bytes_are_a_letter_or_say_why_not(head: bytes, body: bytes) -> None:
    for raw in (head, b"From: a@b.example\n" + head + b"\n\n" + body):
        for part in split_letters(raw):
            try:
                own_words(read_letter(part).text)
            except Unreadable as why:
                assert why.code in {"empty", "no_sender", "broken", "too_many_parts"}


@pytest.mark.skipif(not DATA.is_dir(), reason="no letters beside the checkout (shared/data/mail)")
def test_every_letter_others_collected_is_read() -> None:
    files = [file for file in DATA.rglob("*") if file.is_file()]
    letters = [read for file in files for read in map(_read, split_letters(file.read_bytes()))]
    assert len(files) > 150
    read = [each for each in letters if not isinstance(each, str)]
    assert len(read) > 130
    assert sum(each.automatic == "bounce" for each in read) >= 8
    assert sum(bool(each.attachments) for each in read) > 40


def _read(raw: bytes) -> object:
    try:
        return read_letter(raw)
    except Unreadable as why:
        return why.code


TEXT, HTML = b"text/plain; charset=koi8-r", b"text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (HTML, b"<" * 900_000),
        (HTML, b"&" * 900_000),
        (HTML, b"<div>" * 200_000),
        (HTML, b"<blockquote><p>x" * 60_000),
        (TEXT, b"1.1.2026 10:10 a@b.example:\n" * 200_000),
        (TEXT, b"> a\nb\n" * 200_000),
        (TEXT, b"-- \na\n" * 200_000),
        (TEXT, bytes(range(128, 256)) * 20_000),
    ],
)
def test_what_was_made_to_keep_us_busy_does_not(content: bytes, body: bytes) -> None:
    """Each took from ten seconds to minutes before there were limits; now none takes a second."""
    read = read_letter(b"From: a@b.example\nContent-Type: " + content + b"\n\n" + body)
    assert own_words(read.text).text == own_words(read.text).text


def test_parentheses_thousands_deep_are_no_sender() -> None:
    with pytest.raises(Unreadable):
        read_letter(b"From: " + b"(" * 200_000 + b"\n\nx")
