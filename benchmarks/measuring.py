"""How things are timed: by the harness the peers were measured with, two things in turns."""

import contextlib
import io
import os
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from importlib import util
from pathlib import Path
from typing import Any, Literal, NamedTuple

from django.db import connection

from zabota.common.memory import settle

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


class Took(NamedTuple):
    """Median wall time of a call in milliseconds, and how many statements it sent."""

    ms: float
    sql: int | None


type Run = Callable[[], Took]


@dataclass(frozen=True)
class Row:
    """One line of the table. `ratio` is what the aim speaks of: how many times faster than what
    stands beside it (`faster`), or how many times as long as it (`longer`)."""

    group: str
    name: str
    ms: float | None
    sql: int | None
    beside: str = ""
    beside_ms: float | None = None
    beside_sql: int | None = None
    sense: Literal["faster", "longer", "count", ""] = ""
    aim: float | None = None

    @property
    def ratio(self) -> float | None:
        if self.sense == "count":
            return float(self.sql or 0)
        if not self.ms or not self.beside_ms:
            return None
        return self.beside_ms / self.ms if self.sense == "faster" else self.ms / self.beside_ms

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; None where nothing is aimed at, or nothing was measured."""
        if self.aim is None or self.ratio is None:
            return None
        return self.ratio >= self.aim if self.sense == "faster" else self.ratio <= self.aim

    def as_json(self) -> dict[str, Any]:
        """The line for programs."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


@dataclass
class Bench:
    """One run: its lines, what is to be said beside them, and how many calls each median is of."""

    quick: bool
    calls: int = 20
    rounds: int = 3
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, words: str) -> None:
        """Said under the table, and at once to whoever waits."""
        self.notes.append(words)
        print(f"  {words}", file=sys.stderr, flush=True)

    def timed(self, call: Callable[[], object], *, django: bool = True) -> Run:
        """A call made ready for being measured."""

        def run() -> Took:
            with contextlib.redirect_stdout(io.StringIO()):
                ms, sql = HARNESS.measure("", call, n=self.calls, warm=3, django=django)
            return Took(ms, sql)

        return run

    def beside(self, *runs: Run) -> list[Took]:
        """Measures several things in turns, so that a noisy minute falls on all of them."""
        # As the product's own web process is settled; so are the peers'.
        settle()
        taken: list[list[Took]] = [[] for _ in runs]
        for _ in range(self.rounds):
            for found, run in zip(taken, runs, strict=True):
                found.append(run())
        return [
            Took(statistics.median(took.ms for took in found), found[-1].sql) for found in taken
        ]


def peers_folder() -> Path | None:
    """The peers' harness: $ZABOTA_PEERS, else beside the checkout; None where there is none."""
    told = os.environ.get("ZABOTA_PEERS")
    folder = Path(told) if told else ROOT.parent / "shared" / "peers"
    return folder.resolve() if (folder / "common.py").exists() else None


def load_harness(folder: Path) -> Any:
    """`measure` of the peers' harness, or of our copy of its method."""
    spec = util.spec_from_file_location("peers_common", folder / "common.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HARNESS = load_harness(peers_folder() or Path(__file__).parent / "harness")


@contextlib.contextmanager
def statements() -> Iterator[list[str]]:
    """The statements sent meanwhile that read or write rows, by their first word and table."""
    found: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().split(None, 1)[0].upper() in KINDS:
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found
