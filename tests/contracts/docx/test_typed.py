"""Whatever numbers people type, and however wrong, what they typed is what shows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.docx.making import abstract, cell, counted, docx, num, p, row, table
from zabota.contracts.docx.read import read
from zabota.contracts.text.json import document_from_json, document_to_json
from zabota.contracts.text.numbering import clauses_of
from zabota.contracts.text.words import plain_text

LISTS = abstract(1, ("decimal", "%1."), ("decimal", "%1.%2."), ("russianLower", "%3)")) + num(1, 1)
small = st.integers(1, 4)
decimals = st.builds(
    lambda values, end: ".".join(map(str, values)) + end,
    st.lists(small, min_size=1, max_size=4),
    st.sampled_from([".", "", ")"]),
)
marks = st.one_of(
    decimals,
    st.sampled_from(
        ["а)", "б)", "в)", "(a)", "(b)", "(i)", "(ii)", "i)", "I.", "II.", "III.", "(1)"]
    ),
    st.sampled_from(
        ["Статья 1.", "Статья 2.", "Section 1", "Раздел II.", "-", "•", "12.05.2026", ""]
    ),
)
spaces = st.sampled_from([" ", "\t", "\u00a0", ""])
words = st.sampled_from(["Товар", "ЦЕНА", "«Срок»", "{{ x }}", "5 дней", ""])
typed = st.builds(lambda mark, space, said: p(f"{mark}{space}{said}"), marks, spaces, words)
others = st.one_of(
    st.builds(lambda level: counted("авто", 1, level), st.integers(0, 2)),
    st.just(p("Приложение № 1")),
    st.just(p("Заголовок", '<w:jc w:val="center"/>', bold=True)),
    st.just(table(row(cell(p("1. в ячейке")), cell(p("а) тоже"))))),
)


def told(body: str) -> str:
    for tag in ("w:tab/", "w:t xml", "/w:p"):
        body = body.replace(f"<{tag}", f" <{tag}")
    inside, out = False, []
    for letter in body:
        inside = letter == "<" or (inside and letter != ">")
        if not inside and letter != ">":
            out.append(letter)
    return "".join("".join(out).split())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(typed, typed, others), min_size=1, max_size=25))
def test_what_was_typed_is_what_shows(blocks: list[str]):
    body = "".join(blocks)
    document = read(docx(body, numbering=LISTS)).document
    assert "".join(plain_text(document, computed=False).split()) == told(body)
    assert document_from_json(document_to_json(document)) == document
    ids = [clause.id for clause in clauses_of(document)]
    assert len(set(ids)) == len(ids)
