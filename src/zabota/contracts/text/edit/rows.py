"""Rows of a table in a wording: one more, one less, one put back. Merged cells keep their reach."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zabota.contracts.text.notes import called_notes
from zabota.contracts.text.tree import Block, Cell, Note, Paragraph, Row, Table


class NoSuchRow(Exception):
    """The table has other rows by now, or this is the only one it has."""


def table_at(blocks: Sequence[Block], table: int) -> tuple[int, Table]:
    """A table of a wording by its number among its tables, with its place; NoSuchRow."""
    found = [(place, block) for place, block in enumerate(blocks) if isinstance(block, Table)]
    if not 0 <= table < len(found):
        raise NoSuchRow
    return found[table]


def add_row(blocks: Sequence[Block], table: int, after: int) -> tuple[Block, ...]:
    """An empty row below another, of the same look; -1 puts it at the end."""
    place, grid = table_at(blocks, table)
    after = len(grid.rows) - 1 if after == -1 else after
    like = _row(grid, after)
    covering = list(_covering(grid, after))
    # Cells that reach on below have none of their own in the new row.
    through = {(r, c) for r, c, _, cell in covering if r + cell.rows - 1 > after}
    fresh = [
        (column, replace(cell, blocks=(_empty(cell),), rows=1))
        for r, c, column, cell in covering
        if (r, c) not in through
    ]
    if not fresh:
        raise NoSuchRow
    rows = _stretched(grid, through, 1)
    cells = tuple(cell for _, cell in sorted(fresh, key=_first))
    rows.insert(after + 1, replace(like, cells=cells, header=False))
    return _with_table(blocks, place, replace(grid, rows=tuple(rows)))


def delete_row(blocks: Sequence[Block], table: int, row: int) -> tuple[Block, ...]:
    """The table without a row; the last one stays: a table without rows is none. A cell that
    begins in the row and reaches below it goes on there, with its words.
    """
    place, grid = table_at(blocks, table)
    gone = _row(grid, row)
    if len(grid.rows) == 1:
        raise NoSuchRow
    above = {(r, c) for r, c, _, _ in _covering(grid, row) if r < row}
    rows = _stretched(grid, above, -1)
    going_on = [(column, cell) for column, cell in _columns(grid, row) if cell.rows > 1]
    del rows[row]
    if going_on:
        rows[row] = _taken_on(grid, row, rows[row], going_on)
    result = _with_table(blocks, place, replace(grid, rows=tuple(rows)))
    lost = set(called_notes((replace(grid, rows=(gone,)),))) - set(called_notes(result))
    return tuple(block for block in result if not (isinstance(block, Note) and block.id in lost))


def put_row(
    blocks: Sequence[Block], table: int, row: Row, at: int, notes: Sequence[Note] = ()
) -> tuple[Block, ...]:
    """A row that was deleted returns before the row `at`, with the notes called in it."""
    place, grid = table_at(blocks, table)
    if not 0 <= at <= len(grid.rows):
        raise NoSuchRow
    rows = (*grid.rows[:at], row, *grid.rows[at:])
    there = {block.id for block in blocks if isinstance(block, Note)}
    called = set(called_notes((replace(grid, rows=(row,)),)))
    back = tuple(note for note in notes if note.id in called and note.id not in there)
    return (*_with_table(blocks, place, replace(grid, rows=rows)), *back)


def is_merged(table: Table) -> bool:
    """Whether a cell reaches over several rows."""
    return any(cell.rows > 1 for row in table.rows for cell in row.cells)


def columns_of(table: Table) -> list[list[int]]:
    """In which column each cell of each row begins, merges counted in."""
    taken: dict[int, int] = {}
    found: list[list[int]] = []
    for row in table.rows:
        column, starts = 0, []
        for cell in row.cells:
            while taken.get(column, 0):
                column += 1
            starts.append(column)
            for covered in range(column, column + cell.columns):
                taken[covered] = cell.rows
            column += cell.columns
        found.append(starts)
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
    return found


def _row(table: Table, row: int) -> Row:
    if not 0 <= row < len(table.rows):
        raise NoSuchRow
    return table.rows[row]


def _columns(table: Table, row: int) -> Iterator[tuple[int, Cell]]:
    return zip(columns_of(table)[row], table.rows[row].cells, strict=True)


def _covering(table: Table, row: int) -> Iterator[tuple[int, int, int, Cell]]:
    """The cells that stand in a row, those that reach into it from above too: the row they begin
    in, their place in it, their column.
    """
    starts = columns_of(table)
    for index, found in enumerate(table.rows[: row + 1]):
        for number, cell in enumerate(found.cells):
            if index + cell.rows - 1 >= row:
                yield index, number, starts[index][number], cell


def _stretched(table: Table, cells: set[tuple[int, int]], by: int) -> list[Row]:
    return [
        replace(
            row,
            cells=tuple(
                replace(cell, rows=cell.rows + by) if (index, number) in cells else cell
                for number, cell in enumerate(row.cells)
            ),
        )
        for index, row in enumerate(table.rows)
    ]


def _taken_on(table: Table, row: int, below: Row, cells: list[tuple[int, Cell]]) -> Row:
    """The row below with the cells that went on into it, each in its column."""
    there = list(zip(columns_of(table)[row + 1], below.cells, strict=True))
    came = [(column, replace(cell, rows=cell.rows - 1)) for column, cell in cells]
    return replace(below, cells=tuple(cell for _, cell in sorted([*there, *came], key=_first)))


def _first(item: tuple[int, Cell]) -> int:
    return item[0]


def _empty(cell: Cell) -> Paragraph:
    like = next((block for block in cell.blocks if isinstance(block, Paragraph)), Paragraph())
    return replace(like, runs=(), section="")


def _with_table(blocks: Sequence[Block], place: int, table: Table) -> tuple[Block, ...]:
    return (*blocks[:place], table, *blocks[place + 1 :])
