"""A table from outside: its heading and rows as text, whatever program wrote it."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import openpyxl

from zabota.common.packed import Unreadable, look_at

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 60
LONGEST: Final = 1000
HEAD_WITHIN: Final = 10
DELIMITERS: Final = ";,\t|"
# A picture, a PDF, a book of the old Excel (.xls): bytes of these would be taken for some charset.
NO_TEXT: Final = (b"\x89PNG", b"\xff\xd8\xff", b"%PDF", b"\xd0\xcf\x11\xe0", b"GIF8", b"Rar!")
# Of a file that is no UTF-8: what Russian programs save by themselves.
ELSE: Final = "cp1251"


@dataclass(frozen=True)
class Table:
    """The heading, and rows by their number in the file, from 1; each as long as the heading."""

    head: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(data: bytes, longest: int = LONGEST) -> Table:
    """The first sheet, or the lines of a text, no cell longer than that; Unreadable says why there
    is none: too_large, bomb, not_table, empty or too_many.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large", MOST_BYTES)
    if data.startswith(NO_TEXT):
        raise Unreadable("not_table")
    lines = _sheet(data, longest) if data.startswith(b"PK") else _text(data, longest)
    filled = [(number, row) for number, row in enumerate(lines, 1) if any(row)]
    if len(filled) < 2:
        raise Unreadable("empty")
    if len(filled) > MOST_ROWS + HEAD_WITHIN:
        raise Unreadable("too_many", MOST_ROWS)
    place = _head(filled)
    head = filled[place][1]
    while head and not head[-1]:
        head = head[:-1]
    width = len(head)
    rows = [(number, (row + [""] * width)[:width]) for number, row in filled[place + 1 :]]
    return Table(head, [(number, row) for number, row in rows if any(row)])


def charset_of(data: bytes) -> str:
    """By the mark at the beginning; else UTF-16 by its zeros, UTF-8 if it is that, or cp1251."""
    for mark, charset in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"),
                          (b"\xfe\xff", "utf-16")):  # fmt: skip
        if data.startswith(mark):
            return charset
    start = data[:4000]
    if start.count(0) > len(start) // 8:
        return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return ELSE
    return "utf-8"


def delimiter_of(text: str) -> str:
    """The one by which most of the first lines fall into the same number of cells."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]

    def fits(sign: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        return max(((lines, width) for width, lines in widths.items()), default=(0, 0))

    return max(DELIMITERS, key=fits)


def _text(data: bytes, longest: int) -> list[list[str]]:
    if b"\0" in data[:4000] and charset_of(data) == "utf-8":
        raise Unreadable("not_table")
    text = data.decode(charset_of(data), errors="replace")
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
        return [[_cell(cell, longest) for cell in row[:MOST_COLUMNS]] for row in _at_most(rows)]
    except csv.Error as broken:
        raise Unreadable("not_table") from broken


def _sheet(data: bytes, longest: int) -> list[list[str]]:
    look_at(data, MOST_BYTES)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
        found = [[_cell(cell, longest) for cell in row] for row in _at_most(rows)]
        book.close()
    except Unreadable:
        raise
    except Exception as broken:
        # openpyxl raises whatever the parts it trips over raise.
        raise Unreadable("not_table") from broken
    return found


def _at_most[Row](rows: Iterable[Row]) -> Iterable[Row]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS * 2:
            raise Unreadable("too_many", MOST_ROWS)
        yield row


def _cell(cell: Any, longest: int) -> str:
    """As it is read: days as 2026-11-03, whole numbers without a point, no control characters."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    if isinstance(cell, float):
        cell = int(cell) if cell.is_integer() else f"{cell:.2f}"
    text = "".join(letter if letter.isprintable() else " " for letter in str(cell))
    return " ".join(text.split())[:longest]


def _head(filled: list[tuple[int, list[str]]]) -> int:
    """The first row as wide as the widest near the beginning: titles above a table are narrow."""
    near = filled[:HEAD_WITHIN]
    widths = [sum(1 for cell in row if cell) for _number, row in near]
    return next(place for place, width in enumerate(widths) if width * 2 > max(widths))
