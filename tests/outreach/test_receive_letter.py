"""A letter that came in is kept whole, once, and lands where it belongs or waits for a person."""

import hashlib
from datetime import timedelta
from email.message import EmailMessage

import pytest

from tests.contracts.worlds import AT, HOUR, sent
from tests.outreach.test_send_waiting import turn_to
from tests.support.mail import MailServer
from zabota.common.files import read_file
from zabota.contracts.models import Contract
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import (
    add_mailbox,
    receive_letter,
    send_waiting,
)
from zabota.outreach.letters import read_letter
from zabota.outreach.models import Mailbox, Message, Received, ReceivedState

ADDRESS = "help@severny-svet.example"


@pytest.fixture(autouse=True)
def mailer(smtp: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    turn_to(smtp.port, monkeypatch.setattr)


@pytest.fixture
def mailbox(world: World) -> Mailbox:
    return add_mailbox({"name": "Письма", "address": ADDRESS, "way": "pipe"}, by=None, at=AT)


def written(sender: str, to: str = ADDRESS, text: str = "Добрый день!", **fields: str) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"] = sender, to
    letter["Subject"] = fields.pop("subject", "Вопрос")
    letter["Message-ID"] = fields.pop("message_id", "") or (
        f"<{hashlib.sha256((sender + to + text).encode()).hexdigest()[:20]}@there.example>"
    )
    for name, value in fields.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    return letter.as_bytes()


def email_of(world: World, guest: str) -> str:
    return str(world.guests[guest].user.email)  # type: ignore[union-attr]


def one_notice(world: World, smtp: MailServer) -> tuple[EmailMessage, Message]:
    """A letter to a client's person about a contract, as it left."""
    message = notice_of(world, sent(world))
    Message.objects.exclude(pk=message.pk).update(state="sent", sent_at=AT - HOUR)
    assert send_waiting(by=None, at=AT) == 1
    message.refresh_from_db()
    return smtp.letters[-1].message, message


def notice_of(world: World, contract: Contract, **fields: object) -> Message:
    """News for Anna about a contract, waiting to leave."""
    told: dict[str, object] = {
        "case": contract.case, "to": world.guests["anna"].user, "address": email_of(world, "anna"),
        "purpose": "contract_news", "path": f"/room/contracts/{contract.pk}/", "made_at": AT,
        "send_after": AT, "message_id": f"<n{Message.objects.count()}@testserver>",
    }  # fmt: skip
    return Message.objects.create(**{**told, **fields})


def test_an_answer_by_its_address_lands_in_its_case(
    world: World, smtp: MailServer, mailbox: Mailbox
) -> None:
    notice, message = one_notice(world, smtp)
    assert notice["Auto-Submitted"] == "auto-generated"
    assert notice["X-Auto-Response-Suppress"] == "All"
    to = notice["Reply-To"]
    assert to.startswith(f"help+{message.pk}.") and len(to.partition("@")[0]) <= 64
    for way in (to, to.upper()):
        raw = written(email_of(world, "anna"), way, f"Согласны. {way}\n\n> старое")
        arrived = receive_letter(raw, mailbox, by=None, at=AT)
        letter = arrived.letter
        assert (letter.case, letter.found_by, letter.waits) == (message.case, "token", "")
        assert (letter.contact, letter.user) == (world.guests["anna"], message.to)
        assert letter.text.startswith("Согласны.") and letter.cut == "> старое"
    assert arrived.entry is not None and message.case is not None
    assert arrived.entry.kind == "outreach.letter_received"
    assert arrived.entry.stream_id == message.case.stream_id
    assert arrived.entry.facts["letter"] == letter.pk


def test_without_it_by_the_letter_it_answers(
    world: World, smtp: MailServer, mailbox: Mailbox
) -> None:
    notice, message = one_notice(world, smtp)
    raw = written(
        email_of(world, "anna"), References=f"<x@y> {notice['Message-ID']}", In_Reply_To="<x@y>"
    )
    letter = receive_letter(raw, mailbox, by=None, at=AT).letter
    assert (letter.case, letter.found_by) == (message.case, "references")


@pytest.mark.parametrize("by", ["token", "references"])
def test_from_another_address_it_waits(
    world: World, smtp: MailServer, mailbox: Mailbox, by: str
) -> None:
    notice, message = one_notice(world, smtp)
    for sender in (email_of(world, "boris"), "somebody@else.example"):
        fields = {"References": notice["Message-ID"]} if by == "references" else {}
        to = notice["Reply-To"] if by == "token" else ADDRESS
        letter = receive_letter(written(sender, to, **fields), mailbox, by=None, at=AT).letter
        assert (letter.case, letter.waits, letter.answers) == (None, "other", message)
        assert letter in Received.objects.waiting()


def test_a_forged_address_is_no_token(world: World, smtp: MailServer, mailbox: Mailbox) -> None:
    notice, message = one_notice(world, smtp)
    to = notice["Reply-To"].replace(f"+{message.pk}.", f"+{message.pk - 1}.")
    letter = receive_letter(written(email_of(world, "anna"), to), mailbox, by=None, at=AT).letter
    assert (letter.case, letter.waits, letter.answers) == (None, "caseless", None)


def test_the_only_open_case_is_not_guessed(
    world: World, smtp: MailServer, mailbox: Mailbox
) -> None:
    one_notice(world, smtp)
    known = receive_letter(written(email_of(world, "anna")), mailbox, by=None, at=AT).letter
    assert (known.case, known.contact, known.waits) == (None, world.guests["anna"], "caseless")
    unknown = receive_letter(written("who@knows.example"), mailbox, by=None, at=AT).letter
    assert (unknown.contact, unknown.waits) == (None, "unknown")
    assert Entry.objects.filter(kind="outreach.letter_received").count() == 2


def test_a_second_time_it_does_nothing(world: World, mailbox: Mailbox) -> None:
    raw = written("who@knows.example")
    first = receive_letter(raw, mailbox, by=None, at=AT)
    again = receive_letter(raw, mailbox, by=None, at=AT + HOUR)
    assert (first.is_new, again.is_new, again.letter) == (True, False, first.letter)
    assert Entry.objects.filter(kind="outreach.letter_received").count() == 1


def test_a_copy_by_another_way_acts_only_once(world: World, mailbox: Mailbox) -> None:
    """To and copied to: two of our mailboxes have the same letter, with other lines on top."""
    raw = written("who@knows.example", message_id="<one@there.example>")
    second = add_mailbox({"name": "2", "address": "two@s.example", "way": "pipe"}, by=None, at=AT)
    receive_letter(raw, mailbox, by=None, at=AT)
    copy = receive_letter(b"Received: by two\r\n" + raw, second, by=None, at=AT)
    assert (copy.letter.state, copy.letter.waits) == ("copy", "")
    assert copy.entry is not None and copy.entry.kind == "outreach.letter_automatic"
    other = written("who@knows.example", text="другое", message_id="<one@there.example>")
    assert receive_letter(other, second, by=None, at=AT).letter.state == "read"


@pytest.mark.parametrize("raw", [b"", b"\x00\xff nothing", b"Subject: nobody\n\nwords"])
def test_what_cannot_be_read_is_kept_whole(world: World, mailbox: Mailbox, raw: bytes) -> None:
    arrived = receive_letter(raw, mailbox, by=None, at=AT)
    assert (arrived.letter.state, arrived.letter.waits) == ("kept", "unreadable")
    assert read_file(arrived.letter.file) == raw
    assert arrived.entry is not None and arrived.entry.kind == "outreach.letter_kept"


def test_automata_are_told_apart_and_ours_come_back(
    world: World, smtp: MailServer, mailbox: Mailbox
) -> None:
    notice, message = one_notice(world, smtp)
    back = receive_letter(notice.as_bytes(), mailbox, by=None, at=AT)
    assert (back.letter.state, back.letter.why) == ("automatic", "ours")
    absent = written(
        email_of(world, "anna"), notice["Reply-To"], "Я в отпуске", Auto_Submitted="auto-replied"
    )
    away = receive_letter(absent, mailbox, by=None, at=AT)
    assert (away.letter.state, away.letter.case) == ("automatic", message.case)
    assert away.entry is not None and away.entry.kind == "outreach.letter_automatic"
    assert not Received.objects.waiting().exists()


BOUNCE = """From: MAILER-DAEMON@mx.example
Return-Path: <>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--b--
"""


def test_a_bounce_marks_the_letter_not_delivered(
    world: World, smtp: MailServer, mailbox: Mailbox
) -> None:
    _, message = one_notice(world, smtp)
    told = {"to": message.address, "message_id": message.message_id}
    delay = BOUNCE.format(action="delayed", status="4.4.1", **told)
    receive_letter(delay.encode(), mailbox, by=None, at=AT)
    message.refresh_from_db()
    assert message.state == "sent"
    failed = BOUNCE.format(action="failed", status="5.1.1", **told)
    arrived = receive_letter(failed.encode(), mailbox, by=None, at=AT)
    message.refresh_from_db()
    assert (message.state, "no such user" in message.fault) == ("failed", True)
    assert message in Message.objects.undelivered()
    assert arrived.letter.state == ReceivedState.BOUNCE
    assert arrived.entry is not None and arrived.entry.kind == "outreach.letter_bounced"


def test_files_are_kept_and_doubtful_ones_named(world: World, mailbox: Mailbox) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"] = "who@knows.example", ADDRESS
    letter.set_content("Смотрите")
    for name, data in (("счёт.pdf", b"%PDF-1.4"), ("счёт2.pdf", b"MZ..."), ("run.exe", b"MZ")):
        letter.add_attachment(data, "application", "octet-stream", filename=name)
    row = receive_letter(letter.as_bytes(), mailbox, by=None, at=AT).letter
    files = [(each.name, each.doubt, read_file(each.file)[:2]) for each in row.files.order_by("pk")]
    assert files == [
        ("счёт.pdf", "", b"%P"), ("счёт2.pdf", "kind", b"MZ"), ("run.exe", "kind", b"MZ"),
    ]  # fmt: skip


def test_too_many_of_one_address_wait(world: World, smtp: MailServer, mailbox: Mailbox) -> None:
    notice, message = one_notice(world, smtp)
    raws = [written(email_of(world, "anna"), notice["Reply-To"], f"Письмо {n}") for n in range(32)]
    rows = [receive_letter(raw, mailbox, by=None, at=AT).letter for raw in raws]
    assert [row.waits for row in rows] == [""] * 30 + ["many"] * 2
    late = written(email_of(world, "anna"), notice["Reply-To"], "Через час")
    at = AT + HOUR + timedelta(seconds=1)
    assert receive_letter(late, mailbox, by=None, at=at).letter.case == message.case


def test_a_letter_of_several_cases_waits(world: World, smtp: MailServer, mailbox: Mailbox) -> None:
    notice, message = one_notice(world, smtp)
    notice_of(world, sent(world), state="sent", sent_at=AT, sent_with=message)
    letter = receive_letter(
        written(message.address, notice["Reply-To"]), mailbox, by=None, at=AT
    ).letter
    assert (letter.case, letter.waits, letter.answers) == (None, "several", message)


def test_letters_of_a_case_are_one_conversation(
    world: World, smtp: MailServer, mailbox: Mailbox
) -> None:
    notice, message = one_notice(world, smtp)
    assert notice["References"] is None
    contract = Contract.objects.get(case=message.case)
    notice_of(world, contract)
    assert send_waiting(by=None, at=AT + HOUR) == 1
    assert smtp.letters[-1].message["References"] == notice["Message-ID"]
    assert read_letter(smtp.letters[-1].message.as_bytes()).automatic == "auto"
