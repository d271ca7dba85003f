"""Notes of two files: which is which, and their words with the changes tracked."""

from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from zabota.contracts.compare.align import align
from zabota.contracts.compare.atoms import atoms
from zabota.contracts.compare.blocks import blocks as compare_blocks
from zabota.contracts.compare.likeness import ALIKE, share
from zabota.contracts.docx.package import W
from zabota.contracts.docx.track.blocks import blocks_of
from zabota.contracts.docx.track.carry import Carrier
from zabota.contracts.docx.track.grids import Redliner
from zabota.contracts.docx.track.lines import Hand
from zabota.contracts.docx.track.pieces import CALLS, copy_of
from zabota.contracts.docx.write.parts import Parts
from zabota.contracts.docx.write.xml import make

KINDS: Final = ("footnote", "endnote")


class NoteBook:
    """The notes of both files by kind and number."""

    def __init__(self, old: Parts, new: Parts) -> None:
        self._old_roots = {kind: old.xml(f"{kind}s") for kind in KINDS}
        self._roots = {kind: new.xml(f"{kind}s") for kind in KINDS}
        self.old = _by_number(self._old_roots)
        self.new = _by_number(self._roots)
        self._names: tuple[dict[tuple[str, str], str], ...] = ({}, {})
        self.changed: list[etree._Element] = []
        self._kept: dict[tuple[str, str], tuple[etree._Element, Hand]] = {}

    def written(self) -> list[etree._Element]:
        """All notes of the new file, as they stand after `write`."""
        return [note for root in self._roots.values() if root is not None for note in root]

    def pair(self, old: etree._Element, new: etree._Element) -> None:
        """Give the notes of both bodies names, the same to a note that stayed."""
        for kind in KINDS:
            before, after = _called(old, kind), _called(new, kind)
            pairs = align(
                [_text(self.old.get((kind, n))) for n in before],
                [_text(self.new.get((kind, n))) for n in after],
                key=str,
                feature=lambda text: [atom.key for atom in atoms(text) if not atom.is_space],
                likeness=share,
                threshold=ALIKE,
            )
            for number, (i, j) in enumerate(pairs):
                if i is not None:
                    self._names[0][kind, before[i]] = str(number)
                if j is not None:
                    self._names[1][kind, after[j]] = str(number)

    def old_name(self, call: etree._Element) -> str:
        """The name of a note the old text calls."""
        return self._name(0, call)

    def new_name(self, call: etree._Element) -> str:
        """The name of a note the new text calls."""
        return self._name(1, call)

    def kept(self, before: etree._Element, after: etree._Element, hand: Hand) -> None:
        """A call that stayed: the words of its note are compared."""
        if after.tag in CALLS and before.tag == after.tag:
            kind = CALLS[str(after.tag)]
            note = self.old.get((kind, before.get(f"{W}id", "")))
            if note is not None:
                self._kept[kind, after.get(f"{W}id", "")] = (note, hand)

    def write(self, parts: Parts, ink: Redliner, carrier: Carrier) -> None:
        """Put both parts of notes into the new file, with what changed and what went."""
        for kind in KINDS:
            root, changed = self._roots[kind], False
            for (of, number), (before, hand) in self._kept.items():
                after = self.new.get((of, number))
                if of == kind and after is not None and _text(before) != _text(after):
                    _rewrite(before, after, hand, ink)
                    self.changed += list(after)
                    changed = True
            for of, number, fresh in list(carrier.deleted_notes):
                gone = self.old.get((of, number))
                if of == kind and gone is not None:
                    root = self._begun(kind) if root is None else root
                    self._roots[kind] = root
                    root.append(_carried(gone, fresh, carrier))
                    changed = True
            if changed and root is not None:
                parts.put(f"{kind}s", root)

    def _begun(self, kind: str) -> etree._Element:
        """The part of a file that has no notes any more: its separators only."""
        root = copy_of(self._old_roots[kind])  # type: ignore[arg-type]
        for note in list(root):
            if note.get(f"{W}type", "normal") == "normal":
                root.remove(note)
        return root

    def _name(self, side: int, call: etree._Element) -> str:
        number = call.get(f"{W}id", "")
        return self._names[side].get((CALLS[str(call.tag)], number), f"{side}-{number}")


def _by_number(
    roots: Mapping[str, etree._Element | None],
) -> dict[tuple[str, str], etree._Element]:
    found = {}
    for kind, root in roots.items():
        for note in () if root is None else root:
            found[kind, note.get(f"{W}id", "")] = note
    return found


def _called(body: etree._Element, kind: str) -> list[str]:
    return [call.get(f"{W}id", "") for call in body.iter(f"{W}{kind}Reference")]


def _text(note: etree._Element | None) -> str:
    if note is None:
        return ""
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in note.iter(f"{W}p"))


def _rewrite(before: etree._Element, after: etree._Element, hand: Hand, ink: Redliner) -> None:
    old, new = ink.old.shadows(blocks_of(before)), ink.new.shadows(blocks_of(after))
    after[:] = ink.container(compare_blocks(old, new).blocks, before, after, hand)


def _carried(note: etree._Element, number: str, carrier: Carrier) -> etree._Element:
    content: Sequence[etree._Element] = [carrier(block) for block in blocks_of(note)]
    return make(str(note.tag).removeprefix(W), *content, id=number)
