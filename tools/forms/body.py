"""The body of a form as WordprocessingML: paragraphs by style, tables, fields, references."""

import re
from xml.sax.saxutils import escape

from tools.forms.markup import REFERENCE, TOKEN, Block, Form, MarkupError, numbers_by_label
from tools.forms.typography import set_spaces
from tools.forms.words import DETAILS, SIGNATURE, SIGNATURES

TEXT_WIDTH = 9639  # twips between the margins of an A4 sheet, see PAGE in parts.py
STYLE = {
    "title": "Title",
    "subtitle": "Subtitle",
    "section": "Heading1",
    "clause": "Clause",
    "subclause": "Subclause",
    "item": "ListItem",
    "text": "BodyText",
    "annex_heading": "AnnexHeading",
    "annex_clause": "AnnexClause",
    "annex_subclause": "AnnexSubclause",
}
ANNEX_LEVEL = {"annex_clause": 0, "annex_subclause": 1}
FIRST_ANNEX_NUM = 10
PIECES = re.compile(rf"({TOKEN.pattern})|({REFERENCE.pattern})|(\*\*)")
SPAN = re.compile(r"(\d+)>> ?")
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
NO_BORDERS = BORDERS.replace('"single" w:sz="4"', '"nil"')


class Body:
    """Writes the blocks of one form one after another; knows numbers, bookmarks and annexes."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.numbers = numbers_by_label(form)
        used = {found[1] for block in form.blocks for found in REFERENCE.finditer(block.text)}
        unknown = used - set(self.numbers)
        if unknown:
            raise MarkupError(f"{form.slug}: references to nothing: {sorted(unknown)}")
        self.bookmarks = {label: place for place, label in enumerate(sorted(used), start=1)}

    def write(self) -> str:
        """All blocks in order."""
        return "".join(self.block(block) for block in self.form.blocks)

    def block(self, block: Block) -> str:
        """One block as paragraphs or a table."""
        match block.kind:
            case "place":
                left, right = block.text.split(" | ")
                cells = (
                    self.paragraph(left, "PlaceLine"),
                    self.paragraph(right, "PlaceLine", align="right"),
                )
                return table([row(cells, (50, 50))], (50, 50), borders=False)
            case "annex":
                first, *others = block.text.split(" | ")
                return self.paragraph(first, "AnnexMark", extra="<w:pageBreakBefore/>") + "".join(
                    self.paragraph(line, "AnnexMark") for line in others
                )
            case "table":
                return self.free_table(block)
            case "parties" | "signatures":
                return self.parties(block)
            case "annex_clause" | "annex_subclause":
                level = ANNEX_LEVEL[block.kind]
                number = (
                    f'<w:numPr><w:ilvl w:val="{level}"/>'
                    f'<w:numId w:val="{FIRST_ANNEX_NUM + block.annex}"/></w:numPr>'
                )
                return self.paragraph(block.text, STYLE[block.kind], block.label, number)
        return self.paragraph(block.text, STYLE[block.kind], block.label)

    def paragraph(
        self, text: str, style: str, label: str = "", extra: str = "", align: str = ""
    ) -> str:
        """A paragraph; a clause that is referred to carries a hidden bookmark."""
        if text.endswith(":"):  # words that announce a list or a table stay on its page
            extra = f"<w:keepNext/>{extra}"
        align = f'<w:jc w:val="{align}"/>' if align else ""
        runs = self.runs(set_spaces(text, self.form.language))
        if label in self.bookmarks:
            place = self.bookmarks[label]
            runs = (
                f'<w:bookmarkStart w:id="{place}" w:name="_Ref_{label}"/>{runs}'
                f'<w:bookmarkEnd w:id="{place}"/>'
            )
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}{align}</w:pPr>{runs}</w:p>'

    def runs(self, text: str) -> str:
        """Words, each field whole in its own run, each reference as a Word field."""
        written, bold, done = [], False, 0
        for found in PIECES.finditer(text):
            written.append(run(text[done : found.start()], bold))
            done = found.end()
            if found[0] == "**":
                bold = not bold
            elif found[0].startswith("{@"):
                written.append(self.reference(REFERENCE.match(found[0])[1]))  # type: ignore[index]
            else:
                written.append(run(found[0], bold))
        return "".join([*written, run(text[done:], bold)])

    def reference(self, label: str) -> str:
        """A cross-reference that Word renumbers; what it shows now is its stored result."""
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> REF _Ref_{label} \\r \\h </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f"{run(self.numbers[label])}"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    def free_table(self, block: Block) -> str:
        """A table with borders; its first row is repeated on each page; `3>> ` spans columns."""
        widths = tuple(int(width) for width in block.text.split(","))
        rows = []
        for place, cells in enumerate(block.rows):
            spans = [int(found[1]) if (found := SPAN.match(cell)) else 1 for cell in cells]
            if sum(spans) != len(widths):
                raise MarkupError(f"{self.form.slug}: row {place + 1} of a table: {cells}")
            written = []
            for span, cell in zip(spans, cells, strict=True):
                text = f"**{cell}**" if place == 0 and cell else SPAN.sub("", cell)
                align = "center" if place == 0 else "right" if span > 1 else ""
                written.append(self.paragraph(text, "CellText", align=align))
            rows.append(row(tuple(written), widths, tuple(spans), header=place == 0))
        return table(rows, widths) + '<w:p><w:pPr><w:pStyle w:val="CellText"/></w:pPr></w:p>'

    def parties(self, block: Block) -> str:
        """Two columns without borders: who the parties are and where they sign."""
        sides = [side.rsplit(":", 1) for side in block.text.split(" | ")]
        language = self.form.language
        details, signatures = [], []
        for role, party in sides:
            name = self.paragraph(f"**{role}**", "CellText", extra="<w:keepNext/>")
            lines = (f"**{{{{ {party}.name }}}}**", *DETAILS[language])
            if block.kind == "parties":
                details.append(name + "".join(self.detail(line, party) for line in lines))
                name = ""
            space = self.paragraph("", "CellText", extra="<w:keepNext/>")
            signs = "".join(self.detail(line, party) for line in SIGNATURE[language])
            signatures.append(name + space + signs)
        rows = [tuple(details), tuple(signatures)] if details else [tuple(signatures)]
        written = [row(cells, (50, 50), whole=True) for cells in rows]
        end = '<w:p><w:pPr><w:pStyle w:val="CellText"/></w:pPr></w:p>'
        # A heading of their own keeps signatures out of the clause that happens to stand before.
        head = "" if details else self.paragraph(SIGNATURES[language], "SignaturesHeading")
        return head + table(written, (50, 50), borders=False) + end

    def detail(self, line: str, party: str) -> str:
        """One line of a party's details, filled from its card."""
        return self.paragraph(line.replace("%s", party), "CellText", extra="<w:keepNext/>")


def run(text: str, bold: bool = False) -> str:
    """Words under one format; nothing for no words."""
    if not text:
        return ""
    marks = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def row(
    cells: tuple[str, ...],
    widths: tuple[int, ...],
    spans: tuple[int, ...] = (),
    *,
    header: bool = False,
    whole: bool = True,
) -> str:
    """A row of written cells; `whole` keeps it on one page, `header` repeats it on each."""
    marks = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if header else "")
    written, column = [], 0
    for cell, span in zip(cells, spans or (1,) * len(cells), strict=True):
        width = sum(widths[column : column + span]) * TEXT_WIDTH // 100
        merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        column += span
        written.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>{cell}</w:tc>'
        )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(written)}</w:tr>"


def table(rows: list[str], widths: tuple[int, ...], *, borders: bool = True) -> str:
    """A table as wide as the text; widths of columns are in hundredths of it."""
    margin = 85 if borders else 0
    grid = "".join(f'<w:gridCol w:w="{width * TEXT_WIDTH // 100}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        f"<w:tblBorders>{BORDERS if borders else NO_BORDERS}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
