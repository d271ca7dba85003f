"""Stored messages leave by a real SMTP server: once, in the reader's language, whatever breaks."""

import pickle
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import resolve

from tests.contracts.worlds import AT, HOUR, approve, sent
from tests.outreach.test_announce import MINUTE, announced
from tests.support.fresh import FreshDatabase
from tests.support.mail import MailServer
from zabota.contracts.reading.now import with_whom_now
from zabota.home.world import World
from zabota.outreach.actions import send_message, send_sign_in_code, send_waiting
from zabota.outreach.digest import Known
from zabota.outreach.models import Message
from zabota.people.actions import make_code
from zabota.people.models import User
from zabota.people.sign_in import code_by_token, code_digits


@pytest.fixture(autouse=True)
def mailer(smtp: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    turn_to(smtp.port, monkeypatch.setattr)


def turn_to(port: int, put: Any = setattr) -> None:
    """Letters leave by the server on this port."""
    put(settings, "MAILERS", {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 20},
        }
    })  # fmt: skip


def user(world: World, key: str) -> User:
    rows = world.guests if key in world.guests else world.staff
    return User.objects.get(pk=rows[key].user_id)  # type: ignore[index]


def parts(letter: Any) -> tuple[str, str]:
    text = letter.message.get_body(("plain",)).get_content()
    html = letter.message.get_body(("html",)).get_content()
    return text, html


def test_russian_and_english_text_and_html(world: World, smtp: MailServer) -> None:
    russian, english = sent(world), sent(world, "supply-en", "john")
    for contract in (russian, english):
        approve(world, contract, "manager", "manager", AT)
    announced()
    assert send_waiting(by=None, at=AT, known=Known(with_whom_now)) == len(smtp.letters)
    letters = {letter.recipients[0].split("@")[0]: letter for letter in smtp.letters}
    text, html = parts(letters["anna"])
    assert "Согласовано: Игорь Ким, этап «Менеджер».\r\nСейчас у нас: Ольга Петрова (" in text
    assert text.startswith("Здравствуйте, Анна Крылова!")
    assert "С уважением,\r\nСеверный свет" in text
    assert "Здравствуйте, Анна Крылова!" in html
    assert f"/room/contracts/{russian.pk}/" in text
    assert f"/room/contracts/{russian.pk}/" in html
    assert 'lang="ru"' in html
    assert letters["anna"].message["Subject"].startswith("Соглашение") or (
        russian.case.number in letters["anna"].message["Subject"]
    )
    text, html = parts(letters["john"])
    assert 'lang="en"' in html
    assert "Approved by " in text
    assert letters["john"].message["Auto-Submitted"] == "auto-generated"
    assert set(letters) == {"anna", "boris", "vera", "john", "manager", "lawyer"}
    rows = Message.objects.filter(state="sent", sent_at=AT)
    ids = {letter.message["Message-ID"] for letter in smtp.letters}
    assert ids <= set(rows.values_list("message_id", flat=True))
    for row in rows:
        resolve(row.path)


def test_sent_once(world: World, smtp: MailServer) -> None:
    sent(world)
    announced()
    assert send_waiting(by=None, at=AT) == 1
    assert send_waiting(by=None, at=AT + HOUR) == 0
    assert len(smtp.letters) == 1


def test_several_for_one_reader_are_one_digest(world: World, smtp: MailServer) -> None:
    contracts = [sent(world) for _ in range(3)]
    announced()
    assert send_waiting(by=None, at=AT) == 1
    (letter,) = smtp.letters
    text, html = parts(letter)
    for contract in contracts:
        assert contract.case.number in text
        assert contract.case.number in html
    assert letter.message["Subject"] == "Северный свет: 3 новости"
    rows = Message.objects.order_by("pk")
    assert [row.state for row in rows] == ["sent"] * 3
    assert [row.sent_with_id for row in rows] == [None, rows[0].pk, rows[0].pk]


def test_service_is_never_in_a_digest(world: World, smtp: MailServer) -> None:
    sent(world)
    announced()
    manager = user(world, "manager")
    for _ in range(2):
        send_message(None, "staff_notice", manager, by=None, at=AT)
    sent(world)
    announced()
    assert send_waiting(by=None, at=AT) == 3
    assert Message.objects.filter(sent_with__isnull=False).count() == 1


def test_a_refusing_server_is_tried_again_later_and_later(world: World, smtp: MailServer) -> None:
    sent(world)
    announced()
    smtp.refuse_next(3)
    at, pauses = AT, []
    for _ in range(3):
        assert send_waiting(by=None, at=at) == 0
        row = Message.objects.get()
        assert row.state == "waiting"
        assert "451" in row.fault
        pauses.append(row.send_after - at)
        assert send_waiting(by=None, at=row.send_after - timedelta(seconds=1)) == 0
        at = row.send_after
    assert pauses == [MINUTE, 5 * MINUTE, 15 * MINUTE]
    assert send_waiting(by=None, at=at) == 1
    (letter,) = smtp.letters
    row = Message.objects.get()
    assert letter.message["Message-ID"] == row.message_id
    assert (row.state, row.fault, row.tries) == ("sent", "", 4)


def test_after_days_it_is_given_up_in_sight(world: World, smtp: MailServer) -> None:
    sent(world)
    announced()
    smtp.refuse_next(1)
    send_waiting(by=None, at=AT + timedelta(days=6))
    row = Message.objects.get()
    assert (row.state, "451" in row.fault) == ("failed", True)
    assert send_waiting(by=None, at=AT + timedelta(days=7)) == 0


def test_a_server_that_is_not_there(
    world: World, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(world)
    announced()
    turn_to(1, monkeypatch.setattr)
    assert send_waiting(by=None, at=AT) == 0
    turn_to(smtp.port, monkeypatch.setattr)
    assert send_waiting(by=None, at=AT + HOUR) == 1


def test_the_account_was_closed_meanwhile(world: World, smtp: MailServer) -> None:
    sent(world)
    announced()
    User.objects.filter(pk=world.staff["manager"].user_id).update(is_active=False)
    assert send_waiting(by=None, at=AT) == 0
    assert Message.objects.get().state == "failed"
    assert not smtp.letters


def test_a_code_leaves_by_mail_and_lies_in_no_row(world: World, smtp: MailServer) -> None:
    code = make_code(user(world, "anna"), "/room/", by=None, at=AT)
    assert send_sign_in_code(None, by=None, at=AT) is None
    row = send_sign_in_code(code, by=None, at=AT)
    assert row is not None
    digits = code_digits(code)
    stored = " ".join(str(value) for value in Message.objects.values().get().values())
    assert digits not in stored
    assert send_waiting(by=None, at=AT) == 1
    (letter,) = smtp.letters
    text, html = parts(letter)
    assert digits in letter.message["Subject"]
    assert digits in text
    assert digits in html
    (path,) = {word for word in text.split() if "/room/sign-in/link/" in word}
    token = path.rstrip("/").rsplit("/", 1)[1]
    found = code_by_token(token, at=AT)
    assert found is not None
    assert found.pk == code.pk


# A worker that dies between sending and marking.


def begin_news(made: bytes) -> None:
    world = pickle.loads(made)
    for _ in range(2):
        sent(world)
    announced()


def die_after_sending(port: int) -> None:
    turn_to(port)
    send = EmailMultiAlternatives.send

    def killed(self: EmailMultiAlternatives, *args: Any, **kwargs: Any) -> int:
        send(self, *args, **kwargs)
        raise SystemExit(9)

    EmailMultiAlternatives.send = killed  # type: ignore[method-assign]
    send_waiting(by=None, at=AT)


def send_now(port: int, minutes: int) -> int:
    turn_to(port)
    return send_waiting(by=None, at=AT + minutes * MINUTE)


def test_a_worker_killed_after_sending_sends_the_same_again(
    firm_on_both: tuple[FreshDatabase, bytes], smtp: MailServer
) -> None:
    database, made = firm_on_both
    database.call(begin_news, made)
    with pytest.raises(RuntimeError, match="ended with"):
        database.call(die_after_sending, smtp.port)
    assert database.call(send_now, smtp.port, 1) == 0
    assert database.call(send_now, smtp.port, 6) == 1
    first, second = smtp.letters
    assert first.message["Message-ID"] == second.message["Message-ID"]
    assert parts(first)[0] == parts(second)[0], "the same digest, not its parts one by one"
    assert database.call(send_now, smtp.port, 60) == 0


def many(made: bytes) -> None:
    world = pickle.loads(made)
    for guest in ("anna", "john"):
        contract = sent(world, guest=guest)
        approve(world, contract, "manager", "manager")
    announced()


def test_two_senders_at_once_send_once(
    firm_on_both: tuple[FreshDatabase, bytes], smtp: MailServer
) -> None:
    database, made = firm_on_both
    database.call(many, made)
    outcomes = database.race([(send_now, (smtp.port, 0))] * 3)
    assert [outcome.error for outcome in outcomes] == [None] * 3
    ids = [letter.message["Message-ID"] for letter in smtp.letters]
    assert len(ids) == len(set(ids)) == sum(outcome.value for outcome in outcomes)
    assert {letter.recipients[0].split("@")[0] for letter in smtp.letters} == {
        "anna", "boris", "vera", "john", "manager", "lawyer",
    }  # fmt: skip
