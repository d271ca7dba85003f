"""A register of contracts in force, read from an XLSX: rows with what is wrong in each. Free of
Django.

Nothing in the file is computed or followed: values as they were last saved, no formulas, no links,
no macros. The file is looked at before it is parsed: what unpacks to far more than it is, or brings
entities of its own, is refused.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import openpyxl

from zabota.common.packed import Unreadable, look_at
from zabota.common.requisites import inn as is_inn
from zabota.contracts.text.fields.quantities import clean_date, clean_money
from zabota.contracts.text.fields.trouble import FieldProblem

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 40
LONGEST: Final = 300
HEAD_ROWS: Final = 10
# What the heading of a column begins with, in either language.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("№ договора", "номер", "№", "number", "no.", "contract no"),
    "date": ("дата", "date"),
    "inn": ("инн", "inn", "tax id"),
    "client": ("контрагент", "клиент", "наименование", "client", "company"),
    "subject": ("предмет", "subject"),
    "sum": ("сумма", "цена", "sum", "amount", "price"),
    "term": ("срок", "действует", "term", "until", "expires"),
    "scan": ("скан", "файл", "scan", "file"),
}
NEEDED: Final = ("number", "date", "inn", "subject")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row: which column, the code, what stands there."""

    column: str
    code: str
    value: str = ""


@dataclass
class Line:
    """A row of the register by its number in the sheet, with all its faults."""

    row: int
    number: str = ""
    day: date | None = None
    inn: str = ""
    client: str = ""
    subject: str = ""
    sum: Decimal | None = None
    until: date | None = None
    scan: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, str]:
        """By this a contract is known again."""
        return self.number, self.inn, self.day.isoformat() if self.day else ""


def read_register(data: bytes) -> list[Line]:
    """The rows under the heading of the first sheet; Unreadable says why there are none."""
    look_at(data, MOST_BYTES)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        sheet = book.worksheets[0]
        rows = list(_rows(sheet))
        book.close()
    except Unreadable:
        raise
    except Exception as broken:
        # openpyxl raises whatever the parts it trips over raise.
        raise Unreadable("not_xlsx") from broken
    head, start = _head(rows)
    lines = [_line(number, cells, head) for number, cells in rows if number > start and any(cells)]
    if len(lines) > MOST_ROWS:
        raise Unreadable("too_many", MOST_ROWS)
    _mark_repeated(lines)
    return lines


def read_scans(data: bytes, limit: int, each: int) -> dict[str, bytes]:
    """The files of a ZIP by their bare names in small letters; folders are left out."""
    look_at(data, limit)
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.infolist():
            name = part.filename.replace("\\", "/").rsplit("/", 1)[-1]
            if name and not part.is_dir() and part.file_size <= each:
                found[name.casefold()] = package.read(part)
    return found


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        empty = 0 if any(cell not in (None, "") for cell in cells) else empty + 1
        if empty > 50:
            return
        if number > MOST_ROWS + HEAD_ROWS + 60:
            raise Unreadable("too_many", MOST_ROWS)
        yield number, list(cells)


def _head(rows: list[tuple[int, list[Any]]]) -> tuple[dict[str, int], int]:
    best: dict[str, int] = {}
    for number, cells in rows[:HEAD_ROWS]:
        found: dict[str, int] = {}
        for place, cell in enumerate(cells):
            words = _text(cell).casefold()
            for column, names in COLUMNS.items():
                if column not in found and words.startswith(names):
                    found[column] = place
                    break
        if all(column in found for column in NEEDED):
            return found, number
        best = max(best, found, key=len)
    missing = tuple(column for column in NEEDED if column not in best)
    raise Unreadable("no_head", missing=missing)


def _line(number: int, cells: list[Any], head: Mapping[str, int]) -> Line:
    def cell(column: str) -> Any:
        place = head.get(column)
        return cells[place] if place is not None and place < len(cells) else None

    line = Line(number)
    for column in ("number", "inn", "client", "subject", "scan"):
        value = _text(cell(column))
        limit = 60 if column == "number" else LONGEST
        if len(value) > limit:
            line.faults.append(Fault(column, "too_long", value[:40]))
        elif column in NEEDED and not value:
            line.faults.append(Fault(column, "required"))
        setattr(line, column, value[:limit])
    if line.inn and not is_inn(line.inn):
        line.faults.append(Fault("inn", "inn", line.inn[:40]))
    line.day = _day(line, "date", cell("date"))
    if cell("date") in (None, ""):
        line.faults.append(Fault("date", "required"))
    line.until = _day(line, "term", cell("term"))
    line.sum = _sum(line, cell("sum"))
    if line.day and line.until and line.until < line.day:
        line.faults.append(Fault("term", "before", line.until.isoformat()))
    return line


def _day(line: Line, column: str, cell: Any) -> date | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime | date):
        found = cell.date() if isinstance(cell, datetime) else cell
    else:
        try:
            found = date.fromisoformat(clean_date(_text(cell)))
        except (FieldProblem, ValueError):
            line.faults.append(Fault(column, "date", _text(cell)[:40]))
            return None
    if not 1990 <= found.year <= 2100:
        line.faults.append(Fault(column, "date", found.isoformat()))
        return None
    return found


def _sum(line: Line, cell: Any) -> Decimal | None:
    text = _text(cell)
    if not text:
        return None
    try:
        found = Decimal(clean_money(text))
    except (FieldProblem, ArithmeticError):
        line.faults.append(Fault("sum", "sum", text[:40]))
        return None
    if not 0 <= found < Decimal(10) ** 16:
        line.faults.append(Fault("sum", "sum", text[:40]))
        return None
    return found


def _text(cell: Any) -> str:
    """A cell as it is read: a whole number without its point, no control characters."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        cell = int(cell) if cell.is_integer() else f"{cell:.2f}"
    text = "".join(letter if letter.isprintable() else " " for letter in str(cell))
    return " ".join(text.split())


def _mark_repeated(lines: list[Line]) -> None:
    first: dict[tuple[str, str, str], int] = {}
    for line in lines:
        if line.faults:
            continue
        if line.key in first:
            line.faults.append(Fault("number", "repeated", str(first[line.key])))
        else:
            first[line.key] = line.row
