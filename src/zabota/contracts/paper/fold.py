"""The text tree as the plain JSON a Typst template reads: strings stay strings, nothing is markup.

Shapes: a clause is `{number, depth, heading, blocks}` in reading order; a block is a paragraph
`{kind: "p", align, runs}` or a table `{kind: "table", columns, borders, header, cells}`; a run is
`{text, marks}`, `{empty: n}` (a line to write on), `{break: "line"|"tab"|"far"|"page"}`,
`{note: blocks}` or `{page: "page"|"pages"}`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zabota.common.paper import JSON
from zabota.contracts.paper.labels import with_labels
from zabota.contracts.paper.place import PlacedCell, column_count, place_cells
from zabota.contracts.text.numbering import clauses_of, plain_number
from zabota.contracts.text.tree import (
    Block,
    Break,
    Clause,
    Document,
    Field,
    Kept,
    Mark,
    Note,
    Paragraph,
    Reference,
    Run,
    Table,
    Text,
)
from zabota.contracts.text.words import runs_of

EMPTY = "________"
# A mention of a clause that is gone or bears no number.
GONE = "—"
LONG_HEADING = 250
ONE_LINE = 80
# Kept objects that are numbers of pages, in headers and footers.
PAGE = ("page", "pages")
RIGHT_STOP = re.compile(r'<w:tab\b[^>]*w:val="(?:right|end)"')


@dataclass(frozen=True, slots=True)
class Words:
    """What the tree does not hold itself: numbers of clauses, values of fields, notes by id.

    `kinds` names kinds of kept objects («рисунок») for those that have no words of their own.
    """

    numbers: Mapping[str, str]
    values: Mapping[str, str]
    notes: Mapping[str, Note]
    kinds: Mapping[str, str]


class Far:
    """Tabs that push the rest of the line to the right margin."""


def fold_document(
    document: Document,
    numbers: Mapping[str, str],
    values: Mapping[str, str],
    kinds: Mapping[str, str] | None = None,
) -> list[JSON]:
    """The clauses of `document` in reading order; numbers, values and notes in their places."""
    document = with_labels(document)
    notes = {note.id: note for clause in clauses_of(document) for note in _notes(clause.blocks)}
    words = Words(numbers, values, notes, kinds or {})
    called = set(_called(document))
    return [
        _fold_clause(clause, depth, words, called)
        for clause, depth in _with_depths(document.clauses)
    ]


def fold_blocks(blocks: tuple[Block, ...], words: Words) -> list[JSON]:
    """Paragraphs and tables of `blocks`; notes are left out, they stand where they are called."""
    return [
        _fold_table(block, words) if isinstance(block, Table) else _fold_paragraph(block, words)
        for block in blocks
        if not isinstance(block, Note)
    ]


def fold_edge(blocks: tuple[Block, ...], words: Words) -> list[JSON]:
    """A header or footer: each line that says something, once (pages of a file repeat theirs)."""
    lines = [block for block in dict.fromkeys(blocks) if any(map(_speaks, runs_of((block,))))]
    return fold_blocks(tuple(lines), words)


def _speaks(run: Run) -> bool:
    return not isinstance(run, Break) and not (isinstance(run, Text) and not run.text.strip())


def _with_depths(clauses: tuple[Clause, ...], depth: int = 0) -> Iterator[tuple[Clause, int]]:
    """Every clause with how many numbered clauses it lies in: that is how far it is indented."""
    for clause in clauses:
        yield clause, depth
        yield from _with_depths(clause.children, depth + (clause.numbering is not None))


def _fold_clause(clause: Clause, depth: int, words: Words, called: set[str]) -> JSON:
    blocks = fold_blocks(clause.blocks, words)
    # A note nobody calls (its mark was deleted) is still text of the contract: it is shown below.
    for block in clause.blocks:
        if isinstance(block, Note) and block.id not in called:
            blocks += fold_blocks(block.blocks, words)
    return {
        "number": words.numbers.get(clause.id, ""),
        "depth": depth,
        "heading": clause.heading and _length(clause.blocks[:1]) <= LONG_HEADING,
        "cut_before": bool(clause.blocks) and _cuts_before(clause.blocks[0]),
        "cut_after": any(_cuts_after(block) for block in clause.blocks),
        "blocks": blocks,
    }


def _cuts_before(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    return "pageBreakBefore" in block.properties or block.runs[:1] == (Break("page"),)


def _cuts_after(block: Block) -> bool:
    """Does a new page begin after this: a page break at the end, or a section ending here."""
    if not isinstance(block, Paragraph):
        return False
    new_section = bool(block.section) and '"continuous"' not in block.section
    return new_section or Break("page") in block.runs[1:]


def _fold_paragraph(paragraph: Paragraph, words: Words) -> JSON:
    return {
        "kind": "p",
        "align": paragraph.align,
        "runs": [folded for run in _far(paragraph) for folded in _fold_run(run, words)],
    }


def _far(paragraph: Paragraph) -> list[Run | Far]:
    """Two words on one line, as «г. Москва» and the date: the tabs between push them apart."""
    tabs = [place for place, run in enumerate(paragraph.runs) if run == Break("tab")]
    together = bool(tabs) and tabs[-1] - tabs[0] == len(tabs) - 1
    pushed = len(tabs) > 1 or RIGHT_STOP.search(paragraph.properties)
    if not together or not pushed or tabs[0] == 0 or _length((paragraph,)) > ONE_LINE:
        return list(paragraph.runs)
    return [*paragraph.runs[: tabs[0]], Far(), *paragraph.runs[tabs[-1] + 1 :]]


def _fold_run(run: Run | Far, words: Words) -> list[JSON]:
    match run:
        case Far():
            return [{"break": "far"}]
        case Text(text, marks):
            return [{"text": text, "marks": marks}]
        case Field(name, marks):
            value = words.values.get(name, "")
            return _lines(value, marks) if value else [{"empty": len(EMPTY)}]
        case Reference(target, "note", _):
            note = words.notes.get(target)
            return [{"note": fold_blocks(note.blocks, words)}] if note else []
        case Reference(target, _, marks):
            number = plain_number(words.numbers.get(target, "")) or GONE
            return [{"text": number, "marks": marks}]
        case Break(kind):
            return [{"break": kind}]
        case Kept(kind) if kind in PAGE:
            return [{"page": kind}]
        case Kept(kind, _, said):
            return [{"text": said or f"[{words.kinds.get(kind, kind)}]", "marks": ()}]


def _lines(value: str, marks: tuple[Mark, ...]) -> list[JSON]:
    """A value of several lines, as an address may be."""
    found: list[JSON] = []
    for line in value.splitlines():
        found += [{"break": "line"}] if found else []
        found.append({"text": line, "marks": marks})
    return found


def _fold_table(table: Table, words: Words) -> JSON:
    placed = place_cells(table)
    columns = column_count(placed)
    return {
        "kind": "table",
        "columns": list(table.widths) if len(table.widths) == columns else [1] * columns,
        "borders": table.borders,
        "header": _header_rows(table, placed),
        "cells": [
            {
                "x": cell.column,
                "y": cell.row,
                "colspan": cell.columns,
                "rowspan": cell.rows,
                "whole": _length(cell.cell.blocks) <= 600,
                "blocks": fold_blocks(cell.cell.blocks, words),
            }
            for cell in placed
        ],
    }


def _header_rows(table: Table, placed: list[PlacedCell]) -> int:
    """How many rows on top repeat on each page; none when a merge reaches out of them."""
    rows = 0
    while rows < len(table.rows) - 1 and table.rows[rows].header:
        rows += 1
    crosses = any(cell.row < rows < cell.row + cell.rows for cell in placed)
    return 0 if crosses else rows


def _called(document: Document) -> Iterator[str]:
    for clause in clauses_of(document):
        for run in runs_of(clause.blocks):
            if isinstance(run, Reference) and run.kind == "note":
                yield run.target


def _notes(blocks: tuple[Block, ...]) -> Iterator[Note]:
    for block in blocks:
        if isinstance(block, Note):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _notes(cell.blocks)


def _length(blocks: tuple[Block, ...]) -> int:
    return sum(len(run.text) for run in runs_of(blocks) if isinstance(run, Text))
