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
from contextlib import contextmanager
from pathlib import Path

from tests.support import chromium, postgres
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
    ("types", [BIN / "mypy"]),
]


def main() -> int:
    """Runs the checks and the tests; 0 only when all passed."""
    parser = argparse.ArgumentParser(prog="zabota test")
    parser.add_argument("--all", action="store_true", help="with PostgreSQL set up and the stories")
    parser.add_argument("--shots", action="store_true", help="write docs/shots anew")
    arguments = parser.parse_args()
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.support.settings"}
    environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environ["ZABOTA_HOME"] = str(RESULTS / "home")
    if arguments.shots:
        environ["ZABOTA_SHOTS"] = "1"
    RESULTS.mkdir(parents=True, exist_ok=True)
    for report in RESULTS.glob("*.xml"):
        report.unlink()
    try:
        if arguments.all:
            environ["ZABOTA_TEST_CHROMIUM"] = str(chromium.set_up())
        with database(install=arguments.all) as url:
            environ.update(url)
            return run_all(environ, stories=arguments.all)
    except Missing as missing:
        say(str(missing))
        return 1


@contextmanager
def database(*, install: bool) -> Iterator[Mapping[str, str]]:
    """The throw-away PostgreSQL; a mere check uses one only where its programs are here already."""
    programs = postgres.set_up() if install else postgres.find()
    if programs is None:
        say("no PostgreSQL here: its half of the tests is left out (./zabota test installs it)")
        yield {}
        return
    with postgres.throw_away(programs) as url:
        yield {"ZABOTA_TEST_POSTGRES": url}


def run_all(environ: Mapping[str, str], *, stories: bool) -> int:
    failed = [name for name, command in CHECKS if not step(name, command, environ)]
    reports = [RESULTS / "tests.xml"]
    pytest: list[str | Path] = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--tb=short",
        "-p",
        "no:cacheprovider",
    ]
    parallel = ["-n", "2", "--dist", "worksteal", "--ignore", "tests/stories"]
    if not stories:
        # What needs the whole sample firm is left to ./zabota test.
        parallel += ["-m", "not story", "--hypothesis-profile", "quick"]
    if not step("tests", [*pytest, *parallel, f"--junitxml={reports[0]}"], environ):
        failed.append("tests")
    if stories:
        reports.append(RESULTS / "stories.xml")
        # One worker per core drives a browser and a site of its own.
        browsers = ["-n", "2", "--dist", "loadfile", "tests/stories"]
        if not step("stories", [*pytest, *browsers, f"--junitxml={reports[1]}"], environ):
            failed.append("stories")
    close(reports, failed)
    return 1 if failed else 0


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
    took = time.monotonic() - begun
    # pytest says 5 when it found no test, which is a failure, too: there always are some.
    if done.returncode and not shown:
        print(done.stdout, flush=True)
    print(f"── {name}: {'passed' if done.returncode == 0 else 'FAILED'}, {took:.1f} s", flush=True)
    return done.returncode == 0


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
