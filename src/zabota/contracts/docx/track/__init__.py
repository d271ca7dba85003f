"""Two versions of a text as one Word file with tracked changes, proved before it is given away.

The body is that of the new file, its package too; what went comes from the old one. `proof.py`
reads what was written by a walk of its own. Where it differs, the clause is written as replaced
whole; where even that does not prove, nothing is given. Source: ECMA-376 part 1, 17.13.5.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from zabota.contracts.docx.guard import inspect
from zabota.contracts.docx.package import W, parse
from zabota.contracts.docx.read.revisions import settle
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.docx.track.blocks import Mismatch, Side, Stream, blocks_of
from zabota.contracts.docx.track.carry import Carrier
from zabota.contracts.docx.track.comments import Comments, Said
from zabota.contracts.docx.track.counts import Counts, count
from zabota.contracts.docx.track.grids import Redliner
from zabota.contracts.docx.track.lines import Hand, Impure, Part, close, lay
from zabota.contracts.docx.track.notes import NoteBook
from zabota.contracts.docx.track.proof import Difference, element_lines, prove
from zabota.contracts.docx.track.units import Hands, Unit, block_units, clause_units
from zabota.contracts.docx.write.parts import CONTENT_TYPES, MOMENT, Parts, open_parts
from zabota.contracts.docx.write.xml import serialize
from zabota.contracts.text.tree import Document, Paragraph, Table

__all__ = ["Counts", "Hand", "Said", "Tracked", "Unproved", "track_files", "track_texts"]

# Traces of editing that say nothing of the text.
TRACES: Final = tuple(
    f"{W}{name}" for name in ("rsidR", "rsidRPr", "rsidRDefault", "rsidP", "rsidDel", "rsidTr")
)
WORD_2010: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
EVERYTHING: Final = "*"


class Unproved(Exception):
    """No redline of the two texts could be proved; says where the last one failed."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        super().__init__("unproved")
        self.differences = tuple(differences)


@dataclass(frozen=True, slots=True)
class Tracked:
    """A proved redline: the file, what is in it, which clauses (of a foreign file: paragraphs, by
    their first words) are shown as replaced whole, and how many of them are of which kind."""

    data: bytes
    counts: Counts
    whole: tuple[str, ...]
    kinds: dict[str, int]


def track_texts(
    old: bytes,
    new: bytes,
    trees: tuple[Document, Document],
    hands: Hands,
    said: Sequence[Said] = (),
    moved_by_hand: Sequence[str] = (),
) -> Tracked:
    """The redline of two of our own texts, given as trees and as `docx.write` wrote them.

    `hands` says for a clause whose change it is; `said` are the comments the reader may see;
    `moved_by_hand` the clauses a writer is known to have moved, the latest last.
    """

    def units(text: "_Text") -> list[Unit]:
        return clause_units(
            (trees[0], text.old_blocks, text.old),
            (trees[1], text.new_blocks, text.new),
            hands,
            moved_by_hand,
        )

    return _proved(old, new, units, said)


def track_files(old: bytes, new: bytes, hand: Hand) -> Tracked:
    """The redline of any two Word files; changes tracked in them count as accepted.

    Raises `Refused` for a file the guard does not take, `Unproved` when no redline holds.
    """
    for data in (old, new):
        inspect(data)

    def units(text: "_Text") -> list[Unit]:
        return block_units((text.old_blocks, text.old), (text.new_blocks, text.new), hand)

    return _proved(old, new, units, ())


def _proved(
    old: bytes, new: bytes, units: Callable[["_Text"], list[Unit]], said: Sequence[Said]
) -> Tracked:
    """Write, prove; replace the clauses that failed; then every changed one; then all."""
    whole: frozenset[str] = frozenset()
    text = _Text(old, new, units, said)
    made = text.write(whole)
    wrong = prove(made.data, old, new)
    for step in (text.culprits, text.changed, lambda: frozenset({EVERYTHING})):
        if not wrong:
            return made
        whole |= step()
        text = _Text(old, new, units, said)
        made = text.write(whole)
        wrong = prove(made.data, old, new)
    if wrong:
        raise Unproved(wrong)
    return made


class _Text:
    """Both texts opened, ready to be written as one."""

    def __init__(
        self,
        old: bytes,
        new: bytes,
        units: Callable[["_Text"], list[Unit]],
        said: Sequence[Said],
    ) -> None:
        parts = open_parts(old, accept=True), open_parts(new, accept=True)
        self.parts = parts[1]
        self.root, self.body = _body(parts[1])
        _, before = _body(parts[0])
        self.notes = NoteBook(*parts)
        self.notes.pair(before, self.body)
        self.carrier = Carrier(*parts)
        seen: dict[bytes, Paragraph | Table] = {}
        self.old = Side(self.notes.old_name, lambda x: self.carrier.object_name(parts[0], x), seen)
        self.new = Side(self.notes.new_name, lambda x: self.carrier.object_name(parts[1], x), seen)
        self.ink = Redliner(self.old, self.new, self.carrier, self.notes.kept)
        self.old_blocks, self.new_blocks = blocks_of(before), blocks_of(self.body)
        self.units = units(self)
        self.comments = Comments(said)
        self._made: list[tuple[Unit, list[etree._Element]]] = []

    def write(self, whole: frozenset[str]) -> Tracked:
        """The file, with the units named in `whole` replaced whole."""
        replaced = self._lay(whole)
        for unit in self.units:
            elements = self.ink.parts(unit.parts)
            self.comments.beside(unit.name, elements)
            self._made.append((unit, elements))
        made = [element for _, elements in self._made for element in elements]
        self.comments.rest(made)
        section = self.body.find(f"{W}sectPr")
        self.body[:] = made if section is None else [*made, section]
        self.notes.write(self.parts, self.ink, self.carrier)
        self.carrier.finish()
        self.comments.put(self.parts)
        self.parts.files[self.parts.main] = serialize(self.root)
        kinds = Counter(_kind(unit, elements) for unit, elements in self._made)
        kinds.pop("", None)
        counts = count([*made, *self.notes.changed])
        return Tracked(_packed(self.parts), counts, replaced, dict(kinds))

    def culprits(self) -> frozenset[str]:
        """The units that by themselves do not read as they should."""
        return frozenset(unit.key for unit, made in self._made if not self._reads(unit, made))

    def changed(self) -> frozenset[str]:
        """Every unit that is not taken over as it stands."""
        return frozenset(unit.key for unit in self.units if unit.kind != "same")

    def _reads(self, unit: Unit, made: list[etree._Element]) -> bool:
        written, before = self.notes.written(), self.notes.old.values()
        come = element_lines(unit.new, written, accept=True)
        gone = element_lines(unit.old, before, accept=True)
        return (
            element_lines(made, written, accept=True) == come
            and element_lines(made, written, accept=False) == gone
        )

    def _lay(self, whole: frozenset[str]) -> tuple[str, ...]:
        """Lay the comparison over the XML of every unit; says which had to be replaced whole."""
        replaced = []
        if EVERYTHING in whole:
            self._replace_everything()
            return tuple(dict.fromkeys(unit.name for unit in self.units))
        for unit in self.units:
            if unit.key not in whole:
                try:
                    streams = Stream(self.old, unit.old), Stream(self.new, unit.new)
                    unit.parts = lay(unit.blocks, *streams, unit.hand)
                    continue
                except Mismatch:
                    pass
            unit.parts = self.ink.replaced(unit.old, unit.new, unit.hand)
            replaced.append(unit.name)
        return tuple(dict.fromkeys([*replaced, *self._close()]))

    def _close(self) -> list[str]:
        """Let the last line of the body keep its mark."""
        parts = self._all_parts()
        try:
            close(parts)
            self._keep(parts)
            return []
        except Impure:
            last = max((n for n, unit in enumerate(self.units) if unit.kind == "same"), default=-1)
            for unit in self.units[last + 1 :]:
                unit.parts = self.ink.replaced(unit.old, unit.new, unit.hand)
        parts = self._all_parts()
        close(parts)
        self._keep(parts)
        return [unit.name for unit in self.units[last + 1 :]]

    def _all_parts(self) -> list[Part]:
        return [part for unit in self.units for part in unit.parts]

    def _keep(self, parts: list[Part]) -> None:
        """Closing may have joined two lines into one: the other is gone."""
        kept = {id(part) for part in parts}
        for unit in self.units:
            unit.parts = [part for part in unit.parts if id(part) in kept]

    def _replace_everything(self) -> None:
        first, *rest = self.units
        parts = self.ink.replaced(self.old_blocks, self.new_blocks, first.hand)
        close(parts)
        first.parts = parts
        for unit in rest:
            unit.parts = []


def _kind(unit: Unit, elements: list[etree._Element]) -> str:
    """What became of a clause; one with another value has other words, too."""
    words = (x for e in elements for x in e.iter(f"{W}ins", f"{W}del") if len(x))
    if unit.kind in ("same", "format") and next(words, None) is not None:
        return "changed"
    return unit.kind


def _body(parts: Parts) -> tuple[etree._Element, etree._Element]:
    root = parse(parts.files[parts.main], parts.main)
    body = root.find(f"{W}body")
    if body is None:
        raise Refused("not_a_docx")
    for tag, code in (("altChunk", "alt_chunk"), ("subDoc", "sub_document")):
        if next(root.iter(f"{W}{tag}"), None) is not None:
            raise Refused(code, part=parts.main)
    settle(root, accept=True)
    etree.strip_attributes(root, *TRACES, f"{WORD_2010}paraId", f"{WORD_2010}textId")
    etree.strip_elements(root, f"{W}proofErr", f"{W}lastRenderedPageBreak", with_tail=False)
    return root, body


def _packed(parts: Parts) -> bytes:
    """The file; the same texts give the same bytes."""
    parts.files[CONTENT_TYPES] = serialize(parts.types)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (CONTENT_TYPES, *sorted(parts.files.keys() - {CONTENT_TYPES})):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts.files[name])
    return out.getvalue()
