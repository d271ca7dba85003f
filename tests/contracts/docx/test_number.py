"""Clauses get the numbers a reader sees, whether Word makes them or somebody typed them."""

import io

import pytest
from docx import Document as WordDocument

from tests.contracts.docx.making import abstract, cell, counted, docx, num, p, restart, row, table
from zabota.contracts.docx.read import read
from zabota.contracts.text.numbering import clauses_of, is_typed, numbers
from zabota.contracts.text.tree import Clause, Document
from zabota.contracts.text.words import blocks_text, plain_text

LEGAL = abstract(
    1, ("decimal", "%1."), ("decimal", "%1.%2."), ("decimal", "%1.%2.%3."), ("russianLower", "%4)")
)
ANNEX = "Приложение № 1 к Договору поставки"


def document_of(body: str, **parts) -> Document:
    return read(docx(body, **parts)).document


def outline(document: Document) -> list[str]:
    """The tree as lines: depth by spaces, number, first words."""
    shown = numbers(document)

    def lines(clause: Clause, depth: int) -> list[str]:
        words = blocks_text(clause.blocks).partition("\n")[0]
        number = shown.get(clause.id, "-")
        return [
            f"{'  ' * depth}{number} {words}".rstrip(),
            *(line for child in clause.children for line in lines(child, depth + 1)),
        ]

    return [line for clause in document.clauses for line in lines(clause, 0)]


def test_levels_nest_and_begin_anew():
    body = "".join(
        counted(words, 1, level)
        for words, level in [("а", 0), ("б", 1), ("в", 1), ("г", 2), ("д", 3), ("е", 0), ("ж", 1)]
    )
    assert outline(document_of(body, numbering=LEGAL + num(1, 1))) == [
        "1. а",
        "  1.1. б",
        "  1.2. в",
        "    1.2.1. г",
        "      а) д",
        "2. е",
        "  2.1. ж",
    ]


def test_lists_of_one_definition_count_on_and_an_override_begins_anew():
    lists = LEGAL + num(1, 1) + num(2, 1) + num(3, 1, restart())
    body = counted("а") + counted("б", 2) + p(ANNEX) + counted("в", 3) + counted("г", 3)
    assert outline(document_of(body, numbering=lists)) == [
        "1. а",
        "2. б",
        f"- {ANNEX}",
        "1. в",
        "2. г",
    ]


def test_a_list_style_lends_its_definition():
    lists = (
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Law"/></w:abstractNum>'
        + LEGAL + num(1, 1) + num(2, 2)
    )  # fmt: skip
    styles = (
        '<w:style w:type="numbering" w:styleId="Law"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    body = counted("а", 2) + counted("б", 2, 1)
    assert outline(document_of(body, numbering=lists, styles=styles)) == ["1. а", "  1.1. б"]


def test_an_overridden_level_is_written_its_own_way_and_counts_on():
    own = (
        '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride>'
    )
    body = counted("а") + counted("б", 2) + counted("в")
    assert outline(document_of(body, numbering=LEGAL + num(1, 1) + num(2, 1, own))) == [
        "1. а",
        "II) б",
        "3. в",
    ]


def test_letters_and_bullets_of_other_lists_lie_under_the_clause():
    lists = (
        LEGAL + abstract(2, ("russianLower", "%1)")) + abstract(3, ("bullet", "\uf0b7"))
        + num(1, 1) + num(2, 2) + num(3, 3)
    )  # fmt: skip
    body = (
        counted("Цена") + counted("Порядок", 1, 1) + counted("аванс", 2) + counted("остаток", 2)
        + p("как указано") + counted("пеня", 1, 1) + counted("пункт", 3) + counted("Срок")
    )  # fmt: skip
    assert outline(document_of(body, numbering=lists)) == [
        "1. Цена",
        "  1.1. Порядок",
        "    а) аванс",
        "    б) остаток",
        "  1.2. пеня",
        "    • пункт",
        "2. Срок",
    ]


def test_numbers_typed_by_hand_become_counted():
    lines = [
        "Стороны договорились:", "1. ПРЕДМЕТ ДОГОВОРА", "1.1. Поставщик передаёт товар.",
        "1.2.\tПокупатель платит:", "а) аванс;", "б) остаток.", "1.3.Сроки:", "1) первый;",
        "2) второй.", "2. ЦЕНА", "2.1. Цена указана.", "2.1.1. С налогом.", "Примечание.",
    ]  # fmt: skip
    document = document_of("".join(p(line) for line in lines))
    assert outline(document) == [
        "- Стороны договорились:",
        "1. ПРЕДМЕТ ДОГОВОРА",
        "  1.1. Поставщик передаёт товар.",
        "  1.2. Покупатель платит:",
        "    а) аванс;",
        "    б) остаток.",
        "  1.3. Сроки:",
        "    1) первый;",
        "    2) второй.",
        "2. ЦЕНА",
        "  2.1. Цена указана.",
        "    2.1.1. С налогом.",
    ]
    assert all(is_typed(c.numbering.scheme) for c in clauses_of(document) if c.numbering)
    assert all(c.numbering.restart is None for c in clauses_of(document) if c.numbering)


def test_typed_numbers_begin_anew_in_an_annex():
    lines = [
        "1. Предмет", "1.1. Товар", "2. Цена", "2.1. Сумма", ANNEX, "СПЕЦИФИКАЦИЯ",
        "1. Товар и цена", "1.1. Болты", "2. Место", "Приложение № 2", "1. Порядок",
    ]  # fmt: skip
    shown = list(numbers(document_of("".join(p(line) for line in lines))).values())
    assert shown == ["1.", "1.1.", "2.", "2.1.", "1.", "1.1.", "2.", "1."]


@pytest.mark.parametrize(
    "lines",
    [
        ["4.1. Сразу с четвёртой"],
        ["1. А", "1.1. Б", "1.3. пропуск", "1.3. повтор", "1.4 без точки", "2. В", "2.1. Г"],
        ["1. А", "2. Б", "4. В", "5. Г"],
        ["Статья 1. А", "1.1. Б", "1.2. В", "Статья 2. Г", "2.1. Д"],
        ["I. А", "1. Б", "2. В", "II. Г", "3. Д", "4. Е"],
        ["Section 1. A", "(a) b", "(b) c", "(i) d", "(ii) e", "(c) f", "Section 2. G", "(a) h"],
        ["1. А", "1.1. Б", "1. в списке", "2. в списке", "1.2. Б", "2. В"],
        ["1) А", "2) Б", "3) В"],
        ["(1) А", "(2) Б"],
        ["1.1 А", "1.2 Б", "2.1 В", "2.2 Г"],
        [
            "з) поздняя буква",
            "5.5 тонн товара",
            "0.5 процента",
            "12.05.2026 подписано",
            "1999. Год",
        ],
        ["1. А", "1.1. Б", "а) в", "б) г", "- д", "в) е", "1.2. Ж", "а) з"],
    ],
)
def test_what_was_typed_is_what_shows(lines):
    document = document_of("".join(p(line) for line in lines))
    said = plain_text(document).split()
    assert said == " ".join(lines).split()
    assert plain_text(document, computed=False).split() == said


def test_typed_points_under_chapters_that_word_counts_follow_the_chapter():
    body = (
        counted("Предмет") + p("1.1. Товар") + p("1.2. Качество") + counted("Цена")
        + p("2.1. Сумма")
    )  # fmt: skip
    document = document_of(body, numbering=LEGAL + num(1, 1))
    assert outline(document) == [
        "1. Предмет",
        "  1.1. Товар",
        "  1.2. Качество",
        "2. Цена",
        "  2.1. Сумма",
    ]
    first, second = document.clauses
    swapped = Document((second, first), document.schemes)
    assert [numbers(swapped)[c.id] for c in clauses_of(swapped)] == [
        "1.", "1.1.", "2.", "2.1.", "2.2.",
    ]  # fmt: skip


def test_parts_that_begin_with_a_second_level_count_from_there():
    lines = ["1.1 Товар", "1.2 Цена", "1.2.1 С налогом", "2.1 Срок", "2.2 Место"]
    document = document_of("".join(p(line) for line in lines))
    assert outline(document) == [
        "1.1 Товар",
        "1.2 Цена",
        "  1.2.1 С налогом",
        "2.1 Срок",
        "2.2 Место",
    ]
    assert all("%" in level_pattern(document, c) for c in clauses_of(document))


def level_pattern(document: Document, clause: Clause) -> str:
    assert clause.numbering
    return document.schemes[clause.numbering.scheme].levels[clause.numbering.level].pattern


def test_roman_chapters_with_points_counted_through():
    lines = ["I. Предмет", "1. Товар", "2. Цена", "II. Прочее", "3. Срок", "4. Место", "III. Конец"]
    document = document_of("".join(p(line) for line in lines))
    assert outline(document) == [
        "I. Предмет",
        "  1. Товар",
        "  2. Цена",
        "II. Прочее",
        "  3. Срок",
        "  4. Место",
        "III. Конец",
    ]


def test_a_number_cut_into_runs_is_taken_off_whole():
    inside = (
        "<w:r><w:rPr><w:b/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>.</w:t></w:r><w:r><w:tab/></w:r>"
    )
    document = document_of(f"<w:p>{inside}<w:r><w:t>Предмет</w:t></w:r></w:p>")
    assert [run.text for run in document.clauses[0].blocks[0].runs] == ["Предмет"]


def test_a_number_right_before_a_field():
    document = document_of(p("1. {{ price: money }} рублей"))
    assert outline(document) == ["1. {{price}} рублей"]


def test_titles_begin_parts_and_sentences_about_annexes_do_not():
    centre = '<w:jc w:val="center"/>'
    body = (
        p("ДОГОВОР ПОСТАВКИ", centre, bold=True) + p("№ 7", centre, bold=True) + p("г. Москва")
        + counted("Предмет") + p("Приложение № 1 является частью договора.")
        + p("Реквизиты", centre, bold=True) + table(row(cell(p("1. ООО")), cell(p("2. АО"))))
        + p("Приложение № 1", '<w:jc w:val="right"/>') + p("к договору № 7")
    )  # fmt: skip
    document = document_of(body, numbering=LEGAL + num(1, 1))
    assert outline(document) == [
        "- ДОГОВОР ПОСТАВКИ",
        "1. Предмет",
        "- Реквизиты",
        "- Приложение № 1",
    ]
    assert [len(clause.blocks) for clause in document.clauses] == [3, 2, 2, 2]


def test_a_file_made_by_python_docx_with_its_list_styles():
    made = WordDocument()
    for words, style in [("а", "List Number"), ("б", "List Number"), ("в", "List Bullet")]:
        made.add_paragraph(words, style=style)
    buffer = io.BytesIO()
    made.save(buffer)
    document = read(buffer.getvalue()).document
    assert outline(document) == ["1. а", "2. б", "  • в"]
