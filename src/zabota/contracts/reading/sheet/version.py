"""The present version, with the changes that are not settled yet and the answers to them."""

from collections.abc import Iterable, Mapping
from typing import Any

from zabota.contracts.changes import field_homes
from zabota.contracts.models import Change, ChangeState, Comment, Contract
from zabota.contracts.reading.sheet.beside import keep_old_places, place_comments
from zabota.contracts.reading.sheet.clauses import (
    change_views,
    clause_view,
    compared,
    scrolling,
    shown_text,
)
from zabota.contracts.reading.sheet.views import (
    STATES,
    ChangeView,
    ClauseView,
    Sheet,
)
from zabota.contracts.stored import (
    Tree,
    flat,
    load_wordings,
    node_of,
    nodes,
    read_text,
)
from zabota.contracts.text.html import Shown, clause_html, redline_html
from zabota.contracts.text.json import blocks_from_json
from zabota.people.models import Firm


def version_sheet(
    contract: Contract, firm: Firm, comments: Iterable[Comment], changes: Iterable[Change]
) -> Sheet:
    """The present version with the changes that are not settled yet, and the answers to them."""
    version = contract.version
    assert version is not None
    rows = [change for change in changes if change.state != ChangeState.SUPERSEDED]
    gone = _gone_places(contract, rows)
    digests = {node["w"] for node in nodes(version.tree)}
    digests |= {d for row in rows for d in (row.old_wording, row.new_wording, row.counter_wording)}
    wordings = load_wordings(digests)
    text = read_text(version.tree, wordings)
    shown = shown_text(contract, text, version.values)
    by_clause: dict[str, list[Change]] = {}
    for row in rows:
        by_clause.setdefault(row.clause, []).append(row)
    views = []
    for clause, depth in flat(text.document):
        view = clause_view(clause, depth, text, shown)
        _dress(view, by_clause.get(clause.id, []), wordings, shown, contract)
        views.append(view)
    for row in gone:
        _insert_gone(
            views,
            row,
            change_views(by_clause[row.clause], wordings, shown, contract),
            wordings,
            shown,
            version.tree,
        )
    sheet = Sheet(views, text, dict(version.values), set(field_homes(text)))
    sheet.open_changes = sum(row.state == ChangeState.OPEN for row in rows)
    keep_old_places(contract, sheet, comments)
    place_comments(sheet, comments)
    return sheet


def _dress(
    view: ClauseView,
    rows: list[Change],
    wordings: Mapping[str, list[Any]],
    shown: Shown,
    contract: Contract,
) -> None:
    """A changed clause shows its redline until the change is settled by both."""
    view.changes = change_views(rows, wordings, shown, contract)
    for row in rows:
        if row.state == ChangeState.AGREED:
            continue
        view.state = STATES[row.kind]
        if row.old_wording and row.new_wording and row.old_wording != row.new_wording:
            sent = bool(row.counter_wording and row.sent_at)
            new = row.counter_wording if sent else row.new_wording
            found = compared(row.old_wording, new, wordings)
            view.html = scrolling(redline_html(found, shown, shown, view.id))


def _gone_places(contract: Contract, rows: list[Change]) -> list[Change]:
    return [row for row in rows if row.kind == "deleted" and row.state != ChangeState.AGREED]


def _insert_gone(
    views: list[ClauseView],
    row: Change,
    changes: list[ChangeView],
    wordings: Mapping[str, list[Any]],
    shown: Shown,
    tree: Tree,
) -> None:
    """A clause the client deleted stands where it was, struck out, until it is settled."""
    if node_of(tree, row.clause) is not None or row.old_wording not in wordings:
        return
    blocks = blocks_from_json(wordings[row.old_wording])
    view = ClauseView(
        id=row.clause,
        number=row.number,
        depth=0,
        heading=False,
        html=scrolling(clause_html(blocks, shown, row.clause)),
        concern=row.concern,
        locked=False,
        state="deleted",
        changes=changes,
    )
    after = (row.place or {}).get("after") or (row.place or {}).get("parent")
    index = next((i for i, found in enumerate(views) if found.id == after), None)
    views.insert(len(views) if index is None else index + 1, view)
