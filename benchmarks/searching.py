"""Search over everything said: the same pages with 1,000 contracts and with 100,000.

Contracts are copied with the words they are found by; their texts are those of the originals, of
which a page of what was found reads twenty at most.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measuring import Bench, Row, Run, Took
from benchmarks.pages import DESK, ROOM, opening, signed_in
from benchmarks.worlds import Base, use
from zabota.contracts.search import client_token, name_tokens, said_tokens

FEW, MANY = 1_000, 100_000
# A word that one contract in so many says.
RARE, EACH = "дирижабль", 20
BATCH = 1_000
QUERIES = (
    ("a word of every text", DESK, "/desk/contracts/?q=неустоек"),
    ("two words of every text", DESK, "/desk/contracts/?q=неустойка поставка"),
    (f"a word of one in {EACH}", DESK, f"/desk/contracts/?q={RARE}"),
    ("both", DESK, f"/desk/contracts/?q=неустойка {RARE}"),
    ("half a word", DESK, "/desk/contracts/?q=поставщ"),
    ("one number", DESK, "/desk/contracts/?q=Б-2026-000500"),
    ("in no contract", DESK, "/desk/contracts/?q=цеппелин"),
    ("a client's own", ROOM, "/room/contracts/?q=неустоек"),
)


def measure(bench: Bench, base: Base, home: Path) -> None:
    """Lines of the table: each search in both worlds, in turns."""
    sizes = (20, 150) if bench.quick else (FEW, MANY)
    few, many = (build(base, home / f"search-{size}.sqlite3", size) for size in sizes)
    for name, who, path in QUERIES:
        runs = [_in_world(bench, world, who, path) for world in (many, few)]
        took, small = bench.beside(*runs)
        bench.rows.append(
            Row(
                "search", f"{name}, {sizes[1]:,} contracts", *took,
                f"{sizes[0]:,} contracts", *small, sense="longer", aim=1.5,
            )
        )  # fmt: skip


def build(base: Base, path: Path, contracts: int) -> Path:
    """The firm with so many contracts that can be found."""
    shutil.copyfile(base.path, path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    # A hundred thousand at once: larger pieces of the index are merged less often.
    with connection:
        connection.execute(
            "INSERT INTO contracts_searchfound(contracts_searchfound, rank) "
            "VALUES ('hashsize', 200000000)"
        )
    rows = _copies(connection, base, contracts - len(base.cases))
    while some := [copy for _, copy in zip(range(BATCH), rows, strict=False)]:
        with connection:
            for table in some[0]:
                values = [copy[table] for copy in some]
                names = ", ".join(f'"{name}"' for name in values[0])
                places = ", ".join("?" * len(values[0]))
                statement = f"INSERT INTO {table} ({names}) VALUES ({places})"
                connection.executemany(statement, [list(row.values()) for row in values])
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


type Rows = dict[str, dict[str, Any]]


def _copies(connection: sqlite3.Connection, base: Base, number: int) -> Iterator[Rows]:
    connection.row_factory = sqlite3.Row
    originals = [_original(connection, case) for case in base.cases]
    said = [_said(rows) for rows in originals]
    first = 1 + max(
        connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
        for table in ("cases_case", "journal_stream")
    )
    for index in range(number):
        rows = originals[index % len(originals)]
        key, client = first + index, base.clients[index % len(base.clients)]
        told = f"Б-2026-{index:06d}"
        names = [told, client.name, client.short_name, rows["cases_case"]["title"]]
        tokens = said[index % len(said)] | name_tokens(names) | {client_token(client.pk)}
        if index % EACH == 0:
            tokens |= said_tokens([RARE], "both")
        case = {"id": key, "stream_id": key, "number": told, "client_id": client.pk}
        yield {
            "journal_stream": {**rows["journal_stream"], "id": key},
            "cases_case": {**rows["cases_case"], **case},
            "contracts_contract": {
                **rows["contracts_contract"], "case_id": key, "agreeing_id": None,
                "client_turn_id": None, "sooner_id": None, "answering_id": None,
            },
            "contracts_searchtext": {"contract_id": key, "words": " ".join(sorted(tokens))},
        }  # fmt: skip


def _original(connection: sqlite3.Connection, case: int) -> Rows:
    def one(table: str, where: str) -> dict[str, Any]:
        row = connection.execute(f"SELECT * FROM {table} WHERE {where}", [case]).fetchone()
        return dict(row)

    return {
        "journal_stream": one(
            "journal_stream", "id = (SELECT stream_id FROM cases_case WHERE id = ?)"
        ),
        "cases_case": one("cases_case", "id = ?"),
        "contracts_contract": one("contracts_contract", "case_id = ?"),
        "contracts_searchtext": one("contracts_searchtext", "contract_id = ?"),
    }


def _said(rows: Rows) -> set[str]:
    """What the copies say too: everything but the original's number and client."""
    words = rows["contracts_searchtext"]["words"].split()
    return {token for token in words if token[0] not in "pc"}


def _in_world(bench: Bench, world: Path, who: str, path: str) -> Run:
    use(world)
    browser = signed_in(who)

    def run() -> Took:
        use(world)
        return bench.timed(opening(browser, path))()

    return run
