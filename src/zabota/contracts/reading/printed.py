"""A comparison as the printed page takes it: words that stayed, came or went, with values."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from zabota.contracts.compare import ClauseChange, Comparison
from zabota.contracts.compare import Op as Edit
from zabota.contracts.compare.redline import RedlineBlock, RedlineParagraph
from zabota.contracts.paper import ComparedClause, ComparedTable
from zabota.contracts.paper.comparison import State, Word, Words
from zabota.contracts.text.html import Shown
from zabota.contracts.text.tree import Break, Field, Reference, Run, Text

STATES: dict[str, State] = {
    "added": "added",
    "deleted": "deleted",
    "changed": "changed",
    "format": "changed",
    "moved": "moved",
    "moved_changed": "moved",
    "same": "same",
}


def printed_clauses(found: Comparison, old: Shown, new: Shown) -> list[ComparedClause]:
    """Every clause of the comparison in reading order."""
    return [_clause(change, old, new) for change in found.clauses]


def _clause(change: ClauseChange, old: Shown, new: Shown) -> ComparedClause:
    gone = change.place == "old"
    clause = change.old if gone else change.new
    before, after = old.numbers.get(change.id, ""), new.numbers.get(change.id, "")
    state: State = "moved" if change.carried else STATES[change.kind]
    if state == "same" and change.values:
        state = "changed"
    renumbered = change.place == "both" and before and before != after
    return ComparedClause(
        number=before if gone else after,
        state=state,
        blocks=[_block(block, old, new) for block in _blocks(change)],
        depth=change.old_depth if gone else change.new_depth,
        heading=bool(clause and clause.heading),
        note=f"{before} → {after}" if renumbered and state != "same" else "",
    )


def _blocks(change: ClauseChange) -> Iterator[RedlineBlock]:
    yield from change.redline.blocks
    for note in change.redline.notes:
        yield from note.blocks


def _block(block: RedlineBlock, old: Shown, new: Shown) -> Words | ComparedTable:
    if isinstance(block, RedlineParagraph):
        return list(_words(block.ops, old, new))
    return ComparedTable(
        [
            [[_flat(part, old, new) for part in cell.blocks] for cell in row.cells]
            for row in block.rows
        ]
    )


def _flat(block: RedlineBlock, old: Shown, new: Shown) -> Words:
    """A paragraph of a cell; a table inside a cell is read as its words."""
    if isinstance(block, RedlineParagraph):
        return list(_words(block.ops, old, new))
    inner = [part for row in block.rows for cell in row.cells for part in cell.blocks]
    return [word for part in inner for word in _flat(part, old, new)]


def _words(ops: Iterable[Edit], old: Shown, new: Shown) -> Iterator[Word]:
    for op in ops:
        if op.kind == "insert" or op.kind == "delete":
            runs, shown = (op.new, new) if op.kind == "insert" else (op.old, old)
            for marks, some in groupby(runs, key=_marks):
                yield op.kind, "".join(_said(run, shown) for run in some), marks
            continue
        for run in op.new:
            before, after = _said(run, old), _said(run, new)
            if before == after:
                yield "equal", after, _marks(run)
                continue
            if before:
                yield "delete", before, _marks(run)
            if after:
                yield "insert", after, _marks(run)


def _marks(run: Run) -> tuple[str, ...]:
    """Bold and italic stay in print; lines under and through words say what changed."""
    marks = run.marks if isinstance(run, Text | Field | Reference) else ()
    return tuple(mark for mark in marks if mark in ("bold", "italic"))


def _said(run: Run, shown: Shown) -> str:
    match run:
        case Text(text=text):
            return text
        case Field(name=name):
            return shown.values.get(name) or "________"
        case Reference(kind="note", target=target):
            return f"[{shown.notes.get(target, '*')}]"
        case Reference(target=target):
            return shown.numbers.get(target, "—")
        case Break(kind=kind):
            return "\t" if kind == "tab" else " "
        case _:
            return f"[{run.words or run.kind}]" if run.words else ""
