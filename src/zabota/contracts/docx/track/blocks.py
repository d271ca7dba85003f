"""Blocks of a Word file as a comparison sees them, and their XML handed out again in its order."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from zabota.contracts.docx.package import MC, M, W
from zabota.contracts.docx.read.kept import branch
from zabota.contracts.docx.track.pieces import ANCHORS, Naming, Piece, pieces_of
from zabota.contracts.docx.write.xml import make
from zabota.contracts.text.tree import Block, Cell, Paragraph, Row, Run, Table, Text

BOOKMARKS = re.compile(rb"<w:bookmark(?:Start|End)[^>]*/>")
POINTS = re.compile(rb"\sr:\w+=")
WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag"))


class Mismatch(Exception):
    """The comparison speaks of other words than the XML holds."""


class Side:
    """One of the two texts: its blocks as a comparison sees them, the pieces of its paragraphs.

    `shared` is what both sides have seen: the same XML is the same block.
    """

    def __init__(
        self, note_of: Naming, object_of: Naming, shared: dict[bytes, Paragraph | Table]
    ) -> None:
        self._note_of = note_of
        self._object_of = object_of
        self._shared = shared
        self._pieces: dict[etree._Element, list[Piece]] = {}
        self._bare: dict[etree._Element, bytes | None] = {}

    def shadows(self, elements: Iterable[etree._Element]) -> tuple[Block, ...]:
        """Paragraphs and tables without looks: equal words are equal blocks."""
        return tuple(self._shadow(element) for element in elements)

    def _shadow(self, element: etree._Element) -> Paragraph | Table:
        xml = self.bare(element)
        found = None if xml is None else self._shared.get(xml)
        if found is None:
            is_table = element.tag == f"{W}tbl"
            found = self._table(element) if is_table else self._paragraph(element)
            if xml is not None:
                self._shared[xml] = found
        return found

    def bare(self, element: etree._Element) -> bytes | None:
        """The XML of a block of the text as it came, by which it is known to be the same one."""
        if element not in self._bare:
            self._bare[element] = bare_xml(element)
        return self._bare[element]

    def pieces(self, paragraph: etree._Element) -> list[Piece]:
        """The pieces of a paragraph, cut once."""
        if paragraph not in self._pieces:
            self._pieces[paragraph] = pieces_of(paragraph, self._note_of, self._object_of)
        return self._pieces[paragraph]

    def _paragraph(self, element: etree._Element) -> Paragraph:
        runs: list[Run] = []
        for piece in self.pieces(element):
            last = runs[-1] if runs else None
            if isinstance(piece.run, Text) and isinstance(last, Text):
                runs[-1] = Text(last.text + piece.run.text)
            elif piece.run is not None:
                runs.append(piece.run)
        return Paragraph(tuple(runs))

    def _table(self, element: etree._Element) -> Table:
        return Table(
            tuple(
                Row(tuple(Cell(self.shadows(blocks_of(cell))) for cell in under(row, "tc")))
                for row in under(element, "tr")
            )
        )


class Stream:
    """The XML of one side's blocks, handed out as the comparison goes through them."""

    def __init__(self, side: Side, blocks: Sequence[etree._Element]) -> None:
        self._side = side
        self._blocks = list(blocks)
        self._next = 0
        self._left: list[Piece] | None = None

    @property
    def fresh(self) -> bool:
        """Whether nothing of the next paragraph was taken yet."""
        return self._left is None

    def block(self) -> etree._Element:
        """The next table, or a paragraph taken whole."""
        if self._left is not None or self._next >= len(self._blocks):
            raise Mismatch
        self._next += 1
        return self._blocks[self._next - 1]

    def peek(self) -> etree._Element | None:
        """The block that comes next."""
        return self._blocks[self._next] if self._next < len(self._blocks) else None

    def bare(self, element: etree._Element) -> bytes | None:
        """The XML of a block by which it is known to be the same one."""
        return self._side.bare(element)

    def pieces(self, paragraph: etree._Element) -> list[Piece]:
        """The pieces of a paragraph taken whole."""
        return self._side.pieces(paragraph)

    def take(self, runs: Sequence[Run]) -> list[Piece]:
        """The pieces of these runs, with the anchors before them."""
        found: list[Piece] = []
        for run in runs:
            missing = len(run.text) if isinstance(run, Text) else 1
            while missing:
                piece = self._pop()
                if piece.run is not None and isinstance(piece.run, Text) != isinstance(run, Text):
                    raise Mismatch
                if piece.run is not None and piece.width > missing:
                    piece, rest = piece.cut(missing)
                    self._opened().insert(0, rest)
                if piece.run is not None:
                    missing -= piece.width
                found.append(piece)
        return found

    def end(self) -> tuple[etree._Element, list[Piece]]:
        """The paragraph that ends here, and the anchors left in it."""
        left = self._opened()
        if any(piece.run is not None for piece in left):
            raise Mismatch
        self._left = None
        self._next += 1
        return self._blocks[self._next - 1], left

    def done(self) -> None:
        """Everything must have been handed out."""
        if self._left is not None or self._next != len(self._blocks):
            raise Mismatch

    def _opened(self) -> list[Piece]:
        if self._left is None:
            element = self.peek()
            if element is None or element.tag == f"{W}tbl":
                raise Mismatch
            self._left = list(self._side.pieces(element))
        return self._left

    def _pop(self) -> Piece:
        left = self._opened()
        if not left:
            raise Mismatch
        return left.pop(0)


def bare_xml(element: etree._Element) -> bytes | None:
    """The XML of a block but for the names of its bookmarks; none of one that points elsewhere.

    Notes and pictures of two files may have the same number and be others.
    """
    xml = etree.tostring(element, with_tail=False)
    if b"noteReference" in xml or POINTS.search(xml):
        return None
    return BOOKMARKS.sub(b"", xml)


def blocks_of(container: etree._Element) -> list[etree._Element]:
    """Paragraphs and tables of a body, a cell, a note; bookmarks between them go into the next."""
    found: list[etree._Element] = []
    anchors: list[etree._Element] = []
    for child in _flat(container):
        if child.tag in ANCHORS:
            anchors.append(child)
            continue
        if child.tag == f"{W}p" and anchors:
            place = 1 if child.find(f"{W}pPr") is not None else 0
            child[place:place] = anchors
            anchors = []
        found.append(child)
    return found


def _flat(container: etree._Element) -> Iterator[etree._Element]:
    for child in list(container):
        if child.tag in (f"{W}p", f"{W}tbl", f"{M}oMathPara", f"{M}oMath") or child.tag in ANCHORS:
            yield child
        elif child.tag in WRAPPERS:
            yield from _flat(child)
        elif child.tag == f"{MC}AlternateContent":
            yield from _flat(branch(child))


def under(owner: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or cells, wrappers taken off."""
    for child in owner:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in WRAPPERS:
            yield from under(child, name)


def properties_of(element: etree._Element, name: str) -> etree._Element:
    """The properties of a block, empty where it has none."""
    found = element.find(f"{W}{name}")
    return make(name) if found is None else found
