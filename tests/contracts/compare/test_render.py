"""The redline a person sees is exact: both texts can be read back out of the rendered page."""

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from tests.contracts.compare import trees
from tests.contracts.compare.reading import Read, read
from zabota.contracts import compare
from zabota.contracts.text.html import (
    Shown,
    change_side_by_side,
    clause_html,
    comparison_html,
    document_html,
    redline_html,
    side_by_side,
)
from zabota.contracts.text.tree import Block, Clause, Document, Paragraph, Text

IDS = ["", *(f"c{number}" for number in range(7)), *(f"new{number}" for number in range(4))]
PLACES = [(name, place) for name in IDS for place in range(12)]
OLD = Shown(
    {"price": "10 <000>", "срок": "5\nдней"},
    {"c1": "1", "c2": "2."},
    {"client.name": "Клиент"},
    paragraphs={(name, place): f"({place})" for name, place in PLACES if place % 3},
)
NEW = Shown(
    {"price": "12 000", "client.name": "ООО «А»"},
    {"c1": "1", "c2": "3.", "c3": "4"},
    notes={"n1": "7"},
    paragraphs={(name, place): f"({place + place % 2})" for name, place in PLACES if place % 4},
)
Wordings = tuple[tuple[Block, ...], tuple[Block, ...]]

LEAF = Clause("c3", (Paragraph((Text("Пункт " * 9),)),))
NEST = Clause("c1", LEAF.blocks, (Clause("c2", LEAF.blocks),))
VIEWS = {"other values": (OLD, NEW), "same values": (OLD, OLD), "no values": (Shown(), Shown())}
shown = st.sampled_from(sorted(VIEWS))


@given(trees.pairs(), shown)
@trees.tries(120)
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(
    pair: Wordings, view: str
) -> None:
    old, new = pair
    page = redline_html(compare.blocks(old, new), *VIEWS[view])
    assert read(page, "accept") == read(clause_html(new, VIEWS[view][1]), "clean")
    assert read(page, "reject") == read(clause_html(old, VIEWS[view][0]), "clean")


@given(trees.pairs(), shown)
@trees.tries(50)
def test_accepting_all_keeps_bold_and_its_like(pair: Wordings, view: str) -> None:
    page = redline_html(compare.blocks(*pair), *VIEWS[view])
    assert read(page, "accept", marks=True) == read(
        clause_html(pair[1], VIEWS[view][1]), "clean", marks=True
    )


@given(trees.pairs(), shown)
@trees.tries(60)
def test_side_by_side_each_column_is_its_text(pair: Wordings, view: str) -> None:
    old, new = pair
    rows = side_by_side(compare.blocks(old, new), *VIEWS[view])
    left = "".join(row[0] for row in rows)
    right = "".join(row[1] for row in rows)
    assert "<ins" not in left
    assert "<del" not in right
    assert read(left, "reject") == read(clause_html(old, VIEWS[view][0]), "clean")
    assert read(right, "accept") == read(clause_html(new, VIEWS[view][1]), "clean")


@given(trees.document_pairs(), shown)
@example((Document((NEST, LEAF)), Document((LEAF, NEST))), "other values")
@example((Document((NEST, LEAF)), Document((replace(LEAF, children=(NEST,)),))), "other values")
@trees.tries(80)
def test_whole_contracts_read_back_with_clauses_moved_added_and_deleted(
    pair: tuple[Document, Document], view: str
) -> None:
    old, new = pair
    comparison = compare.documents(old, new, VIEWS[view][0].values, VIEWS[view][1].values)
    page = comparison_html(comparison, *VIEWS[view])
    assert read(page, "accept") == read(document_html(new, VIEWS[view][1]), "clean")
    assert read(page, "reject") == read(document_html(old, VIEWS[view][0]), "clean")


@given(trees.document_pairs(), shown)
@trees.tries(30)
def test_whole_contracts_side_by_side(pair: tuple[Document, Document], view: str) -> None:
    comparison = compare.documents(*pair)
    left: Read = []
    right: Read = []
    for change in comparison.clauses:
        rows = change_side_by_side(change, *VIEWS[view])
        left += read("".join(row[0] for row in rows), "reject")
        right += read("".join(row[1] for row in rows), "accept")
    clean = [read(document_html(pair[side], VIEWS[view][side]), "clean") for side in (0, 1)]
    assert left == [part for clause in clean[0] for part in clause[4]]
    assert right == [part for clause in clean[1] for part in clause[4]]


@given(trees.wordings())
@trees.tries(60)
def test_a_text_compared_with_itself_bears_no_mark(wording: tuple[Block, ...]) -> None:
    redline = compare.blocks(wording, wording)
    assert redline.kind == "same"
    page = redline_html(redline, OLD, OLD)
    assert read(page, "clean") == read(clause_html(wording, OLD), "clean")
