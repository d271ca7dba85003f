"""Mailboxes are set up by whoever looks after the firm; their passwords are told to nobody."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from tests.contracts.worlds import AT
from tests.support.refused import refused
from zabota.home.world import World
from zabota.journal.models import Entry, Particular
from zabota.journal.verify import verify_journal
from zabota.outreach.actions import (
    add_mailbox,
    change_mailbox,
    claim_mailbox,
    close_mailbox,
    mailbox_by_hand,
    note_fault,
    note_progress,
    release_mailbox,
)
from zabota.outreach.actions.mailboxes import MailboxFields
from zabota.outreach.faults import plainly
from zabota.outreach.models import Mailbox
from zabota.outreach.passwords import NoPassword, password_of

FIELDS: MailboxFields = {
    "name": "Письма клиентов", "address": "Help@svet.example", "host": "imap.svet.example",
    "login": "help", "password": "тайна-1",
}  # fmt: skip


def test_the_password_is_kept_secret(world: World, settings: object) -> None:
    director = world.staff["director"].user
    mailbox = add_mailbox(FIELDS, by=director, at=AT)
    assert password_of(mailbox) == "тайна-1" and "тайна" not in mailbox.secret
    stored = [*Entry.objects.values_list("canonical", flat=True)]
    stored += Particular.objects.values_list("text", flat=True)
    assert not any("тайна" in text or mailbox.secret in text for text in stored)
    assert Entry.objects.get(kind="outreach.mailbox_added").facts["mailbox"] == mailbox.pk
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    with pytest.raises(NoPassword, match="secret key has changed"):
        password_of(mailbox)


def test_or_lies_in_the_environment(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox = add_mailbox({**FIELDS, "password": "", "secret_env": "HELP_PW"}, by=None, at=AT)
    with pytest.raises(NoPassword, match="HELP_PW is not set"):
        password_of(mailbox)
    monkeypatch.setenv("HELP_PW", "x")
    assert (password_of(mailbox), mailbox.secret) == ("x", "")


def test_who_may_and_what_is_refused(world: World) -> None:
    clerk = world.staff["manager"].user
    with pytest.raises(PermissionDenied):
        add_mailbox(FIELDS, by=clerk, at=AT)
    mailbox = add_mailbox(FIELDS, by=None, at=AT)
    for verb in (lambda: change_mailbox(mailbox, {}, by=clerk, at=AT),
                 lambda: close_mailbox(mailbox, by=clerk, at=AT)):  # fmt: skip
        with pytest.raises(PermissionDenied):
            verb()
    with refused("same_address"):
        add_mailbox(FIELDS, by=None, at=AT)
    with refused("no_password"):
        add_mailbox({**FIELDS, "address": "b@c.example", "password": ""}, by=None, at=AT)
    with refused("no_host"):
        add_mailbox({**FIELDS, "address": "b@c.example", "host": ""}, by=None, at=AT)


def test_changed_it_is_read_anew_closed_it_forgets(world: World) -> None:
    mailbox = add_mailbox(FIELDS, by=None, at=AT)
    note_progress(mailbox, 7, 42, by=None, at=AT)
    mailbox = change_mailbox(mailbox, {"name": "Другое", "password": ""}, by=None, at=AT)
    assert (mailbox.last_uid, password_of(mailbox)) == (42, "тайна-1")
    mailbox = change_mailbox(mailbox, {"folder": "Клиенты"}, by=None, at=AT)
    assert (mailbox.last_uid, mailbox.validity) == (0, None)
    mailbox = close_mailbox(mailbox, by=None, at=AT)
    assert (mailbox.secret, mailbox.closed_at) == ("", AT)
    with refused("closed"):
        close_mailbox(mailbox, by=None, at=AT)
    kinds = Entry.objects.filter(kind__startswith="outreach.mailbox_").values_list(
        "kind", flat=True
    )
    assert sorted(set(kinds)) == [
        "outreach.mailbox_added", "outreach.mailbox_changed", "outreach.mailbox_closed",
    ]  # fmt: skip
    assert add_mailbox(FIELDS, by=None, at=AT).pk != mailbox.pk


def test_one_worker_watches_another_takes_over(world: World) -> None:
    mailbox = add_mailbox(FIELDS, by=None, at=AT)
    assert claim_mailbox(mailbox, "one", by=None, at=AT)
    assert claim_mailbox(mailbox, "one", by=None, at=AT)
    assert not claim_mailbox(mailbox, "two", by=None, at=AT)
    assert claim_mailbox(mailbox, "two", by=None, at=AT + timedelta(minutes=3))
    release_mailbox(mailbox, "two", by=None, at=AT)
    assert claim_mailbox(mailbox, "one", by=None, at=AT)


def test_a_fault_stands_since_it_began(world: World) -> None:
    mailbox = add_mailbox(FIELDS, by=None, at=AT)
    note_fault(mailbox, "no answer", by=None, at=AT)
    note_fault(mailbox, "still none", by=None, at=AT + timedelta(hours=1))
    mailbox.refresh_from_db()
    assert (mailbox.fault, mailbox.fault_since) == ("still none", AT)
    note_progress(mailbox, 1, 1, by=None, at=AT)
    mailbox.refresh_from_db()
    assert (mailbox.fault, mailbox.fault_since) == ("", None)


def test_what_comes_by_hand_has_a_place(world: World) -> None:
    one = mailbox_by_hand(by=None, at=AT)
    assert mailbox_by_hand(by=None, at=AT) == one
    assert Mailbox.objects.get().way == "pipe"


def test_a_mailbox_nobody_wrote_to_has_a_history(world: World) -> None:
    """The journal holds: whatever has a history begins with an entry."""
    add_mailbox({"name": "Пусто", "way": "pipe"}, by=None, at=AT)
    assert verify_journal().broken is None


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("[Errno 111] Connection refused", "никто не отвечает"),
        ("[Errno -2] Name or service not known", "с таким именем нет"),
        ("b'[AUTHENTICATIONFAILED] Invalid credentials'", "этот логин или пароль"),
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1000)", "другую защиту"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate", "нет доверия"),
        ("select failed: Mailbox doesn't exist: Письма", "такой папки нет"),
        ("timed out", "сервер не отвечает"),
        ("57 varieties", ""),
    ],
)
def test_a_fault_says_what_to_mend(fault: str, words: str) -> None:
    with translation.override("ru"):
        told = plainly(fault)
    assert words in told and bool(words) == bool(told)
