"""What the rows of a prepared statement become, worked out once: Django works it out anew for each
statement, and asks of each instance who listens to it and how its class builds itself.

The instances are what Django's own would be: class, attributes, state, what they lead to. Nobody
listens here; where a class builds itself otherwise, its rows are left to Django.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from inspect import getattr_static
from typing import Any

from django.db.models.base import Model, ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
)
from django.db.models.query_utils import DeferredAttribute
from django.utils.dateparse import parse_datetime

type Row = Sequence[Any]
# What turns a value of the database into one of Python, by the place of its column.
type Reading = Mapping[int, Callable[[Any], Any]]
type Make = Callable[[Row], Any]

PLAIN = (DeferredAttribute, ForeignKeyDeferredAttribute)


def maker_of(rows: Any, compiler: Any) -> Make | None:
    """What makes of a row what the queryset yields, by its compiler that has put its text together;
    None where that is left to Django.
    """
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    if compiler.has_composite_fields(columns):
        return None
    reading = _reading(compiler, columns)
    shape = rows._iterable_class
    if shape is ModelIterable:
        return _maker_of_instances(rows, compiler, reading)
    read = partial(_read, 0, compiler.col_count, tuple(reading.items()))
    if shape is FlatValuesListIterable:
        return lambda row: read(row)[0]
    if shape is ValuesListIterable:
        return lambda row: tuple(read(row))
    if shape is ValuesIterable:
        names = _names(rows.query)
        return lambda row: dict(zip(names, read(row), strict=True))
    return None


def _names(query: Any) -> list[str]:
    told = [*query.extra_select, *query.values_select, *query.annotation_select]
    return list(query.selected or told)


def _reading(compiler: Any, columns: Sequence[Any]) -> Reading:
    connection = compiler.connection
    moment = getattr(connection.ops, "convert_datetimefield_value", None)

    def chosen(chain: list[Any], column: Any) -> Callable[[Any], Any]:
        if chain == [moment] and connection.timezone is UTC:
            return _moment
        return partial(_by_all, chain, column, connection)

    found = compiler.get_converters(columns).items()
    return {place: chosen(chain, column) for place, (chain, column) in found}


def _moment(value: Any) -> datetime | None:
    """SQLite keeps moments without a zone; they are in UTC."""
    if value is None:
        return None
    moment = value if isinstance(value, datetime) else parse_datetime(value)
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _by_all(chain: Sequence[Any], column: Any, connection: Any, value: Any) -> Any:
    for convert in chain:
        value = convert(value, column, connection)
    return value


def _read(
    first: int, end: int, reading: Sequence[tuple[int, Callable[[Any], Any]]], row: Row
) -> list[Any]:
    values = list(row[first:end])
    for place, read in reading:
        values[place] = read(values[place])
    return values


@dataclass(frozen=True)
class _Lead:
    """What an instance leads to, and how the two come to know of each other."""

    part: "_Part"
    there: Callable[[Any, Any], None]
    back: Callable[[Any, Any], None]


@dataclass(frozen=True)
class _Part:
    """The columns of a row that are one instance."""

    model: type[Model]
    names: tuple[str, ...]
    read: Callable[[Row], list[Any]]
    # The column that is NULL where there is no instance.
    key: int
    leads: tuple[_Lead, ...]
    state: Mapping[str, Any]

    def made(self, row: Row) -> Model | None:
        """The instance, with all it leads to."""
        if row[self.key] is None:
            return None
        new = self.model.__new__(self.model)
        state = ModelState()
        state.__dict__.update(self.state)
        held = new.__dict__
        held["_state"] = state
        held.update(zip(self.names, self.read(row), strict=True))
        for lead in self.leads:
            found = lead.part.made(row)
            lead.there(new, found)
            if found is not None:
                lead.back(found, new)
        return new


def _maker_of_instances(rows: Any, compiler: Any, reading: Reading) -> Make | None:
    if rows._known_related_objects or rows._fetch_mode.track_peers:
        return None
    info = compiler.klass_info
    if not all(_plain(one) for one in _all_of(info)):
        return None
    state = {"db": rows.db, "adding": False, "fetch_mode": rows._fetch_mode}
    part = _part(info, compiler, reading, state)
    more = [
        (name, place, reading.get(place)) for name, place in compiler.annotation_col_map.items()
    ]
    if not more:
        return part.made

    def make(row: Row) -> Any:
        made = part.made(row)
        for name, place, read in more:
            setattr(made, name, row[place] if read is None else read(row[place]))
        return made

    return make


def _all_of(info: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield info
    for inner in info.get("related_klass_infos", ()):
        yield from _all_of(inner)


def _plain(info: dict[str, Any]) -> bool:
    """Whether nobody would notice that the class did not build it itself."""
    model = info["model"]
    return not (
        info.get("from_parent")
        or model.__init__ is not Model.__init__
        or model.from_db.__func__ is not Model.from_db.__func__  # type: ignore[attr-defined]
        or any(
            type(getattr_static(model, field.attname)) not in PLAIN
            for field in model._meta.concrete_fields
        )
    )


def _part(info: dict[str, Any], compiler: Any, reading: Reading, state: Mapping[str, Any]) -> _Part:
    model, places = info["model"], info["select_fields"]
    first, end = places[0], places[-1] + 1
    names = tuple(column.target.attname for column, *_ in compiler.select[first:end])
    inner = tuple((place - first, read) for place, read in reading.items() if first <= place < end)
    return _Part(
        model,
        names,
        partial(_read, first, end, inner),
        first + names.index(model._meta.pk_fields[0].attname),
        tuple(
            _Lead(_part(one, compiler, reading, state), one["local_setter"], one["remote_setter"])
            for one in info.get("related_klass_infos", ())
        ),
        state,
    )
