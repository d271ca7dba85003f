"""A draft as its side writes it, with every difference from what it began from."""

from collections.abc import Iterable

from zabota.contracts.changes import Changed, changes_between, field_homes, lost_values
from zabota.contracts.compare import blocks as compare_blocks
from zabota.contracts.drafts import OpenDraft
from zabota.contracts.models import Change, ChangeState, Comment, Contract
from zabota.contracts.parties import party_values
from zabota.contracts.reading.field_labels import field_labels
from zabota.contracts.reading.references import reference_names, references_told
from zabota.contracts.reading.sheet.beside import place_comments
from zabota.contracts.reading.sheet.clauses import change_views, clause_view, scrolling, shown_text
from zabota.contracts.reading.sheet.editing import editing_views
from zabota.contracts.reading.sheet.paths import name_paths
from zabota.contracts.reading.sheet.struck import stand_struck
from zabota.contracts.reading.sheet.views import STATES, ClauseView, Sheet
from zabota.contracts.stored import (
    Attributes,
    StoredText,
    Tree,
    flat,
    load_wordings,
    read_text,
)
from zabota.contracts.text.edit import FieldLabels
from zabota.contracts.text.edit.grid import shape_of
from zabota.contracts.text.html import Shown, clause_html, redline_html
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.tree import Block
from zabota.people.models import Firm


def draft_sheet(
    contract: Contract,
    firm: Firm,
    work: OpenDraft,
    comments: Iterable[Comment],
    changes: Iterable[Change],
) -> Sheet:
    """The draft as its side writes it: every difference from what it began from is shown."""
    tree = work.tree
    text, base = read_text(tree, work.wordings), read_text(work.base, work.wordings)
    language = contract.edition.template.language
    values = {**work.draft.values, **party_values(contract.case.client, firm, language)}
    before = work.draft.base.values if work.draft.base else None
    changes = list(changes)
    shown = shown_text(contract, text, {**lost_values(changes), **(before or {}), **values})
    found = {row.clause: row for row in changes_between(work.base, base, tree, text, None, before)}
    answered: dict[str, list[Change]] = {}
    for change in changes:
        if change.state != ChangeState.SUPERSEDED:
            answered.setdefault(change.clause, []).append(change)
    counters = load_wordings(
        d
        for some in answered.values()
        for row in some
        for d in (row.counter_wording, row.new_wording, row.old_wording)
    )
    labels = field_labels(contract.edition.fields)
    began = {clause.id: clause.blocks for clause, _ in flat(base.document)}
    views = []
    for clause, depth in flat(text.document):
        view = clause_view(clause, depth, text, shown)
        _lay_open(view, clause.blocks, began.get(clause.id, ()), labels, shown)
        view.changes = change_views(answered.get(clause.id, []), counters, shown, contract)
        view.reason = work.draft.reasons.get(clause.id, "")
        changed = found.get(clause.id)
        if changed is not None:
            view.changed, view.state = changed, STATES[changed.kind]
            if changed.old_wording and changed.old_wording != changed.new_wording:
                old = blocks_from_json(work.wordings[changed.old_wording])
                found_here = compare_blocks(old, clause.blocks)
                view.html = scrolling(redline_html(found_here, shown, shown, clause.id))
        views.append(view)
    for changed in found.values():
        if changed.kind == "deleted":
            _insert_deleted(views, changed, base, tree, shown)
    stand_struck(contract, views, answered, counters, shown)
    name_paths(views)
    sheet = Sheet(views, text, dict(work.draft.values), set(field_homes(text)))
    place_comments(sheet, comments)
    return sheet


def _lay_open(
    view: ClauseView,
    blocks: tuple[Block, ...],
    began: tuple[Block, ...],
    labels: FieldLabels,
    shown: Shown,
) -> None:
    """The text areas of a clause, its fields and references under the names readers know."""
    names = reference_names(shown.numbers, shown.notes, blocks, began)
    view.pieces = editing_views(blocks, began, labels.beside(names))
    view.references, view.shape = references_told(names), shape_of(blocks)


def _insert_deleted(
    views: list[ClauseView],
    changed: Changed,
    base: StoredText,
    tree: Tree,
    shown: Shown,
) -> None:
    order = [clause.id for clause, _ in flat(base.document)]
    clause, depth = next(
        (clause, depth) for clause, depth in flat(base.document) if clause.id == changed.clause
    )
    there = {view.id: index for index, view in enumerate(views)}
    before = [found for found in order[: order.index(clause.id)] if found in there]
    index = there[before[-1]] + 1 if before else 0
    told = base.attributes.get(clause.id, Attributes())
    views.insert(
        index,
        ClauseView(
            id=clause.id,
            number=changed.number,
            depth=depth,
            heading=clause.heading,
            html=scrolling(clause_html(clause.blocks, shown, clause.id)),
            concern=told.concern,
            locked=told.locked,
            state="deleted",
            changed=changed,
        ),
    )
