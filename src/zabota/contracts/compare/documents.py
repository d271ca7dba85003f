"""Comparing whole contracts: clauses by their identity, then word by word."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from zabota.contracts.compare.align import steady, woven
from zabota.contracts.compare.blocks import blocks
from zabota.contracts.compare.redline import Redline
from zabota.contracts.compare.whole import whole
from zabota.contracts.text.tree import Block, Clause, Document, Field, Note, Paragraph, Table

ClauseKind = Literal["same", "format", "changed", "added", "deleted", "moved", "moved_changed"]
Place = Literal["both", "old", "new"]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value that was filled in differently; `None` where there was none."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of one clause, at one place of the document.

    A moved clause stands twice: at `place` "old" where it was and at "new" where it is; so do the
    clauses inside it, `carried` along, which are no moves of their own. Counts leave out the old
    places and what was carried unchanged.
    """

    id: str
    kind: ClauseKind
    place: Place
    redline: Redline
    old: Clause | None = None
    new: Clause | None = None
    old_depth: int = 0
    new_depth: int = 0
    carried: bool = False
    values: tuple[ValueChange, ...] = ()

    @property
    def touched(self) -> bool:
        """Whether a reader who knew the old text has something to look at here."""
        return self.kind != "same" or bool(self.values)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two contracts compared: clauses in the order of both documents, values, counts by kind."""

    clauses: tuple[ClauseChange, ...] = ()
    values: tuple[ValueChange, ...] = ()
    headers: Redline = field(default_factory=Redline)
    footers: Redline = field(default_factory=Redline)

    @property
    def counts(self) -> dict[ClauseKind, int]:
        """How many clauses are of each kind; a clause moved counts once."""
        return dict(Counter(change.kind for change in self.clauses if not _is_trace(change)))


def documents(
    old: Document,
    new: Document,
    old_values: Mapping[str, str] | None = None,
    new_values: Mapping[str, str] | None = None,
    moved_by_hand: Sequence[str] = (),
) -> Comparison:
    """Compare two contracts whose clauses keep their ids (see `match_clauses` for foreign ones).

    `moved_by_hand`: the clauses the writer is known to have moved, the latest last. Where either
    of two clauses may be called the moved one, it is theirs.
    """
    before, after = _spots(old), _spots(new)
    changed = values(old_values or {}, new_values or {})
    moved = _moved(before, after, moved_by_hand)
    away = _with_inner(before, moved, after)
    ids, new_ids = list(before), list(after)
    places = {clause_id: index for index, clause_id in enumerate(new_ids)}
    stay = [
        (index, places[clause_id])
        for index, clause_id in enumerate(ids)
        if clause_id in places and clause_id not in away
    ]
    order: list[tuple[str, Place]] = []
    for i, j in woven(len(ids), len(new_ids), stay):
        if i is not None:
            order.append((ids[i], "old" if j is None else "both"))
        elif j is not None:
            order.append((new_ids[j], "new"))
    return Comparison(
        tuple(
            _change(clause_id, place, before, after, moved, changed)
            for clause_id, place in _nested(order, before, after)
        ),
        changed,
        blocks(old.headers, new.headers),
        blocks(old.footers, new.footers),
    )


def values(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[ValueChange, ...]:
    """The values that differ, in the order of the new ones, then of those that are gone."""
    names = dict.fromkeys((*new, *old))
    return tuple(
        ValueChange(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )


def field_names(wording: Iterable[Block]) -> set[str]:
    """The fields a wording mentions, in tables and notes too."""
    found: set[str] = set()
    for block in wording:
        match block:
            case Paragraph(runs=runs):
                found |= {run.name for run in runs if isinstance(run, Field)}
            case Table(rows=rows):
                for row in rows:
                    for cell in row.cells:
                        found |= field_names(cell.blocks)
            case Note(blocks=parts):
                found |= field_names(parts)
    return found


@dataclass(frozen=True, slots=True)
class _Spot:
    """A clause with the clause it belongs to ("" at the top) and how deep it stands."""

    clause: Clause
    parent: str
    depth: int


def _spots(document: Document) -> dict[str, _Spot]:
    """Clauses by id in reading order."""
    found: dict[str, _Spot] = {}
    waiting = [_Spot(clause, "", 0) for clause in reversed(document.clauses)]
    while waiting:
        spot = waiting.pop()
        clause = spot.clause
        if clause.id in found:
            raise ValueError(f"clause id {clause.id!r} stands twice in a document")
        found[clause.id] = spot
        waiting += [_Spot(child, clause.id, spot.depth + 1) for child in reversed(clause.children)]
    return found


def _moved(
    before: Mapping[str, _Spot], after: Mapping[str, _Spot], by_hand: Sequence[str]
) -> set[str]:
    """Clauses that changed their parent, or their place among those that stayed with it."""
    places = {clause_id: index for index, clause_id in enumerate(after)}
    costs = {clause_id: index for index, clause_id in enumerate(by_hand, 1)}
    moved: set[str] = set()
    families: dict[str, list[str]] = {}
    for clause_id, spot in before.items():
        if clause_id not in after:
            continue
        if after[clause_id].parent != spot.parent:
            moved.add(clause_id)
        else:
            families.setdefault(spot.parent, []).append(clause_id)
    for family in families.values():
        order = [places[member] for member in family]
        stayed = steady(order, [costs.get(member, 0) for member in family])
        moved |= set(family) - {family[index] for index in stayed}
    return moved


def _with_inner(
    before: Mapping[str, _Spot], moved: set[str], after: Mapping[str, _Spot]
) -> set[str]:
    """Moved clauses and all that went along inside them."""
    away: set[str] = set()
    for clause_id, spot in before.items():
        if clause_id in moved or (clause_id in after and spot.parent in away):
            away.add(clause_id)
    return away


def _nested(
    order: list[tuple[str, Place]], before: Mapping[str, _Spot], after: Mapping[str, _Spot]
) -> list[tuple[str, Place]]:
    """What only one side has stands inside the clause it belongs to: deeper before shallower."""
    result: list[tuple[str, Place]] = []
    for stays, group in groupby(order, lambda item: item[1] == "both"):
        items = list(group)
        gone = [] if stays else [item for item in items if item[1] == "old"]
        come = [] if stays else [item for item in items if item[1] == "new"]
        while gone and come:
            deeper = after[come[0][0]].depth > before[gone[0][0]].depth
            result.append((come if deeper else gone).pop(0))
        result += items if stays else gone + come
    return result


def _change(
    clause_id: str,
    place: Place,
    before: Mapping[str, _Spot],
    after: Mapping[str, _Spot],
    moved: set[str],
    changed: tuple[ValueChange, ...],
) -> ClauseChange:
    gone, come = before.get(clause_id), after.get(clause_id)
    old, new = (spot.clause if spot else None for spot in (gone, come))
    redline = _redline(old, new)
    kind = _kind(old, new, redline, clause_id in moved)
    if place == "old" and old is not None:
        redline = whole(old.blocks, "delete")
    return ClauseChange(
        id=clause_id,
        kind=kind,
        place=place,
        redline=redline,
        old=old,
        new=new,
        old_depth=gone.depth if gone else 0,
        new_depth=come.depth if come else 0,
        carried=bool(gone and come) and place != "both" and clause_id not in moved,
        values=_values_of(old, new, changed),
    )


def _redline(old: Clause | None, new: Clause | None) -> Redline:
    if old is None:
        return whole(new.blocks, "insert") if new else Redline()
    if new is None:
        return whole(old.blocks, "delete")
    return blocks(old.blocks, new.blocks)


def _kind(old: Clause | None, new: Clause | None, redline: Redline, moved: bool) -> ClauseKind:
    if old is None:
        return "added"
    if new is None:
        return "deleted"
    if moved:
        return "moved_changed" if redline.kind == "changed" else "moved"
    if redline.kind == "same" and (old.heading, old.numbering) != (new.heading, new.numbering):
        return "format"
    return redline.kind


def _values_of(
    old: Clause | None, new: Clause | None, changed: tuple[ValueChange, ...]
) -> tuple[ValueChange, ...]:
    if not changed:
        return ()
    names = field_names((*(old.blocks if old else ()), *(new.blocks if new else ())))
    return tuple(change for change in changed if change.name in names)


def _is_trace(change: ClauseChange) -> bool:
    return change.place == "old" and change.kind != "deleted"
