"""The text of a contract as PDF bears the same words and numbers as its tree."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.contracts.sample_trees import FIELDS, HOSTILE, SCHEMES, documents, notes_last
from zabota.contracts.paper import PaperMeta, contract_pdf
from zabota.contracts.paper.fold import EMPTY, GONE, fold_document
from zabota.contracts.paper.place import place_cells
from zabota.contracts.text.numbering import numbers
from zabota.contracts.text.tree import (
    Break,
    Cell,
    Clause,
    Document,
    Field,
    Kept,
    Note,
    Numbering,
    Paragraph,
    Reference,
    Row,
    Table,
    Text,
)
from zabota.contracts.text.words import plain_text

META = PaperMeta(
    title="Договор № 7",
    footer="Договор № 7, редакция 2",
    pages="стр. {page} из {pages}",
    language="ru",
    at=datetime(2026, 11, 22, tzinfo=UTC),
)
needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not on PATH"
)


def read(pdf: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode()


def bare(text: str) -> str:
    """Characters alone: where lines break and words are hyphenated is the page's business."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]", "", text)


def expected(document: Document) -> str:
    # A mention of a clause that bears no number is a dash.
    text = re.sub(r"#c\d", GONE, plain_text(notes_last(document)))
    for name, value in FIELDS.items():
        text = text.replace("{{" + name + "}}", value or EMPTY)
    return text


def said(blocks: list[Any], later: list[Any]) -> str:
    """The words of folded blocks; notes wait until the clause ends, where the tree has them."""
    out = ""
    for block in blocks:
        if block["kind"] == "table":
            out += "".join(said(cell["blocks"], later) for cell in block["cells"])
            continue
        for run in block["runs"]:
            out += run.get("text", "") + "_" * run.get("empty", 0)
            later += run.get("note", [])
    return out


def clause_of(*blocks: Any, **kind: Any) -> Clause:
    return Clause("a", tuple(blocks), **kind)


@given(documents())
def test_the_fold_says_what_the_tree_says(document: Document) -> None:
    told = ""
    for clause in fold_document(document, numbers(document), FIELDS):
        assert isinstance(clause, dict)
        later: list[Any] = []
        told += str(clause["number"]) + said(list(clause["blocks"]), later) + said(later, [])
    assert bare(told) == bare(expected(document))


@needs_pdftotext
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(notes=False))
def test_the_page_says_what_the_tree_says(document: Document) -> None:
    text = read(contract_pdf(document, numbers(document), FIELDS, META))
    without_footers = re.sub(r"Договор № 7, редакция 2\s+стр\. \d+ из \d+", "", text)
    # Merged cells are drawn last, so a page gives every character but not always in reading order;
    # the order is the fold's, tested above.
    assert sorted(bare(without_footers)) == sorted(bare(expected(document)))


@needs_pdftotext
@pytest.mark.parametrize("word", ["0" * 26 + "шш№0", "1" * 60, "Электроэнергоснабжающая№1"])
def test_a_word_wider_than_its_place_is_not_lost(word: str) -> None:
    narrow = Cell((Paragraph((Text(word),)),))
    rest = Cell((Paragraph((Text("ц"),)),), columns=5)
    table = Table((Row((rest, narrow)),))
    document = Document((clause_of(Paragraph((Text(word * 8),)), table),))
    text = read(contract_pdf(document, {}, {}, META))
    assert bare(text).count(word) == 9


@needs_pdftotext
def test_clause_text_never_becomes_markup() -> None:
    document = Document((clause_of(Paragraph((Text(HOSTILE), Field("x")))),))
    text = read(contract_pdf(document, {}, {"x": '#read("/etc/hosts")'}, META))
    assert bare(HOSTILE + '#read("/etc/hosts")') in bare(text)


@needs_pdftotext
def test_an_empty_field_is_a_line_and_the_draft_says_so() -> None:
    document = Document((clause_of(Paragraph((Text("Цена: "), Field("price")))),))
    meta = PaperMeta("Т", "Подвал", "{page}/{pages}", "ru", META.at, watermark="ПРОЕКТ")
    text = read(contract_pdf(document, {}, {}, meta))
    assert "Цена: ________" in text
    assert "1/1" in text
    assert "Договор" not in text


@needs_pdftotext
def test_notes_stand_at_the_foot_and_a_note_nobody_calls_is_not_lost() -> None:
    paragraph = Paragraph((Text("Цена"), Reference("n", "note"), Text(" растёт.")))
    note = Note("n", (Paragraph((Text("Без НДС."),)),))
    lost = Note("m", (Paragraph((Text("Забытая сноска."),)),))
    text = read(contract_pdf(Document((clause_of(paragraph, note, lost),)), {}, {}, META))
    assert text.index("растёт") < text.index("Без НДС")
    assert text.count("Без НДС.") == 1
    assert "Забытая сноска." in text


@needs_pdftotext
def test_a_page_break_begins_a_page() -> None:
    first = Clause("a", (Paragraph((Text("Первая"), Break("page"))),))
    second = Clause("b", (Paragraph((Text("Вторая"),)),))
    pages = read(contract_pdf(Document((first, second)), {}, {}, META)).split("\f")
    assert "Первая" in pages[0]
    assert "Вторая" in pages[1]


def test_a_reference_follows_the_number_of_its_clause() -> None:
    one = Clause("a", (Paragraph((Text("см. п. "), Reference("b"))),), (), Numbering("main"))
    two = Clause("b", (Paragraph((Text("второй"),)),), (), Numbering("main"))
    folded: Any = fold_document((doc := Document((one, two), SCHEMES)), numbers(doc), {})
    assert folded[0]["blocks"][0]["runs"][1]["text"] == "2"


def test_inner_numbers_stand_before_their_words() -> None:
    inner = Paragraph((Text("кабель"),), numbering=Numbering("main"))
    table = Table((Row((Cell((inner,)), Cell((inner,)))),))
    document = Document((clause_of(table),), SCHEMES)
    folded: Any = fold_document(document, {}, {})
    cells = folded[0]["blocks"][0]["cells"]
    assert [said(cell["blocks"], []) for cell in cells] == ["1. кабель", "2. кабель"]


def test_merged_cells_stand_in_their_places() -> None:
    def cell(columns: int = 1, rows: int = 1) -> Cell:
        return Cell((), columns, rows)

    table = Table((Row((cell(rows=2), cell(2))), Row((cell(), cell(1, 9)))))
    places = [(it.column, it.row, it.columns, it.rows) for it in place_cells(table)]
    assert places == [(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]


def test_a_header_row_repeats_unless_a_merge_leaves_it() -> None:
    def table(rows: int) -> Table:
        head = Row((Cell((), 1, rows), Cell()), header=True)
        return Table((head, Row((Cell(),) * (3 - rows))))

    for rows, header in ((1, 1), (2, 0)):
        folded: Any = fold_document(Document((clause_of(table(rows)),)), {}, {})
        assert folded[0]["blocks"][0]["header"] == header
        contract_pdf(Document((clause_of(table(rows)),)), {}, {}, META)


def test_city_and_date_are_pushed_apart() -> None:
    tabs = Paragraph((Text("г. Москва"), Break("tab"), Break("tab"), Text("22.11.2026")))
    one = Paragraph((Text("ИНН:"), Break("tab"), Text("7707083893")))
    folded: Any = fold_document(Document((clause_of(tabs, one),)), {}, {})
    kinds = [[run.get("break") for run in block["runs"]] for block in folded[0]["blocks"]]
    assert kinds == [[None, "far", None], [None, "tab", None]]


@needs_pdftotext
def test_the_forms_header_and_footer_stand_on_each_page_without_stale_page_numbers() -> None:
    def line(*runs: Any) -> Paragraph:
        return Paragraph(tuple(Text(run) if isinstance(run, str) else run for run in runs))

    document = Document(
        (clause_of(line("Первая", Break("page"))), Clause("b", (line("Вторая"),))),
        headers=(line("ООО «Ромашка», лист ", Kept("page", "k", "1")), line(""), line("")),
        footers=(line("Поставщик ____"), line("Страница ", Kept("page", "k", "1"))),
    )
    pages = read(contract_pdf(document, {}, {}, META)).split("\f")
    assert ["лист 1" in pages[0], "лист 2" in pages[1]] == [True, True]
    assert [page.count("Поставщик ____") for page in pages[:2]] == [1, 1]
    assert "Страница" not in pages[0]


@needs_pdftotext
def test_a_long_header_is_a_letterhead_and_stands_once() -> None:
    lines = tuple(Paragraph((Text(f"Строка бланка {number}"),)) for number in range(4))
    document = Document(
        (
            clause_of(Paragraph((Text("Текст"), Break("page")))),
            clause_of(Paragraph((Text("Ещё"),))),
        ),
        headers=lines,
    )
    text = read(contract_pdf(document, {}, {}, META))
    assert text.count("Строка бланка 3") == 1


@needs_pdftotext
def test_a_value_of_several_lines_keeps_them() -> None:
    document = Document((clause_of(Paragraph((Field("address"),))),))
    text = read(contract_pdf(document, {}, {"address": "Москва\nТверская, 1"}, META))
    assert "Москва\nТверская, 1" in text


def test_an_object_without_words_is_named() -> None:
    kept = Paragraph((Kept("picture", "k"), Kept("text_box", "k", "Слова в рамке")))
    folded: Any = fold_document(Document((clause_of(kept),)), {}, {}, {"picture": "рисунок"})
    assert said(folded[0]["blocks"], []) == "[рисунок]Слова в рамке"
