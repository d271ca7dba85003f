"""Editing a clause as plain text loses nothing that was not touched."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.contracts.compare import trees
from zabota.contracts.text.edit import (
    LONGEST,
    EditProblem,
    from_parts,
    normalised,
    parts,
    to_plain,
)
from zabota.contracts.text.tree import (
    Block,
    Break,
    Cell,
    Field,
    Kept,
    Mark,
    Note,
    Paragraph,
    Reference,
    Row,
    Table,
    Text,
)

PRICE = Paragraph(
    (
        Text("Цена", ("bold",)),
        Text(" составляет "),
        Field("price", ("bold",)),
        Text(" руб. по пункту "),
        Reference("c2"),
        Text(", см. схему"),
        Reference("n1", "note", ("sup",)),
        Break(),
        Kept("picture", "rId5", "Схема"),
    ),
    style="Body",
    align="both",
    properties="<w:pPr/>",
)
NOTE = Note("n1", (Paragraph((Text("Без НДС"),)),))


def code_of(problem: pytest.ExceptionInfo[EditProblem]) -> str:
    return problem.value.code


def edit(blocks: tuple[Block, ...], new: str, key: str = "p0") -> tuple[Block, ...]:
    return from_parts(blocks, {key: new}, fields=["term"], clauses=["c9"])


def test_a_clause_reads_as_plain_text_with_tokens() -> None:
    assert to_plain((PRICE, NOTE)) == (
        "Цена составляет {{price}} руб. по пункту {{#c2}}, см. схему{{^n1}}⏎{{!rId5}}\nБез НДС"
    )


def test_parts_are_stretches_cells_and_notes() -> None:
    table = Table((Row((Cell((Paragraph((Text("а"),)),)), Cell())),))
    found = parts((PRICE, PRICE, table, Paragraph((Text("после"),)), NOTE))
    assert [(part.kind, part.key) for part in found] == [
        ("text", "p0"),
        ("cell", "t2.r0.c0.p0"),
        ("cell", "t2.r0.c1.p0"),
        ("text", "p3"),
        ("note", "n4.p0"),
    ]
    assert found[0].plain.count("\n") == 1


def test_words_and_cells_change_and_marks_stay() -> None:
    table = Table((Row((Cell((Paragraph((Text("сто", ("bold",)),), "Num"),)), Cell())),))
    result = from_parts(
        (PRICE, table, NOTE),
        {
            "p0": "Цена не составляет {{ price }} руб. и {{term}}",
            "t1.r0.c0.p0": "двести",
            "t1.r0.c1.p0": "новое",
        },
        fields=["term"],
    )
    first, second = result[0], result[1]
    assert isinstance(first, Paragraph) and isinstance(second, Table)
    assert first.runs == (
        Text("Цена", ("bold",)),
        Text(" не составляет "),
        Field("price", ("bold",)),
        Text(" руб. и "),
        Field("term"),
    )
    assert (first.style, first.align, first.properties) == ("Body", "both", "<w:pPr/>")
    assert second.rows[0].cells[0].blocks == (Paragraph((Text("двести", ("bold",)),), "Num"),)
    assert second.rows[0].cells[1].blocks == (Paragraph((Text("новое"),)),)
    assert len(result) == 2, "the note went with its last mark"


def test_a_new_line_takes_the_look_of_the_paragraph_it_was_split_from() -> None:
    heading = Paragraph((Text("Предмет", ("bold",)),), "Heading", section="<w:sectPr/>")
    body = Paragraph((Text("Раз два три четыре"),), "Body")
    result = edit((heading, body), "Предмет\nРаз два\nтри четыре")
    assert [block.style for block in result if isinstance(block, Paragraph)] == [
        "Heading",
        "Body",
        "Body",
    ]
    assert result[0] is heading
    appended = edit((heading,), "Предмет\nи ещё")
    assert [(p.style, p.section) for p in appended if isinstance(p, Paragraph)] == [
        ("Heading", "<w:sectPr/>"),
        ("Heading", ""),
    ]


@pytest.mark.parametrize(
    ("new", "code", "params"),
    [
        ("Цена {{pri", "token_broken", {"part": "p0", "line": 1, "text": "{{pri"}),
        ("ок\nprice}} руб", "token_broken", {"part": "p0", "line": 2, "text": "price}}"}),
        (
            "Оплата — не позднее {{delivery_dat. Досрочно — можно.",
            "token_broken",
            {"part": "p0", "line": 1, "text": "{{delivery_dat"},
        ),
        ("до {{client.na}, да", "token_broken", {"part": "p0", "line": 1, "text": "{{client.na}"}),
        ("{{" + "я" * 99, "token_broken", {"part": "p0", "line": 1, "text": "{{" + "я" * 30}),
        ("Итого }} руб.", "token_broken", {"part": "p0", "line": 1, "text": "}}"}),
        ("{{prise}}", "token_unknown", {"part": "p0", "line": 1, "token": "{{prise}}"}),
        ("{{#c7}}", "token_unknown", {"part": "p0", "line": 1, "token": "{{#c7}}"}),
        ("{{^n1}} {{^n1}}", "token_repeated", {"token": "{{^n1}}"}),
        ("{{!rId5}}{{!rId5}}", "token_repeated", {"token": "{{!rId5}}"}),
        ("я" * (LONGEST + 1), "too_long", {"part": "p0", "length": LONGEST + 1, "limit": LONGEST}),
    ],
)
def test_what_cannot_be_taken_over_is_named(new: str, code: str, params: dict[str, object]) -> None:
    with pytest.raises(EditProblem) as problem:
        edit((PRICE, NOTE), new)
    assert (code_of(problem), problem.value.params) == (code, params)


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(EditProblem) as problem:
        edit((PRICE,), "x", key="t0.r0.c0.p0")
    assert code_of(problem) == "part_unknown"


def test_tokens_known_to_the_contract_may_be_put_in() -> None:
    result = edit((Paragraph((Text("Срок"),)),), "Срок {{term}} по {{#c9}}")
    assert result == (
        Paragraph((Text("Срок "), Field("term"), Text(" по "), Reference("c9"))),
    )  # fmt: skip


def test_words_typed_after_a_superscript_do_not_rise() -> None:
    area = Paragraph((Text("10 м"), Text("2", ("sup",))))
    squared = (Text("10 м"), Text("2", ("sup",)), Text(" пола"))
    assert edit((area,), "10 м2 пола") == (Paragraph(squared),)


@given(trees.wordings())
@trees.tries(60)
def test_untouched_parts_give_the_very_same_blocks(wording: tuple[Block, ...]) -> None:
    texts = {part.key: part.plain for part in parts(wording)}
    assert from_parts(wording, texts) == wording
    assert from_parts(wording, {}) == wording


SNIPPETS = [
    "оплата", " ", "в срок", "{{price}}", "{{ срок }}", ", ", "\r\n", "\n", "⏎", "\t",
    "\v", "é", "\x00",
]  # fmt: skip
typing = st.lists(st.sampled_from(SNIPPETS), max_size=8).map("".join)


@given(trees.wordings(), st.data())
@trees.tries(60)
def test_what_was_typed_is_what_stands_there(
    wording: tuple[Block, ...], data: st.DataObject
) -> None:
    known = [part for part in parts(wording) if part.kind != "note"]
    assume(known)
    index = data.draw(st.integers(0, len(known) - 1))
    typed = data.draw(typing)
    result = from_parts(wording, {known[index].key: typed}, fields=["price", "срок"])
    now = [part.plain for part in parts(result) if part.kind != "note"]
    assume(len(now) == len(known))  # a note that went no longer parts two stretches
    expected = [part.plain for part in known]
    expected[index] = normalised(typed).replace("{{ срок }}", "{{срок}}")
    assert now == expected


@given(
    st.lists(
        st.tuples(st.integers(0, 10_000), trees.plain),
        min_size=1,
        max_size=12,
        unique_by=lambda w: w[0],
    ),
    st.data(),
)
@trees.tries(80)
def test_words_that_stay_keep_their_marks(
    words: list[tuple[int, tuple[Mark, ...]]], data: st.DataObject
) -> None:
    """Words go and come anywhere, lines are broken: who stayed looks as before."""
    runs = tuple(Text(f"слово{number} ", marks) for number, marks in words)
    kept = [f"слово{number} " for number, _ in words if data.draw(st.booleans())]
    for index in range(data.draw(st.integers(0, 3))):
        kept.insert(
            data.draw(st.integers(0, len(kept))),
            data.draw(st.sampled_from([f"новое{index} ", "\n"])),
        )
    result = edit((Paragraph(runs, "Body"),), "".join(kept))
    assert to_plain(result) == "".join(kept)
    marks_of = {f"слово{number}": marks for number, marks in words}
    for block in result:
        assert isinstance(block, Paragraph) and block.style == "Body"
        for run in block.runs:
            assert isinstance(run, Text)
            for word in run.text.split():
                assert run.marks == marks_of.get(word, run.marks)
