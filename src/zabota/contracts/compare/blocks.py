"""Comparing lists of blocks: paragraphs, tables, notes."""

from collections.abc import Sequence
from dataclasses import replace

from zabota.contracts.compare.align import align, rising, woven
from zabota.contracts.compare.atoms import atoms
from zabota.contracts.compare.flows import BodyBlock, groups, lone_pairs, paragraphs
from zabota.contracts.compare.likeness import ALIKE, likeness, sorted_keys
from zabota.contracts.compare.redline import (
    Change,
    Redline,
    RedlineBlock,
    RedlineNote,
    RedlineParagraph,
)
from zabota.contracts.compare.tables import tables
from zabota.contracts.compare.whole import unchanged, whole_block, whole_note
from zabota.contracts.text.notes import notes_in_order
from zabota.contracts.text.tree import Block, Note, Paragraph, Table

_MOVED_WORDS = 3  # shorter paragraphs recur by chance


def blocks(old: Sequence[Block], new: Sequence[Block]) -> Redline:
    """Compare two wordings: what was inserted, deleted, moved or only looks different."""
    if tuple(old) == tuple(new):
        return unchanged(new)
    found = _marked_moves(body(old, new))
    notes = _notes(notes_in_order(old), notes_in_order(new))
    return Redline(found, notes, tuple(old), tuple(new))


def body(old: Sequence[Block], new: Sequence[Block]) -> tuple[RedlineBlock, ...]:
    """The comparison of paragraphs and tables; notes are compared apart."""
    before: list[BodyBlock] = [block for block in old if not isinstance(block, Note)]
    after: list[BodyBlock] = [block for block in new if not isinstance(block, Note)]

    def both_paragraphs(i: int, j: int) -> bool:
        return isinstance(before[i], Paragraph) and isinstance(after[j], Paragraph)

    pairs = align(
        before, after, key=_itself, feature=sorted_keys, likeness=likeness, threshold=ALIKE
    )
    result: list[RedlineBlock] = []
    for gone, come in groups(lone_pairs(pairs, both_paragraphs), before, after):
        if gone == come:
            result += [whole_block(block, "equal") for block in gone]
        elif gone and come:
            result += _changed(gone, come)
        else:
            change: Change = "delete" if gone else "insert"
            result += [whole_block(block, change) for block in gone or come]
    return tuple(result)


def _changed(gone: Sequence[BodyBlock], come: Sequence[BodyBlock]) -> list[RedlineBlock]:
    """Blocks that became others: one table one table, or some paragraphs others."""
    first_old, first_new = gone[0], come[0]
    if isinstance(first_old, Table) and isinstance(first_new, Table):
        return [tables(first_old, first_new, body)]
    old = [block for block in gone if isinstance(block, Paragraph)]
    new = [block for block in come if isinstance(block, Paragraph)]
    return list(paragraphs(old, new))


def _notes(old: Sequence[Note], new: Sequence[Note]) -> tuple[RedlineNote, ...]:
    """Notes are known by their id; those that changed their order go and come."""
    places = {note.id: index for index, note in enumerate(new)}
    shared = [(i, places[note.id]) for i, note in enumerate(old) if note.id in places]
    kept = [shared[index] for index in rising([j for _, j in shared])]
    result: list[RedlineNote] = []
    for i, j in woven(len(old), len(new), kept):
        if i is None and j is not None:
            result.append(whole_note(new[j], "insert"))
        elif j is None and i is not None:
            result.append(whole_note(old[i], "delete"))
        elif i is not None and j is not None:
            content = body(old[i].blocks, new[j].blocks)
            result.append(RedlineNote("equal", new[j].id, content, old[i], new[j]))
    return tuple(result)


def _marked_moves(found: tuple[RedlineBlock, ...]) -> tuple[RedlineBlock, ...]:
    """A paragraph that went and came with the same words was moved."""
    gone = _whole_texts(found, "delete")
    come = _whole_texts(found, "insert")
    moved: set[int] = set()
    for text, places in gone.items():
        for left, right in zip(places, come.get(text, []), strict=False):
            moved |= {left, right}
    return tuple(
        _moved(block) if index in moved and isinstance(block, RedlineParagraph) else block
        for index, block in enumerate(found)
    )


def _whole_texts(found: Sequence[RedlineBlock], change: Change) -> dict[tuple[str, ...], list[int]]:
    """Where paragraphs that wholly went (or came) stand, by their words."""
    texts: dict[tuple[str, ...], list[int]] = {}
    for index, block in enumerate(found):
        if isinstance(block, RedlineParagraph) and block.whole == change != "equal":
            parts = [atom for op in block.ops for atom in atoms((*op.old, *op.new))]
            if sum(atom.is_word for atom in parts) >= _MOVED_WORDS:
                texts.setdefault(tuple(atom.key for atom in parts), []).append(index)
    return texts


def _moved(block: RedlineParagraph) -> RedlineParagraph:
    ops = tuple(replace(op, moved=True) for op in block.ops)
    return replace(block, ops=ops, moved=True)


def _itself(block: BodyBlock) -> BodyBlock:
    return block
