"""The text areas of a clause: each says what it is, those of a table stand as the table does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zabota.contracts.compare.rows_gone import rows_gone
from zabota.contracts.text.edit import FieldLabels, to_plain
from zabota.contracts.text.edit.grid import Grid, GridCell, GridRow, PlacedPart, pieces
from zabota.contracts.text.edit.places import revision_of
from zabota.contracts.text.tree import Block, Row


@dataclass
class PartView:
    """One text area of a clause: its place, its words, the revision they are, what it is called."""

    place: str
    text: str
    revision: str
    called: str = ""
    problem: str = ""

    @property
    def rows(self) -> None:
        """A text area alone is no table."""
        return None


@dataclass
class CellView:
    """A cell being edited: its column in words, its text areas, how far it reaches."""

    called: str
    heading: bool
    columns: int
    rows: int
    parts: list[PartView]


@dataclass
class RowView:
    """A row being edited, or one that was deleted and can be put back (`gone`: its old place)."""

    called: str
    index: int
    kind: str
    cells: list[CellView] = field(default_factory=list)
    gone: int | None = None
    words: list[str] = field(default_factory=list)


@dataclass
class TableView:
    """A table being edited; `last` is the row below which a new one is added."""

    table: int
    columns: int
    rows: list[RowView]
    last: int

    @property
    def wide(self) -> bool:
        """Whether it needs a wide screen to stand as a table."""
        return self.columns > 4


def editing_views(
    blocks: Sequence[Block], old: Sequence[Block], labels: FieldLabels
) -> list[PartView | TableView]:
    """The text areas of a clause in reading order; `old` is what the draft began from."""
    found = pieces(blocks)
    many = len(found) > 1
    views: list[PartView | TableView] = []
    for number, one in enumerate(found, 1):
        if isinstance(one, Grid):
            views.append(_table(one, blocks, old, labels))
        else:
            called = _text_name(one, number, found) if many else ""
            views.append(_part(one, labels, called))
    return views


def parts_of(views: Sequence[PartView | TableView]) -> list[PartView]:
    """Every text area, also those of tables."""
    found: list[PartView] = []
    for view in views:
        if isinstance(view, PartView):
            found.append(view)
            continue
        found += [part for row in view.rows for cell in row.cells for part in cell.parts]
    return found


def keep_typed(
    views: Sequence[PartView | TableView], typed: Mapping[str, str], where: str, problem: str
) -> None:
    """What was refused stands in its text areas again, the reason at the one it is about."""
    for part in parts_of(views):
        part.text = typed.get(part.place, part.text)
        if part.place == where:
            part.problem = problem


def _text_name(one: PlacedPart, number: int, found: Sequence[PlacedPart | Grid]) -> str:
    if one.part.kind == "note":
        return pgettext("footnote", "Note")
    if sum(isinstance(piece, Grid) for piece in found) == 1:
        table = next(n for n, piece in enumerate(found, 1) if isinstance(piece, Grid))
        return _("Text before the table") if number < table else _("Text after the table")
    return _("Part %(place)s") % {"place": number}


def _part(one: PlacedPart, labels: FieldLabels, called: str) -> PartView:
    plain = one.part.plain
    return PartView(str(one.place), labels.labelled(plain), revision_of(plain), called)


def _table(
    grid: Grid, blocks: Sequence[Block], old: Sequence[Block], labels: FieldLabels
) -> TableView:
    rows = [_row(row, labels) for row in grid.rows]
    lost = rows_gone(tuple(old), tuple(blocks), grid.table)
    for passed, at, gone in reversed(lost):
        rows.insert(at, _gone(passed, gone, labels))
    body = [row.index for row in grid.rows if row.kind == "body"]
    return TableView(grid.table, grid.columns, rows, body[-1] if body else len(grid.rows) - 1)


def _gone(passed: int, row: Row, labels: FieldLabels) -> RowView:
    words = [labels.labelled(to_plain(cell.blocks)) for cell in row.cells]
    told = [one for one in words if one.strip()]
    return RowView(_("Deleted row"), -1, "gone", gone=passed, words=told)


def _row(row: GridRow, labels: FieldLabels) -> RowView:
    if row.kind == "head":
        called = _("Headings of the columns")
    else:
        called = _("Row %(number)s") % {"number": row.number}
    return RowView(called, row.index, row.kind, [_cell(cell, row, labels) for cell in row.cells])


def _cell(cell: GridCell, row: GridRow, labels: FieldLabels) -> CellView:
    if row.kind == "head":
        called = _("Heading of column %(number)s") % {"number": cell.column + 1}
    else:
        called = _column_name(cell)
    many = len(cell.parts) > 1
    parts = [
        _part(one, labels, _("part %(place)s") % {"place": number} if many else "")
        for number, one in enumerate(cell.parts, 1)
    ]
    return CellView(called, cell.heading, cell.columns, cell.rows, parts)


def _column_name(cell: GridCell) -> str:
    if cell.columns > 1:
        ends = {"first": cell.column + 1, "last": cell.column + cell.columns}
        return _("Columns %(first)s–%(last)s") % ends
    return cell.called or _("Column %(number)s") % {"number": cell.column + 1}
