"""Bulk worlds: cases made by real actions, copied straight into the tables many times over.

Every copy is a case of its own: new rows under new numbers, other people of ours, another client,
other moments; its entries name their own rows and are chained by true digests, so that
`verify_journal` holds over the whole. What a contract or a request consists of is told in
`benchmarks/things.py`.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from django.db.models import Model

from zabota.cases.models import Case
from zabota.clients.models import Client, Contact
from zabota.journal.chain import canonical_text, link_digest
from zabota.journal.models import Entry, Stream
from zabota.people.models import Employee, User

# Rows written in one transaction, counted in cases.
BATCH = 1_000

type Ids = dict[type[Model], dict[Any, int]]
type Values = list[Any]
type Rows = dict[type[Model], list[Values]]
type Known = Mapping[type[Model], Table]


@dataclass(frozen=True)
class Copy:
    """How a copy differs: its number, its client, who of ours is in whose place, how far back."""

    number: str
    client: Client
    people: Mapping[int, int]
    users: Mapping[int, int]
    back: timedelta
    contacts: Mapping[int, int] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True)
class Thing:
    """A kind of case: its tables and how their rows are found, which facts of its entries name
    which rows, what else a copy says of itself, a statement to begin with.
    """

    tables: Mapping[type[Model], str]
    facts: Mapping[str, type[Model]]
    tell: Callable[[Rows, Known, Copy], None]
    first: str = ""


@dataclass(frozen=True)
class Table:
    """Columns of a table, and what has to be done to some of them in a copy."""

    model: type[Model]
    columns: tuple[str, ...]
    own: int | None
    ours: tuple[tuple[int, type[Model]], ...]
    moments: tuple[int, ...]

    def column(self, name: str) -> int:
        return self.columns.index(name)


@dataclass
class Original:
    """A case made by actions, as raw rows by table."""

    case: int
    rows: dict[type[Model], list[Values]] = field(default_factory=dict)


def known_tables(thing: Thing) -> dict[type[Model], Table]:
    """What the models say of their tables."""
    found = {}
    for model in thing.tables:
        fields = model._meta.concrete_fields
        refs = tuple(
            (place, column.related_model)
            for place, column in enumerate(fields)
            if column.related_model in (*thing.tables, Employee, User, Client, Contact)
        )
        own = next(n for n, column in enumerate(fields) if column.primary_key)
        moments = (n for n, f in enumerate(fields) if f.get_internal_type() == "DateTimeField")
        found[model] = Table(
            model,
            tuple(str(column.column) for column in fields),
            None if fields[own].remote_field else own,
            refs,  # type: ignore[arg-type]
            tuple(moments),
        )
    return found


def multiply(path: Path, thing: Thing, cases: list[int], copies: Iterator[Copy]) -> None:
    """Copies `cases` in turn, once for each of `copies`, into the database at `path`. Nobody else
    has the file open.
    """
    known = known_tables(thing)
    connection = sqlite3.connect(path)
    # A world that breaks off is thrown away: nothing waits for the disk.
    connection.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;")
    with connection:
        connection.execute(thing.first or "SELECT 1")
    originals = [read(connection, thing, known, case) for case in cases]
    fresh = {table.model: count(highest(connection, table) + 1) for table in known.values()}
    waiting: Rows = {model: [] for model in known}
    for made, copy in enumerate(copies, 1):
        original = originals[(made - 1) % len(originals)]
        for model, rows in copied(original, copy, thing, known, fresh).items():
            waiting[model] += rows
        if made % BATCH == 0:
            write(connection, known, waiting)
    write(connection, known, waiting)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def read(connection: sqlite3.Connection, thing: Thing, known: Known, case: int) -> Original:
    """All rows of a case as they are stored."""
    original = Original(case)
    for model, where in thing.tables.items():
        table = known[model]
        names = ", ".join(f'"{name}"' for name in table.columns)
        order = "id" if table.own is not None else table.columns[0]
        cursor = connection.execute(
            f"SELECT {names} FROM {model._meta.db_table} WHERE {where} ORDER BY {order}",
            {"case": case},
        )
        original.rows[model] = [list(row) for row in cursor]
    return original


def highest(connection: sqlite3.Connection, table: Table) -> int:
    """The last number taken in a table."""
    name = table.columns[0 if table.own is None else table.own]
    found = connection.execute(f"SELECT max({name}) FROM {table.model._meta.db_table}").fetchone()
    return int(found[0] or 0)


def copied(
    original: Original,
    copy: Copy,
    thing: Thing,
    known: Known,
    fresh: Mapping[type[Model], "count[int]"],
) -> Rows:
    """The rows of one copy, by table."""
    ids: Ids = {
        model: {row[table.own]: next(fresh[model]) for row in original.rows[model]}
        for model, table in known.items()
        if table.own is not None
    }
    for model, table in known.items():
        # A contract, and a request, has the number of its case.
        if table.own is None:
            ids[model] = ids[Case]
    ids[Employee], ids[User], ids[Contact] = (
        dict(copy.people),
        dict(copy.users),
        dict(copy.contacts),
    )
    made = {
        model: [turned(row, table, ids, copy) for row in original.rows[model]]
        for model, table in known.items()
    }
    tell_case(made[Case][0], known[Case], copy)
    thing.tell(made, known, copy)
    chain(made, thing, known, ids)
    return made


def turned(row: Values, table: Table, ids: Ids, copy: Copy) -> Values:
    """One row with its own number, its neighbours' numbers, its moments moved."""
    new = list(row)
    if table.own is not None:
        new[table.own] = ids[table.model][row[table.own]]
    for place, model in table.ours:
        if row[place] is not None:
            new[place] = (
                copy.client.pk if model is Client else ids[model].get(row[place], row[place])
            )
    for place in table.moments:
        if row[place] is not None:
            new[place] = moved(row[place], copy.back)
    return new


@cache
def moved(moment: str, back: timedelta) -> str:
    """A stored moment, so much earlier."""
    return (datetime.fromisoformat(moment) - back).isoformat(" ")


def tell_case(row: Values, table: Table, copy: Copy) -> None:
    """The number of the copy, and the words it is found by."""
    client = copy.client
    row[table.column("number")] = copy.number
    row[table.column("title")] = copy.title or row[table.column("title")]
    words = f"{copy.number} {row[table.column('title')]} {client.name} {client.short_name}"
    row[table.column("search")] = words.casefold().replace("ё", "е")


def chain(made: Rows, thing: Thing, known: Known, ids: Ids) -> None:
    """Entries told anew of their own rows, each tied to the one before; the stream has the last."""
    table, previous = known[Entry], ""
    spots = {name: table.column(name) for name in table.columns}
    for row in made[Entry]:
        told = json.loads(row[spots["canonical"]])
        row[spots["canonical"]] = canonical_text(
            stream=row[spots["stream_id"]],
            seq=row[spots["seq"]],
            kind=row[spots["kind"]],
            at=datetime.fromisoformat(row[spots["at"]]).replace(tzinfo=UTC),
            actor=row[spots["actor_id"]],
            acted_for=row[spots["acted_for_id"]],
            audience=row[spots["audience"]],
            facts={name: fact(thing, name, value, ids) for name, value in told["facts"].items()},
            particulars=told["particulars"],
        )
        row[spots["digest"]] = previous = link_digest(previous, row[spots["canonical"]])
    (stream,) = made[Stream]
    stream[known[Stream].column("digest")] = previous


def fact(thing: Thing, name: str, value: Any, ids: Ids) -> Any:
    """A stored fact of the copy: numbers of rows are its own."""
    match value:
        case {"user": int(user)}:
            return {"user": ids[User].get(user, user)}
        case list() if name in thing.facts:
            return [ids[thing.facts[name]].get(one, one) for one in value]
        case int() if name in thing.facts:
            return ids[thing.facts[name]].get(value, value)
    return value


def write(
    connection: sqlite3.Connection,
    known: Known,
    waiting: Rows,
) -> None:
    """All waiting rows in one transaction; SQLite checks what points where at its end."""
    with connection:
        for model, rows in waiting.items():
            table = known[model]
            names = ", ".join(f'"{name}"' for name in table.columns)
            places = ", ".join("?" * len(table.columns))
            statement = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})"
            connection.executemany(statement, rows)
            rows.clear()
