"""The body of a Word file going out: clauses in order, each under its hidden bookmark."""

from collections.abc import Sequence

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.read.styles import ALIGNS, Styles, value
from zabota.contracts.docx.write.lists import Lists
from zabota.contracts.docx.write.runs import Runs, bookmark, plain_run
from zabota.contracts.docx.write.tables import write_table
from zabota.contracts.docx.write.xml import make, properties, put, take
from zabota.contracts.text.numbering import clauses_of
from zabota.contracts.text.tree import (
    Block,
    Clause,
    Document,
    Note,
    Numbering,
    Paragraph,
    Table,
)

HEADING = "Heading1"


class Body:
    """Writes blocks in reading order, so that lists are begun where the text begins them."""

    def __init__(self, runs: Runs, lists: Lists, styles: Styles, *, plain: bool) -> None:
        self.runs = runs
        self.lists = lists
        self.styles = styles
        self.plain = plain

    def write(self, document: Document) -> list[etree._Element]:
        """All elements of `w:body` but the last section."""
        made: list[etree._Element] = []
        for place, clause in enumerate(clauses_of(document)):
            for element in self._clause(clause, place):
                # Neighbouring tables of one look would grow together in Word.
                if self.plain and made and made[-1].tag == element.tag == f"{W}tbl":
                    made.append(make("p"))
                made.append(element)
        if not made or made[-1].tag != f"{W}p":
            made.append(make("p"))
        return made

    def blocks(self, blocks: Sequence[Block]) -> list[etree._Element]:
        """Paragraphs and tables; a note nobody calls is text of its own, not lost."""
        made: list[etree._Element] = []
        for block in blocks:
            match block:
                case Paragraph():
                    made.append(self._paragraph(block, block.numbering))
                case Table():
                    made.append(write_table(block, self.blocks))
                case Note(id=name) if name not in self.runs.notes.called:
                    made += self.blocks(block.blocks)
        return made

    def _clause(self, clause: Clause, place: int) -> list[etree._Element]:
        first = clause.blocks[0] if clause.blocks else None
        made: list[etree._Element] = []
        if isinstance(first, Paragraph):
            numbering = clause.numbering or first.numbering
            made.append(self._paragraph(first, numbering, clause))
        elif clause.numbering is not None:
            made.append(self._paragraph(Paragraph(), clause.numbering, clause))
        rest = clause.blocks[1:] if isinstance(first, Paragraph) else clause.blocks
        further = self.blocks(rest)
        if self.plain and (left := self.lists.left(clause.numbering)):
            _set_in(further, left)
        made += further
        _mark(made, clause.id, place)
        return made

    def _paragraph(
        self, paragraph: Paragraph, numbering: Numbering | None, clause: Clause | None = None
    ) -> etree._Element:
        about = properties("pPr", paragraph.properties)
        self._style(about, paragraph, clause)
        self._align(about, paragraph)
        typed = self._count(about, numbering)
        take(about, "sectPr", "pPrChange")
        if paragraph.section:
            put(about, properties("sectPr", paragraph.section))
        look = about.find(f"{W}rPr")
        made = make("p", about) if len(about) else make("p")
        number = self.runs.numbers.get(clause.id, "") if clause and typed else ""
        if number:
            made.append(plain_run(number + "\t", (), look))
        made.extend(self.runs.write(paragraph.runs, look))
        return made

    def _style(self, about: etree._Element, paragraph: Paragraph, clause: Clause | None) -> None:
        style = paragraph.style if paragraph.style in self.styles.by_id else ""
        if self.plain and not style and clause is not None and clause.heading:
            style = HEADING
        take(about, "pStyle")
        if style and style != self.styles.default:
            put(about, make("pStyle", val=style))

    def _align(self, about: etree._Element, paragraph: Paragraph) -> None:
        shown = self.styles.align(make("p", about))
        if paragraph.align and paragraph.align != ALIGNS.get(shown, shown):
            put(about, make("jc", val=paragraph.align))

    def _count(self, about: etree._Element, numbering: Numbering | None) -> bool:
        """Set the list of a paragraph; True when its number has to be typed."""
        own = value(about.find(f"{W}numPr/{W}numId"))
        take(about, "numPr")
        styled = self.lists.by_style(make("p", about))
        list_id = None if numbering is None else self.lists.list_of(numbering)
        if numbering is None or list_id is None:
            if styled is not None or own == "0":
                put(about, make("numPr", make("numId", val=0)))
            return numbering is not None
        same = styled is not None and (styled.scheme, styled.level) == (
            numbering.scheme,
            numbering.level,
        )
        if own or not same or numbering.restart is not None or self.lists.begun(numbering):
            put(about, make("numPr", make("ilvl", val=numbering.level), make("numId", val=list_id)))
        return False


def _set_in(made: list[etree._Element], left: int) -> None:
    """Put the further paragraphs of a numbered clause under the words of its first."""
    for element in made:
        about = element.find(f"{W}pPr")
        if element.tag != f"{W}p" or (about is not None and about.find(f"{W}ind") is not None):
            continue
        if about is None:
            about = make("pPr")
            element.insert(0, about)
        put(about, make("ind", left=left))


def _mark(made: list[etree._Element], clause: str, place: int) -> None:
    """Put the clause's bookmark around its first paragraph, in a table the first cell's."""
    paragraph = next((p for element in made[:1] for p in element.iter(f"{W}p")), None)
    if paragraph is None:
        return
    start = make("bookmarkStart", id=place, name=bookmark(clause))
    paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, start)
    paragraph.append(make("bookmarkEnd", id=place))
