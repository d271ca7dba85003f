"""Comparing tables row by row and cell by cell."""

from collections.abc import Callable, Sequence

from zabota.contracts.compare.align import Pair, align
from zabota.contracts.compare.flows import lone_pairs
from zabota.contracts.compare.likeness import ALIKE, share, text_keys
from zabota.contracts.compare.redline import (
    RedlineBlock,
    RedlineCell,
    RedlineRow,
    RedlineTable,
)
from zabota.contracts.compare.whole import whole_cell, whole_row
from zabota.contracts.text.tree import Block, Cell, Row, Table

Compare = Callable[[Sequence[Block], Sequence[Block]], tuple[RedlineBlock, ...]]


def tables(old: Table, new: Table, compare: Compare) -> RedlineTable:
    """Compare two tables; `compare` compares what stands in a cell (tables in cells included)."""
    columns = _columns(old, new)
    rows: list[RedlineRow] = []
    pairs = align(
        old.rows, new.rows, key=_itself, feature=_row_keys, likeness=share, threshold=ALIKE
    )
    for i, j in lone_pairs(pairs, _any):
        if i is None and j is not None:
            rows.append(whole_row(new.rows[j], "insert"))
        elif j is None and i is not None:
            rows.append(whole_row(old.rows[i], "delete"))
        elif i is not None and j is not None:
            rows.append(_row(old.rows[i], new.rows[j], columns, compare))
    return RedlineTable("equal", tuple(rows), old, new)


def _row(old: Row, new: Row, columns: list[Pair] | None, compare: Compare) -> RedlineRow:
    cells: list[RedlineCell] = []
    for i, j in columns or _cell_pairs(old.cells, new.cells):
        if i is None and j is not None:
            cells.append(whole_cell(new.cells[j], "insert"))
        elif j is None and i is not None:
            cells.append(whole_cell(old.cells[i], "delete"))
        elif i is not None and j is not None:
            gone, come = old.cells[i], new.cells[j]
            content = compare(gone.blocks, come.blocks)
            cells.append(RedlineCell("equal", content, gone, come))
    return RedlineRow("equal", tuple(cells), old, new)


def _columns(old: Table, new: Table) -> list[Pair] | None:
    """Which column became which, for tables without merged cells; none for others."""
    before, after = _column_texts(old), _column_texts(new)
    if before is None or after is None:
        return None
    if len(before) == len(after):
        return [(index, index) for index in range(len(before))]
    pairs = align(before, after, key=tuple, feature=_itself, likeness=share, threshold=ALIKE)
    return lone_pairs(pairs, _any)


def _column_texts(table: Table) -> list[list[str]] | None:
    widths = {len(row.cells) for row in table.rows}
    merged = any(cell.columns != 1 or cell.rows != 1 for row in table.rows for cell in row.cells)
    if merged or len(widths) != 1:
        return None
    columns = zip(*(row.cells for row in table.rows), strict=True)
    return [[key for cell in column for key in _cell_keys(cell)] for column in columns]


def _cell_pairs(old: Sequence[Cell], new: Sequence[Cell]) -> list[Pair]:
    if len(old) == len(new):
        return [(index, index) for index in range(len(old))]
    return lone_pairs(
        align(old, new, key=_itself, feature=_cell_keys, likeness=share, threshold=ALIKE), _any
    )


def _cell_keys(cell: Cell) -> list[str]:
    return [key for block in cell.blocks for key in text_keys(block)]


def _row_keys(row: Row) -> list[str]:
    return [key for cell in row.cells for key in _cell_keys(cell)]


def _itself[T](item: T) -> T:
    return item


def _any(_old: int, _new: int) -> bool:
    return True
