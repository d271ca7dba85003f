"""What changed between two versions, in print: insertions underlined, deletions struck through."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from zabota.common.paper import JSON, render
from zabota.contracts.paper.contract import PaperMeta

TEMPLATE = Path(__file__).with_name("comparison.typ")

Op = Literal["equal", "insert", "delete"]
State = Literal["same", "changed", "added", "deleted", "moved"]
# What became of some words, the words, and the marks they stand under: bold, italic.
Word = tuple[Op, str] | tuple[Op, str, Sequence[str]]
Words = Sequence[Word]


@dataclass(frozen=True, slots=True)
class ComparedTable:
    """A table of a clause: rows of cells, a cell is its paragraphs."""

    rows: Sequence[Sequence[Sequence[Words]]]


@dataclass(frozen=True, slots=True)
class ComparedClause:
    """A clause in reading order: its number (the old one of a deleted clause) and its fate.

    `note` adds to the state in words («был пункт 4.2»); `depth` is its indentation.
    """

    number: str
    state: State
    blocks: Sequence[Words | ComparedTable]
    depth: int = 0
    heading: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonLabels:
    """The words around: heading, the two versions, what the signs mean, the name of each state."""

    heading: str
    before: str
    after: str
    inserted: str
    deleted: str
    states: dict[State, str]
    nothing: str


def comparison_pdf(
    clauses: Sequence[ComparedClause], labels: ComparisonLabels, meta: PaperMeta
) -> bytes:
    """The redline of two versions as one text; each changed clause is marked in the margin."""
    data: dict[str, JSON] = {
        "meta": meta.as_json(),
        "labels": {
            "heading": labels.heading,
            "before": labels.before,
            "after": labels.after,
            "inserted": labels.inserted,
            "deleted": labels.deleted,
            "nothing": labels.nothing,
        },
        "clauses": [_clause(clause, labels) for clause in clauses],
    }
    return render(TEMPLATE, data, at=meta.at)


def _clause(clause: ComparedClause, labels: ComparisonLabels) -> JSON:
    words = [labels.states.get(clause.state, "") if clause.state != "same" else "", clause.note]
    return {
        "number": clause.number,
        "state": clause.state,
        "label": ", ".join(word for word in words if word),
        "depth": clause.depth,
        "heading": clause.heading,
        "blocks": [_block(block) for block in clause.blocks],
    }


def _block(block: Words | ComparedTable) -> JSON:
    if not isinstance(block, ComparedTable):
        return {"kind": "p", "words": [list(word) for word in block]}
    return {
        "kind": "table",
        "columns": max((len(row) for row in block.rows), default=1),
        "rows": [
            [[[list(word) for word in words] for words in cell] for cell in row]
            for row in block.rows
        ],
    }
