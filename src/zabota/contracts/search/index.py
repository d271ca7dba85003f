"""The index of what is said in contracts: the one place that asks which database it is.

Rows of `SearchText` are written alike on both. SQLite keeps an FTS5 index over them by triggers,
PostgreSQL a GIN index over the words as an array; either answers the same question: contracts in
which one token of each set stands, the newest first, from a place on.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from zabota.contracts.models import SearchText, SearchWord

TABLE = SearchText._meta.db_table
FOUND = "contracts_searchfound"
# A beginning of a word is looked for in this many words that begin so.
MOST_WORDS = 40
_LAST = chr(0x10FFFF)

# SQLite forgets triggers when Django makes a table anew: a migration that alters SearchText lays
# them again by `schema_of`.
_SCHEMA = {
    "sqlite": (
        """CREATE VIRTUAL TABLE contracts_searchfound USING fts5(
            words, content='contracts_searchtext', content_rowid='contract_id',
            detail='none', columnsize=0, tokenize='unicode61 remove_diacritics 0')""",
        """CREATE TRIGGER contracts_searchfound_insert AFTER INSERT ON contracts_searchtext BEGIN
            INSERT INTO contracts_searchfound(rowid, words) VALUES (new.contract_id, new.words);
        END""",
        """CREATE TRIGGER contracts_searchfound_delete AFTER DELETE ON contracts_searchtext BEGIN
            INSERT INTO contracts_searchfound(contracts_searchfound, rowid, words)
            VALUES ('delete', old.contract_id, old.words);
        END""",
        """CREATE TRIGGER contracts_searchfound_update AFTER UPDATE ON contracts_searchtext BEGIN
            INSERT INTO contracts_searchfound(contracts_searchfound, rowid, words)
            VALUES ('delete', old.contract_id, old.words);
            INSERT INTO contracts_searchfound(rowid, words) VALUES (new.contract_id, new.words);
        END""",
    ),
    "postgresql": (f"CREATE INDEX {FOUND} ON {TABLE} USING gin (string_to_array(words, ' '))",),
}


def schema_of(vendor: str) -> tuple[str, ...]:
    """What a migration lays over the table of words."""
    return _SCHEMA[vendor]


def find_contracts(
    sets: Sequence[Sequence[str]], *, beyond: int | None, falling: bool, limit: int
) -> list[int]:
    """Contracts in which one token of each set stands, by number, from beyond a place."""
    if not sets:
        return []
    key, order = ("<", "DESC") if falling else (">", "ASC")
    column = "rowid" if connection.vendor == "sqlite" else "contract_id"
    where, values = _condition(sets)
    if beyond is not None:
        where, values = f"{where} AND {column} {key} %s", [*values, beyond]
    table = FOUND if connection.vendor == "sqlite" else TABLE
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {table} WHERE {where} ORDER BY {column} {order} LIMIT %s",  # noqa: S608 - our own table
            [*values, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def _condition(sets: Sequence[Sequence[str]]) -> tuple[str, list[Any]]:
    if connection.vendor == "sqlite":
        # Tokens are letters and digits only: quoted, none of them is an operator.
        said = " AND ".join(
            "(" + " OR ".join(f'"{token}"' for token in tokens) + ")" for tokens in sets
        )
        return f"{FOUND} MATCH %s", [said]
    each = "string_to_array(words, ' ') && %s::text[]"
    return " AND ".join([each] * len(sets)), [list(tokens) for tokens in sets]


def known_lemmas(beginning: str) -> frozenset[str]:
    """Lemmas that stand in some text and begin so; half a word finds what it may become."""
    rows = SearchWord.objects.order_by("word")
    if connection.vendor == "sqlite":
        # SQLite's LIKE reads every row; in its order of bytes a beginning is a range.
        rows = rows.filter(word__gte=beginning, word__lt=beginning + _LAST)
    else:
        rows = rows.filter(word__startswith=beginning)
    return frozenset(rows.values_list("word", flat=True)[:MOST_WORDS])
