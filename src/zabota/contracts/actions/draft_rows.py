"""Rows of a table in a draft: one more, one less, one put back, together with what was typed."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from zabota.contracts.actions.draft import open_draft, save_clause
from zabota.contracts.compare.redline import RedlineRow
from zabota.contracts.compare.tables import tables
from zabota.contracts.models import Contract, DraftClause
from zabota.contracts.rules import Viewer, side_of
from zabota.contracts.stored import Tree, node_of
from zabota.contracts.text.edit.rows import (
    NoSuchRow,
    add_row,
    delete_row,
    is_merged,
    put_row,
    table_at,
)
from zabota.contracts.text.json import blocks_from_json, blocks_to_json
from zabota.contracts.text.tree import Block, Note, Row, Table

VERBS = ("add-row", "delete-row", "restore-row")


@transaction.atomic
def change_rows(
    contract: Contract,
    clause: str,
    texts: dict[str, str],
    verb: str,
    table: int,
    row: int,
    *,
    by: Viewer,
    at: datetime,
    seen: Mapping[str, str] | None = None,
    shape: str | None = None,
    reason: str | None = None,
) -> DraftClause:
    """Save what was typed and add a row below `row` (-1: at the end), delete it, or put back one
    that the text the draft began from has. NoSuchRow where the table has become another.
    """
    saved = save_clause(
        contract, clause, texts, by=by, at=at, seen=seen, shape=shape, reason=reason
    )
    now = blocks_from_json(saved.blocks)
    match verb:
        case "add-row":
            new = add_row(now, table, row)
        case "delete-row":
            new = delete_row(now, table, row)
        case _:
            new = _put_back(_began_from(contract, clause, side_of(by)), now, table, row)
    saved.blocks = blocks_to_json(new)
    saved.save(update_fields=["blocks"])
    return saved


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


def _began_from(contract: Contract, clause: str, side: str) -> tuple[Block, ...]:
    work = open_draft(contract, side)
    base: Tree | None = work.base if work else None
    node = node_of(base, clause) if base else None
    if work is None or node is None:
        raise NoSuchRow
    return blocks_from_json(work.wordings[node["w"]])


def _put_back(
    old: tuple[Block, ...], now: tuple[Block, ...], table: int, row: int
) -> tuple[Block, ...]:
    for passed, at, gone in rows_gone(old, now, table):
        if passed == row:
            return put_row(now, table, gone, at, [b for b in old if isinstance(b, Note)])
    raise NoSuchRow
