"""The clean text of a contract as HTML."""

from zabota.contracts import compare
from zabota.contracts.text.html import (
    Shown,
    clause_html,
    comparison_html,
    document_html,
    redline_html,
)
from zabota.contracts.text.tree import (
    Break,
    Cell,
    Clause,
    Document,
    Field,
    Kept,
    Note,
    Paragraph,
    Reference,
    Row,
    Table,
    Text,
)


def line(*runs: Text | Field | Reference | Break | Kept) -> Paragraph:
    return Paragraph(runs)


def test_special_characters_never_become_markup() -> None:
    wording = (line(Text('<script>alert("&")</script>'), Field('a"b'), Kept("x", "k", "<i>")),)
    page = clause_html(wording, Shown({'a"b': "<img>"}))
    assert page == (
        "<p>&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;"
        '<span class="field" data-field="a&quot;b">&lt;img&gt;</span>'
        '<span class="kept" data-kind="x">&lt;i&gt;</span></p>'
    )


def test_marks_fields_references_and_breaks() -> None:
    wording = (
        line(
            Text("Цена", ("bold", "italic")),
            Break(),
            Field("price"),
            Field("term", ("bold",)),
            Reference("c2"),
            Reference("gone"),
        ),
    )
    page = clause_html(wording, Shown({"price": "5"}, {"c2": "4.2"}, {"term": "срок"}))
    assert page == (
        '<p><b><i>Цена</i></b><br><span class="field" data-field="price">5</span>'
        '<b><span class="field blank" data-field="term">срок</span></b>'
        '<a class="ref" href="#c-c2">4.2</a><a class="ref lost">—</a></p>'
    )


def test_tables_keep_their_merges_and_headers() -> None:
    table = Table(
        (
            Row((Cell((line(Text("Товар")),), columns=2),), header=True),
            Row((Cell((line(Text("а")),), rows=2), Cell())),
            Row((Cell(),)),
        ),
        borders=False,
    )
    assert clause_html((table,), Shown()) == (
        '<table class="plain"><tbody>'
        '<tr><th scope="col" colspan="2"><p>Товар</p></th></tr>'
        '<tr><td rowspan="2"><p>а</p></td><td></td></tr>'
        "<tr><td></td></tr></tbody></table>"
    )


def test_notes_stand_aside_as_they_are_called() -> None:
    wording = (
        Note("n2", (line(Text("второе")),)),
        line(Text("а"), Reference("n1", "note"), Reference("n2", "note")),
        Note("n1", (line(Text("первое")),)),
    )
    page = clause_html(wording, Shown())
    assert '<sup class="note"><a href="#n-n1">1</a></sup>' in page
    assert page.index("первое") < page.index("второе")
    assert '<div class="note" id="n-n2"><sup class="n">2</sup><p>второе</p></div></aside>' in page


def test_numbers_inside_a_clause_stand_before_their_paragraphs() -> None:
    table = Table((Row((Cell((line(Text("стол")),)), Cell((line(Text("стул")),)))),))
    document = Document((Clause("c1", (line(Text("Товар")), table)),))
    page = document_html(document, Shown({}, {"c1": "1."}, paragraphs={("c1", 2): "2)"}))
    assert page == (
        '<section class="clause" id="c-c1" data-clause="c1" data-depth="0">'
        '<span class="n">1.</span><div class="text"><p>Товар</p>'
        '<table class="borders"><tbody><tr><td><p>стол</p></td>'
        '<td><p><span class="label">2) </span>стул</p></td></tr></tbody></table></div></section>'
    )


def test_a_row_added_inside_a_merge_keeps_the_columns_apart() -> None:
    def table(*second: str) -> Table:
        first = Row(
            (Cell((line(Text("группа")),), rows=len(second)), Cell((line(Text(second[0])),)))
        )
        rest = [Row((Cell((line(Text(word)),)),)) for word in second[1:]]
        return Table((first, *rest))

    redline = compare.blocks((table("стол", "стул"),), (table("стол", "шкаф", "стул"),))
    page = redline_html(redline, Shown(), Shown())
    assert page.count('rowspan="3"') == 1
    back = compare.blocks((table("стол", "шкаф", "стул"),), (table("стол", "стул"),))
    assert redline_html(back, Shown(), Shown()).count('rowspan="3"') == 1


def test_what_only_shows_differently_is_struck_and_inserted_in_its_place() -> None:
    wording = (line(Text("Цена "), Field("price"), Text(" по "), Reference("c2")),)
    redline = compare.blocks(wording, wording)
    page = redline_html(
        redline, Shown({"price": "10"}, {"c2": "4.1"}), Shown({"price": "12"}, {"c2": "4.2"})
    )
    assert page == (
        '<p>Цена <span class="field" data-field="price"><del>10</del><ins>12</ins></span> по '
        '<a class="ref" href="#c-c2"><del>4.1</del><ins>4.2</ins></a></p>'
    )


def test_a_moved_clause_is_struck_where_it_was_and_stands_where_it_is() -> None:
    clauses = [Clause(name, (line(Text(f"Пункт {name}")),)) for name in ("a", "b", "c")]
    old, new = Document(tuple(clauses)), Document((*clauses[1:], clauses[0]))
    page = comparison_html(
        compare.documents(old, new),
        Shown({}, {"a": "1", "b": "2"}),
        Shown({}, {"a": "3", "b": "1"}),
    )
    assert page.count('id="c-a"') == 1, "an id stands once on a page"
    assert '<div class="text"><p class="deleted"><del class="moved">Пункт a</del>' in page
    assert '<div class="text"><p><ins class="moved">Пункт a</ins></p></div>' in page
    assert '<span class="n renumbered"><del>2</del><ins>1</ins></span>' in page
