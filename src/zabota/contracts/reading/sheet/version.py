"""The present version, with the changes that are not settled yet and the answers to them."""

from collections.abc import Iterable, Mapping
from typing import Any

from zabota.contracts.changes import field_homes, lost_values
from zabota.contracts.models import Change, ChangeState, Comment, Contract
from zabota.contracts.reading.sheet.beside import keep_old_places, place_comments
from zabota.contracts.reading.sheet.clauses import (
    change_views,
    clause_view,
    compared,
    scrolling,
    shown_text,
)
from zabota.contracts.reading.sheet.paths import name_paths
from zabota.contracts.reading.sheet.struck import stand_struck
from zabota.contracts.reading.sheet.views import (
    STATES,
    ClauseView,
    Sheet,
)
from zabota.contracts.stored import (
    flat,
    load_wordings,
    nodes,
    read_text,
)
from zabota.contracts.text.html import Shown, redline_html
from zabota.people.models import Firm


def count_open_changes(contract: Contract) -> int:
    """How many changes of the present round wait for an answer; one query."""
    return contract.changes.filter(state=ChangeState.OPEN).count()


def version_sheet(
    contract: Contract, firm: Firm, comments: Iterable[Comment], changes: Iterable[Change]
) -> Sheet:
    """The present version with the changes that are not settled yet, and the answers to them."""
    version = contract.version
    assert version is not None
    rows = [change for change in changes if change.state != ChangeState.SUPERSEDED]
    digests = {node["w"] for node in nodes(version.tree)}
    digests |= {d for row in rows for d in (row.old_wording, row.new_wording, row.counter_wording)}
    wordings = load_wordings(digests)
    text = read_text(version.tree, wordings)
    shown = shown_text(contract, text, {**lost_values(rows), **version.values})
    by_clause: dict[str, list[Change]] = {}
    for row in rows:
        by_clause.setdefault(row.clause, []).append(row)
    views = []
    for clause, depth in flat(text.document):
        view = clause_view(clause, depth, text, shown)
        _dress(view, by_clause.get(clause.id, []), wordings, shown, contract)
        views.append(view)
    stand_struck(contract, views, by_clause, wordings, shown)
    name_paths(views)
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
