"""`zabota mail ingest`: files, mailboxes of files and a pipe; a JSON line for each letter."""

import io
import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from tests.contracts.worlds import AT, sent, world
from tests.outreach.test_receive_letter import ADDRESS, email_of, mailbox, notice_of, written
from tests.support.checksum import ROOT
from zabota.config.cli import mail
from zabota.config.cli.parser import parser
from zabota.contracts.models import Comment
from zabota.home.world import World
from zabota.outreach.models import Mailbox, Received
from zabota.outreach.tokens import reply_address

__all__ = ["mailbox", "world"]
type Capture = pytest.CaptureFixture[str]
UNANSWERED = ("automatic", "bounce", "copy")
DATA = Path(os.environ.get("ZABOTA_DATA") or ROOT.parent / "shared" / "data") / "mail"


@pytest.fixture(autouse=True)
def tables_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "check_tables", lambda: None)


def ingested(capsys: Capture, *words: str) -> tuple[int, list[dict[str, object]]]:
    code = mail.run(parser().parse_args(["mail", "ingest", *words]))
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_reply_from_a_file_becomes_a_comment_at_once(
    world: World, mailbox: Mailbox, tmp_path: Path, capsys: Capture
) -> None:
    notice = notice_of(world, sent(world))
    file = tmp_path / "reply.eml"
    file.write_bytes(written(email_of(world, "anna"), reply_address(ADDRESS, notice.pk)))
    code, (line,) = ingested(capsys, "--mailbox", ADDRESS, str(file))
    assert notice.case is not None
    assert (code, line["became"], line["case"], line["found_by"], line["new"]) == (
        0, "read", notice.case.number, "token", True,
    )  # fmt: skip
    assert Comment.objects.get().made_by == notice.to
    assert ingested(capsys, str(file))[1][0]["new"] is False
    assert Comment.objects.count() == 1


def test_an_mbox_a_pipe_and_what_is_not_there(
    world: World,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box = tmp_path / "box"
    letters = [written("who@knows.example", text=f"Письмо {n}") for n in range(2)]
    box.write_bytes(
        b"".join(b"From - Tue Nov  3 10:12:00 2026\n" + each + b"\n" for each in letters)
    )
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"no letter")))
    code, lines = ingested(capsys, str(box), "-", str(tmp_path / "absent.eml"))
    assert code == 1
    told = [(line["became"], line.get("number"), line.get("kind")) for line in lines]
    assert told == [
        ("read", 1, "ticket"), ("read", 2, "ticket"), ("kept", 1, None), ("unread", None, None),
    ]  # fmt: skip
    assert Mailbox.objects.get().way == "pipe"


def test_what_cannot_be_kept_now_stays_with_the_mail_server(
    world: World,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(mail, "receive_letter", locked)
    file = tmp_path / "a.eml"
    file.write_bytes(written("who@knows.example"))
    assert ingested(capsys, str(file)) == (75, [])


@pytest.mark.skipif(not DATA.is_dir(), reason="no letters beside the checkout (shared/data/mail)")
def test_every_letter_others_collected_is_kept(world: World, capsys: Capture) -> None:
    """None stops the intake, none is lost, each line says what became of it."""
    files = sorted(str(file) for file in DATA.rglob("*") if file.is_file())
    code, lines = ingested(capsys, *files)
    assert code == 0 and len(files) > 150
    assert {line["file"] for line in lines} == set(files)
    assert {line["became"] for line in lines} <= {"read", "kept", "automatic", "bounce", "copy"}
    new = [line for line in lines if line["new"]]
    assert Received.objects.count() == len(new) > 150
    assert Received.objects.waiting().count() == sum(bool(line["waits"]) for line in new)
    for line in new:
        taken_up = line["case"] or line["waits"] or line["became"] in UNANSWERED
        assert taken_up, f"{line} is neither taken up nor waiting"
    again = ingested(capsys, *files)[1]
    assert not any(line["new"] for line in again)
    assert AT and Received.objects.count() == len(new)
