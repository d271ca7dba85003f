"""A peer in an environment and a process of its own, asked through a pipe.

django-viewflow is under the AGPL, django-helpdesk under a BSD licence: both are measured, never
imported by us.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measuring import Bench, Run, Took, peers_folder

LONGEST = 300


@dataclass(frozen=True)
class Product:
    """What stands beside us: its name, its packages, the script that runs in its environment."""

    name: str
    packages: tuple[str, ...]
    script: str


VIEWFLOW = Product("viewflow", ("django-viewflow==2.4.0", "django==5.2.17"), "viewflow_process.py")
HELPDESK = Product("helpdesk", ("django-helpdesk==2.6.1", "django==6.1.3"), "helpdesk_process.py")


class Absent(Exception):
    """The peer cannot be had here; says why."""


class Peer:
    """A running peer."""

    def __init__(self, bench: Bench, place: Path, product: Product) -> None:
        folder = peers_folder()
        if folder is None:
            raise Absent("the folder with the peers' harness is absent (ZABOTA_PEERS names it)")
        self.bench = bench
        python = installed(place / product.name, product.packages)
        # The harness writes beside itself: it gets a copy.
        self.copy = Path(os.environ["ZABOTA_HOME"]) / f"peers-{product.name}"
        shutil.copytree(folder, self.copy, ignore=shutil.ignore_patterns("__pycache__"))
        environ = {
            name: value for name, value in os.environ.items()
            if not name.startswith(("DJANGO_", "ZABOTA_", "PYTHONPATH"))
        }  # fmt: skip
        self.process = subprocess.Popen(
            [python, "-W", "ignore", Path(__file__).with_name(product.script), self.copy],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**environ, "PEERS": str(self.copy), "DB": "sqlite"},
        )

    def ask(self, verb: str, number: int) -> Any:
        """One question, one line of JSON back."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{verb} {number}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the peer's process ended")
        return json.loads(line)

    def fill(self, tasks: int) -> None:
        """So many tasks wait in its queue, or so many tickets are there."""
        self.ask("fill", tasks)

    def asking(self, verb: str) -> Run:
        """A measurement made in the peer's process, by the same harness."""
        return lambda: Took(*self.ask(verb, self.bench.calls))

    def close(self) -> None:
        """Ends its process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)


def find_peer(bench: Bench, place: Path, product: Product) -> Peer | None:
    """The peer, or the reason why only ours is measured."""
    if bench.quick:
        bench.note(f"A quick run measures nothing beside django-{product.name}.")
        return None
    try:
        return Peer(bench, place, product)
    except Absent as why:
        bench.note(f"Ours alone, nothing beside django-{product.name}: {why}.")
        return None


def installed(venv: Path, packages: tuple[str, ...]) -> Path:
    """Its Python; the environment is made the first time, which takes the network."""
    python, stamp = venv / "bin" / "python", venv / "stamp"
    if stamp.exists() and stamp.read_text() == " ".join(packages) and python.exists():
        return python
    print(f"  installing {' and '.join(packages)} to measure beside it…", file=sys.stderr)
    make = [sys.executable, "-m", "venv", "--clear", str(venv)]
    fill = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in (make, [*fill, *packages]):
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST)
        except subprocess.TimeoutExpired:
            raise Absent(f"{packages[0]} could not be installed within {LONGEST} s") from None
        if done.returncode:
            last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
            raise Absent(f"{packages[0]} could not be installed: {' '.join(last)}")
    stamp.write_text(" ".join(packages))
    return python
