"""The inside of a paragraph of Word, cut into pieces that a comparison can count.

The XML stays with each piece, so that what is written out is what stood there, looks included. A
piece is words under one look, one thing inside a run (a tab, a picture, the call of a note), or
whole elements that go together (a field of Word, a formula, a value of ours in its control). What
has no width (bookmarks) is an anchor: it stays where it is in the new text.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import M, W
from zabota.contracts.docx.write.runs import FIELD_TAG
from zabota.contracts.docx.write.xml import XML_SPACE, make
from zabota.contracts.text.tree import Break, Field, Kept, Reference, Run, Text

HOLDERS: Final = frozenset(
    f"{W}{name}" for name in ("hyperlink", "sdt", "smartTag", "customXml", "dir", "bdo")
)
ANCHORS: Final = frozenset(
    f"{W}{name}"
    for name in (
        "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart",
        "permEnd",
    )
)  # fmt: skip
DROPPED: Final = frozenset(
    f"{W}{name}" for name in ("pPr", "proofErr", "lastRenderedPageBreak", "rPr", "sdtPr")
)
CALLS: Final = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
MARKS: Final = {f"{W}tab": Break("tab"), f"{W}cr": Break("line")}
HYPHENS: Final = {f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
type Naming = Callable[[etree._Element], str]


@dataclass(frozen=True, slots=True)
class Piece:
    """`run` is what a comparison sees (none of an anchor); `child` stands in a run of its `look`,
    `elements` stand by themselves; `shown` is what a reader sees of a value or a field."""

    run: Run | None
    look: etree._Element | None = None
    look_key: str = ""
    child: etree._Element | None = None
    elements: tuple[etree._Element, ...] = ()
    holders: tuple[etree._Element, ...] = ()
    shown: str = ""

    @property
    def width(self) -> int:
        """How many characters of a text it takes; a thing takes one."""
        return len(self.run.text) if isinstance(self.run, Text) else 1

    def cut(self, at: int) -> tuple["Piece", "Piece"]:
        """Words before and after a place."""
        assert isinstance(self.run, Text)
        first, rest = self.run.text[:at], self.run.text[at:]
        return replace(self, run=Text(first)), replace(self, run=Text(rest))


@dataclass(frozen=True, slots=True)
class _Bit:
    """A child of a run, or an element beside runs, on the way to a piece."""

    element: etree._Element
    look: etree._Element | None
    holders: tuple[etree._Element, ...]
    in_run: bool


def pieces_of(paragraph: etree._Element, note_of: Naming, object_of: Naming) -> list[Piece]:
    """Cut a `w:p` (its tracked changes settled) into pieces.

    `note_of` names the note that is called, `object_of` tells pictures apart: by what they are,
    not by the number the file gives them.
    """
    if paragraph.tag != f"{W}p":
        return [Piece(Kept("formula", xml_key(paragraph)), elements=(paragraph,))]
    bits = list(_bits(paragraph, ()))
    found: list[Piece] = []
    at = 0
    while at < len(bits):
        bit = bits[at]
        end = _field_end(bits, at)
        if end:
            found.append(_word_field(bits[at:end]))
            at = end
            continue
        piece = _piece(bit, note_of, object_of)
        if piece is not None:
            found.append(piece)
        at += 1
    return found


def xml_key(*elements: etree._Element) -> str:
    """A name for what elements are."""
    said = b"".join(etree.tostring(element, with_tail=False) for element in elements)
    return hashlib.sha256(said).hexdigest()[:24]


def look_key(look: etree._Element | None) -> str:
    """Equal for looks that are the same."""
    if look is None or not len(look):
        return ""
    return "".join(sorted(etree.tostring(x, with_tail=False, encoding="unicode") for x in look))


def _bits(owner: etree._Element, holders: tuple[etree._Element, ...]) -> Iterator[_Bit]:
    for child in owner:
        if child.tag == f"{W}r":
            look = child.find(f"{W}rPr")
            for inner in child:
                if inner.tag not in DROPPED:
                    yield _Bit(inner, look, holders, in_run=True)
        elif child.tag == f"{W}fldSimple":
            yield from _unfolded(child, holders)
        elif child.tag == f"{W}sdt" and _our_field(child):
            yield _Bit(child, None, holders, in_run=False)
        elif child.tag in HOLDERS:
            yield from _bits(_content(child), (*holders, child))
        elif child.tag not in DROPPED:
            yield _Bit(child, None, holders, in_run=False)


def _content(holder: etree._Element) -> etree._Element:
    found = holder.find(f"{W}sdtContent") if holder.tag == f"{W}sdt" else holder
    return make("sdtContent") if found is None else found


def _unfolded(simple: etree._Element, holders: tuple[etree._Element, ...]) -> Iterator[_Bit]:
    """A simple field as a complex one: only its runs can be tracked."""
    instruction = make("instrText")
    instruction.text = simple.get(f"{W}instr", "")
    instruction.set(XML_SPACE, "preserve")
    result = list(_bits(simple, holders))
    look = result[0].look if result else None
    for element in (make("fldChar", fldCharType="begin"), instruction):
        yield _Bit(element, look, holders, in_run=True)
    yield _Bit(make("fldChar", fldCharType="separate"), look, holders, in_run=True)
    yield from result
    yield _Bit(make("fldChar", fldCharType="end"), look, holders, in_run=True)


def _field_end(bits: Sequence[_Bit], start: int) -> int:
    """Where the field that begins here ends in the same paragraph; 0 when it does not."""
    depth = 0
    for place in range(start, len(bits)):
        if bits[place].element.tag == f"{W}fldChar":
            kind = bits[place].element.get(f"{W}fldCharType")
            depth += (kind == "begin") - (kind == "end")
        if not depth:
            return place + 1 if place > start else 0
    return 0


def _word_field(bits: Sequence[_Bit]) -> Piece:
    runs = []
    for bit in bits:
        if not bit.in_run:
            continue
        run = make("r")
        if bit.look is not None:
            run.append(copy_of(bit.look))
        run.append(copy_of(bit.element))
        runs.append(run)
    said = "".join(b.element.text or "" for b in bits if b.element.tag == f"{W}t")
    asked = "".join(b.element.text or "" for b in bits if b.element.tag == f"{W}instrText")
    inside = xml_key(*(b.element for b in bits))
    key = f"{' '.join(asked.split())}|{said}" if said else inside
    return Piece(
        Kept("field", key), elements=tuple(runs), holders=bits[0].holders, shown=said
    )  # fmt: skip


def _piece(bit: _Bit, note_of: Naming, object_of: Naming) -> Piece | None:
    element, tag = bit.element, str(bit.element.tag)
    if not bit.in_run:
        return _lone(bit)
    whole = Piece(None, bit.look, look_key(bit.look), element, (), bit.holders)
    if tag == f"{W}t":
        words = _words(element)
        return replace(whole, run=Text(words), child=None) if words else None
    if tag in CALLS:
        return replace(whole, run=Reference(f"{CALLS[tag]}:{note_of(element)}", "note"))
    if tag == f"{W}br":
        page = element.get(f"{W}type") == "page"
        return replace(whole, run=Break("page" if page else "line"))
    if tag in MARKS:
        return replace(whole, run=MARKS[tag])
    if tag in HYPHENS:
        return replace(whole, run=Text(HYPHENS[tag]))
    if tag in (f"{W}fldChar", f"{W}instrText", f"{W}commentReference", f"{W}annotationRef"):
        return whole
    return replace(whole, run=Kept("object", object_of(element)))


def _lone(bit: _Bit) -> Piece:
    element = bit.element
    if element.tag in ANCHORS:
        return Piece(None, elements=(element,), holders=bit.holders)
    if name := _our_field(element):
        said = "".join("\n" if x.tag == f"{W}br" else x.text or "" for x in _spoken(element))
        return Piece(Field(name), elements=(element,), holders=bit.holders, shown=said)
    kind = "formula" if str(element.tag).startswith(M) else "object"
    return Piece(Kept(kind, xml_key(element)), elements=(element,), holders=bit.holders)


def _spoken(element: etree._Element) -> Iterator[etree._Element]:
    return element.iter(f"{W}t", f"{W}br")


def _our_field(element: etree._Element) -> str:
    if element.tag != f"{W}sdt":
        return ""
    tag = element.find(f"{W}sdtPr/{W}tag")
    said = "" if tag is None else tag.get(f"{W}val", "")
    return said.removeprefix(FIELD_TAG) if said.startswith(FIELD_TAG) else ""


def _words(element: etree._Element) -> str:
    said = re.sub(r"[\t\r\n]", " ", element.text or "")
    return said if element.get(XML_SPACE) == "preserve" else said.strip(" ")


def copy_of(element: etree._Element) -> etree._Element:
    """The element alone, without what follows it."""
    alone = deepcopy(element)
    alone.tail = None
    return alone
