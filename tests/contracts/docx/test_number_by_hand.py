"""Typed numbers that begin late: the list before them is written otherwise, or lacks a clause."""

from tests.contracts.docx.making import cell, counted, num, p, row, table
from tests.contracts.docx.test_number import LEGAL, document_of, outline


def test_heads_go_on_after_one_that_stands_in_a_table():
    body = (
        p("3. СРОК") + p("3.1. Год.") + table(row(cell(p("4. ВЫКУП", bold=True))))
        + p("4.1. По цене.") + p("1) сразу;") + p("2) частями.")
        + p("5. ТЕРМИНЫ") + p("5.1. День.") + p("6. ПРОЧЕЕ") + p("6.1. Копии.")
    )  # fmt: skip
    assert outline(document_of(p("1. ПРЕДМЕТ") + p("2. ЦЕНА") + body)) == [
        "1. ПРЕДМЕТ",
        "2. ЦЕНА",
        "3. СРОК",
        "  3.1. Год.",
        "4.1. По цене.",
        "  1) сразу;",
        "  2) частями.",
        "5. ТЕРМИНЫ",
        "  5.1. День.",
        "6. ПРОЧЕЕ",
        "  6.1. Копии.",
    ]


def test_chapters_go_on_in_another_hand():
    lines = ["Раздел I. Предмет", "Раздел II. Цена", "III. Срок", "IV. Прочее"]
    assert outline(document_of("".join(p(line, bold=True) for line in lines))) == lines


def test_points_go_on_in_another_hand():
    lines = ["1. Передано.", "2. Состояние:", "2.1. пол;", "3) Показания.", "4) Ключи.", "5. Итог."]
    found = outline(document_of("".join(map(p, lines))))
    assert [line.strip() for line in found] == lines
    assert found[3] == "3) Показания."


def test_sentences_and_letters_are_no_next_head():
    sentences = ["Раздел 2 Задания применяется.", "12. марта", "в) товар"]
    for words in sentences:
        assert outline(document_of(p("1. Предмет") + p(words))) == ["1. Предмет"]
    assert outline(document_of(p("1. Предмет") + p("а) товар") + p("II. том"))) == [
        "1. Предмет",
        "  а) товар",
    ]


def test_a_typed_head_does_not_move_the_count_of_words_own_list():
    body = counted("Предмет") + p("1.1. Товар.") + p("2. ЦЕНА", bold=True) + counted("Срок")
    found = outline(document_of(body, numbering=LEGAL + num(1, 1)))
    assert "2. Срок" in found
