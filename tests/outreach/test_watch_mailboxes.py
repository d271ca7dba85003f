"""Letters come from a real IMAP server: at once where it tells, each once, whatever breaks."""

import datetime as dt
import pickle
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.outreach.test_receive_letter import written
from tests.support.fresh import FreshDatabase
from tests.support.imap import PASSWORD, USER, ImapServer
from zabota.common import clock
from zabota.home.world import World
from zabota.outreach.actions import add_mailbox, change_mailbox, close_mailbox, receive_letter
from zabota.outreach.imap import FAULTS, opened
from zabota.outreach.models import Mailbox, Received
from zabota.outreach.watch import LISTEN, Watch


@pytest.fixture
def imap() -> Iterator[ImapServer]:
    with ImapServer() as server:
        yield server


def at(server: ImapServer, password: str = PASSWORD) -> Mailbox:
    return add_mailbox(
        {
            "name": "Письма", "address": "help@svet.example", "host": "127.0.0.1",
            "port": server.port, "security": "none", "login": USER, "password": password,
        },
        by=None,
        at=clock.now(),
    )  # fmt: skip


def fetched(mailbox: Mailbox) -> int:
    watch = Watch(threading.Event(), threading.Event())
    with opened(mailbox, PASSWORD) as session:
        return watch.fetch(mailbox, session)


def test_each_letter_is_fetched_once(world: World, imap: ImapServer) -> None:
    mailbox = at(imap)
    assert fetched(mailbox) == 0
    for n in range(3):
        imap.put(written("who@knows.example", text=f"Письмо {n}"))
    imap.put(b"nothing anybody could read")
    assert fetched(mailbox) == 4
    assert sorted(Received.objects.values_list("state", flat=True)) == ["kept"] + ["read"] * 3
    assert fetched(Mailbox.objects.get()) == 0
    imap.put(written("who@knows.example", text="Ещё"))
    assert fetched(Mailbox.objects.get()) == 1


def test_a_server_that_counts_anew_brings_nothing_twice(world: World, imap: ImapServer) -> None:
    mailbox = at(imap)
    imap.put(written("who@knows.example"))
    assert fetched(mailbox) == 1
    Mailbox.objects.update(validity=1, last_uid=9000)
    assert fetched(Mailbox.objects.get()) == 1
    assert Received.objects.count() == 1


def test_letters_from_before_it_was_set_up_stay_there(world: World, imap: ImapServer) -> None:
    imap.put(written("who@knows.example"))
    mailbox = at(imap)
    mailbox.made_at += dt.timedelta(days=2)
    assert fetched(mailbox) == 0


def test_nothing_is_changed_on_the_server(world: World, imap: ImapServer) -> None:
    mailbox = at(imap)
    imap.put(written("who@knows.example"))
    fetched(mailbox)
    with opened(mailbox, PASSWORD) as session:
        assert session.tells
        assert session._client.search("UNSEEN")


def test_nobody_is_told_the_password_unless_it_is_vouched_for(world: World, tmp_path: Path) -> None:
    cert, key = self_signed(tmp_path)
    with ImapServer("--cert", str(cert), "--key", str(key)) as server:
        mailbox = at(server)
        for security in ("starttls", "tls"):
            mailbox.security = security
            until = time.monotonic() + 20
            while True:
                try:
                    with opened(mailbox, PASSWORD):
                        pytest.fail("signed in to a server nobody vouches for")
                except ConnectionRefusedError:
                    assert time.monotonic() < until
                    time.sleep(0.1)
                except FAULTS as fault:
                    assert isinstance(fault, ssl.SSLError)
                    break


def self_signed(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    day = dt.timedelta(days=1)
    built = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(clock.now() - day).not_valid_after(clock.now() + day)
    )  # fmt: skip
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    pem = serialization.Encoding.PEM
    cert_file.write_bytes(built.sign(key, hashes.SHA256()).public_bytes(pem))
    plain, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    key_file.write_bytes(key.private_bytes(pem, plain, none))
    return cert_file, key_file


def until(what: Callable[[], bool], seconds: float = 30) -> float:
    """How long it took."""
    begun = time.monotonic()
    while not what():
        assert time.monotonic() - begun < seconds, "it did not come about"
        time.sleep(0.02)
    return time.monotonic() - begun


def watched(server: ImapServer) -> tuple[int, str, bool]:
    """In a process of its own: how many letters came in all, the fault while the server was gone,
    and whether the mailbox was free in the end.
    """
    mailbox = at(server)
    stop, news = threading.Event(), threading.Event()
    watching = Watch(stop, news).start()
    until(lambda: Mailbox.objects.get().looked_at is not None)
    time.sleep(0.3)
    server.put(written("who@knows.example", text="При IDLE"))
    # Sooner than the server would be asked again: it told by itself.
    until(lambda: Received.objects.count() == 1, LISTEN)
    assert news.is_set()
    change_mailbox(mailbox, {"password": "wrong"}, by=None, at=clock.now())
    server.put(written("who@knows.example", text="Пока пароль неверен"))
    until(lambda: bool(Mailbox.objects.get().fault), 90)
    fault = Mailbox.objects.get().fault
    change_mailbox(mailbox, {"password": PASSWORD}, by=None, at=clock.now())
    until(lambda: Received.objects.count() == 2, 60)
    stop.set()
    watching.join(60)
    return Received.objects.count(), fault, Mailbox.objects.get().watched_until is None


def test_a_worker_hears_of_letters_at_once(
    firm_on_both: tuple[FreshDatabase, bytes], imap: ImapServer
) -> None:
    database, _ = firm_on_both
    imap_there = ImapServer()
    imap_there.port = imap.port
    count, fault, free = database.call(watched, imap_there)
    assert (count, free) == (2, True)
    assert fault and PASSWORD not in fault and "wrong" not in fault


def one_letter(pk: int) -> bool:
    return receive_letter(
        written("who@knows.example"), Mailbox.objects.get(pk=pk), by=None, at=clock.now()
    ).is_new


def a_mailbox(made: bytes) -> int:
    assert pickle.loads(made)
    fields = {"name": "Письма", "address": "help@svet.example", "way": "pipe"}
    return add_mailbox(fields, by=None, at=clock.now()).pk  # type: ignore[arg-type]


def test_two_that_bring_the_same_letter_store_it_once(
    firm_on_both: tuple[FreshDatabase, bytes],
) -> None:
    database, made = firm_on_both
    pk = database.call(a_mailbox, made)
    outcomes = database.race([(one_letter, (pk,))] * 3)
    assert [outcome.error for outcome in outcomes] == [None] * 3
    assert sorted(outcome.value for outcome in outcomes) == [False, False, True]


def test_a_closed_mailbox_is_left(world: World, imap: ImapServer) -> None:
    mailbox = close_mailbox(at(imap), by=None, at=clock.now())
    watch = Watch(threading.Event(), threading.Event())
    watch._look_for_places()
    assert not watch.threads and mailbox.closed_at is not None
