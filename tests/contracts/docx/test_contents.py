"""A table of contents names the clauses; its lines are words, and count nothing."""

import pytest

from tests.contracts.docx.making import docx, p
from zabota.contracts.docx.read import Reading, read
from zabota.contracts.text.numbering import clauses_of, numbers
from zabota.contracts.text.words import plain_text

BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
TOC = f'{BEGIN}<w:r><w:instrText>TOC \\o "1-1"</w:instrText></w:r>{SEPARATE}'
LINES = ("1. Предмет\t1", "2. Цена\t2")
CLAUSES = p("1. Предмет", bold=True) + p("1.1. Товар.") + p("2. Цена", bold=True)
STYLES = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/></w:style>'


def with_runs(paragraph: str, before: str = "", after: str = "") -> str:
    return paragraph.replace("<w:r>", f"{before}<w:r>", 1).replace("</w:p>", f"{after}</w:p>")


def shown(reading: Reading) -> list[str]:
    return list(numbers(reading.document).values())


@pytest.mark.parametrize(
    "last",
    [
        # Word puts the end of the field into a paragraph of its own; others after the last line.
        p(LINES[1]) + f"<w:p>{END}</w:p>",
        with_runs(p(LINES[1]), after=END),
    ],
)
def test_lines_of_a_contents_field_are_no_clauses(last: str) -> None:
    reading = read(docx(p("Договор") + with_runs(p(LINES[0]), TOC) + last + CLAUSES))
    assert shown(reading) == ["1.", "1.1.", "2."]
    assert [remark.code for remark in reading.warnings] == ["contents"]
    first = next(clauses_of(reading.document))
    assert "1. Предмет\t1" in plain_text(reading.document)
    assert len(first.blocks) >= 3


def test_a_clause_that_begins_where_the_field_ends_is_a_clause() -> None:
    clause = with_runs(p("1. Предмет", bold=True), END)
    reading = read(docx(p("Договор") + with_runs(p(LINES[0]), TOC) + clause + p("1.1. Товар.")))
    assert shown(reading) == ["1.", "1.1."]


def test_a_field_without_its_end_swallows_nothing() -> None:
    reading = read(docx(p("Договор") + f"<w:p>{TOC}</w:p>" + CLAUSES))
    assert shown(reading) == ["1.", "1.1.", "2."]


@pytest.mark.parametrize(("style", "name"), [("TOC1", "toc 1"), ("12", "toc 1"), ("TOC2", "")])
def test_lines_known_by_their_style_are_no_clauses(style: str, name: str) -> None:
    lines = "".join(p(line, f'<w:pStyle w:val="{style}"/>') for line in LINES)
    reading = read(docx(p("Договор") + lines + CLAUSES, styles=STYLES.format(style, name)))
    assert shown(reading) == ["1.", "1.1.", "2."]


def test_words_own_contents_block_keeps_its_title() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    lines = p("СОДЕРЖАНИЕ", '<w:jc w:val="center"/>', bold=True) + "".join(map(p, LINES))
    block = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{lines}</w:sdtContent></w:sdt>"
    reading = read(docx(p("Договор") + block + CLAUSES))
    assert shown(reading) == ["1.", "1.1.", "2."]
    title = reading.document.clauses[1]
    assert title.heading
    assert len(title.blocks) == 3
