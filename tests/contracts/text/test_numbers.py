"""How counts are written and how levels begin anew; the tree in JSON; mentions made references."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.sample_trees import documents
from zabota.contracts.text.json import (
    blocks_from_json,
    blocks_to_json,
    document_from_json,
    document_to_json,
    dump,
    wording_digest,
)
from zabota.contracts.text.numbering import (
    RUSSIAN,
    bracketed,
    clauses_of,
    formatted,
    numbers,
    plain_number,
)
from zabota.contracts.text.references import link
from zabota.contracts.text.tree import (
    Clause,
    Document,
    Field,
    Level,
    Numbering,
    Paragraph,
    Reference,
    Scheme,
    Text,
)
from zabota.contracts.text.words import plain_text


def test_a_letter_keeps_its_bracket_beside_its_clause() -> None:
    counted = {"a": "4.2.", "b": "б)", "c": "(a)", "d": "", "e": "Приложение 1)", "f": "4.2"}
    assert bracketed(counted) == {"b": "б)", "c": "(a)", "e": "1)"}


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
        (12, "decimalZero", "12"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (7, "russianLower", "ж"),
        (10, "russianLower", "к"),
        (28, "russianLower", "я"),
        (29, "russianLower", "аа"),
        (30, "russianUpper", "ББ"),
        (5, "none", ""),
        (0, "upperRoman", "0"),
        (-3, "lowerLetter", "-3"),
        (10**12, "upperRoman", "1000000000000"),
        (10**12, "russianLower", "1000000000000"),
    ],
)
def test_a_count_is_written_by_its_format(count, form, written):
    assert formatted(count, form) == written


def test_russian_letters_leave_out_those_word_leaves_out():
    assert not set("ёйъыь") & set(RUSSIAN)


@pytest.mark.parametrize(
    ("number", "plain"),
    [("4.2.", "4.2"), ("(а)", "а"), ("б)", "б"), ("Статья 5.", "5"), ("№ 2", "2"), ("", "")],
)  # fmt: skip
def test_a_number_as_it_is_named_in_a_sentence(number, plain):
    assert plain_number(number) == plain


def counted(ident: str, level: int = 0, restart: int | None = None, words: str = "") -> Clause:
    return Clause(ident, (Paragraph((Text(words or ident),)),), (), Numbering("s", level, restart))


def shown(levels: tuple[Level, ...], *clauses: Clause) -> list[str]:
    return list(numbers(Document(clauses, {"s": Scheme(levels)})).values())


def test_a_level_never_used_shows_its_start():
    levels = (Level("%1.", start=3), Level("%1.%2."))
    assert shown(levels, counted("a", 1), counted("b", 0), counted("c", 1)) == [
        "3.1.",
        "4.",
        "4.1.",
    ]


def test_restart_counts_on_from_its_value():
    levels = (Level("%1."),)
    clauses = (counted("a"), counted("b", restart=5), counted("c"))
    assert shown(levels, *clauses) == ["1.", "5.", "6."]


def test_levels_that_do_not_begin_anew():
    never = (Level("%1."), Level("%1.%2.", resets_after=0))
    clauses = [counted(*one) for one in [("a", 0), ("b", 1), ("c", 0), ("d", 1)]]
    assert shown(never, *clauses) == ["1.", "1.1.", "2.", "2.2."]
    deep = (Level("%1."), Level("%2)"), Level("%3]", resets_after=1))
    order = [("a", 0), ("b", 1), ("c", 2), ("d", 1), ("e", 2), ("f", 0), ("g", 2)]
    assert shown(deep, *[counted(*one) for one in order])[-3:] == ["2]", "2.", "1]"]


def test_legal_levels_show_decimals():
    levels = (Level("%1.", "upperRoman"), Level("%1.%2.", legal=True))
    assert shown(levels, counted("a"), counted("b", 1)) == ["I.", "1.1."]


def test_variants_of_a_group_count_together():
    document = Document(
        (
            Clause("a", numbering=Numbering("g")),
            Clause("b", numbering=Numbering("g:hand1")),
            Clause("c", numbering=Numbering("h")),
        ),
        {
            "g": Scheme((Level("%1."),)),
            "g:hand1": Scheme((Level("%1)"),)),
            "h": Scheme((Level("%1"),)),
        },
    )
    assert numbers(document) == {"a": "1.", "b": "2)", "c": "1"}


@given(st.lists(st.integers(0, 3), max_size=40))
def test_counts_grow_by_one_and_no_number_repeats(depths: list[int]):
    levels = tuple(Level(".".join(f"%{n + 1}" for n in range(depth + 1))) for depth in range(4))
    clauses = [counted(f"c{n}", depth) for n, depth in enumerate(depths)]
    found = shown(levels, *clauses)
    # A deeper clause that comes first takes the number its parent then would have had.
    counts = [0, 0, 0, 0]
    for depth, number in zip(depths, found, strict=True):
        counts[depth] += 1
        counts[:depth] = [count or 1 for count in counts[:depth]]
        counts[depth + 1 :] = [0] * (3 - depth)
        assert number == ".".join(map(str, counts[: depth + 1]))
    assert len(set(found)) == len(found)


@settings(max_examples=50, deadline=None)
@given(documents())
def test_trees_survive_json(document: Document):
    assert document_from_json(document_to_json(document)) == document
    for clause in clauses_of(document):
        again = blocks_from_json(blocks_to_json(clause.blocks))
        assert again == clause.blocks
        assert wording_digest(again) == wording_digest(clause.blocks)


@given(st.lists(st.text(max_size=5), min_size=2, max_size=2, unique=True))
def test_other_words_have_another_digest(pair: list[str]):
    first, second = (wording_digest((Paragraph((Text(words),)),)) for words in pair)
    assert first != second


def test_canonical_json_is_compact_and_sorted():
    value = blocks_to_json((Paragraph((Text("Цена "), Field("price", ("bold",))), style="A"),))
    assert dump(value) == '[{"p":["Цена ",{"field":"price","marks":["bold"]}],"style":"A"}]'


def linked(words: str) -> list[object]:
    clauses = (
        counted("price"),
        counted("sum", 1),
        counted("vat", 1),
        Clause("text", (Paragraph((Text(words),)),)),
    )
    document = Document(clauses, {"s": Scheme((Level("%1."), Level("%1.%2.")))})
    done = link(document)
    assert plain_text(done) == plain_text(document)
    return list(done.clauses[-1].blocks[0].runs)


@pytest.mark.parametrize(
    "words",
    [
        "По пункту 1.2 договора.",
        "см. п. 1.2.",
        "пп.1.2",
        "пунктом 1.2 настоящего Договора",
        "under clause 1.2",
    ],
)
def test_a_mention_of_one_clause_becomes_a_reference(words):
    assert Reference("vat") in linked(words)


@pytest.mark.parametrize(
    "words",
    [
        "п. 1.3 договора",
        "п. 1.2.1 договора",
        "пункт 1",
        "п. 1.2 ст. 450 ГК РФ",
        "пункта 1.2 статьи 5 Закона",
        "п. 1.2 Приложения № 1",
        "срок 1.2 года",
        "clause 1.2 of the Civil Code",
    ],
)
def test_what_may_name_another_text_stays_words(words):
    assert linked(words) == [Text(words)]
