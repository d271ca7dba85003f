"""Rows of a table in a draft: one more, one less, one put back, together with what was typed."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from zabota.contracts.actions.draft import save_clause
from zabota.contracts.compare.rows_gone import rows_gone
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Contract, DraftClause
from zabota.contracts.rules import Viewer, side_of
from zabota.contracts.stored import Tree, node_of
from zabota.contracts.text.edit.rows import (
    NoSuchRow,
    add_row,
    delete_row,
    put_row,
)
from zabota.contracts.text.json import blocks_from_json, blocks_to_json
from zabota.contracts.text.tree import Block, Note

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
