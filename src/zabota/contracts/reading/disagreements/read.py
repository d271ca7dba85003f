"""The table of disagreements of a contract, read from its changes and versions; nothing is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from zabota.clients.access import RoomViewer
from zabota.contracts.changes import lost_values
from zabota.contracts.compare.documents import field_names
from zabota.contracts.models import SETTLED, Change, ChangeState, Contract, Version
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.reading.disagreements.positions import Note, Position, Row, Standing, row_of
from zabota.contracts.rules import Viewer
from zabota.contracts.stored import (
    StoredText,
    Tree,
    flat,
    load_texts,
    load_wordings,
    node_of,
    nodes,
)
from zabota.contracts.surgery import place_of
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.naming import clause_names
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.contracts.text.tree import Block, Document, Scheme


@dataclass(frozen=True)
class Disagreements:
    """The rows in the order of the text, and what is needed to read their words."""

    rows: list[Row]
    blocks: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    beginning: "Beginning | None" = None
    opening: Document | None = None
    is_final: bool = False

    @property
    def agreed(self) -> int:
        """How many rows are agreed."""
        return sum(row.standing == Standing.AGREED for row in self.rows)

    @property
    def is_settled(self) -> bool:
        """Whether there is something to agree on, and all of it is agreed."""
        return bool(self.rows) and self.agreed == len(self.rows)


@dataclass(frozen=True)
class Beginning:
    """The text the disagreements are about: the form, or what we had put in it before the client
    first sent theirs; with the values it was first sent with.
    """

    tree: Tree
    values: Mapping[str, str]


def read_disagreements(contract: Contract, viewer: Viewer | None = None) -> Disagreements:
    """Every clause that was or is in dispute, four queries. Once the contract is agreed the table
    is final: the wordings of the beginning against those of the agreed text.
    """
    versions = list(contract.versions.order_by("number"))
    changes = _changes(contract, viewer)
    if not versions or not changes:
        return Disagreements([])
    beginning, last = _beginning(contract, versions, lost_values(changes)), versions[-1]
    old, new = load_texts(beginning.tree, last.tree)
    rows = _rows(changes, versions)
    numbered, named = _numbers(new.document), clause_names(new.document)
    if contract.case.state in SETTLED:
        numbered |= _numbers(old.document)
        named |= clause_names(old.document)
        rows = _final(rows, beginning, old, last, new)
    by_version = {version.pk: version.tree for version in versions}
    trees = [beginning.tree, *(by_version[row.version_id] for row in changes), last.tree]
    order = _order(trees)
    rows.sort(key=lambda row: order.get(row.clause, len(order)))
    rows = [replace(row, number=named.get(row.clause) or row.number) for row in rows]
    return Disagreements(
        rows,
        _blocks(rows),
        numbered,
        {**old.document.schemes, **new.document.schemes},
        beginning,
        new.document,
        contract.case.state in SETTLED,
    )


def _changes(contract: Contract, viewer: Viewer | None) -> list[Change]:
    """Every change this viewer may read, those changed once more included."""
    found = (
        Change.objects.filter(contract=contract)
        .select_related("answered_by__user", "made_by")
        .order_by("pk")
    )
    client = isinstance(viewer, RoomViewer)
    return [row for row in found if not client or row.made_by_id or row.sent_at]


def _beginning(contract: Contract, versions: list[Version], lost: Mapping[str, str]) -> Beginning:
    theirs = next((at for at, version in enumerate(versions) if version.side == "theirs"), 0)
    if theirs:
        before = versions[theirs - 1]
        return Beginning(before.tree, {**lost, **before.values})
    return Beginning(contract.edition.tree, {**lost, **versions[0].values})


def _rows(changes: list[Change], versions: list[Version]) -> list[Row]:
    """One row a clause: of each thing in it the last change is live, the others are history."""
    live: dict[str, dict[str, Change]] = {}
    earlier: dict[str, list[Change]] = {}
    for change in changes:
        if change.state != ChangeState.SUPERSEDED:
            mine = live.setdefault(change.clause, {})
            if change.field in mine:
                earlier.setdefault(change.clause, []).append(mine[change.field])
            mine[change.field] = change
        else:
            earlier.setdefault(change.clause, []).append(change)
    # Of a clause that is gone the words it had last.
    present = {node["id"]: node["w"] for version in versions for node in nodes(version.tree)}
    values = {**lost_values(changes), **_values(versions)}
    return [
        row_of(
            clause,
            list(found.values()),
            earlier.get(clause, []),
            values,
            present.get(clause, ""),
        )
        for clause, found in live.items()
        if clause
    ]


def _values(versions: list[Version]) -> dict[str, str]:
    """The last value of every field, also of one whose clause was reworded without it."""
    return {name: value for version in versions for name, value in version.values.items()}


def _final(
    rows: list[Row], beginning: Beginning, old: StoredText, last: Version, new: StoredText
) -> list[Row]:
    """The agreed text against the one it began from. Besides what was spoken of, every clause in
    which a changed value stands: the two texts must not differ where the table is silent.
    """
    before, after = (_wordings(tree) for tree in (beginning.tree, last.tree))
    values = {**last.values, **{n: v for n, v in beginning.values.items() if "." not in n}}
    fields = _fields(old.document) | _fields(new.document)
    spoken = {row.clause: row for row in rows}
    found = []
    for clause in dict.fromkeys((*before, *after, *spoken)):
        row = spoken.get(clause)
        ours = Position(
            before.get(clause, ""), values, Note.NONE if clause in before else Note.ABSENT
        )
        gone = Note.DELETED if clause in before else Note.EXCLUDED
        moved = row is not None and clause in after and _is_moved(row, beginning.tree, last.tree)
        note = (Note.MOVED if moved else Note.NONE) if clause in after else gone
        agreed = Position(after.get(clause, ""), last.values, note)
        names = fields.get(clause, ())
        same = _same(ours, agreed, names)
        if row is None and not same:
            concern = new.attributes.get(clause) or old.attributes[clause]
            row = Row(clause, "", concern.concern, [], [], ours, agreed, agreed)
        if row is not None and not (same and _same(ours, row.theirs, names)):
            found.append(replace(row, ours=ours, agreed=agreed))
    return found


def _is_moved(row: Row, old: Tree, new: Tree) -> bool:
    """Whether a clause that was moved in some round stands elsewhere in the end."""
    rounds = [*row.changes, *row.earlier]
    if not any(change.kind == ChangeKind.MOVED or change.place is not None for change in rounds):
        return False
    return node_of(old, row.clause) is not None and place_of(old, row.clause) != place_of(
        new, row.clause
    )


def _same(one: Position, other: Position, fields: Iterable[str]) -> bool:
    """Whether a reader finds the same words; why a clause is not to stand does not matter."""
    moved = Note.MOVED in (one.note, other.note)
    values = all(one.values.get(name, "") == other.values.get(name, "") for name in fields)
    return one.wording == other.wording and values and not moved


def _wordings(tree: Tree) -> dict[str, str]:
    return {node["id"]: node["w"] for node in nodes(tree)}


def _fields(document: Document) -> dict[str, tuple[str, ...]]:
    return {clause.id: tuple(field_names(clause.blocks)) for clause, _ in flat(document)}


def _numbers(document: Document) -> dict[str, str]:
    return {clause: plain_number(number) for clause, number in numbers(document).items()}


def _order(trees: Iterable[Tree]) -> dict[str, int]:
    """The order of reading of all texts together: what one lacks stands where another has it."""
    order: list[str] = []
    known: set[str] = set()
    for tree in trees:
        before = -1
        for node in nodes(tree):
            if node["id"] in known:
                before = order.index(node["id"])
                continue
            before += 1
            order.insert(before, node["id"])
            known.add(node["id"])
    return {clause: place for place, clause in enumerate(order)}


def _blocks(rows: Iterable[Row]) -> dict[str, tuple[Block, ...]]:
    """The words of all positions and of what was said in earlier rounds, one query."""
    digests = set()
    for row in rows:
        positions = [row.ours, row.theirs, row.agreed]
        digests |= {position.wording for position in positions if position is not None}
        digests |= {d for c in row.earlier for d in (c.new_wording, c.counter_wording)}
    return {digest: blocks_from_json(told) for digest, told in load_wordings(digests).items()}
