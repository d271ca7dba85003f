"""Statements put together once: Django spends 0.2–2 ms on the text of one, the database a tenth of
that on answering it. For what every request or every decision asks and writes (decision 11).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from threading import local
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.models.sql.compiler import SQLCompiler

from zabota.common.rows import maker_of

type Value = int | str | datetime

# Marks stand for the values in the text that is kept; nothing else in a statement is like them.
NUMBER, WORDS = 1_867_530_942, "⟦1867530942-{}⟧"
MOMENT = datetime(1815, 12, 10, 13, 57, 11, 421, tzinfo=UTC)


@dataclass(frozen=True)
class Text:
    """A statement, its parameters, and which of them stand for which value."""

    sql: str
    params: tuple[Any, ...]
    spots: tuple[tuple[int, int], ...]

    def filled(self, values: Sequence[Value], connection: Any) -> tuple[str, tuple[Any, ...]]:
        """As the database takes it."""
        params = list(self.params)
        for spot, number in self.spots:
            params[spot] = _adapted(values[number], connection)
        return self.sql, tuple(params)


class Prepared[Row]:
    """A queryset whose SQL is kept, per thread and connection.

    `make` builds it of numbers, words and moments; it uses each of them as it is. What it selects,
    joins, orders, locks and annotates is Django's own work; only the text, what converts its
    columns and how its rows become instances, dicts or tuples are not worked out again.
    """

    def __init__(self, make: Callable[..., models.QuerySet[Any, Row]]) -> None:
        self.make, self.kept = make, local()

    def __call__(self, *values: Value) -> list[Row]:
        """The rows for these values."""
        connection, kept = connections[DEFAULT_DB_ALIAS], self.kept
        if getattr(kept, "connection", None) is not connection:
            self._keep(connection, values)
        filled = kept.text.filled(values, connection)
        if kept.make is None:
            kept.compiler.as_sql = lambda *_, **__: filled
            return list(kept.rows._iterable_class(kept.rows))
        with connection.cursor() as cursor:
            cursor.execute(*filled)
            return [kept.make(row) for row in cursor.fetchall()]

    def _keep(self, connection: Any, values: Sequence[Value]) -> None:
        marks = _marks(values)
        rows = self.make(*marks)
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.kept.text = _text(compiler, marks)
        self.kept.make = maker_of(rows, compiler)
        if self.kept.make is None:
            rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
            self.kept.rows, self.kept.compiler = rows, compiler
        self.kept.connection = connection


class PreparedUpdate:
    """An update whose SQL is kept: `make` gives the rows and what their columns become."""

    def __init__(self, make: Callable[..., tuple[models.QuerySet[Any], dict[str, Any]]]) -> None:
        self.make, self.kept = make, local()

    def __call__(self, *values: Value) -> int:
        """How many rows were changed."""
        connection = connections[DEFAULT_DB_ALIAS]
        if getattr(self.kept, "connection", None) is not connection:
            marks = _marks(values)
            rows, changes = self.make(*marks)
            query = cast(UpdateQuery, rows.query.chain(UpdateQuery))
            query.add_update_values(changes)
            self.kept.text = _text(query.get_compiler(using=DEFAULT_DB_ALIAS), marks)
            self.kept.connection = connection
        with connection.cursor() as cursor:
            cursor.execute(*self.kept.text.filled(values, connection))
            return int(cursor.rowcount)


class PreparedInsert[Row: models.Model]:
    """A new row of one table, by an insert whose SQL is kept."""

    def __init__(self, model: type[Row]) -> None:
        self.model, self.kept = model, local()
        self.fields = [field for field in model._meta.concrete_fields if not field.primary_key]

    def __call__(self, row: Row) -> Row:
        """The row, with its key."""
        connection = connections[DEFAULT_DB_ALIAS]
        if getattr(self.kept, "connection", None) is not connection:
            compiler = _inserting(InsertQuery(self.model), self.fields, [row])
            compiler.returning_fields = [self.model._meta.pk]
            ((self.kept.sql, _),) = compiler.as_sql()
            self.kept.connection = connection
        with connection.cursor() as cursor:
            cursor.execute(self.kept.sql, _stored(row, self.fields, connection))
            (row.pk,) = cursor.fetchone()
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return row


class PreparedUpsert[Row: models.Model]:
    """Changed columns of rows that are there already, all in one statement: an insert that meets
    them. Its SQL is kept for each number of rows.
    """

    def __init__(self, model: type[Row], columns: Iterable[str]) -> None:
        self.model, self.kept = model, local()
        self.changing = [model._meta.get_field(name) for name in columns]
        self.fields = model._meta.concrete_fields

    def __call__(self, rows: Sequence[Row]) -> None:
        """Writes them."""
        if not rows:
            return
        connection = connections[DEFAULT_DB_ALIAS]
        if getattr(self.kept, "connection", None) is not connection:
            self.kept.texts, self.kept.connection = {}, connection
        if len(rows) not in self.kept.texts:
            self.kept.texts[len(rows)] = self._text(rows)
        sql, by_column = self.kept.texts[len(rows)]
        values = [_stored(row, self.fields, connection) for row in rows]
        params = map(list, zip(*values, strict=True)) if by_column else chain.from_iterable(values)
        with connection.cursor() as cursor:
            cursor.execute(sql, tuple(params))

    def _text(self, rows: Sequence[Row]) -> tuple[str, bool]:
        """The SQL, and whether it takes a list per column, as PostgreSQL does for several rows."""
        query = InsertQuery(
            self.model,
            on_conflict=OnConflict.UPDATE,
            update_fields=self.changing,
            unique_fields=[self.model._meta.pk],
        )
        ((sql, params),) = _inserting(query, self.fields, rows).as_sql()
        return sql, len(params) < len(rows) * len(self.fields)


def _inserting(query: InsertQuery, fields: Iterable[Any], rows: Sequence[models.Model]) -> Any:
    query.insert_values(fields, list(rows))
    return query.get_compiler(using=DEFAULT_DB_ALIAS)


def _stored(row: models.Model, fields: Iterable[Any], connection: Any) -> list[Any]:
    """What the columns of a row become, as the database takes it."""
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]


def _marks(values: Sequence[Value]) -> list[Value]:
    return [_mark(value, number) for number, value in enumerate(values)]


def _mark(value: Value, number: int) -> Value:
    match value:
        case int():
            return NUMBER + 1000 * number
        case str():
            return WORDS.format(number)
        case datetime():
            return MOMENT + timedelta(days=number)


def _adapted(value: Value, connection: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _text(compiler: SQLCompiler, marks: Sequence[Value]) -> Text:
    """Finds where the values stand; each must stand somewhere as it is."""
    sql, params = compiler.as_sql()
    meant = {_adapted(mark, compiler.connection): number for number, mark in enumerate(marks)}
    spots = tuple(
        (spot, meant[param])
        for spot, param in enumerate(params)
        if isinstance(param, int | str | datetime) and param in meant
    )
    if len({number for _, number in spots}) < len(marks):
        raise TypeError("a prepared statement does not use each of its values as it is")
    return Text(sql, tuple(params), spots)
