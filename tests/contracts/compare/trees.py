"""Texts for Hypothesis: small, nasty, and made so that two of them have much in common."""

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from zabota.contracts.text.tree import (
    Block,
    Break,
    Cell,
    Clause,
    Document,
    Field,
    Kept,
    Mark,
    Note,
    Numbering,
    Paragraph,
    Reference,
    Row,
    Run,
    Table,
    Text,
)


def tries(count: int) -> settings:
    """So many examples; how long one takes says nothing on a busy machine."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=count, deadline=None, suppress_health_check=slow)


MARKS: list[Mark] = ["bold", "italic", "strike", "sub", "sup", "underline"]
WORDS = [
    "оплата", "в", "срок", "Покупатель", "и", "не", "5", "10 000,00 руб.", "0,1\u00a0%", "№ 7-А",
    " ", " ", " ", "  ", "\u00a0", ",", ".", "(", ")", "<b>", "&amp;", '"', "'", "</p>", "{", "}",
    "и\u0306", "😀", "-", "пере", "оплата товара", "\u200b", "ﬀ", "a", "\r", "¶",
]  # fmt: skip
NAMES = ["price", "client.name", "срок"]

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("".join)
marks = st.lists(st.sampled_from(MARKS), max_size=2, unique=True).map(lambda m: tuple(sorted(m)))
plain = st.one_of(st.just(()), marks)


def runs(notes: list[str]) -> st.SearchStrategy[Run]:
    """Any run; note marks only of the notes that exist."""
    options: list[st.SearchStrategy[Run]] = [
        st.builds(Text, texts, plain),
        st.builds(Text, texts, plain),
        st.builds(Text, st.text(st.characters(codec="utf-8"), min_size=1, max_size=4), plain),
        st.builds(Field, st.sampled_from(NAMES), plain),
        st.builds(Reference, st.sampled_from(["c1", "c2", "c3"]), st.just("clause"), plain),
        st.builds(Break, st.sampled_from(["line", "tab", "page"])),
        st.builds(
            Kept,
            st.just("picture"),
            st.sampled_from(["k1", "k2"]),
            st.sampled_from(["", "Схема <1>"]),
        ),
    ]
    if notes:
        options.append(st.builds(Reference, st.sampled_from(notes), st.just("note"), plain))
    return st.one_of(options)


def paragraphs(notes: list[str]) -> st.SearchStrategy[Paragraph]:
    """A paragraph, often with nothing in it."""
    return st.builds(
        Paragraph,
        st.lists(runs(notes), max_size=4).map(tuple),
        st.sampled_from(["", "Body", "Heading"]),
        st.sampled_from(["", "center"]),
    )


def tables(notes: list[str], depth: int = 1) -> st.SearchStrategy[Table]:
    """A table, regular or merged, perhaps with a table in a cell."""
    inner: st.SearchStrategy[Block] = paragraphs(notes)
    if depth:
        inner = st.one_of(inner, inner, tables(notes, depth - 1))
    cell = st.builds(
        Cell,
        st.lists(inner, max_size=2).map(tuple),
        st.sampled_from([1, 1, 1, 2]),
        st.sampled_from([1, 1, 1, 2]),
    )
    row = st.builds(Row, st.lists(cell, min_size=1, max_size=3).map(tuple), st.booleans())
    return st.builds(Table, st.lists(row, min_size=1, max_size=3).map(tuple), borders=st.booleans())


@st.composite
def wordings(draw: st.DrawFn, size: int = 4) -> tuple[Block, ...]:
    """The blocks of a clause."""
    names = draw(st.lists(st.sampled_from(["n1", "n2", "n3"]), max_size=2, unique=True))
    body: list[Block] = draw(
        st.lists(st.one_of(paragraphs(names), paragraphs(names), tables(names)), max_size=size)
    )
    for name in names:
        inside = tuple(draw(st.lists(paragraphs([]), max_size=2)))
        body.insert(draw(st.integers(0, len(body))), Note(name, inside))
    return tuple(body)


@st.composite
def pairs(draw: st.DrawFn, size: int = 4) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Two wordings, mostly the second made out of the first by edits."""
    old = draw(wordings(size))
    if draw(st.integers(0, 4)) == 0:
        return old, draw(wordings(size))
    return old, draw(edited(old))


@st.composite
def edited(draw: st.DrawFn, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A wording after some edits: split, joined, moved, deleted, marked, words changed."""
    result = list(blocks)
    for _ in range(draw(st.integers(0, 4))):
        if not result:
            break
        at = draw(st.integers(0, len(result) - 1))
        block = result[at]
        what = draw(st.sampled_from(["words", "words", "split", "join", "drop", "move", "new"]))
        match what, block:
            case "words", Paragraph():
                result[at] = replace(block, runs=draw(_changed_runs(block.runs)))
            case "words", Table():
                result[at] = draw(_changed_table(block))
            case "words", Note():
                result[at] = replace(
                    block, blocks=draw(st.lists(paragraphs([]), max_size=2).map(tuple))
                )
            case "split", Paragraph():
                cut = draw(st.integers(0, len(block.runs)))
                halves = block.runs[:cut], block.runs[cut:]
                result[at : at + 1] = [replace(block, runs=half) for half in halves]
            case "join", Paragraph():
                after = result[at + 1] if at + 1 < len(result) else None
                if isinstance(after, Paragraph):
                    result[at : at + 2] = [replace(block, runs=block.runs + after.runs)]
            case "drop", Paragraph() | Table():
                del result[at]
            case "move", _:
                result.insert(draw(st.integers(0, len(result) - 1)), result.pop(at))
            case "new", _:
                result.insert(at, draw(st.one_of(paragraphs([]), tables([]))))
    return tuple(result)


@st.composite
def _changed_runs(draw: st.DrawFn, old: tuple[Run, ...]) -> tuple[Run, ...]:
    result = list(old)
    if result and draw(st.booleans()):
        at = draw(st.integers(0, len(result) - 1))
        run = result[at]
        if isinstance(run, Text | Field | Reference) and draw(st.booleans()):
            result[at] = replace(run, marks=draw(marks))
        else:
            del result[at]
    if draw(st.booleans()):
        result.insert(draw(st.integers(0, len(result))), draw(runs([])))
    return tuple(result)


@st.composite
def _changed_table(draw: st.DrawFn, table: Table) -> Table:
    rows = list(table.rows)
    at = draw(st.integers(0, len(rows) - 1))
    match draw(st.sampled_from(["drop", "new", "swap", "cell", "column"])):
        case "drop" if len(rows) > 1:
            del rows[at]
        case "new":
            rows.insert(at, draw(tables([], 0)).rows[0])
        case "swap":
            rows.insert(0, rows.pop(at))
        case "cell":
            cells = list(rows[at].cells)
            column = draw(st.integers(0, len(cells) - 1))
            cells[column] = replace(cells[column], blocks=draw(edited(cells[column].blocks)))
            rows[at] = replace(rows[at], cells=tuple(cells))
        case "column":
            column = draw(st.integers(0, min(len(row.cells) for row in rows)))
            new = Cell((Paragraph((Text("столбец"),)),))
            rows = [
                replace(row, cells=(*row.cells[:column], new, *row.cells[column:])) for row in rows
            ]
    return replace(table, rows=tuple(rows))


def _trees(draw: st.DrawFn, ids: list[str]) -> tuple[Clause, ...]:
    """Clauses with these ids in some tree."""
    top: list[Clause] = []
    while ids:
        name = ids.pop(0)
        inner = min(draw(st.sampled_from([0, 0, 1, 2, 3])), len(ids))
        children = _trees(draw, [ids.pop(0) for _ in range(inner)])
        top.append(
            Clause(name, draw(wordings(1)), children, Numbering("s"), heading=draw(st.booleans()))
        )
    return tuple(top)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A small contract."""
    count = draw(st.sampled_from([0, 1, 4, 5, 6, 6]))
    return Document(_trees(draw, [f"c{index}" for index in range(count)]))


@st.composite
def document_pairs(draw: st.DrawFn) -> tuple[Document, Document]:
    """A contract and what became of it: clauses moved (inside others too), added, deleted."""
    old = draw(documents())
    if draw(st.integers(0, 5)) == 0:
        return old, draw(documents())
    flat: list[tuple[str, tuple[Block, ...], str]] = []

    def walk(clauses: tuple[Clause, ...], parent: str) -> None:
        for clause in clauses:
            flat.append((clause.id, clause.blocks, parent))
            walk(clause.children, clause.id)

    walk(old.clauses, "")
    for index in range(draw(st.integers(1, 4))):
        what = draw(st.sampled_from(["move", "move", "drop", "new", "words", "parent"]))
        at = draw(st.integers(0, max(len(flat) - 1, 0)))
        if what == "new" or not flat:
            flat.insert(at, (f"new{index}", draw(wordings(1)), ""))
        elif what == "move":
            flat.insert(draw(st.integers(0, len(flat) - 1)), flat.pop(at))
        elif what == "drop":
            del flat[at]
        elif what == "words":
            name, blocks, parent = flat[at]
            flat[at] = (name, draw(edited(blocks)), parent)
        else:
            name, blocks, _ = flat[at]
            flat[at] = (name, blocks, draw(st.sampled_from(["", *(item[0] for item in flat)])))
    return old, Document(_rebuilt(flat))


def _rebuilt(flat: list[tuple[str, tuple[Block, ...], str]]) -> tuple[Clause, ...]:
    """A tree of (id, blocks, parent); whoever hangs in the air or in a ring stands at the top."""
    parents = {name: parent for name, _, parent in flat}

    def rooted(name: str) -> bool:
        seen: set[str] = set()
        while name:
            if name in seen or name not in parents:
                return False
            seen.add(name)
            name = parents[name]
        return True

    top = {name: parent if rooted(name) else "" for name, parent in parents.items()}

    def inside(parent: str) -> tuple[Clause, ...]:
        return tuple(
            Clause(name, blocks, inside(name)) for name, blocks, _ in flat if top[name] == parent
        )

    return inside("")
