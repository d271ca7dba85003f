"""Clauses that are not in the text but still spoken of: struck out where they stood."""

from collections.abc import Iterator, Mapping
from typing import Any

from zabota.contracts.models import Change, ChangeState, Contract
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.reading.sheet.clauses import change_views, scrolling
from zabota.contracts.reading.sheet.views import ClauseView
from zabota.contracts.stored import Node, Tree
from zabota.contracts.text.html import Shown, clause_html
from zabota.contracts.text.json import blocks_from_json


def stand_struck(
    contract: Contract,
    views: list[ClauseView],
    by_clause: Mapping[str, list[Change]],
    wordings: Mapping[str, list[Any]],
    shown: Shown,
) -> None:
    """What the client deleted, and what it added and we refused, until it is settled; one query
    where there is any.
    """
    there = {view.id for view in views}
    lost = {
        clause: row
        for clause, rows in by_clause.items()
        if clause and clause not in there
        for row in rows
        if _is_spoken_of(row) and _words(row) in wordings
    }
    if not lost:
        return
    trees: list[Tree] = list(contract.versions.order_by("-number").values_list("tree", flat=True))
    for tree in [*trees, contract.edition.tree]:
        before: list[str] = []
        for node, depth in _in_order(tree):
            row = lost.pop(node["id"], None)
            if row is not None:
                view = _struck(row, node, depth, wordings, shown)
                view.changes = change_views(by_clause[view.id], wordings, shown, contract)
                _insert(views, view, before)
            before.append(node["id"])


def _is_spoken_of(row: Change) -> bool:
    if row.kind == ChangeKind.ADDED:
        return row.state == ChangeState.REJECTED
    return row.kind == ChangeKind.DELETED and row.state != ChangeState.AGREED


def _words(row: Change) -> str:
    return row.new_wording if row.kind == ChangeKind.ADDED else row.old_wording


def _struck(
    row: Change, node: Node, depth: int, wordings: Mapping[str, list[Any]], shown: Shown
) -> ClauseView:
    blocks = blocks_from_json(wordings[_words(row)])
    return ClauseView(
        id=row.clause,
        number=row.number,
        depth=depth,
        heading=node.get("h", False),
        html=scrolling(clause_html(blocks, shown, row.clause)),
        concern=row.concern,
        locked=False,
        state="deleted",
    )


def _insert(views: list[ClauseView], view: ClauseView, before: list[str]) -> None:
    """After the nearest clause that stood before it and is still shown."""
    index = {found.id: place for place, found in enumerate(views)}
    last = next((found for found in reversed(before) if found in index), None)
    views.insert(0 if last is None else index[last] + 1, view)


def _in_order(tree: Tree) -> Iterator[tuple[Node, int]]:
    """Nodes in reading order with their depth, counted as the text counts it."""
    waiting = [(node, 0) for node in reversed(tree["clauses"])]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((child, depth + 1) for child in reversed(node.get("ch", ())))
