"""Fresh databases on SQLite and on PostgreSQL, and code run against them in processes of its own.

The journal's triggers refuse to be emptied, so a database is used once: it is a copy of a migrated
template.
"""

import fcntl
import os
import pickle
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from tests.support.checksum import CACHE, ROOT, checksum

# One process loads everything once and forks for every call: 20 ms each instead of two seconds.
# The forking process reads its search path from here only (Python 3.12).
os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "src")])
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.support.ready"])
LONGEST = 900.0

type Call = tuple[Callable[..., Any], tuple[Any, ...]]


@dataclass(frozen=True)
class Outcome:
    """What became of one call: its value, or the error it ended with."""

    value: Any = None
    error: BaseException | None = None


@dataclass(frozen=True)
class FreshDatabase:
    """A database of one test.

    Functions given to it stand at the top of a module; what they take and return can be pickled.
    """

    vendor: str
    url: str
    home: Path

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Runs the function in a process of its own; returns and raises what it does."""
        (outcome,) = self.race([(function, arguments)])
        if outcome.error is not None:
            raise outcome.error
        return outcome.value

    def race(self, calls: Sequence[Call]) -> list[Outcome]:
        """Runs all calls at once, each in its own process, released at the same moment."""
        barrier = PROCESSES.Barrier(len(calls))
        runs = [self.start(function, arguments, barrier) for function, arguments in calls]
        return [finish(process, pipe) for process, pipe in runs]

    def start(
        self, function: Callable[..., Any], arguments: Sequence[Any], barrier: Barrier | None = None
    ) -> tuple[ForkServerProcess, Connection]:
        """Begins a call and leaves it running: for tests that kill it half-way."""
        ours, theirs = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(
            target=run, args=(self.url, str(self.home), function, tuple(arguments), theirs, barrier)
        )
        process.start()
        theirs.close()
        return process, ours


def finish(process: ForkServerProcess, pipe: Connection) -> Outcome:
    """Waits for one call; one that died without an answer is an error, too."""
    try:
        if not wait([pipe], LONGEST):
            process.kill()
            return Outcome(error=TimeoutError(f"no answer within {LONGEST:.0f} s"))
        outcome: Outcome = pipe.recv()
    except EOFError:
        process.join()
        return Outcome(error=RuntimeError(f"the process ended with {process.exitcode}"))
    process.join()
    return outcome


def run(
    url: str,
    home: str,
    function: Callable[..., Any],
    arguments: Sequence[Any],
    pipe: Connection,
    barrier: Barrier | None,
) -> None:
    """In the forked process: turns Django to this database, waits for the others, runs, answers."""
    # Loaded by the forking process already; the one that runs pytest must not load it.
    import_module("tests.support.ready").use(url, home)
    if barrier is not None:
        barrier.wait(LONGEST)
    try:
        outcome = Outcome(value=function(*arguments))
    except Exception as error:
        outcome = Outcome(error=error)
    try:
        pipe.send(outcome)
    except Exception as error:
        pipe.send(Outcome(error=RuntimeError(f"{outcome!r} cannot be sent: {error}")))


def migrations() -> str:
    return checksum((ROOT / "src").glob("zabota/*/migrations/*.py"))


def sqlite_template() -> Path:
    """A migrated SQLite file, made once per set of migrations."""
    path = CACHE / f"migrated-{migrations()}.sqlite3"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{uuid.uuid4().hex[:8]}")
        FreshDatabase("sqlite", f"sqlite://{part}", part.parent).call(migrate)
        # Everything into the one file: the journal beside it is not copied.
        connection = sqlite3.connect(part)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        part.replace(path)
    return path


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()


def fresh_sqlite(folder: Path, *, migrated: bool = True) -> FreshDatabase:
    """A new SQLite file."""
    path = folder / f"{uuid.uuid4().hex[:12]}.sqlite3"
    if migrated:
        shutil.copyfile(sqlite_template(), path)
    return FreshDatabase("sqlite", f"sqlite://{path}", folder)


def of_home(home: Path) -> FreshDatabase:
    """The database of a site's home, whether it is being served or not."""
    return FreshDatabase("sqlite", f"sqlite://{home / 'zabota.sqlite3'}", home)


def fresh_postgres(server: str, folder: Path, *, migrated: bool = True) -> FreshDatabase:
    """A new database of the throw-away server."""
    template = postgres_template(server) if migrated else "template0"
    return FreshDatabase("postgresql", create(server, uuid.uuid4().hex[:12], template), folder)


def postgres_template(server: str) -> str:
    """A migrated database to copy from, made once per server by whoever needs it first."""
    name = f"migrated_{migrations()}"

    def make(_folder: Path) -> str:
        FreshDatabase("postgresql", create(server, name, "template0"), CACHE).call(migrate)
        return name

    return once(f"{name}_{server.rpartition(':')[2].replace('/', '_')}", make)


def once[T](name: str, make: Callable[[Path], T]) -> T:
    """What `make` gives for this folder of the run; one worker makes it, the others wait for it."""
    folder = Path(os.environ["ZABOTA_TEST_HOME"]) / name
    kept = folder / "made"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make(folder)))
        made: T = pickle.loads(kept.read_bytes())
    return made


def create(server: str, name: str, template: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    return f"{server.rsplit('/', 1)[0]}/{name}"
