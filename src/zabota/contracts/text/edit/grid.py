"""Which text area of a wording is which: paragraphs and notes alone, cells by row and column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from zabota.contracts.text.edit.parts import Part, parts
from zabota.contracts.text.edit.rows import columns_of
from zabota.contracts.text.tree import Block, Field, Paragraph, Row, Table, Text

_CELL: Final = re.compile(r"^t(\d+)\.r(\d+)\.c(\d+)\.")
_TOTAL: Final = re.compile(r"^\W*(итого|всего|total|sum)", re.I)
_LONGEST_NAME: Final = 60

RowKind = Literal["head", "body", "total"]


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """A part with its place among all parts of the wording."""

    place: int
    part: Part


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: where it begins (from 0), how far it reaches, what its column is called ("" where
    nothing tells), whether it is a heading, and the parts in it.
    """

    column: int
    columns: int
    rows: int
    called: str
    heading: bool
    parts: tuple[PlacedPart, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its place in the table, its number as a reader counts (headings apart; 0 for them)."""

    index: int
    number: int
    kind: RowKind
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to be edited cell by cell: its number among the tables, its columns, its rows."""

    table: int
    columns: int
    rows: tuple[GridRow, ...]


def pieces(blocks: Sequence[Block]) -> tuple[PlacedPart | Grid, ...]:
    """The parts of a wording in reading order, those of each table in a grid of their own."""
    by_cell: dict[tuple[int, int, int], list[PlacedPart]] = {}
    order: list[PlacedPart | int] = []
    for place, part in enumerate(parts(blocks)):
        match = _CELL.match(part.key)
        if match is None:
            order.append(PlacedPart(place, part))
            continue
        block, row, cell = map(int, match.groups())
        if block not in order:
            order.append(block)
        by_cell.setdefault((block, row, cell), []).append(PlacedPart(place, part))
    numbers = {
        place: number
        for number, place in enumerate(i for i, b in enumerate(blocks) if isinstance(b, Table))
    }
    found: list[PlacedPart | Grid] = []
    for item in order:
        if isinstance(item, PlacedPart):
            found.append(item)
            continue
        table = blocks[item]
        assert isinstance(table, Table)
        inside = {(r, c): told for (b, r, c), told in by_cell.items() if b == item}
        found.append(_grid(table, numbers[item], inside))
    return tuple(found)


def shape_of(blocks: Sequence[Block]) -> str:
    """Changes with the rows and cells of a wording's tables, not with words; "" without tables."""
    tables = [block for block in blocks if isinstance(block, Table)]
    return "-".join(".".join(str(len(row.cells)) for row in table.rows) for table in tables)


def _grid(table: Table, number: int, inside: dict[tuple[int, int], list[PlacedPart]]) -> Grid:
    starts = columns_of(table)
    head = _heads(table)
    called = _column_names(table, starts, head)
    rows, count = [], 0
    totals = next((r for r, row in enumerate(table.rows) if r >= head and _is_total(row)), None)
    for r, row in enumerate(table.rows):
        kind: RowKind = "body"
        if r < head:
            kind = "head"
        elif totals is not None and r >= totals and (_is_total(row) or _is_tail(table, r)):
            kind = "total"
        count += kind != "head"
        cells = tuple(
            GridCell(
                starts[r][c],
                cell.columns,
                cell.rows,
                called.get(starts[r][c], ""),
                kind == "head" or (kind == "total" and _is_label(words_of(cell.blocks))),
                tuple(inside.get((r, c), ())),
            )
            for c, cell in enumerate(row.cells)
        )
        rows.append(GridRow(r, 0 if kind == "head" else count, kind, cells))
    widest = max((s + c.columns for r, row in zip(starts, table.rows, strict=True)
                  for s, c in zip(r, row.cells, strict=True)), default=0)  # fmt: skip
    return Grid(number, widest, tuple(rows))


def _heads(table: Table) -> int:
    """How many rows at the top name the columns: those repeated on each page, else a first row
    all of whose cells are short words above a row that has other things.
    """
    marked = 0
    while marked < len(table.rows) and table.rows[marked].header:
        marked += 1
    if marked or len(table.rows) < 2 or len(table.rows[0].cells) < 3:
        return marked if marked < len(table.rows) else 0
    first = [words_of(cell.blocks) for cell in table.rows[0].cells]
    told = all(words and len(words) <= 2 * _LONGEST_NAME for words in first) and not any(
        _has_field(cell.blocks) or any(map(str.isdigit, words))
        for cell, words in zip(table.rows[0].cells, first, strict=True)
    )
    return int(told)


def _column_names(table: Table, starts: list[list[int]], head: int) -> dict[int, str]:
    """The lowest heading over each column."""
    found: dict[int, str] = {}
    for r in range(head):
        for start, cell in zip(starts[r], table.rows[r].cells, strict=True):
            words = words_of(cell.blocks)
            if words:
                found |= dict.fromkeys(range(start, start + cell.columns), _short(words))
    return found


def _is_total(row: Row) -> bool:
    first = next((w for cell in row.cells if (w := words_of(cell.blocks))), "")
    return bool(_TOTAL.match(first))


def _is_tail(table: Table, row: int) -> bool:
    """A line below the total of its form: «в том числе НДС», its words over several columns."""
    return row > 0 and bool(table.rows[row].cells) and table.rows[row].cells[0].columns > 1


def _is_label(words: str) -> bool:
    return len(words) <= 2 * _LONGEST_NAME and any(map(str.isalpha, words))


def words_of(blocks: Sequence[Block]) -> str:
    """The plain words of a cell, values left out."""
    found = [
        "".join(run.text for run in block.runs if isinstance(run, Text))
        for block in blocks
        if isinstance(block, Paragraph)
    ]
    return " ".join(" ".join(found).split())


def _has_field(blocks: Sequence[Block]) -> bool:
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    return any(isinstance(run, Field) for block in paragraphs for run in block.runs)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_NAME else f"{words[: _LONGEST_NAME - 1].rstrip()}…"
