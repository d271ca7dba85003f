"""A contract as a Word file: what is written is what the tree says, and it is found again."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest
from docx.document import Document as WordDocument
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.contracts.sample_trees import FIELDS, SCHEMES, documents
from zabota.contracts.docx.guard import inspect
from zabota.contracts.docx.read import read
from zabota.contracts.docx.write import bookmark, write
from zabota.contracts.text.numbering import clauses_of, numbers
from zabota.contracts.text.tree import (
    Block,
    Break,
    Cell,
    Clause,
    Document,
    Field,
    Kept,
    Level,
    Note,
    Numbering,
    Paragraph,
    Reference,
    Row,
    Run,
    Scheme,
    Table,
    Text,
)
from zabota.contracts.text.words import plain_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def put(document: Document, package: bytes | None = None, **kind: object) -> bytes:
    values = kind.pop("values", FIELDS)
    assert isinstance(values, dict)
    return write(
        document, numbers(document), values, package=package, language="ru", title="Договор", **kind
    )  # type: ignore[arg-type]


def word(data: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def said(element: etree._Element) -> str:
    """The words under an element; python-docx leaves out those in content controls."""
    pieces = {f"{W}tab": "\t", f"{W}br": " ", f"{W}noBreakHyphen": "\u2011"}
    return "".join(
        (one.text or "") if one.tag == f"{W}t" else pieces.get(str(one.tag), "")
        for one in element.iter(f"{W}t", *pieces)
        if one.getparent() is None or one.getparent().tag == f"{W}r"  # type: ignore[union-attr]
    )


def clause(name: str, *runs: Run | str, **kind: object) -> Clause:
    words = tuple(Text(run) if isinstance(run, str) else run for run in runs)
    return Clause(name, (Paragraph(words),), **kind)  # type: ignore[arg-type]


def test_python_docx_reads_the_words_of_the_tree() -> None:
    document = Document(
        (
            clause("a", "Предмет", numbering=Numbering("main"), heading=True),
            clause(
                "b", "Цена: ", Field("price"), Break("tab"), "₽", numbering=Numbering("main", 1)
            ),
            clause("c", "Без номера ", Text("жирно", ("bold",))),
        ),
        SCHEMES,
    )
    paragraphs = [said(paragraph._p) for paragraph in word(put(document)).paragraphs]
    assert paragraphs == ["Предмет", "Цена: 1 200 000,00\t₽", "Без номера жирно"]


def test_the_same_contract_gives_the_same_bytes_and_names_nobody() -> None:
    document = Document((clause("a", "Предмет"),))
    made = put(document)
    assert made == put(document)
    core = word(made).core_properties
    assert (core.title, core.author, core.last_modified_by) == ("Договор", "", "")
    inspect(made)


def test_each_clause_lies_under_its_hidden_bookmark() -> None:
    table = Clause("in_table", (Table((Row((Cell((Paragraph((Text("ячейка"),)),)),)),)),))
    made = part(put(Document((clause("a1", "слово"), table))), "word/document.xml")
    around = {
        str(start.get(f"{W}name")): said(start.getparent())  # type: ignore[arg-type]
        for start in made.iter(f"{W}bookmarkStart")
    }
    assert around == {"_zb_a1": "слово", "_zb_in_table": "ячейка"}
    starts = [start.get(f"{W}id") for start in made.iter(f"{W}bookmarkStart")]
    assert starts == [end.get(f"{W}id") for end in made.iter(f"{W}bookmarkEnd")]


@pytest.mark.parametrize("name", ["a-b", "я" * 50, "x" * 37, "клауза 1"])
def test_a_bookmark_is_always_one_word_takes(name: str) -> None:
    assert re.fullmatch(r"_zb_[A-Za-z0-9_]{1,36}", bookmark(name))
    assert bookmark(name) != bookmark(name + "2")


def test_values_lie_in_controls_and_an_empty_one_is_a_line_to_write_on() -> None:
    document = Document((clause("a", Field("client.name"), " ", Field("empty")),))
    made = put(document, values={"client.name": "АО «Вектор»\nфилиал"})
    controls = {
        str(control.find(f"{W}sdtPr/{W}tag").get(f"{W}val")): said(control)  # type: ignore[union-attr]
        for control in part(made, "word/document.xml").iter(f"{W}sdt")
    }
    assert controls == {"zb_field:client.name": "АО «Вектор» филиал", "zb_field:empty": "________"}
    assert read(made).values == {"client.name": "АО «Вектор»\nфилиал", "empty": ""}
    assert read(made).document.clauses[0].blocks == document.clauses[0].blocks


def test_a_field_whose_name_is_too_long_for_word_is_plain_words() -> None:
    name = "очень_длинное_имя_" * 4
    made = part(
        put(Document((clause("a", Field(name)),)), values={name: "да"}), "word/document.xml"
    )
    assert list(made.iter(f"{W}sdt")) == []
    assert said(made) == "да"


def test_numbering_is_words_own_with_russian_letters_and_restarts() -> None:
    counted = [
        ("a", Numbering("main")),
        ("b", Numbering("main", 3)),
        ("c", Numbering("main", 3)),
        ("d", Numbering("main", 0, restart=1)),
        ("e", Numbering("main")),
    ]
    document = Document(tuple(clause(n, "слово", numbering=it) for n, it in counted), SCHEMES)
    made = put(document)
    root = part(made, "word/numbering.xml")
    formats = [level.get(f"{W}val") for level in root.iter(f"{W}numFmt")]
    assert formats == ["decimal", "decimal", "decimal", "russianLower"]
    lists = [p._p.pPr.numPr.numId.val for p in word(made).paragraphs]  # type: ignore[union-attr]
    assert lists[0] == lists[1] == lists[2] != lists[3] == lists[4]
    again = read(made).document
    assert list(numbers(again).values()) == ["1.", "а)", "б)", "1.", "2."]


def test_numbers_typed_by_hand_stay_typed() -> None:
    document = Document(
        (clause("a", "Предмет", numbering=Numbering("hand1")),),
        {"hand1": Scheme((Level("%1."),))},
    )
    made = put(document)
    assert said(part(made, "word/document.xml")) == "1.\tПредмет"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "word/numbering.xml" not in archive.namelist()


def test_a_reference_asks_word_for_the_number() -> None:
    document = Document(
        (
            clause("a", "см. п. ", Reference("b"), " и ", Reference("lost")),
            clause("b", "Срок", numbering=Numbering("main")),
        ),
        SCHEMES,
    )
    made = put(document)
    root = part(made, "word/document.xml")
    assert [i.text for i in root.iter(f"{W}instrText")] == [" REF _zb_b \\n \\h "]
    assert said(word(made).paragraphs[0]._p) == "см. п. 1 и —"
    assert Reference("b") in _runs(read(made).document)


def test_merged_cells_go_out_as_word_merges_them() -> None:
    def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
        return Cell((Paragraph((Text(text),)),), columns, rows)

    table = Table(
        (Row((cell("а", 1, 2), cell("б", 2)), header=True), Row((cell("в"), cell("г")))),
        (1000, 2000, 3000),
    )
    made = put(Document((Clause("a", (table,)),)))
    grid = [[c.text for c in row.cells] for row in word(made).tables[0].rows]
    assert grid == [["а", "б", "б"], ["а", "в", "г"]]
    assert read(made).document.clauses[0].blocks[0] == replace(
        table,
        rows=_same_look(table.rows, read(made).document),
        properties=_table(read(made).document).properties,
    )


def test_notes_go_to_the_foot_in_the_order_they_are_called() -> None:
    blocks: tuple[Block, ...] = (
        Paragraph((Text("раз"), Reference("n2", "note"), Text(" два"), Reference("n1", "note"))),
        Note("n1", (Paragraph((Text("вторая"),)),)),
        Note("n2", (Paragraph((Text("первая"),)),), "footnote"),
        Note("n3", (Paragraph((Text("никем не названа"),)),)),
    )
    made = put(Document((Clause("a", blocks),)))
    notes = part(made, "word/footnotes.xml")
    assert [said(n).strip() for n in notes][2:] == ["первая", "вторая"]
    assert [said(p._p) for p in word(made).paragraphs] == ["раз два", "никем не названа"]


def test_a_kept_object_comes_back_or_is_named() -> None:
    kept = Kept("symbol", "document-1", "знак")
    xml = '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:t>☎</w:t></w:r>'
    document = Document((clause("a", kept),))
    assert said(part(put(document, kept={"document-1": xml}), "word/document.xml")) == "☎"
    assert said(part(put(document), "word/document.xml")) == "[знак]"


def test_the_package_of_the_form_stays_but_for_its_body_and_its_people() -> None:
    form = _form()
    inspect(form)
    reading = read(form)
    made = put(reading.document, form, kept=reading.objects)
    names = set(zipfile.ZipFile(io.BytesIO(made)).namelist())
    assert {"word/header1.xml", "word/styles.xml", "word/numbering.xml"} <= names
    assert not {"word/comments.xml", "docProps/app.xml", "docProps/custom.xml"} & names
    everything = b"".join(zipfile.ZipFile(io.BytesIO(made)).read(name) for name in names)
    assert "Иван Секретный".encode() not in everything
    again = word(made)
    assert again.sections[0].header.paragraphs[0].text == "ООО «Ромашка»"
    assert again.paragraphs[0].style is not None
    assert again.paragraphs[0].style.name == "Heading 1"
    assert read(made).document == reading.document


def test_fields_of_a_header_get_their_values_too() -> None:
    made = docx.Document(io.BytesIO(_form()))
    footer = made.sections[0].footer.paragraphs[0]
    footer.add_run("Договор № {{ num").bold = True
    footer.add_run("ber: text }}, стр. 1")
    out = io.BytesIO()
    made.save(out)
    filled = put(read(out.getvalue()).document, out.getvalue(), values={"number": "17"})
    assert said(word(filled).sections[0].footer.paragraphs[0]._p) == "Договор № 17, стр. 1"
    assert word(filled).sections[0].header.paragraphs[0].text == "ООО «Ромашка»"


def test_a_form_already_numbered_keeps_its_own_lists() -> None:
    form = _form()
    before = part(form, "word/numbering.xml")
    after = part(put(read(form).document, form), "word/numbering.xml")
    assert len(after.findall(f"{W}abstractNum")) == len(before.findall(f"{W}abstractNum"))


def test_characters_xml_cannot_hold_become_a_sign() -> None:
    document = Document((clause("a", "до\x00\x0b\ud800после", Field("x")),))
    made = part(put(document, values={"x": "\x1f"}), "word/document.xml")
    assert said(made) == "до\ufffd\ufffd\ufffdпосле\ufffd"


@settings(deadline=None, max_examples=60, suppress_health_check=SLOW)
@given(documents(quiet=True))
def test_what_is_written_is_read_again(document: Document) -> None:
    again = read(put(document)).document
    assert _stripped(_with_dashes(again)) == _stripped(_with_dashes(document))
    ids = [c.id for c in clauses_of(again)]
    assert ids == [c.id for c in clauses_of(document)]
    assert numbers(again) == numbers(document)
    assert _marked(again) == _marked(document)
    assert _shapes(again) == _shapes(document)


@settings(deadline=None, max_examples=25, suppress_health_check=SLOW)
@given(documents())
def test_written_twice_it_is_the_same(document: Document) -> None:
    once = put(document)
    first = read(once)
    twice = put(first.document, once, values=FIELDS, kept=first.objects)
    assert read(twice).document == first.document


def _with_dashes(document: Document) -> str:
    return re.sub(r"#c\d", "—", plain_text(document))


def _stripped(text: str) -> list[str]:
    """Lines without spaces: Word wants a paragraph after a table, a space before a note."""
    return [line for line in (re.sub(r"\s", "", one) for one in text.split("\n")) if line]


def _runs(document: Document) -> Iterator[Run]:
    for one in clauses_of(document):
        for block in one.blocks:
            if isinstance(block, Paragraph):
                yield from block.runs


def _marked(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    """Each visible character of the paragraphs with its marks."""
    return [
        (letter, run.marks)
        for run in _runs(document)
        if isinstance(run, Text)
        for letter in run.text
        if not letter.isspace() and letter != "—"
    ]


def _shapes(document: Document) -> list[object]:
    return [
        ([[(c.columns, c.rows) for c in row.cells] for row in block.rows], block.borders)
        for one in clauses_of(document)
        for block in one.blocks
        if isinstance(block, Table)
    ]


def _table(document: Document) -> Table:
    table = document.clauses[0].blocks[0]
    assert isinstance(table, Table)
    return table


def _same_look(rows: tuple[Row, ...], read_back: Document) -> tuple[Row, ...]:
    """The rows with the looks (widths, merges in XML) that writing gave them."""
    return tuple(
        replace(
            row,
            properties=there.properties,
            cells=tuple(
                replace(
                    cell,
                    properties=other.properties,
                    blocks=tuple(
                        replace(p, align=q.align, style=q.style, properties=q.properties)
                        for p, q in zip(cell.blocks, other.blocks, strict=True)
                        if isinstance(p, Paragraph) and isinstance(q, Paragraph)
                    ),
                )
                for cell, other in zip(row.cells, there.cells, strict=True)
            ),
        )
        for row, there in zip(rows, _table(read_back).rows, strict=True)
    )


def _form() -> bytes:
    """A form as a lawyer might make it: python-docx's own template, a header, lists, a comment."""
    made = docx.Document()
    made.core_properties.author = "Иван Секретный"
    made.sections[0].header.paragraphs[0].text = "ООО «Ромашка»"
    made.add_heading("Предмет", level=1)
    for text in ("Первый пункт", "Второй пункт"):
        made.add_paragraph(text, style="List Number")
    made.add_paragraph("Обычный абзац")
    made.add_comment(made.paragraphs[1].runs, text="тайна", author="Иван Секретный", initials="ИС")
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Цена"
    table.cell(1, 1).text = "100"
    made.add_paragraph("Конец")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
