"""Tables to take along: CSV and XLSX. What people wrote stays text and is never a formula.

Plain Python: a cell is text, a whole number, a Decimal, a day or nothing.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

type Cell = str | int | Decimal | date | None

# What a table program takes for the beginning of a formula, also after white space, and in the
# wide forms of East Asian keyboards.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LONGEST = 32_767
WIDEST = 60


@dataclass(frozen=True)
class Table:
    """One table: its name, the heads of its columns, its rows."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def as_csv(tables: Sequence[Table], language: str) -> bytes:
    """One after another, each under its name. UTF-8 with a mark, so that Excel sees it is; in
    Russian a semicolon stands between cells and a comma in numbers, as Excel there expects.
    """
    russian = language.startswith("ru")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if russian else ",", lineterminator="\r\n")
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        if len(tables) > 1:
            writer.writerow([safe_text(table.title)])
        writer.writerow([safe_text(name) for name in table.head])
        for row in table.rows:
            writer.writerow([_written(cell, russian=russian) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """A sheet for each; text is stored as text, and stays text when somebody edits the cell."""
    book = Workbook(write_only=True)
    names: set[str] = set()
    for table in tables:
        sheet = book.create_sheet(_sheet_name(table.title, names))
        sheet.freeze_panes = "A2"
        rows = [list(row) for row in table.rows]
        for column, name in enumerate(table.head):
            longest = max([len(name), *(len(str(row[column])) for row in rows if row[column])])
            sheet.column_dimensions[_letter(column)].width = min(WIDEST, longest + 2)
        sheet.append([_head(sheet, name) for name in table.head])
        for row in rows:
            sheet.append([_stored(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe_text(text: str) -> str:
    """Text no table program runs: an apostrophe stands before what looks like a formula."""
    return f"'{text}" if text.lstrip(" \u00a0\u200b\ufeff").startswith(FORMULA) else text


def _written(cell: Cell, *, russian: bool) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return str(cell).replace(".", ",") if russian else str(cell)
        case date():
            return f"{cell:%d.%m.%Y}" if russian else cell.isoformat()
        case str():
            return safe_text(cell.replace("\0", ""))
    return str(cell)


def _stored(sheet: WriteOnlyWorksheet, cell: Cell) -> WriteOnlyCell:
    if not isinstance(cell, str):
        return WriteOnlyCell(sheet, cell)
    stored = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", cell)[:LONGEST])
    # Else openpyxl takes «=1+1» for a formula and «#N/A» for an error.
    stored.data_type = "s"
    stored.quotePrefix = cell != safe_text(cell)
    return stored


def _head(sheet: WriteOnlyWorksheet, name: str) -> WriteOnlyCell:
    cell = _stored(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 letters, none that Excel refuses, each once."""
    plain = "".join(" " if one in "[]:*?/\\'" else one for one in title).strip()[:28] or "1"
    name = next(n for n in (plain, *(f"{plain} {k}" for k in range(2, 99))) if n not in taken)
    taken.add(name)
    return name


def _letter(column: int) -> str:
    """The letters of a column: A, B, … Z, AA."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
