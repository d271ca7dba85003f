"""The table of disagreements as it is read on the screen: words, marks of change, what was said."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from zabota.contracts.compare import blocks as compare_blocks
from zabota.contracts.concerns import concern_name
from zabota.contracts.drafts import OpenDraft
from zabota.contracts.models import Change, ChangeState, Contract
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.reading.disagreements.paper import said
from zabota.contracts.reading.disagreements.positions import Position, Row
from zabota.contracts.reading.disagreements.read import Disagreements
from zabota.contracts.reading.sheet.clauses import scrolling
from zabota.contracts.reading.values import labels_of, show_value
from zabota.contracts.stored import Tree, nodes
from zabota.contracts.surgery import place_of
from zabota.contracts.text.html import Shown, clause_html
from zabota.contracts.text.html.ops import view_of
from zabota.contracts.text.html.redline import viewed


@dataclass(frozen=True)
class Dispute:
    """One change of a row, as it is answered: a value is named, words stand in the columns."""

    change: Change
    label: str = ""
    old: str = ""
    new: str = ""
    counter: str = ""
    answerable: bool = False
    repliable: bool = False

    @property
    def is_agreed(self) -> bool:
        """Nobody is asked about it any more."""
        return self.change.state in (ChangeState.ACCEPTED, ChangeState.AGREED)


@dataclass(frozen=True)
class Earlier:
    """How it stood in an earlier round: what the client wanted and what we answered."""

    change: Change
    theirs: str
    ours: str


@dataclass(frozen=True)
class RowView:
    """One row on the page; `drafted` where the client has other words in its draft, unsent."""

    row: Row
    concern: str
    ours: str
    theirs: str
    agreed: str
    disputes: list[Dispute]
    earlier: list[Earlier] = field(default_factory=list)
    drafted: bool = False
    reason: str = ""


def row_views(
    contract: Contract,
    found: Disagreements,
    *,
    answerable: Collection[int],
    repliable: Collection[int],
    work: OpenDraft | None,
) -> list[RowView]:
    """Every row; `answerable` and `repliable` are the changes this reader may decide on."""
    touched = _touched(work) if work is not None else set()
    reasons = work.draft.reasons if work is not None else {}
    views = []
    for row in found.rows:
        drafted = row.clause in touched or bool(set(row.fields) & touched)
        views.append(
            RowView(
                row,
                concern_name(row.concern),
                _against(contract, row, found, row.ours, row.theirs),
                _against(contract, row, found, row.theirs, row.ours),
                _html(contract, row, row.agreed, found) if row.agreed else "",
                _disputes(contract, row.changes, answerable, repliable),
                [_earlier(contract, row, change, found) for change in row.earlier],
                drafted,
                str(reasons.get(row.clause, "")) if drafted else "",
            )
        )
    return views


NOTHING = Shown(anchors=False)


def _html(contract: Contract, row: Row, position: Position, found: Disagreements) -> str:
    return scrolling(clause_html(said(contract, row, position, found), NOTHING))


def _against(
    contract: Contract, row: Row, found: Disagreements, one: Position, other: Position
) -> str:
    """One side's wording, what it has and the other has not marked; where one side has no clause
    at all, each stands for itself.
    """
    if not one.wording or not other.wording:
        return _html(contract, row, one, found)
    old, new = (said(contract, row, wish, found) for wish in (other, one))
    redline = compare_blocks(old, new)
    return scrolling(viewed(redline, view_of(redline, NOTHING, NOTHING, side="new")))


def _disputes(
    contract: Contract,
    changes: Iterable[Change],
    answerable: Collection[int],
    repliable: Collection[int],
) -> list[Dispute]:
    labels = labels_of(contract.edition.fields)
    types = {spec["name"]: spec["type"] for spec in contract.edition.fields}
    language = contract.edition.template.language
    found = []
    for change in changes:
        kind = types.get(change.field, "text")
        old, new, counter = (
            show_value(kind, value, language)
            for value in (change.old_value, change.new_value, change.counter_value)
        )
        label = labels.get(change.field, change.field)
        may_answer, may_reply = change.pk in answerable, change.pk in repliable
        found.append(Dispute(change, label, old, new, counter, may_answer, may_reply))
    return found


def _earlier(contract: Contract, row: Row, change: Change, found: Disagreements) -> Earlier:
    values = row.ours.values
    if change.kind == ChangeKind.VALUE:
        return Earlier(change, change.new_value, change.counter_value)
    theirs = Position(change.new_wording, values) if change.new_wording else None
    ours = Position(change.counter_wording, values) if change.counter_wording else None
    return Earlier(
        change,
        _html(contract, row, theirs, found) if theirs else "",
        _html(contract, row, ours, found) if ours else "",
    )


def _touched(work: OpenDraft) -> set[str]:
    """Clauses and fields that stand in the draft otherwise than in the text it began from."""
    before, after = ({n["id"]: n["w"] for n in nodes(tree)} for tree in (work.base, work.tree))
    found = {clause for clause in {*before, *after} if before.get(clause) != after.get(clause)}
    found |= {
        clause
        for clause in before.keys() & after.keys()
        if _moved(work.base, work.tree, clause, before.keys() & after.keys())
    }
    typed = work.draft.base.values if work.draft.base else {}
    return found | {name for name, value in work.draft.values.items() if typed.get(name) != value}


def _moved(old: Tree, new: Tree, clause: str, both: Collection[str]) -> bool:
    was, now = place_of(old, clause), place_of(new, clause)
    known = all(place in both or not place for place in (*was.values(), *now.values()))
    return known and was["parent"] != now["parent"]
