"""A real Zabota in its own processes: a copy of the sample firm's home, served on a free port."""

import email
import fcntl
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.policy import default
from pathlib import Path

from tests.support.checksum import CACHE, ROOT, checksum
from tests.support.postgres import free_port
from zabota.config.cli.demo_home import DemoHome
from zabota.config.cli.parser import offset
from zabota.config.serve import answers

COMMAND = [sys.executable, "-m", "zabota.config.cli", "demo"]
STARTS_WITHIN = 60.0
# Letters that leave over one connection lie in one file, each followed by this line.
BETWEEN_LETTERS = "-" * 79
TROUBLE = re.compile(r"Traceback|\bERROR\b|stopped \(")


@dataclass
class Site:
    """A running site: where it is, how to come in as somebody, what it said."""

    home: Path
    port: int
    links: Mapping[str, str]
    log: Path
    pid: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def room_url(self) -> str:
        return f"http://localhost:{self.port}"

    def link(self, name: str) -> str:
        """The one-click link of the person so called; the beginning of the name is enough."""
        found = [link for known, link in self.links.items() if known.startswith(name)]
        assert len(found) == 1, f"{name} is one of {sorted(self.links)}"
        return found[0]

    def later(self, by: str) -> None:
        """Moves the site's clock forward, as `demo --later` does: `6h`, `2d`."""
        DemoHome(self.home).move_clock(offset(by))

    def letters(self) -> list[str]:
        """The mail it sent, oldest first, as it lies in its home."""
        files = sorted((self.home / "mail").glob("*"), key=lambda file: file.stat().st_mtime_ns)
        return [file.read_text("utf-8", "replace") for file in files]

    def letters_to(self, address: str) -> list[str]:
        """The words of the letters to this address, with subject and links, oldest first."""
        found = []
        for raw in "\n".join(self.letters()).split(BETWEEN_LETTERS):
            letter = email.message_from_bytes(raw.lstrip().encode(), policy=default)
            if address in str(letter["To"]):
                body = letter.get_body(("plain",))
                words = body.get_content() if body else ""
                found.append(f"{letter['Subject']}\n{words}")
        return found

    def troubles(self) -> list[str]:
        """Lines of its log that speak of errors."""
        text = self.log.read_text("utf-8", "replace")
        return [line for line in text.splitlines() if TROUBLE.search(line)]


def environ(home: Path) -> dict[str, str]:
    """An environment for the site's processes, free of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZABOTA_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return {**kept, "ZABOTA_HOME": str(home), "PYTHONPATH": path}


def sample_home(language: str) -> Path:
    """The home of the sample firm, built once per state of the sources."""
    package = ROOT / "src" / "zabota"
    sources = [*package.rglob("*.py"), *package.rglob("*.docx"), *package.rglob("*.json")]
    target = CACHE / f"world-{language}-{checksum(sources)}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"world-{language}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            for old in CACHE.glob(f"world-{language}-*"):
                shutil.rmtree(old, ignore_errors=True)
            part = CACHE / f"building-{language}"
            shutil.rmtree(part, ignore_errors=True)
            command = [*COMMAND, "--build-only", "--lang", language]
            done = subprocess.run(
                command, env=environ(part), capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"the sample firm could not be built:\n{done.stderr}"
            part.rename(target)
    return target


@contextmanager
def running(folder: Path, language: str) -> Iterator[Site]:
    """Serves a copy of the sample firm until the block ends."""
    home = folder / "home"
    shutil.copytree(sample_home(language), home)
    with started(home, language, folder / "site.log") as site:
        yield site


@contextmanager
def started(home: Path, language: str, log: Path) -> Iterator[Site]:
    """Serves this home on a free port until the block ends, then stops it as Ctrl-C would."""
    port = free_port()
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*COMMAND, "--json", "--lang", language, "--port", str(port)],
            env=environ(home), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said,
        )  # fmt: skip
    try:
        links = read_links(process, log)
        yield Site(home, port, links, log, process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


class WarmSite:
    """Sites of one language for one story after another, each on a fresh copy of the sample firm
    and in processes of its own, forked from one that has loaded everything.
    """

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self.language, self.port = folder, language, free_port()
        self.home, self.number = folder / "home", 0
        shutil.copytree(sample_home(language), self.home)
        self.log = folder / "warm.log"
        with self.log.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.warm_site", str(self.port), language],
                env=environ(self.home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
            )  # fmt: skip
        try:
            self.links = read_links(self.process, self.log)
        except AssertionError:
            self.close()
            raise
        self.fresh = folder / "fresh"
        shutil.copytree(self.home, self.fresh)

    @contextmanager
    def serving(self, prepare: Callable[[Path], object] = lambda home: None) -> Iterator[Site]:
        """A site until the block ends; its home may be prepared before it starts."""
        self.number += 1
        log = self.folder / f"site{self.number}.log"
        log.touch()
        DemoHome(self.home).empty()
        shutil.copytree(self.fresh, self.home, dirs_exist_ok=True)
        prepare(self.home)
        try:
            self.start(log)
            yield Site(self.home, self.port, self.links, log, self.process.pid)
        finally:
            self._ask("stop")

    def start(self, log: Path) -> None:
        """Begins the site and its worker, anew where they were killed; a fifth of a second is
        usual until it answers.
        """
        self._ask(f"start {log}")
        until = time.monotonic() + STARTS_WITHIN
        while not answers(("127.0.0.1", self.port)):
            assert time.monotonic() < until, log.read_text("utf-8", "replace")
            time.sleep(0.02)

    def _ask(self, words: str) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{words}\n".encode())
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer == b"done\n", self.log.read_text("utf-8", "replace")

    def close(self) -> None:
        self.process.communicate(timeout=30)


def read_links(process: subprocess.Popen[bytes], log: Path) -> dict[str, str]:
    """The line the site prints once it answers."""
    assert process.stdout is not None
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if select.select([process.stdout], [], [], 0.2)[0]:
            line = process.stdout.readline()
            if line.startswith(b"["):
                return {person["name"]: person["link"] for person in json.loads(line)}
            if not line:
                break
    raise AssertionError(f"the site did not start:\n{log.read_text('utf-8', 'replace')}")
