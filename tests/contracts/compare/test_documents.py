"""What became of each clause of a contract."""

from hypothesis import given

from tests.contracts.compare import trees
from zabota.contracts.compare import Comparison, ValueChange, blocks, documents
from zabota.contracts.compare.redline import RedlineParagraph, RedlineTable
from zabota.contracts.text.tree import (
    Block,
    Cell,
    Clause,
    Document,
    Field,
    Note,
    Paragraph,
    Reference,
    Row,
    Run,
    Table,
    Text,
)


def clause(name: str, *inner: Clause, text: str | None = None) -> Clause:
    return Clause(name, (line(text or f"Слова пункта {name} договора"),), inner)


def line(*words: str | Run) -> Paragraph:
    return Paragraph(tuple(Text(word) if isinstance(word, str) else word for word in words))


def told(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [(change.id, change.kind, change.place) for change in comparison.clauses]


def test_one_clause_moved_far_is_one_move() -> None:
    old = Document(tuple(clause(name) for name in "abcdef"))
    new = Document(tuple(clause(name) for name in "bcdefa"))
    found = documents(old, new)
    assert told(found)[0] == ("a", "moved", "old")
    assert told(found)[-1] == ("a", "moved", "new")
    assert found.counts == {"moved": 1, "same": 5}


def test_a_clause_moved_with_what_is_in_it_is_one_move() -> None:
    old = Document((clause("a", clause("a1"), clause("a2")), clause("b"), clause("c")))
    new = Document((clause("b"), clause("c"), clause("a", clause("a1"), clause("a2", text="Иное"))))
    found = documents(old, new)
    assert found.counts == {"moved": 1, "same": 3, "changed": 1}
    carried = [(change.id, change.place) for change in found.clauses if change.carried]
    assert carried == [("a1", "old"), ("a2", "old"), ("a1", "new"), ("a2", "new")]


def test_added_deleted_changed_and_put_under_another() -> None:
    old = Document((clause("a", clause("a1")), clause("b"), clause("c"), clause("d")))
    new = Document(
        (
            clause("a"),
            clause("b", clause("a1", text="Совсем другие слова")),
            clause("n"),
            clause("d"),
        )
    )
    found = documents(old, new)
    assert told(found) == [
        ("a", "same", "both"),
        ("a1", "moved_changed", "old"),
        ("b", "same", "both"),
        ("a1", "moved_changed", "new"),
        ("c", "deleted", "old"),
        ("n", "added", "new"),
        ("d", "same", "both"),
    ]


def test_values_that_changed_are_told_of_with_their_clauses() -> None:
    old = Document((Clause("a", (line("Цена ", Field("price")),)), clause("b")))
    found = documents(old, old, {"price": "10", "term": "5"}, {"price": "12", "new": "1"})
    price = ValueChange("price", "10", "12")
    assert found.values == (price, ValueChange("new", None, "1"), ValueChange("term", "5", None))
    assert found.clauses[0].kind == "same"
    assert found.clauses[0].values == (price,)
    assert [change.touched for change in found.clauses] == [True, False]


def test_bold_alone_is_a_format() -> None:
    old = (Paragraph((Text("Цена"),)),)
    assert blocks(old, (Paragraph((Text("Цена", ("bold",)),)),)).kind == "format"
    assert blocks(old, (Paragraph((Text("Цена"),), align="center"),)).kind == "format"
    assert blocks(old, old).kind == "same"


def test_a_paragraph_split_is_one_mark_inserted() -> None:
    whole = "Раз два три четыре пять шесть. Семь восемь девять десять."
    first, second = whole[:30], whole[30:]
    found = blocks((line(whole),), (line(first), line(second))).blocks
    parts = [block for block in found if isinstance(block, RedlineParagraph)]
    assert [part.mark for part in parts] == ["insert", "equal"]
    assert {op.kind for part in parts for op in part.ops} == {"equal"}
    back = blocks((line(first), line(second)), (line(whole),)).blocks
    assert [part.mark for part in back if isinstance(part, RedlineParagraph)] == ["delete", "equal"]


def test_a_paragraph_moved_inside_a_clause_is_known_as_moved() -> None:
    lines = [
        line(f"Это {name} абзац этого пункта договора") for name in ("первый", "второй", "третий")
    ]
    found = blocks(lines, (lines[1], lines[2], lines[0])).blocks
    moved = [block for block in found if isinstance(block, RedlineParagraph) and block.moved]
    assert sorted(part.mark for part in moved) == ["delete", "insert"]


def test_a_row_and_a_column_that_came_are_told_of_as_such() -> None:
    def table(*rows: str) -> Table:
        return Table(tuple(Row(tuple(Cell((line(w),)) for w in row.split())) for row in rows))

    old = table("Товар Цена", "стол 100", "стул 50")
    with_row = blocks((old,), (table("Товар Цена", "шкаф 300", "стол 100", "стул 50"),)).blocks[0]
    assert isinstance(with_row, RedlineTable)
    assert [row.change for row in with_row.rows] == ["equal", "insert", "equal", "equal"]
    wide = table("Товар Штук Цена", "стол 7 100", "стул 8 50")
    with_column = blocks((old,), (wide,)).blocks[0]
    assert isinstance(with_column, RedlineTable)
    for row in with_column.rows:
        assert [cell.change for cell in row.cells] == ["equal", "insert", "equal"]


def test_an_empty_table_is_not_an_empty_paragraph() -> None:
    old = (Table((Row((Cell(),)),)), line("Слова"))
    found = blocks(old, (Paragraph(),)).blocks
    assert sum(isinstance(block, RedlineTable) for block in found) == 1


def test_words_of_a_note_are_compared() -> None:
    def wording(text: str) -> tuple[Block, ...]:
        return (line("Цена", Reference("n1", "note")), Note("n1", (line(text),)))

    found = blocks(wording("без НДС"), wording("с НДС"))
    assert found.kind == "changed"
    assert found.blocks[0].kind == "same"


@given(trees.document_pairs())
@trees.tries(50)
def test_both_orders_read_back_and_nothing_is_lost(pair: tuple[Document, Document]) -> None:
    def order(clauses: tuple[Clause, ...]) -> list[str]:
        return [name for c in clauses for name in (c.id, *order(c.children))]

    found = documents(*pair).clauses
    assert [change.id for change in found if change.place != "new"] == order(pair[0].clauses)
    assert [change.id for change in found if change.place != "old"] == order(pair[1].clauses)
    for change in found:
        if change.kind == "same" and change.old and change.new:
            assert change.old.blocks == change.new.blocks
