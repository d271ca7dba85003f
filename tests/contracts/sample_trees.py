"""Trees of contract text for tests of whatever leaves the house: by hand and by Hypothesis."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from zabota.contracts.text.tree import (
    Block,
    Break,
    Cell,
    Clause,
    Document,
    Field,
    Level,
    Mark,
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

HOSTILE = (
    '#read("/etc/passwd") #import "x.typ": * `code` $x^2$ *b* _i_ //c @ref <l> \\u{1F} [x] = T'
)
LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВЁ№«»—abcXYZ0123456789.,;:()#$*_`@<>&\"'\\/[]{}=+~^%"
MARKS: tuple[Mark, ...] = ("bold", "italic", "strike", "sub", "sup", "underline")
FIELDS = {"price": "1 200 000,00", "client.name": "АО «Вектор»", "empty": ""}
SCHEMES = {
    "main": Scheme(
        (Level("%1."), Level("%1.%2."), Level("%1.%2.%3."), Level("%4)", "russianLower"))
    ),
    "annex": Scheme((Level("Приложение %1"), Level("%2)", "lowerLetter"))),
}

words = st.text(LETTERS + " ", min_size=1, max_size=40).filter(lambda it: it == it.strip())
# Word cannot raise and lower the same letter.
marks = (
    st.sets(st.sampled_from(MARKS), max_size=3)
    .filter(lambda it: not {"sub", "sup"} <= it)
    .map(lambda it: tuple(sorted(it)))
)
texts = st.builds(Text, words, marks)
fields = st.builds(Field, st.sampled_from(sorted(FIELDS)), marks)
breaks = st.sampled_from([Break("line"), Break("tab")])


def runs(targets: tuple[str, ...]) -> st.SearchStrategy[tuple[Run, ...]]:
    """Runs of one paragraph: neighbours under the same marks are one, as any reader makes them."""
    references = st.builds(Reference, st.sampled_from(targets), marks=marks)
    run = st.one_of(texts, texts, fields, references, breaks)
    return st.lists(run, min_size=1, max_size=5).map(joined)


def notes_last(document: Document) -> Document:
    """The same text with the notes of each clause after its other blocks, as pages show them."""
    return replace(document, clauses=tuple(map(_notes_last, document.clauses)))


def _notes_last(clause: Clause) -> Clause:
    return replace(
        clause,
        blocks=tuple(sorted(clause.blocks, key=lambda block: isinstance(block, Note))),
        children=tuple(map(_notes_last, clause.children)),
    )


def joined(list_of_runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs with texts under the same marks put together."""
    out: list[Run] = []
    for run in list_of_runs:
        last = out[-1] if out else None
        if isinstance(run, Text) and isinstance(last, Text) and run.marks == last.marks:
            out[-1] = replace(last, text=last.text + run.text)
        else:
            out.append(run)
    return tuple(out)


@st.composite
def tables(draw: st.DrawFn, targets: tuple[str, ...]) -> Table:
    """A table with merges across and down that fits together."""
    columns, height = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    taken: set[tuple[int, int]] = set()
    rows = []
    for y in range(height):
        cells = []
        for x in range(columns):
            if (x, y) in taken:
                continue
            free = next((k for k in range(x, columns) if (k, y) in taken), columns) - x
            wide, deep = draw(st.integers(1, free)), draw(st.integers(1, height - y))
            taken |= {(x + i, y + j) for i in range(wide) for j in range(deep)}
            cells.append(Cell((Paragraph(draw(runs(targets))),), wide, deep))
        rows.append(Row(tuple(cells), header=draw(st.booleans()) if y == 0 else False))
    return Table(tuple(rows), (9000 // columns,) * columns, draw(st.booleans()))


@st.composite
def documents(draw: st.DrawFn, *, notes: bool = True, quiet: bool = False) -> Document:
    """A small contract: numbered clauses, tables, fields, references and notes.

    `quiet` leaves out what a reader of Word files takes for a number typed by hand or for a title.
    """
    ids = tuple(f"c{place}" for place in range(draw(st.integers(1, 6))))
    flat = [draw(_clauses(name, ids, notes=notes, quiet=quiet)) for name in ids]
    return Document(tuple(_nested(flat)), SCHEMES)


@st.composite
def _clauses(
    draw: st.DrawFn, name: str, ids: tuple[str, ...], *, notes: bool, quiet: bool
) -> Clause:
    opening = (Text("Слово "),) if quiet else ()
    aligns = ["", "left", "right", "both"] if quiet else ["", "left", "center", "right", "both"]
    paragraph = st.builds(
        Paragraph,
        runs(ids).map(lambda it: joined([*opening, *it])),
        align=st.sampled_from(aligns),
    )
    blocks: list[Block] = draw(st.lists(paragraph, min_size=1, max_size=2))
    if draw(st.integers(0, 3)) == 0:
        blocks.append(draw(tables(ids)))
        blocks.append(draw(paragraph))
    if notes and draw(st.integers(0, 3)) == 0 and isinstance(blocks[0], Paragraph):
        call = Reference(f"note-{name}", "note")
        blocks[0] = replace(blocks[0], runs=(*blocks[0].runs, call))
        blocks.insert(1, Note(f"note-{name}", (Paragraph((draw(texts),)),)))
    level = draw(st.integers(0, 3))
    numbering = draw(
        st.none()
        | st.builds(Numbering, st.just("main"), st.just(level), st.none() | st.integers(1, 5))
        | st.builds(Numbering, st.just("annex"), st.just(min(level, 1)))
    )
    return Clause(name, tuple(blocks), (), numbering, heading=level == 0 and draw(st.booleans()))


def _nested(flat: list[Clause]) -> list[Clause]:
    """Clauses laid out by level, deeper ones as children of the last higher one."""
    out: list[Clause] = []
    for clause in flat:
        deep = clause.numbering and clause.numbering.scheme == "main" and clause.numbering.level > 0
        if deep and out and out[-1].numbering and out[-1].numbering.level == 0:
            out[-1] = replace(out[-1], children=(*out[-1].children, clause))
        else:
            out.append(clause)
    return out
