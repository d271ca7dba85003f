"""Questions a page asks whenever it is opened: their SQL is put together once (decision 11).

`Prepared` does so for one row of one number; here a question has several places, a list among them,
and answers with whatever its queryset yields: dicts, tuples or instances.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import local
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

# Marks stand for values in the text that is kept; no row has them.
NUMBER_MARKS = -8_675_309_500
MOMENT_MARKS = datetime(1815, 6, 18, 11, 35, 7, 901, tzinfo=UTC)


@dataclass(frozen=True)
class Number:
    """A place for one whole number."""


@dataclass(frozen=True)
class Moment:
    """A place for one aware moment."""


@dataclass(frozen=True)
class Numbers:
    """A place for a list of no more than `most` whole numbers, as in `pk__in`."""

    most: int


type Place = Number | Moment | Numbers


class Question[Row]:
    """A queryset with places for values, whose SQL is kept per thread and connection.

    `make` builds it from the values, by name; it must use each of them and may look at none. What
    is selected, joined and ordered is Django's own work, and so are the rows; only the text is not
    made again. An empty list has no rows, and nothing is asked; a list longer than its place is
    asked for in the ordinary way.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], **places: Place) -> None:
        self.make = make
        self.places = places
        self.kept = local()

    def __call__(self, **values: Any) -> list[Row]:
        """The rows for these values."""
        for name, place in self.places.items():
            if isinstance(place, Numbers):
                values[name] = list(dict.fromkeys(values[name]))
                if not values[name]:
                    return []
                if len(values[name]) > place.most:
                    return list(self.make(**values))
        connection = connections[DEFAULT_DB_ALIAS]
        if getattr(self.kept, "connection", None) is not connection:
            self._keep(connection)
        sql, params = self.kept.text
        asked = list(params)
        for spot, name, nth in self.kept.spots:
            asked[spot] = _filling(values[name], nth, connection)
        self.kept.compiler.as_sql = lambda *_, **__: (sql, tuple(asked))
        return list(self.kept.rows._iterable_class(self.kept.rows))

    def _keep(self, connection: Any) -> None:
        numbers, moments = count(NUMBER_MARKS, -1), count()
        marks = {name: _mark(place, numbers, moments) for name, place in self.places.items()}
        rows = self.make(**marks)
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        meant = {
            _filling(mark, nth, connection): (name, nth)
            for name, mark in marks.items()
            for nth in range(len(mark) if isinstance(mark, list) else 1)
        }
        spots = [
            (spot, *meant[param])
            for spot, param in enumerate(params)
            if isinstance(param, int | str | datetime) and param in meant
        ]
        if lost := set(meant.values()) - {(name, nth) for _, name, nth in spots}:
            raise TypeError(f"the question does not use its values as they are: {lost}")
        converters = compiler.get_converters(
            [column for column, *_ in compiler.select[: compiler.col_count]]
        )
        compiler.get_converters = lambda *_: converters
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        self.kept.text, self.kept.spots = (sql, params), spots
        self.kept.rows, self.kept.compiler = rows, compiler
        self.kept.connection = connection


def _mark(place: Place, numbers: Iterator[int], moments: Iterator[int]) -> Any:
    """What stands in a place while the text is put together."""
    match place:
        case Number():
            return next(numbers)
        case Moment():
            return MOMENT_MARKS + timedelta(days=next(moments))
        case Numbers():
            return [next(numbers) for _ in range(place.most)]


def _filling(value: Any, nth: int, connection: Any) -> Any:
    """A value as this database takes it; the rest of a list's place repeats its last number."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, Sequence):
        return value[min(nth, len(value) - 1)]
    return value
