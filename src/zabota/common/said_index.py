"""The index over rows of words, tokens of `common.search`: the one place that asks which database
it is.

Such rows are written alike on both. SQLite keeps an FTS5 index over them by triggers, PostgreSQL a
GIN index over the words as an array; either answers the same question: rows in which one token of
each set stands, by their number, from a place on.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

_LAST = chr(0x10FFFF)
# Letters since Unicode 8 that SQLite takes for marks between words, and refuses to look for.
_PARTED = re.compile("[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]")
# A token that stands in no row: each begins with a letter.
NOWHERE = "0"
_MADE = """CREATE VIRTUAL TABLE {found} USING fts5(
            words, content='{table}', content_rowid='{key}',
            detail='none', columnsize=0, tokenize='unicode61 remove_diacritics 0')"""
_INSERTED = """CREATE TRIGGER {found}_insert AFTER INSERT ON {table} BEGIN
            INSERT INTO {found}(rowid, words) VALUES (new.{key}, new.words);
        END"""
_DELETED = """CREATE TRIGGER {found}_delete AFTER DELETE ON {table} BEGIN
            INSERT INTO {found}({found}, rowid, words)
            VALUES ('delete', old.{key}, old.words);
        END"""
_UPDATED = """CREATE TRIGGER {found}_update AFTER UPDATE {when} BEGIN
            INSERT INTO {found}({found}, rowid, words)
            VALUES ('delete', old.{key}, old.words);
            INSERT INTO {found}(rowid, words) VALUES (new.{key}, new.words);
        END"""
# What was said last is only added: a line of a long talk costs what one of a short talk does.
_ADDED = """CREATE TRIGGER {found}_add AFTER UPDATE OF words ON {table}
        WHEN substr(new.words, 1, length(old.words)) = old.words BEGIN
            INSERT INTO {found}(rowid, words)
            VALUES (new.{key}, substr(new.words, length(old.words) + 1));
        END"""
_OTHERWISE = "OF words ON {table} WHEN substr(new.words, 1, length(old.words)) <> old.words"


# PostgreSQL believes that taking words apart costs nothing, and would do it of every row from the
# newest on where a word is rare: this says that it costs more than looking into the index.
_TOKENS = """CREATE OR REPLACE FUNCTION zabota_tokens(words text) RETURNS text[]
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000
        AS $$BEGIN RETURN string_to_array(words, ' '); END$$"""


@dataclass(frozen=True)
class SaidIndex:
    """An index called `found` over the column `words` of a table, whose rows are numbered by `key`;
    where such a row `grows`, words are mostly added to its end.
    """

    table: str
    key: str
    found: str
    grows: bool = False

    def schema(self, vendor: str) -> tuple[str, ...]:
        """What a migration lays over the table. SQLite forgets triggers when Django makes a table
        anew: a migration that alters it lays them again.
        """
        if vendor == "postgresql":
            words = "gin (zabota_tokens(words))"
            return (_TOKENS, f"CREATE INDEX {self.found} ON {self.table} USING {words}")
        when = _OTHERWISE if self.grows else "ON {table}"
        parts = (_MADE, _INSERTED, _DELETED, _UPDATED.replace("{when}", when))
        names = {"table": self.table, "key": self.key, "found": self.found}
        return tuple(one.format(**names) for one in (*parts, *((_ADDED,) if self.grows else ())))

    def numbers(
        self, sets: Sequence[Sequence[str]], *, beyond: int | None, falling: bool, limit: int
    ) -> list[int]:
        """Rows in which one token of each set stands, by number, from beyond a place."""
        if not sets:
            return []
        key, order = ("<", "DESC") if falling else (">", "ASC")
        where, values = self._standing(len(sets)), [*map(one_of, sets)]
        place: list[Any] = [] if beyond is None else [beyond]
        if place:
            where = f"{where} AND {self.column} {key} %s"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {self.column} FROM {self._rows} WHERE {where}"  # noqa: S608 - our own table
                f" ORDER BY {self.column} {order} LIMIT %s",
                [*values, *place, limit],
            )
            return [row[0] for row in cursor.fetchall()]

    def among[Row](
        self, rows: QuerySet[Any, Row], sets: Iterable[str], *, falling: bool, words: str
    ) -> QuerySet[Any, Row]:
        """Of rows that have the same numbers those in which each stands, `one_of` a set, by number;
        their `words` are told, too. The index gives one after another: a page costs the same,
        however many there are.
        """
        said, model = list(sets), rows.model
        assert issubclass(model, Model)
        own = f"{model._meta.db_table}.{model._meta.pk.column}"
        told = {words: RawSQL(f"{self._rows}.words", ())}  # noqa: S611 - our own table
        found: QuerySet[Any, Row] = rows.annotate(**told).extra(  # noqa: S610 - our own tables
            tables=[self._rows],
            where=[f"{self.column} = {own}", self._standing(len(said))],
            params=said,
            order_by=[f"{'-' if falling else ''}{self.column}"],
        )
        return found

    @property
    def column(self) -> str:
        """The number of a row, as the index tells it."""
        return f"{self._rows}.{'rowid' if connection.vendor == 'sqlite' else self.key}"

    @property
    def _rows(self) -> str:
        return self.found if connection.vendor == "sqlite" else self.table

    def _standing(self, sets: int) -> str:
        if connection.vendor == "sqlite":
            return f"{self.found} MATCH " + " || ' AND ' || ".join(["%s"] * sets)
        each = f"zabota_tokens({self.table}.words) && string_to_array(%s, ' ')"
        return " AND ".join([each] * sets)


def one_of(tokens: Iterable[str]) -> str:
    """A set of tokens of which one has to stand, as the database takes it. They are letters and
    digits only: quoted, none of them is an operator.
    """
    if connection.vendor == "sqlite":
        whole = [NOWHERE if _PARTED.search(token) else token for token in tokens]
        return "(" + " OR ".join(f'"{token}"' for token in whole) + ")"
    return " ".join(tokens)


def begun_so[R: QuerySet[Any]](rows: R, column: str, beginning: str) -> R:
    """Rows whose text begins so, by its index."""
    if connection.vendor == "sqlite":
        # SQLite's LIKE reads every row; in its order of bytes a beginning is a range.
        return rows.filter(**{f"{column}__gte": beginning, f"{column}__lt": beginning + _LAST})
    return rows.filter(**{f"{column}__startswith": beginning})
