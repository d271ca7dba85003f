"""Where the cells of a table stand: the tree keeps a merged cell once, paper needs its place."""

import re
from dataclasses import dataclass

from zabota.contracts.text.tree import Cell, Row, Table

# A row of Word may begin with columns left out.
BEFORE = re.compile(r'<w:gridBefore\b[^>]*w:val="(\d{1,2})"')


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with its column and row (from 0) and the reach that really fits in the table."""

    cell: Cell
    column: int
    row: int
    columns: int
    rows: int


def place_cells(table: Table) -> list[PlacedCell]:
    """Each cell of `table` at its place, row by row; a reach past the last row is cut there."""
    placed: list[PlacedCell] = []
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(table.rows):
        x = _columns_before(row)
        for cell in row.cells:
            while (x, y) in taken:
                x += 1
            here = _fit(cell, x, y, len(table.rows), taken)
            placed.append(here)
            taken.update(
                (column, line)
                for column in range(x, x + here.columns)
                for line in range(y, y + here.rows)
            )
            x += here.columns
    return placed


def column_count(placed: list[PlacedCell]) -> int:
    """How many columns the placed cells take up; at least one."""
    return max((cell.column + cell.columns for cell in placed), default=1)


def _columns_before(row: Row) -> int:
    found = BEFORE.search(row.properties)
    return int(found[1]) if found else 0


def _fit(cell: Cell, x: int, y: int, height: int, taken: set[tuple[int, int]]) -> PlacedCell:
    columns = 1
    while columns < cell.columns and (x + columns, y) not in taken:
        columns += 1
    rows = max(1, min(cell.rows, height - y))
    return PlacedCell(cell, x, y, columns, rows)
