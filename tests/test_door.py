"""The door: command line, worker, site, the fresh databases the tests stand on."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from argparse import ArgumentTypeError
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from django.db import connection

from tests.support import site
from tests.support.fresh import FreshDatabase, finish, sqlite_template
from zabota.config import serve
from zabota.config.cli import COMMANDS
from zabota.config.cli.catalogs import compile_catalogs
from zabota.config.cli.checkout import stale_catalogs
from zabota.config.cli.demo_home import DemoHome
from zabota.config.cli.parser import offset
from zabota.config.cli.words import language
from zabota.journal.actions import open_stream
from zabota.journal.models import Stream


def vendor() -> str:
    return connection.vendor


def count_streams() -> int:
    return Stream.objects.count()


def open_one() -> int:
    return open_stream().pk


def test_fresh_database_of_each_kind(on_both: FreshDatabase) -> None:
    assert on_both.call(vendor) == on_both.vendor
    assert on_both.call(count_streams) == 0


def test_race_runs_in_processes(on_both: FreshDatabase) -> None:
    outcomes = on_both.race([(open_one, ())] * 4)
    assert len({outcome.value for outcome in outcomes}) == 4, outcomes
    assert on_both.call(count_streams) == 4


def test_default_database_is_a_file_of_this_worker(db: None) -> None:
    assert str(connection.settings_dict["NAME"]).startswith(str(settings.HOME))
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert count_streams() == 0


def test_a_killed_process_is_an_outcome(on_both: FreshDatabase) -> None:
    process, pipe = on_both.start(wait_for_ever, ())
    process.kill()
    outcome = finish(process, pipe)
    assert "-9" in str(outcome.error)


def wait_for_ever() -> None:
    Event().wait()


def zabota(*words: str, home: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line as a person would, in a home of its own."""
    return subprocess.run(
        [sys.executable, "-m", "zabota.config.cli", *words],
        env={**site.environ(home), **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_first_steps_of_an_installation(tmp_path: Path) -> None:
    """Refused without tables; then tables, the owner, and a journal that holds."""
    early = zabota("createowner", "--lang", "ru", home=tmp_path)
    assert early.returncode == 2 and "zabota migrate" in early.stderr
    assert zabota("migrate", home=tmp_path).returncode == 0
    assert "актуальны" in zabota("migrate", "--lang", "ru", home=tmp_path).stdout
    unready = zabota("serve", "--lang", "en", home=tmp_path)
    assert unready.returncode == 2 and "createowner" in unready.stderr
    named = ("--firm", "Полюс", "--email", "o@firm.example", "--name", "Ольга Петрова")
    owner = zabota("createowner", *named, home=tmp_path, ZABOTA_PASSWORD="весёлый-Ёжик-48")
    assert owner.returncode == 0, owner.stderr
    assert "13" in owner.stdout
    again = zabota("createowner", *named, home=tmp_path, ZABOTA_PASSWORD="весёлый-Ёжик-48")
    assert again.returncode == 2 and "Traceback" not in again.stderr
    assert zabota("journal", "verify", home=tmp_path).returncode == 0


def test_a_changed_journal_is_found(tmp_path: Path) -> None:
    shutil.copyfile(sqlite_template(), tmp_path / "zabota.sqlite3")
    named = ("--firm", "Полюс", "--email", "o@firm.example", "--name", "Ольга Петрова")
    zabota("createowner", *named, home=tmp_path, ZABOTA_PASSWORD="весёлый-Ёжик-48")
    with closing(sqlite3.connect(tmp_path / "zabota.sqlite3")) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE journal_entry SET audience = 'theirs'")
        database.commit()
    verified = zabota("journal", "verify", "--lang", "en", home=tmp_path)
    assert verified.returncode == 1 and "stream" in verified.stdout


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://here/it", "ZABOTA_DATABASE_URL"),
        ("postgresql://nobody@127.0.0.1:1/none", "does not answer"),
        ("sqlite:///nowhere/at/all.sqlite3", "does not answer"),
    ],
)
def test_a_wrong_database_is_said_in_a_sentence(tmp_path: Path, url: str, said: str) -> None:
    answer = zabota("migrate", "--lang", "en", home=tmp_path, ZABOTA_DATABASE_URL=url)
    assert answer.returncode == 2
    assert said in answer.stderr and "Traceback" not in answer.stderr


def test_a_demo_never_takes_somebodys_data(tmp_path: Path) -> None:
    (tmp_path / "zabota.sqlite3").write_text("somebody's")
    answer = zabota("demo", "--reset", "--lang", "en", home=tmp_path)
    assert answer.returncode == 2 and "no demo" in answer.stderr
    assert (tmp_path / "zabota.sqlite3").read_text() == "somebody's"


def test_the_clock_of_a_demo_adds_up(tmp_path: Path) -> None:
    home = DemoHome(tmp_path)
    home.move_clock(offset("6h"))
    assert home.move_clock(offset("1d30m")) == timedelta(days=1, hours=6, minutes=30)
    assert (tmp_path / "clock-offset").read_text() == "109800\n"


@pytest.mark.parametrize("text", ["", "6", "h", "6 h", "-6h", "6y"])
def test_a_span_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ArgumentTypeError):
        offset(text)


@pytest.mark.parametrize(
    ("argv", "environ", "spoken"),
    [
        (["demo", "--lang", "ru"], {"LANG": "en_GB.UTF-8"}, "ru"),
        (["demo", "--lang=en"], {"LANG": "ru_RU.UTF-8"}, "en"),
        (["demo"], {"ZABOTA_LANGUAGE": "ru", "LANG": "C"}, "ru"),
        (["demo"], {"LC_ALL": "ru_RU.UTF-8"}, "ru"),
        (["demo"], {}, "en"),
    ],
)
def test_the_language_of_the_terminal(
    argv: list[str], environ: dict[str, str], spoken: str
) -> None:
    assert language(argv, environ) == spoken


def test_help_is_russian_in_full(tmp_path: Path) -> None:
    for command in ((), ("demo",), ("serve",), ("contracts", "import-template")):
        said = zabota(*command, "--help", "--lang", "ru", home=tmp_path).stdout
        left = re.sub(r"zabota|--?[\w-]+|\{[\w,]+\}|FILE\.docx|[A-Z_]+|\b\d+[hd]\b", "", said)
        words = set(re.findall(r"[a-z]{3,}", left)) - set(COMMANDS) - {"verify", "import"}
        assert not words - {"localhost", "template"}, f"{command}: {words}"


FALLS = "import sys, time; time.sleep(0.3); sys.exit(3)"
STAYS = "import sys; sys.stdin.read(); open(sys.argv[1], 'w').write('went with its parent')"


def test_a_dead_child_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(serve, "say", said.append)
    monkeypatch.setattr(serve, "FIRST_PAUSE", 0.1)
    child = serve.Child("worker", [sys.executable, "-c", FALLS], os.environ, pause=0.1)
    until = time.monotonic() + 20
    while len(said) < 3 and time.monotonic() < until:
        child.look_after()
        Event().wait(0.02)
    child.ask_to_stop()
    child.wait(time.monotonic() + 5)
    assert len(said) == 3 and "3" in said[0]
    assert child.pause == pytest.approx(0.8)


def test_a_child_goes_when_its_parent_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "note"
    code = (
        "import os, sys; from zabota.config.serve import Child\n"
        f"Child('x', [sys.executable, '-c', {STAYS!r}, {str(note)!r}], os.environ).start()\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], env=site.environ(tmp_path), check=False)
    until = time.monotonic() + 10
    while not note.exists() and time.monotonic() < until:
        Event().wait(0.05)
    assert note.exists()


def test_a_compiled_catalogue_follows_its_source(tmp_path: Path) -> None:
    folder = tmp_path / "app" / "locale" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po = folder / "django.po"
    po.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "yes"\nmsgstr "да"\n'
    )
    assert stale_catalogs(tmp_path) == [po]
    compile_catalogs([po])
    assert stale_catalogs(tmp_path) == []
    assert "да".encode() in po.with_suffix(".mo").read_bytes()


def test_a_folder_without_a_zabota_is_named(tmp_path: Path) -> None:
    """Who forgot ZABOTA_HOME reads where it was looked, and where the demo lives."""
    environ = {**os.environ, "ZABOTA_HOME": str(tmp_path / "elsewhere"), "ZABOTA_DATABASE_URL": ""}
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-m", "zabota.config.cli", "--lang", "en", "journal", "verify"],
        env=environ, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"It looked in {tmp_path / 'elsewhere'}" in done.stderr
    assert "zabota migrate" in done.stderr
