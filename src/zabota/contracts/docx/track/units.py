"""A text cut into units that are written, proved and, where the proof fails, replaced one by one.

Of our own texts a unit is a clause, known by its bookmark; of other files a paragraph or a table,
or several that were joined or split.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from zabota.contracts.compare import ClauseChange, documents
from zabota.contracts.compare.blocks import blocks as compare_blocks
from zabota.contracts.compare.redline import RedlineBlock, RedlineParagraph
from zabota.contracts.compare.whole import whole_blocks
from zabota.contracts.docx.package import W
from zabota.contracts.docx.track.blocks import Side
from zabota.contracts.docx.track.lines import Hand, Part
from zabota.contracts.docx.write.runs import bookmark
from zabota.contracts.text.numbering import clauses_of
from zabota.contracts.text.tree import Block, Clause, Document

type Hands = Callable[[str], Hand]
LONGEST_NAME: Final = 60


@dataclass(slots=True)
class Unit:
    """Blocks that are written together; `kind` is what became of them."""

    key: str
    name: str
    kind: str
    hand: Hand
    old: Sequence[etree._Element]
    new: Sequence[etree._Element]
    blocks: Sequence[RedlineBlock]
    parts: list[Part] = field(default_factory=list)


def clause_units(
    old: tuple[Document, Sequence[etree._Element], Side],
    new: tuple[Document, Sequence[etree._Element], Side],
    hands: Hands,
    moved_by_hand: Sequence[str] = (),
) -> list[Unit]:
    """The units of two of our own texts (trees, their blocks as written)."""
    before, after = _by_clause(old[0], old[1]), _by_clause(new[0], new[1])
    found = documents(
        _shadow(old[0], before, old[2]),
        _shadow(new[0], after, new[2]),
        moved_by_hand=moved_by_hand,
    )
    return [_clause_unit(change, before, after, hands) for change in found.clauses]


def _clause_unit(
    change: ClauseChange,
    before: Mapping[str, list[etree._Element]],
    after: Mapping[str, list[etree._Element]],
    hands: Hands,
) -> Unit:
    gone = before.get(change.id, []) if change.place != "new" else []
    come = after.get(change.id, []) if change.place != "old" else []
    blocks: Sequence[RedlineBlock] = change.redline.blocks
    if change.place == "new" and change.new is not None:
        # A move is a deletion and an insertion.
        blocks = whole_blocks(change.new.blocks, "insert")
    key = f"{change.id}/{change.place}"
    kind = "" if change.place == "old" and change.kind != "deleted" else str(change.kind)
    if not change.id:
        kind = ""
    kind = "carried" if change.carried and kind.startswith("moved") else kind
    return Unit(key, change.id, kind, hands(change.id), gone, come, blocks)


def _by_clause(
    document: Document, blocks: Sequence[etree._Element]
) -> dict[str, list[etree._Element]]:
    """The blocks of each clause: from its bookmark to the next; those before any are of ""."""
    names = {bookmark(clause.id): clause.id for clause in clauses_of(document)}
    found: dict[str, list[etree._Element]] = {"": []}
    current = ""
    for block in blocks:
        for mark in block.iter(f"{W}bookmarkStart"):
            said = names.get(mark.get(f"{W}name", ""))
            if said is not None and said not in found:
                current = said
                break
        found.setdefault(current, []).append(block)
    return found


def _shadow(document: Document, found: Mapping[str, list[etree._Element]], side: Side) -> Document:
    def seen(clause: Clause) -> Clause:
        blocks: tuple[Block, ...] = side.shadows(found.get(clause.id, ()))
        return replace(clause, blocks=blocks, children=tuple(map(seen, clause.children)))

    head = Clause("", side.shadows(found[""]))
    return Document((head, *map(seen, document.clauses)))


def block_units(
    old: tuple[Sequence[etree._Element], Side], new: tuple[Sequence[etree._Element], Side],
    hand: Hand,
) -> list[Unit]:  # fmt: skip
    """The units of any two texts: cut wherever a paragraph ends on both sides."""
    redline = compare_blocks(old[1].shadows(old[0]), new[1].shadows(new[0]))
    units: list[Unit] = []
    waiting: list[RedlineBlock] = []
    i = j = 0
    for place, block in enumerate(redline.blocks):
        waiting.append(block)
        change = block.mark if isinstance(block, RedlineParagraph) else block.change
        if change == "equal" or not isinstance(block, RedlineParagraph):
            ends = (i + _taken(waiting, "insert"), j + _taken(waiting, "delete"))
        elif place == len(redline.blocks) - 1:
            ends = (len(old[0]), len(new[0]))
        else:
            continue
        gone, come = old[0][i : ends[0]], new[0][j : ends[1]]
        name = _name(come or gone)
        units.append(Unit(str(len(units)), name, _kind(waiting), hand, gone, come, tuple(waiting)))
        waiting, (i, j) = [], ends
    return units


def _taken(blocks: Iterable[RedlineBlock], other: str) -> int:
    """How many blocks of one side stand in these."""
    marks = [b.mark if isinstance(b, RedlineParagraph) else b.change for b in blocks]
    return sum(mark != other for mark in marks)


def _kind(blocks: Sequence[RedlineBlock]) -> str:
    changed = any(block.kind == "changed" for block in blocks)
    moved = any(isinstance(b, RedlineParagraph) and b.moved for b in blocks)
    return "moved" if moved else "changed" if changed else "same"


def _name(elements: Sequence[etree._Element]) -> str:
    """The first words of a unit, to be found by."""
    said = "".join(t.text or "" for e in elements for t in e.iter(f"{W}t"))
    words = " ".join(said.split())
    return words if len(words) <= LONGEST_NAME else f"{words[:LONGEST_NAME].rstrip()}…"
