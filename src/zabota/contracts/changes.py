"""What changed between two texts of a contract, as rows to be answered clause by clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zabota.contracts.compare import documents
from zabota.contracts.compare.documents import ClauseChange, Comparison, field_names
from zabota.contracts.models.changes import Change, ChangeKind
from zabota.contracts.stored import Attributes, StoredText, Tree, flat, node_of
from zabota.contracts.surgery import moved_by_hand, place_of
from zabota.contracts.text.naming import clause_names
from zabota.contracts.text.numbering import numbers, plain_number


@dataclass(frozen=True)
class Changed:
    """One clause or value that differs: what, where, of which direction. `number` stands before
    the clause, by its `name` it is spoken of.
    """

    clause: str
    kind: str
    concern: str
    number: str
    name: str = ""
    locked: bool = False
    old_wording: str = ""
    new_wording: str = ""
    place: dict[str, Any] | None = None
    field: str = ""
    old_value: str = ""
    new_value: str = ""
    old_number: str = ""


KINDS = {
    "changed": ChangeKind.EDITED,
    "format": ChangeKind.EDITED,
    "moved_changed": ChangeKind.EDITED,
    "added": ChangeKind.ADDED,
    "deleted": ChangeKind.DELETED,
    "moved": ChangeKind.MOVED,
}


def changes_between(
    old_tree: Tree,
    old: StoredText,
    new_tree: Tree,
    new: StoredText,
    old_values: Mapping[str, str] | None = None,
    new_values: Mapping[str, str] | None = None,
) -> list[Changed]:
    """Every clause that differs, once; values only where old ones are given (a form has none)."""
    found: Comparison = documents(old.document, new.document, moved_by_hand=moved_by_hand(new_tree))
    old_numbers, new_numbers = numbers(old.document), numbers(new.document)
    names = {**clause_names(old.document), **clause_names(new.document)}
    rows = [
        _clause_row(change, old_tree, old, new_tree, new, old_numbers, new_numbers, names)
        for change in found.clauses
        if change.kind in KINDS
        and not (change.place == "old" and change.kind != "deleted")
        and not (change.carried and change.kind == "moved")
    ]
    if old_values is not None:
        rows += _value_rows(old_values, new_values or {}, new, new_numbers, names)
    return rows


def _clause_row(
    change: ClauseChange,
    old_tree: Tree,
    old: StoredText,
    new_tree: Tree,
    new: StoredText,
    old_numbers: Mapping[str, str],
    new_numbers: Mapping[str, str],
    names: Mapping[str, str],
) -> Changed:
    told = old.attributes.get(change.id) or new.attributes.get(change.id) or Attributes()
    before, after = node_of(old_tree, change.id), node_of(new_tree, change.id)
    kind = KINDS[change.kind]
    if told.locked and kind == ChangeKind.EDITED:
        kind = ChangeKind.PROPOSED
    was = old_numbers.get(change.id, "")
    number = new_numbers.get(change.id) or was
    moved = change.kind in ("moved", "moved_changed")
    return Changed(
        clause=change.id,
        kind=kind,
        concern=told.concern,
        number=plain_number(number) if number else "",
        name=names.get(change.id, ""),
        locked=told.locked,
        old_wording=before["w"] if before else "",
        new_wording=after["w"] if after else "",
        place=place_of(old_tree, change.id) if moved else None,
        old_number=plain_number(was) if moved and was else "",
    )


def _value_rows(
    old: Mapping[str, str],
    new: Mapping[str, str],
    text: StoredText,
    known: Mapping[str, str],
    names: Mapping[str, str],
) -> Iterable[Changed]:
    homes = field_homes(text)
    for name in dict.fromkeys((*new, *old)):
        # A value whose field left the text goes with the change of its clause.
        if "." in name or name not in homes or old.get(name, "") == new.get(name, ""):
            continue
        clause = homes.get(name, "")
        told = text.attributes.get(clause, Attributes())
        number = known.get(clause, "")
        yield Changed(
            clause=clause,
            kind=ChangeKind.VALUE,
            concern=told.concern,
            number=plain_number(number) if number else "",
            name=names.get(clause, ""),
            field=name,
            old_value=old.get(name, ""),
            new_value=new.get(name, ""),
        )


def lost_values(changes: Iterable[Change]) -> dict[str, str]:
    """Values whose fields left the text with these changes: what is struck out is read with them,
    while the versions that follow bear only what still stands in them.
    """
    return {name: value for row in changes for name, value in row.lost_values.items()}


def field_homes(text: StoredText) -> dict[str, str]:
    """The first clause in which each field stands."""
    homes: dict[str, str] = {}
    for clause, _ in flat(text.document):
        for name in field_names(clause.blocks):
            homes.setdefault(name, clause.id)
    return homes
