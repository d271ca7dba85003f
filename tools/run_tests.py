"""`./zabota check` and `./zabota test`: everything that has to hold, in the order it fails fastest.

Each step shows its name and how long it took; a failed step does not stop the others, so that one
run tells everything; the exit code is honest.
"""

import argparse
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from tests.support import chromium, durations, postgres
from tests.support.checksum import ROOT
from tests.support.machine import Missing, say

BIN = Path(sys.executable).parent
RESULTS = ROOT / "var" / "results"
COUNTS = ("tests", "failures", "errors", "skipped")

CHECKS: list[tuple[str, list[str | Path]]] = [
    ("lint", [BIN / "ruff", "check", "--quiet"]),
    ("format", [BIN / "ruff", "format", "--check", "--quiet"]),
    ("import order", [BIN / "lint-imports", "--no-logo"]),
    ("translations", [sys.executable, "-m", "tools.messages", "--check"]),
    ("migrations", [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]),
]
# Takes one processor for long: it runs beside the others and the first tests.
TYPES: list[str | Path] = [BIN / "mypy"]


def main() -> int:
    """Runs the checks and the tests; 0 only when all passed."""
    parser = argparse.ArgumentParser(prog="zabota test")
    parser.add_argument("--all", action="store_true", help="with PostgreSQL set up and the stories")
    parser.add_argument("--shots", action="store_true", help="write docs/shots anew")
    parser.add_argument("--measure", action="store_true", help="write tests/long.tsv anew")
    arguments = parser.parse_args()
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.support.settings"}
    environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environ["ZABOTA_HOME"] = str(RESULTS / "home")
    # Some hundred processes read the same sources: each would compile them for itself.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if arguments.shots:
        environ["ZABOTA_SHOTS"] = "1"
    RESULTS.mkdir(parents=True, exist_ok=True)
    for report in RESULTS.glob("*.xml"):
        report.unlink()
    try:
        if arguments.all:
            environ["ZABOTA_TEST_CHROMIUM"] = str(chromium.set_up())
        there: AbstractContextManager[Mapping[str, str]]
        there = database() if arguments.all else nullcontext({})
        with there as url:
            environ.update(url)
            code = run_all(environ, stories=arguments.all)
            if arguments.measure and code == 0:
                durations.write(RESULTS / "tests.xml")
            return code
    except Missing as missing:
        say(str(missing))
        return 1


@contextmanager
def database() -> Iterator[Mapping[str, str]]:
    """The throw-away PostgreSQL, as the tests find it."""
    with postgres.throw_away(postgres.set_up()) as url:
        yield {"ZABOTA_TEST_POSTGRES": url}


def run_all(environ: Mapping[str, str], *, stories: bool) -> int:
    """The checks one after another, then the tests with the stories beside them: these mostly wait
    for pages and letters, and leave the processors to the others meanwhile.
    """
    types = Beside("types", TYPES, environ)
    failed = [name for name, command in CHECKS if not step(name, command, environ)]
    tests = ["--dist", "worksteal", "--ignore", "tests/stories"]
    if stories:
        told = Beside("stories", pytest("stories", "--dist", "loadgroup", "tests/stories"), environ)
    else:
        say("tests that take their time are left to ./zabota test (tests/long.tsv, SLOW)")
        quick = "not story and not slow and not postgres"
        tests += ["-m", quick, "--hypothesis-profile", "quick"]
    if not step("tests", pytest("tests", *tests), environ):
        failed.append("tests")
    if not types.ends():
        failed.append("types")
    if stories and not told.ends():
        failed.append("stories")
    close([RESULTS / "tests.xml", *([RESULTS / "stories.xml"] if stories else [])], failed)
    return 1 if failed else 0


def pytest(name: str, *arguments: str) -> list[str | Path]:
    """The command of one of the two runs; its report lies in var/results."""
    return [
        sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider",
        "-n", "2", f"--junitxml={RESULTS / name}.xml", *arguments,
    ]  # fmt: skip


class Beside:
    """A step that runs while others do; what it prints is kept until its turn comes."""

    def __init__(
        self, name: str, command: Sequence[str | Path], environ: Mapping[str, str]
    ) -> None:
        self.name, self.begun, self.shown = name, time.monotonic(), "pytest" in command
        self.printed = RESULTS / f"{name}.log"
        with self.printed.open("wb") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )

    def ends(self) -> bool:
        """Waits for its end, shows what it printed, and says whether it passed."""
        self.process.wait()
        print(f"── {self.name} …", flush=True)
        if self.shown or self.process.returncode:
            print(self.printed.read_text("utf-8", "replace"), flush=True)
        return passed(self.name, self.process.returncode, self.begun)


def step(name: str, command: Sequence[str | Path], environ: Mapping[str, str]) -> bool:
    """Runs one step; what it printed is shown when it failed, and always for the tests."""
    shown = "pytest" in command
    print(f"── {name} …", flush=True)
    begun = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, check=False, text=True,
        stdout=None if shown else subprocess.PIPE,
        stderr=None if shown else subprocess.STDOUT,
    )  # fmt: skip
    # pytest says 5 when it found no test, which is a failure, too: there always are some.
    if done.returncode and not shown:
        print(done.stdout, flush=True)
    return passed(name, done.returncode, begun)


def passed(name: str, code: int, begun: float) -> bool:
    """The line that ends a step."""
    took = time.monotonic() - begun
    print(f"── {name}: {'passed' if code == 0 else 'FAILED'}, {took:.1f} s", flush=True)
    return code == 0


def close(reports: Sequence[Path], failed: Sequence[str]) -> None:
    """The closing line: all tests of the run together, and the steps that failed."""
    total = dict.fromkeys(COUNTS, 0)
    for report in reports:
        if not report.exists():
            # It ended before it could tell: nothing of it may count as passed.
            total["tests"] += 1
            total["errors"] += 1
            continue
        for suite in ET.parse(report).iter("testsuite"):
            for count in COUNTS:
                total[count] += int(suite.get(count, 0))
    bad = total["failures"] + total["errors"]
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    passed = total["tests"] - bad - total["skipped"]
    print(f"{passed} passed, {bad} failed, {total['skipped']} skipped", flush=True)


if __name__ == "__main__":
    sys.exit(main())
