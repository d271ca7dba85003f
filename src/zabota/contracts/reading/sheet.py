"""The sheet: clause by clause, what stands there, what the client changed and what we answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext

from zabota.contracts.actions.draft import OpenDraft, plain_parts, revision_of
from zabota.contracts.changes import Changed, changes_between, field_homes
from zabota.contracts.compare import blocks as compare_blocks
from zabota.contracts.models import Change, ChangeState, Comment, Contract
from zabota.contracts.parties import party_values
from zabota.contracts.reading.values import labels_of, show_value, shown_values
from zabota.contracts.stored import (
    Attributes,
    StoredText,
    Tree,
    flat,
    load_wordings,
    node_of,
    nodes,
    read_text,
)
from zabota.contracts.text.html import Shown, clause_html, redline_html
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.notes import note_numbers
from zabota.contracts.text.numbering import numbers, paragraph_numbers, plain_number
from zabota.contracts.text.words import blocks_text
from zabota.people.models import Firm


@dataclass(frozen=True)
class ChangeView:
    """A change as it is read: our wording against theirs, a value's label and old and new words."""

    row: Change
    counter_html: str = ""
    label: str = ""
    old: str = ""
    new: str = ""
    counter: str = ""


@dataclass(frozen=True)
class PartView:
    """One text area of a clause: its place, its words, the revision they are."""

    place: str
    text: str
    revision: str


@dataclass
class ClauseView:
    """One clause on the page: its number, its words (with what changed), and what stands beside
    it.
    """

    id: str
    number: str
    depth: int
    heading: bool
    html: str
    concern: str
    locked: bool
    state: str = ""
    changes: list[ChangeView] = field(default_factory=list)
    changed: Changed | None = None
    reason: str = ""
    comments: list["Beside"] = field(default_factory=list)
    parts: list[PartView] = field(default_factory=list)
    open: bool = False
    talking: bool = False
    problem: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """The class that indents it."""
        return f"level-{min(self.depth + 1, 4)}" if self.depth > 1 else ""

    @property
    def open_changes(self) -> list[Change]:
        """Changes that wait for our answer."""
        return [view.row for view in self.changes if view.row.state == ChangeState.OPEN]


@dataclass(frozen=True)
class Beside:
    """A comment beside its clause; outdated when the words it quotes are gone."""

    row: Comment
    outdated: bool


@dataclass(frozen=True)
class Whole:
    """Comments that belong to no clause that is still there."""

    comments: list[Beside]
    id: str = ""
    talking: bool = False


@dataclass
class Sheet:
    """The whole text for one viewer; `lost` are comments whose clause is no longer in the text."""

    clauses: list[ClauseView]
    text: StoredText
    values: dict[str, str]
    used: set[str]
    open_changes: int = 0
    general: list[Beside] = field(default_factory=list)
    talking: bool = False

    @property
    def whole(self) -> "Whole":
        """What is said of the contract as a whole, shaped as a clause is."""
        return Whole(self.general, talking=self.talking)

    def open(self, edit: str, say: str) -> None:
        """Show the text areas of one clause, or the box to write about one («all»: about the
        whole).
        """
        for view in self.clauses:
            view.open = view.open or view.id == edit
            view.talking = view.id == say
        self.talking = say == "all"

    @property
    def touched(self) -> list[ClauseView]:
        return [clause for clause in self.clauses if clause.state or clause.changes]


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
    shown = _shown(contract, text, version.values)
    by_clause: dict[str, list[Change]] = {}
    for row in rows:
        by_clause.setdefault(row.clause, []).append(row)
    views = []
    for clause, depth in flat(text.document):
        view = _view(clause, depth, text, shown)
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
    values = {**work.draft.values, **party_values(contract.case.client, firm)}
    shown = _shown(contract, text, values)
    before = work.draft.base.values if work.draft.base else None
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
    views = []
    for clause, depth in flat(text.document):
        view = _view(clause, depth, text, shown)
        view.parts = [
            PartView(place, words, revision_of(words))
            for place, words in plain_parts(clause.blocks).items()
        ]
        view.changes = change_views(answered.get(clause.id, []), counters, shown, contract)
        view.reason = work.draft.reasons.get(clause.id, "")
        changed = found.get(clause.id)
        if changed is not None:
            view.changed, view.state = changed, _STATES[changed.kind]
            if changed.old_wording and changed.old_wording != changed.new_wording:
                old = blocks_from_json(work.wordings[changed.old_wording])
                view.html = redline_html(
                    compare_blocks(old, clause.blocks), shown, shown, clause.id
                )
        views.append(view)
    for changed in found.values():
        if changed.kind == "deleted":
            _insert_deleted(views, changed, base, work.base, tree, shown)
    sheet = Sheet(views, text, dict(work.draft.values), set(field_homes(text)))
    place_comments(sheet, comments)
    return sheet


_STATES = {
    "edited": "changed",
    "proposed": "changed",
    "added": "added",
    "deleted": "deleted",
    "moved": "moved",
    "value": "changed",
}


def _view(clause: Any, depth: int, text: StoredText, shown: Shown) -> ClauseView:
    told = text.attributes.get(clause.id, Attributes())
    return ClauseView(
        id=clause.id,
        number=shown.numbers.get(clause.id, ""),
        depth=depth,
        heading=clause.heading,
        html=scrolling(clause_html(clause.blocks, shown, clause.id)),
        concern=told.concern,
        locked=told.locked,
    )


def scrolling(html: str) -> str:
    """A wide table scrolls by itself on a narrow screen, also by keyboard."""
    name = escape(gettext("Table of the clause"))
    opened = f'<div class="grid-scroll" role="region" tabindex="0" aria-label="{name}"><table'
    return (
        html.replace('<table class="borders', f'{opened} class="borders').replace(
            "</table>", "</table></div>"
        )
        if html.count('<table class="borders') == html.count("<table")
        else html
    )


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
        view.state = _STATES[row.kind]
        if row.old_wording and row.new_wording and row.old_wording != row.new_wording:
            old, new = wordings[row.old_wording], wordings[row.new_wording]
            if row.counter_wording and row.sent_at:
                new = wordings[row.counter_wording]
            found = compare_blocks(blocks_from_json(old), blocks_from_json(new))
            view.html = scrolling(redline_html(found, shown, shown, view.id))


def change_views(
    rows: Iterable[Change], wordings: Mapping[str, list[Any]], shown: Shown, contract: Contract
) -> list[ChangeView]:
    """Changes of one clause as they are read, ours against the client's."""
    aside = replace(shown, anchors=False)
    labels = labels_of(contract.edition.fields)
    types = {spec["name"]: spec["type"] for spec in contract.edition.fields}
    language = contract.edition.template.language
    found = []
    for row in rows:
        ours = ""
        if row.counter_wording:
            before = blocks_from_json(wordings.get(row.new_wording or row.old_wording, []))
            after = blocks_from_json(wordings[row.counter_wording])
            ours = redline_html(compare_blocks(before, after), aside, aside, row.clause)
        kind = types.get(row.field, "text")
        found.append(
            ChangeView(
                row,
                ours,
                labels.get(row.field, row.field),
                *(
                    show_value(kind, value, language)
                    for value in (row.old_value, row.new_value, row.counter_value)
                ),
            )
        )
    return found


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


def _insert_deleted(
    views: list[ClauseView],
    changed: Changed,
    base: StoredText,
    base_tree: Tree,
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


def keep_old_places(contract: Contract, sheet: Sheet, comments: Iterable[Comment]) -> None:
    """A clause that is gone but was written about keeps its old place, empty, for what was said."""
    there = {view.id for view in sheet.clauses}
    lost = {row.clause for row in comments if row.clause} - there
    if not lost:
        return
    trees = contract.versions.order_by("-number").values_list("tree", flat=True)
    for tree in [*trees, contract.edition.tree]:
        order = [node["id"] for node in nodes(tree)]
        for clause in [found for found in order if found in lost]:
            lost.discard(clause)
            index = {view.id: place for place, view in enumerate(sheet.clauses)}
            before = [found for found in order[: order.index(clause)] if found in index]
            told = node_of(tree, clause) or {}
            view = ClauseView(clause, "", 0, False, "", told.get("c", "general"), False, "gone")
            sheet.clauses.insert(index[before[-1]] + 1 if before else 0, view)
        if not lost:
            return


def place_comments(sheet: Sheet, comments: Iterable[Comment]) -> None:
    """Each comment beside its clause; outdated when its words are gone; of a deleted clause,
    general.
    """
    by_id = {view.id: view for view in sheet.clauses}
    words = {
        clause.id: blocks_text(clause.blocks)
        for clause, _ in flat(sheet.text.document)
        if clause.id in {row.clause for row in comments}
    }
    for row in comments:
        view = by_id.get(row.clause)
        outdated = bool(row.clause) and (
            row.clause not in words or (bool(row.quote) and row.quote not in words[row.clause])
        )
        (view.comments if view else sheet.general).append(Beside(row, outdated))


def _shown(contract: Contract, text: StoredText, values: Mapping[str, str]) -> Shown:
    language = contract.edition.template.language
    shown = numbers(text.document)
    return Shown(
        values=shown_values(contract.edition.fields, values, language),
        numbers={clause: plain_number(number) for clause, number in shown.items()},
        labels=labels_of(contract.edition.fields),
        notes=note_numbers(text.document),
        paragraphs=paragraph_numbers(text.document),
    )
