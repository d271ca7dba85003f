"""Purchases from a text: columns client, date and amount under a heading, in any order, parted by
commas, semicolons or tabs; Russian headings are known too. All that is wrong is told by line.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from zabota.clients.tables.read import charset_of, delimiter_of
from zabota.clients.tables.rows import guess_columns, read_day, read_money

NEEDED: Final[tuple[str, ...]] = ("client", "date", "amount")
_KNOWN_AS: Final = {"client": "client", "day": "date", "sum": "amount"}
_PLAIN = re.compile(r"\d+(\.\d+)?")
LONGEST: Final = 60


@dataclass(frozen=True)
class RowFault:
    """What is wrong: in which line, in which column, the code (no_table, no_column, cells,
    required, date, amount, negative) and what stands there.
    """

    line: int
    column: str
    code: str
    value: str = ""


@dataclass
class Rows:
    """The columns as they stand, and what is wrong. Rows with a fault are left out."""

    clients: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    sums: list[float] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.clients)


def read_rows(data: bytes) -> Rows:
    """Every row, or what is wrong with it."""
    rows = Rows()
    if data.startswith(b"PK") or b"\0" in data[:4000].replace(b"\0\0", b""):
        rows.faults.append(RowFault(1, "", "no_table"))
        return rows
    text = data.decode(charset_of(data), errors="replace")
    sign = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        _read(reader, rows, sign)
    except csv.Error:
        rows.faults.append(RowFault(reader.line_num, "", "no_table"))
    return rows


def _read(reader: Any, rows: Rows, sign: str) -> None:
    head: list[str] = next((row for row in reader if any(cell.strip() for cell in row)), [])
    places = _columns([cell.strip() for cell in head])
    missing = [name for name in NEEDED if name not in places]
    rows.faults += [RowFault(max(1, reader.line_num), name, "no_column") for name in missing]
    if missing:
        return
    days: dict[str, date | None] = {}
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= max(places.values()):
            rows.faults.append(RowFault(reader.line_num, "", "cells", str(len(row))))
            continue
        client, day, amount = (row[places[name]].strip() for name in NEEDED)
        if day not in days:
            days[day] = read_day(day)
        bought, sum_ = days[day], _amount(amount, sign)
        faults = list(_wrong(reader.line_num, (client, day, amount), bought, sum_))
        if faults or bought is None or sum_ is None:
            rows.faults += faults
            continue
        rows.clients.append(client)
        rows.days.append(bought)
        rows.sums.append(sum_)


def _columns(head: list[str]) -> dict[str, int]:
    """By exact names first, then as tables of purchases are known."""
    plain = [cell.casefold() for cell in head]
    places: dict[str, int] = {name: plain.index(name) for name in NEEDED if name in plain}
    for key, place in guess_columns("purchases", head).items():
        if key in _KNOWN_AS and place not in places.values():
            places.setdefault(_KNOWN_AS[key], place)
    return places


def _amount(text: str, sign: str) -> float | None:
    """Where a comma parts the columns, a point parts the hundredths, however many digits follow."""
    if sign == "," and _PLAIN.fullmatch(text):
        return float(text)
    found = read_money(text)
    return None if found is None else float(found)


def _wrong(
    line: int, cells: tuple[str, str, str], day: date | None, sum_: float | None
) -> Iterator[RowFault]:
    for name, cell in zip(NEEDED, cells, strict=True):
        if not cell:
            yield RowFault(line, name, "required")
    if cells[1] and day is None:
        yield RowFault(line, "date", "date", cells[1][:LONGEST])
    if cells[2] and sum_ is None:
        yield RowFault(line, "amount", "amount", cells[2][:LONGEST])
    if sum_ is not None and sum_ < 0:
        yield RowFault(line, "amount", "negative", cells[2][:LONGEST])
