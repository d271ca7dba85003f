"""Wordings that as a whole stayed, came or went."""

from collections.abc import Sequence

from zabota.contracts.compare.atoms import merged
from zabota.contracts.compare.redline import (
    Change,
    Redline,
    RedlineBlock,
    RedlineCell,
    RedlineNote,
    RedlineParagraph,
    RedlineRow,
    RedlineTable,
)
from zabota.contracts.compare.words import Op
from zabota.contracts.text.notes import notes_in_order
from zabota.contracts.text.tree import Block, Cell, Note, Paragraph, Row, Table


def unchanged(wording: Sequence[Block]) -> Redline:
    """The comparison of a wording with itself, without looking at its words."""
    return whole(wording, "equal")


def whole(wording: Sequence[Block], change: Change) -> Redline:
    """A wording that as a whole stayed, came or went."""
    notes = tuple(whole_note(note, change) for note in notes_in_order(wording))
    old, new = _sides(tuple(wording), change)
    return Redline(whole_blocks(wording, change), notes, old or (), new or ())


def whole_blocks(wording: Sequence[Block], change: Change) -> tuple[RedlineBlock, ...]:
    """The same without its notes."""
    return tuple(whole_block(block, change) for block in wording if not isinstance(block, Note))


def whole_block(block: Paragraph | Table, change: Change) -> RedlineBlock:
    """One block that as a whole stayed, came or went."""
    if isinstance(block, Paragraph):
        return _paragraph(block, change)
    rows = tuple(whole_row(row, change) for row in block.rows)
    return RedlineTable(change, rows, *_sides(block, change))


def whole_row(row: Row, change: Change) -> RedlineRow:
    """One row that as a whole stayed, came or went."""
    cells = tuple(whole_cell(cell, change) for cell in row.cells)
    return RedlineRow(change, cells, *_sides(row, change))


def whole_cell(cell: Cell, change: Change) -> RedlineCell:
    """One cell that as a whole stayed, came or went."""
    return RedlineCell(change, whole_blocks(cell.blocks, change), *_sides(cell, change))


def whole_note(note: Note, change: Change) -> RedlineNote:
    """One note that as a whole stayed, came or went."""
    return RedlineNote(change, note.id, whole_blocks(note.blocks, change), *_sides(note, change))


def _paragraph(paragraph: Paragraph, change: Change) -> RedlineParagraph:
    runs = merged(paragraph.runs)
    old, new = _sides(runs, change)
    ops = (Op(change, old or (), new or ()),) if runs else ()
    return RedlineParagraph(ops, change, *_sides(paragraph, change))


def _sides[T](item: T, change: Change) -> tuple[T | None, T | None]:
    """What stands on the old side and what on the new."""
    return (None if change == "insert" else item, None if change == "delete" else item)
