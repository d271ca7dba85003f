"""Bulk worlds: contracts made by real actions, copied straight into the tables many times over.

Every copy is a contract of its own: new rows under new numbers, other people of ours, another
client, other moments; its entries name their own rows and are chained by true digests, so that
`verify_journal` holds over the whole.
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

from zabota.cases.models import Case, Holder, Pause, Promise
from zabota.clients.models import Client
from zabota.contracts.models import (
    Change,
    Comment,
    Contract,
    Decision,
    Draft,
    DraftClause,
    SearchText,
    Seat,
    Stage,
    Version,
)
from zabota.contracts.search import client_token, name_tokens
from zabota.journal.chain import canonical_text, link_digest
from zabota.journal.models import Entry, Particular, Stream
from zabota.people.models import Employee, User

OF_CONTRACT = "contract_id = :case"
OF_PROMISE = "promise_id IN (SELECT id FROM cases_promise WHERE case_id = :case)"
OF_STAGE = "stage_id IN (SELECT id FROM contracts_stage WHERE contract_id = :case)"
OF_STREAM = "stream_id = (SELECT stream_id FROM cases_case WHERE id = :case)"
# What belongs to a contract, and how it is found.
TABLES: dict[type[Model], str] = {
    Stream: "id = (SELECT stream_id FROM cases_case WHERE id = :case)",
    Case: "id = :case",
    Promise: "case_id = :case",
    Pause: OF_PROMISE,
    Contract: "case_id = :case",
    Version: OF_CONTRACT,
    SearchText: OF_CONTRACT,
    Change: OF_CONTRACT,
    Comment: OF_CONTRACT,
    Draft: OF_CONTRACT,
    DraftClause: "draft_id IN (SELECT id FROM contracts_draft WHERE contract_id = :case)",
    Stage: OF_CONTRACT,
    Seat: OF_STAGE,
    Decision: OF_STAGE,
    Holder: "case_id = :case",
    Entry: OF_STREAM,
    Particular: f"entry_id IN (SELECT id FROM journal_entry WHERE {OF_STREAM})",
}
BATCH = 250

type Ids = dict[type[Model], dict[Any, int]]
type Values = list[Any]


@dataclass(frozen=True)
class Copy:
    """How a copy differs: its number, its client, who of ours is in whose place, how far back."""

    number: str
    client: Client
    people: Mapping[int, int]
    users: Mapping[int, int]
    back: timedelta


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
    """A contract made by actions, as raw rows by table."""

    case: int
    rows: dict[type[Model], list[Values]] = field(default_factory=dict)


def tables() -> dict[type[Model], Table]:
    """What the models say of their tables."""
    found = {}
    for model in TABLES:
        fields = model._meta.concrete_fields
        refs = tuple(
            (place, column.related_model)
            for place, column in enumerate(fields)
            if column.related_model in (*TABLES, Employee, User, Client)
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


def multiply(
    path: Path, cases: list[int], copies: Iterator[Copy], values: Callable[[str, Client], str]
) -> None:
    """Copies the contracts `cases` in turn, once for each of `copies`, into the database at `path`.

    `values` gives a version's values (JSON) for another client. Nobody else has the file open.
    """
    known = tables()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    originals = [read(connection, known, case) for case in cases]
    fresh = {table.model: count(highest(connection, table) + 1) for table in known.values()}
    waiting: dict[type[Model], list[Values]] = {model: [] for model in TABLES}
    made = 0
    for made, copy in enumerate(copies, 1):
        original = originals[(made - 1) % len(originals)]
        for model, rows in copied(original, copy, known, fresh, values).items():
            waiting[model] += rows
        if made % BATCH == 0:
            write(connection, known, waiting)
    write(connection, known, waiting)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def read(connection: sqlite3.Connection, known: Mapping[type[Model], Table], case: int) -> Original:
    """All rows of a contract as they are stored."""
    original = Original(case)
    for model, where in TABLES.items():
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
    known: Mapping[type[Model], Table],
    fresh: Mapping[type[Model], "count[int]"],
    values: Callable[[str, Client], str],
) -> dict[type[Model], list[Values]]:
    """The rows of one copy, by table."""
    ids: Ids = {
        model: {row[table.own]: next(fresh[model]) for row in original.rows[model]}
        for model, table in known.items()
        if table.own is not None
    }
    # A contract has the number of its case.
    ids[Contract] = ids[Case]
    ids[Employee], ids[User] = dict(copy.people), dict(copy.users)
    made = {
        model: [turned(row, table, ids, copy) for row in original.rows[model]]
        for model, table in known.items()
    }
    tell_case(made[Case][0], known[Case], copy)
    spot = known[Version].column("values")
    for row in made[Version]:
        row[spot] = values(row[spot], copy.client)
    tell_words(made[SearchText], known[SearchText], made[Case][0], known[Case], copy)
    chain(made, known, ids)
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
    words = f"{copy.number} {row[table.column('title')]} {client.name} {client.short_name}"
    row[table.column("search")] = words.casefold().replace("ё", "е")


def tell_words(rows: list[Values], table: Table, case: Values, told: Table, copy: Copy) -> None:
    """What the copy is found by: the same words, its own number and client."""
    client, spot = copy.client, table.column("words")
    names = [copy.number, case[told.column("title")], client.name, client.short_name]
    for row in rows:
        said = {token for token in row[spot].split() if token[0] not in "pc"}
        row[spot] = " ".join(sorted(said | name_tokens(names) | {client_token(client.pk)}))


def chain(
    made: dict[type[Model], list[Values]], known: Mapping[type[Model], Table], ids: Ids
) -> None:
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
            facts={name: fact(name, value, ids) for name, value in told["facts"].items()},
            particulars=told["particulars"],
        )
        row[spots["digest"]] = previous = link_digest(previous, row[spots["canonical"]])
    (stream,) = made[Stream]
    stream[known[Stream].column("digest")] = previous


def fact(name: str, value: Any, ids: Ids) -> Any:
    """A stored fact of the copy: numbers of rows are its own."""
    match name, value:
        case ("contract" | "case", int()):
            return ids[Case].get(value, value)
        case ("stage_id", int()):
            return ids[Stage].get(value, value)
        case ("promise", int()):
            return ids[Promise].get(value, value)
        case ("opened", list()):
            return [ids[Stage].get(stage, stage) for stage in value]
        case (_, {"user": int(user)}):
            return {"user": ids[User].get(user, user)}
    return value


def write(
    connection: sqlite3.Connection,
    known: Mapping[type[Model], Table],
    waiting: dict[type[Model], list[Values]],
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
