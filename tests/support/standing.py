"""Which file the transaction of a test stands on: the empty database, or a copy of a firm's.

Laying the sample firm into each test's transaction cost more than most tests. Instead the file with
the firm stays open beside the empty one, and a test's transaction is begun in it: what the test
does is rolled back in either.
"""

import sqlite3
from pathlib import Path
from typing import Any

from django.db import connection

_opened: dict[Path, sqlite3.Connection] = {}
# What the test stood on first, while it stands on another.
_left: list[Any] = []
# The file it stands on, and how many rows its connection had changed by then.
_place: tuple[Path, int] | None = None


def stand_on(path: Path) -> None:
    """What has been written so far in this test's transaction is forgotten; it goes on in this
    file, where it is rolled back at the end.
    """
    global _place
    assert connection.in_atomic_block, "only inside the transaction of a test"
    raw, before = opened(path), connection.connection
    before.rollback()
    if not _left:
        _left.append(before)
    connection.connection = raw
    raw.execute("BEGIN IMMEDIATE")
    for savepoint in connection.savepoint_ids:
        # The outermost of atomic blocks is the transaction itself.
        if savepoint is not None:
            raw.execute(f"SAVEPOINT {connection.ops.quote_name(savepoint)}")
    _place = (path, raw.total_changes)


def untouched() -> Path | None:
    """The file this test stands on, if it has written nothing there yet."""
    if _place is None or connection.connection is not _opened.get(_place[0]):
        return None
    path, before = _place
    return path if connection.connection.total_changes == before else None


def leave() -> None:
    """From here on it is not known what this test stands on: the code it runs is not as it was."""
    global _place
    _place = None


def opened(path: Path) -> sqlite3.Connection:
    """The connection to this file; one serves all tests of this process."""
    if path not in _opened:
        params = {**connection.get_connection_params(), "database": str(path)}
        _opened[path] = connection.get_new_connection(params)
        # As Django has it: it begins transactions itself.
        _opened[path].isolation_level = None
    return _opened[path]


def step_back() -> None:
    """After a test: the connection is again the one to the empty database."""
    global _place
    _place = None
    if _left:
        connection.connection = _left.pop()


def close_all() -> None:
    """At the end of a run."""
    while _opened:
        _opened.popitem()[1].close()
