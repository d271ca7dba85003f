"""An automaton is known by what it says of itself (RFC 3834), by reports and by its subject."""

import pytest

from tests.outreach.letters.test_read_letter import letter
from zabota.outreach.letters import read_letter


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("Auto-Submitted: auto-replied", "absence"),
        ("Auto-Submitted: auto-generated (failure)", "auto"),
        ("Auto-Submitted: no", ""),
        ("Precedence: bulk", "list"),
        ("Precedence: junk", "auto"),
        ("Precedence: auto_reply", "absence"),
        ("List-Id: <news.shop.example>", "list"),
        ("List-Unsubscribe: <mailto:u@shop.example>", "list"),
        ("X-Auto-Response-Suppress: All", "auto"),
        ("X-Autoreply: yes", "absence"),
        ("Return-Path: <>", "auto"),
        ("X-Failed-Recipients: boris@r.example", "bounce"),
        ("Subject: Автоответ: в отпуске", "absence"),
        ("Subject: Автоматический ответ: Договор", "absence"),
        ("Subject: Re: Out of Office", "absence"),
        ("Subject: Automatic reply: Contract", "absence"),
        ("Subject: Отсутствует товар на складе", ""),
        ("Subject: Re: автоматические ворота", ""),
        ("Subject: Договор", ""),
    ],
)
def test_what_says_of_itself(field: str, kind: str) -> None:
    assert read_letter(letter(b"x", field)).automatic == kind


def test_who_nobody_answers_to() -> None:
    for who, kind in (("noreply", "auto"), ("no-reply", "auto"), ("nora", "")):
        raw = letter(b"x").replace(b"anna@", f"{who}@".encode())
        assert read_letter(raw).automatic == kind


REPORT = """--b

Your letter was not delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.romashka.example

Final-Recipient: rfc822; Boris@romashka.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user
--b
Content-Type: {inner}

Message-ID: <ours1@svet.example>
Subject: Contract

--b--
"""


@pytest.mark.parametrize("inner", ["message/rfc822", "text/rfc822-headers"])
@pytest.mark.parametrize(
    ("action", "status", "permanent"), [("failed", "5.1.1", True), ("delayed", "4.4.1", False)]
)
def test_a_bounce_says_which_letter_and_why(
    inner: str, action: str, status: str, permanent: bool
) -> None:
    body = REPORT.format(action=action, status=status, inner=inner).encode()
    content = "multipart/report; report-type=delivery-status; boundary=b"
    read = read_letter(letter(body, content=content))
    assert read.automatic == "bounce" and read.bounce is not None
    assert (read.bounce.to, read.bounce.message_id) == (
        "boris@romashka.example", "<ours1@svet.example>",
    )  # fmt: skip
    assert (read.bounce.status, read.bounce.permanent) == (status, permanent)
    assert "no such user" in read.bounce.said


def test_a_receipt_of_reading_is_no_bounce() -> None:
    body = b"--b\n\nread\n--b\nContent-Type: message/disposition-notification\n\nx: y\n--b--\n"
    content = "multipart/report; report-type=disposition-notification; boundary=b"
    assert read_letter(letter(body, content=content)).automatic == "auto"
