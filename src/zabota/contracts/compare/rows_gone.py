"""Rows of a table that a text lost against the one it began from, so that they can be put back."""

from zabota.contracts.compare.redline import RedlineRow
from zabota.contracts.compare.tables import tables
from zabota.contracts.text.edit.rows import NoSuchRow, is_merged, table_at
from zabota.contracts.text.tree import Block, Row, Table


def rows_gone(
    old: tuple[Block, ...], new: tuple[Block, ...], table: int
) -> list[tuple[int, int, Row]]:
    """Rows of a table that the draft deleted: their place in the old table, before which row of the
    new one they stood, the row; none where cells reach over rows, which cannot be put back singly.
    """
    try:
        _, before = table_at(old, table)
        _, after = table_at(new, table)
    except NoSuchRow:
        return []
    if before == after or is_merged(before) or is_merged(after) or _count(old) != _count(new):
        return []
    found, passed, at = [], 0, 0
    for one in tables(before, after, _unread).rows:
        if one.change == "delete" and one.old is not None:
            found.append((passed, at, one.old))
        passed += _stood(one, "insert")
        at += _stood(one, "delete")
    return found


def _stood(row: RedlineRow, absent: str) -> int:
    return int(row.change != absent)


def _count(blocks: tuple[Block, ...]) -> int:
    return sum(isinstance(block, Table) for block in blocks)


def _unread(_old: object, _new: object) -> tuple[()]:
    """What stands in cells is not asked here, only which row became which."""
    return ()
