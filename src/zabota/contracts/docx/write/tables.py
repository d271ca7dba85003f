"""Tables going out: merges across by gridSpan, down by vMerge, looks as they came."""

from collections.abc import Callable, Sequence
from copy import deepcopy

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.write.xml import make, properties, put, take
from zabota.contracts.paper.place import PlacedCell, column_count, place_cells
from zabota.contracts.text.tree import Block, Row, Table

PAGE_WIDTH = 9354
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
WriteBlocks = Callable[[Sequence[Block]], list[etree._Element]]


def write_table(table: Table, write: WriteBlocks) -> etree._Element:
    """A `w:tbl`; `write` makes the elements of a cell's blocks."""
    placed = place_cells(table)
    widths = _widths(table, column_count(placed))
    grid = make("tblGrid", *(make("gridCol", w=width) for width in widths))
    made = make("tbl", _look(table, sum(widths)), grid)
    for y, row in enumerate(table.rows):
        here = [cell for cell in placed if cell.row <= y < cell.row + cell.rows]
        if here:
            made.append(_row(row, y, sorted(here, key=lambda cell: cell.column), widths, write))
    return made


def _widths(table: Table, columns: int) -> list[int]:
    if len(table.widths) == columns and all(table.widths):
        return list(table.widths)
    return [PAGE_WIDTH // columns] * columns


def _look(table: Table, width: int) -> etree._Element:
    look = properties("tblPr", table.properties)
    if table.properties:
        return look
    line = (
        {"val": "single", "sz": 4, "space": 0, "color": "auto"} if table.borders else {"val": "nil"}
    )
    put(look, make("tblW", w=width, type="dxa"))
    put(look, make("tblBorders", *(make(side, **line) for side in SIDES)))
    put(look, make("tblLayout", type="fixed"))
    return look


def _row(
    row: Row, y: int, cells: list[PlacedCell], widths: list[int], write: WriteBlocks
) -> etree._Element:
    look = properties("trPr", row.properties)
    take(look, "tblHeader")
    if row.header:
        look.append(make("tblHeader"))
    made = make("tr", look) if len(look) else make("tr")
    made.extend(_cell(cell, y, widths, write) for cell in cells)
    return made


def _cell(placed: PlacedCell, y: int, widths: list[int], write: WriteBlocks) -> etree._Element:
    look = deepcopy(properties("tcPr", placed.cell.properties))
    take(look, "hMerge", "vMerge", "gridSpan")
    if look.find(f"{W}tcW") is None:
        reach = widths[placed.column : placed.column + placed.columns]
        put(look, make("tcW", w=sum(reach), type="dxa"))
    if placed.columns > 1:
        put(look, make("gridSpan", val=placed.columns))
    begins = placed.row == y
    if placed.rows > 1:
        put(look, make("vMerge", val="restart") if begins else make("vMerge"))
    content = write(placed.cell.blocks) if begins else []
    if not content or content[-1].tag != f"{W}p":
        content.append(make("p"))
    return make("tc", look, *content)
