"""Paragraphs and tables of one story, in reading order, wrappers taken off."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import MC, M, W
from zabota.contracts.docx.read.contents import (
    ends_with_field,
    fields_are_closed,
    in_contents_field,
    is_contents_line,
)
from zabota.contracts.docx.read.inline import Inline
from zabota.contracts.docx.read.kept import branch, xml_of
from zabota.contracts.docx.read.schemes import Schemes
from zabota.contracts.docx.read.styles import draws, is_on, number, value
from zabota.contracts.docx.read.tokens import Tokens
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.text.tree import (
    Block,
    Cell,
    Numbering,
    Paragraph,
    Reference,
    Row,
    Run,
    Table,
    Text,
)

WRAPPERS: Final = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag"))
# Word itself has at most 63; a number from a file must not set how long we count.
MOST_COLUMNS: Final = 200
# The look of words that a paragraph's own mark may lack while all its runs have it.
LOOK: Final = tuple(f"{W}{name}" for name in ("rFonts", "color", "sz", "szCs", "lang"))


@dataclass(frozen=True, slots=True)
class Item:
    """A block of a story with what decides where it belongs in the tree of clauses."""

    block: Paragraph | Table
    numbering: Numbering | None = None
    bookmarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    outline: int | None = None
    bold: bool = False
    indent: int = 0
    contents: bool = False

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs of a paragraph; a table has none of its own."""
        return self.block.runs if isinstance(self.block, Paragraph) else ()

    @property
    def words(self) -> str:
        """The plain words of a paragraph, fields and kept objects left out."""
        return "".join(run.text for run in self.runs if isinstance(run, Text)).strip()


@dataclass(slots=True)
class Story:
    """Reads the blocks of a body, a note, a header: everything that holds paragraphs and tables."""

    inline: Inline
    schemes: Schemes
    tokens: Tokens
    _bookmarks: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)

    def items(self, container: etree._Element) -> Iterator[Item]:
        """Walk the blocks of a story one by one."""
        closed = fields_are_closed(container)
        for element in self._elements(container):
            if element.tag == f"{W}tbl":
                block = self._table(element)
                yield Item(block, notes=self._taken_notes(), bookmarks=self._taken_bookmarks())
            else:
                yield self._item(element, by_field=closed)

    def blocks(self, container: etree._Element) -> tuple[Block, ...]:
        """Read a cell, a note or a header, where counted paragraphs are no clauses."""
        found: list[Block] = []
        for element in self._elements(container):
            if element.tag == f"{W}tbl":
                found.append(self._table(element))
            else:
                numbering = self._numbering(element)
                found.append(self._paragraph(element, numbering, keep_numbering=True))
        return tuple(found)

    def _elements(self, container: etree._Element) -> Iterator[etree._Element]:
        """Find paragraphs and tables under their wrappers; refuse what brings in another file."""
        for child in container:
            if child.tag in (f"{W}p", f"{W}tbl", f"{M}oMathPara", f"{M}oMath"):
                yield child
            elif child.tag in WRAPPERS:
                yield from self._elements(child)
            elif child.tag == f"{MC}AlternateContent":
                yield from self._elements(branch(child))
            elif child.tag == f"{W}bookmarkStart":
                self._bookmarks.append(child.get(f"{W}name", ""))
            elif child.tag in (f"{W}altChunk", f"{W}subDoc"):
                code = "alt_chunk" if child.tag == f"{W}altChunk" else "sub_document"
                raise Refused(code, part=self.inline.part)

    def _item(self, element: etree._Element, *, by_field: bool) -> Item:
        styles, seen = self.inline.styles, self.inline.seen
        numbering, before = self._numbering(element), seen["contents"]
        block = self._paragraph(element, numbering, keep_numbering=False)
        ended = seen["contents"] > before and ends_with_field(element)
        item = Item(
            block,
            numbering,
            self._taken_bookmarks(),
            self._taken_notes(),
            styles.outline(element),
            _is_bold(block) or styles.is_bold(styles.of(element)),
            0 if numbering is None else self.schemes.indent(numbering, element),
        )
        contents = by_field and (ended or in_contents_field(self.inline.open_fields))
        contents = contents or is_contents_line(element, item.words, styles)
        return replace(item, contents=contents) if contents else item

    def _numbering(self, element: etree._Element) -> Numbering | None:
        return self.schemes.of(element) if element.tag == f"{W}p" else None

    def _paragraph(
        self, element: etree._Element, numbering: Numbering | None, *, keep_numbering: bool
    ) -> Paragraph:
        if element.tag != f"{W}p":
            return Paragraph(self.inline.read_loose(element))
        runs, bookmarks = self.inline.read(element)
        self._bookmarks.extend(bookmarks)
        self._notes.extend(
            run.target for run in runs if isinstance(run, Reference) and run.kind == "note"
        )
        section = element.find(f"{W}pPr/{W}sectPr")
        return Paragraph(
            self.tokens.find(runs),
            value(element.find(f"{W}pPr/{W}pStyle")),
            self.inline.styles.align(element),
            _paragraph_properties(element, keep_numbering=keep_numbering),
            numbering if keep_numbering else None,
            "" if section is None else xml_of(section),
        )

    def _table(self, element: etree._Element) -> Table:
        grid = [number(c.get(f"{W}w", ""), 0) for c in element.findall(f"{W}tblGrid/{W}gridCol")]
        properties = element.find(f"{W}tblPr")
        own = element.find(f"{W}tblPr/{W}tblBorders")
        style = value(element.find(f"{W}tblPr/{W}tblStyle"))
        borders = draws(own) if own is not None else self.inline.styles.has_borders(style)
        xml = "" if properties is None else xml_of(properties)
        return Table(self._rows(element), tuple(grid), borders, xml)

    def _rows(self, table: etree._Element) -> tuple[Row, ...]:
        rows: list[tuple[etree._Element, list[Cell]]] = []
        # By grid column: where the cell stands that is merged downwards there.
        reaching: dict[int, tuple[int, int]] = {}
        for element in _under(table, f"{W}tr"):
            cells: list[Cell] = []
            column = number(value(element.find(f"{W}trPr/{W}gridBefore")), 0)
            for cell in _under(element, f"{W}tc"):
                span = number(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
                span = min(max(span, 1), MOST_COLUMNS)
                down, across = _merge(cell, "vMerge"), _merge(cell, "hMerge")
                if across == "continue" and cells:
                    self._skip(cell)
                    cells[-1] = _wider(cells[-1], span)
                elif down == "continue" and column in reaching:
                    self._skip(cell)
                    row, place = reaching[column]
                    origin = rows[row][1]
                    origin[place] = _taller(origin[place])
                else:
                    for covered in range(column, column + span):
                        reaching.pop(covered, None)
                    if down:
                        reaching[column] = (len(rows), len(cells))
                    cells.append(self._cell(cell, span))
                column += span
            rows.append((element, cells))
        return tuple(_row(element, cells) for element, cells in rows)

    def _cell(self, element: etree._Element, span: int) -> Cell:
        properties = element.find(f"{W}tcPr")
        xml = "" if properties is None else xml_of(properties)
        return Cell(self.blocks(element), span, 1, xml)

    def _skip(self, cell: etree._Element) -> None:
        """Pass over a cell swallowed by a merge; Word does not show what words it may hold."""
        if any((text.text or "").strip() for text in cell.iter(f"{W}t")):
            self.inline.seen["words_under_merge"] += 1

    def _taken_notes(self) -> tuple[str, ...]:
        taken, self._notes = tuple(self._notes), []
        return taken

    def _taken_bookmarks(self) -> tuple[str, ...]:
        taken, self._bookmarks = tuple(self._bookmarks), []
        return taken


def _under(container: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Find rows or cells under content controls and other wrappers."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _under(child, tag)
        elif child.tag == f"{MC}AlternateContent":
            yield from _under(branch(child), tag)


def _merge(cell: etree._Element, name: str) -> str:
    found = cell.find(f"{W}tcPr/{W}{name}")
    return "" if found is None else found.get(f"{W}val", "continue")


def _row(element: etree._Element, cells: list[Cell]) -> Row:
    properties = element.find(f"{W}trPr")
    header = is_on(element.find(f"{W}trPr/{W}tblHeader"))
    return Row(tuple(cells), header, "" if properties is None else xml_of(properties))


def _wider(cell: Cell, columns: int) -> Cell:
    return Cell(cell.blocks, cell.columns + columns, cell.rows, cell.properties)


def _taller(cell: Cell) -> Cell:
    return Cell(cell.blocks, cell.columns, cell.rows + 1, cell.properties)


def _is_bold(paragraph: Paragraph) -> bool:
    said = [run for run in paragraph.runs if isinstance(run, Text) and re.search(r"\w", run.text)]
    return bool(said) and all("bold" in run.marks for run in said)


def _paragraph_properties(element: etree._Element, *, keep_numbering: bool) -> str:
    """Write w:pPr without what the tree says itself; its mark takes the look of the words."""
    given = element.find(f"{W}pPr")
    properties = etree.Element(f"{W}pPr", nsmap={"w": W.strip("{}")})
    if given is not None:
        properties = deepcopy(given)
        for section in properties.findall(f"{W}sectPr"):
            properties.remove(section)
        for counted in properties.findall(f"{W}numPr"):
            # «No list here» (0) must stay, or the style would count the paragraph again.
            if not keep_numbering and value(counted.find(f"{W}numId")) != "0":
                properties.remove(counted)
    _dress_mark(properties, element)
    return xml_of(properties) if len(properties) or properties.attrib else ""


def _dress_mark(properties: etree._Element, element: etree._Element) -> None:
    runs = element.findall(f".//{W}r/{W}t")
    if not runs:
        return
    longest = max(runs, key=lambda text: len(text.text or "")).getparent()
    look = [] if longest is None else longest.findall(f"{W}rPr/*")
    mark = properties.find(f"{W}rPr")
    wanted = [x for x in look if x.tag in LOOK and (mark is None or mark.find(x.tag) is None)]
    if not wanted:
        return
    if mark is None:
        mark = etree.SubElement(properties, f"{W}rPr")
    order = {tag: place for place, tag in enumerate(ORDER)}
    children = [*mark, *(deepcopy(x) for x in wanted)]
    mark[:] = sorted(children, key=lambda child: order.get(str(child.tag), 0))


# The order in which the schema wants run properties; what is not named here comes first.
ORDER: Final = tuple(
    f"{W}{name}"
    for name in (
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
        "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
        "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect",
        "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout",
        "specVanish", "oMath",
    )
)  # fmt: skip
