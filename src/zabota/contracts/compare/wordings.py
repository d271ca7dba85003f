"""The words of clauses for likeness: no marks, no numbers, even spaces."""

from collections.abc import Mapping, Sequence

from zabota.contracts.text.tree import (
    Block,
    Break,
    Clause,
    Document,
    Field,
    Note,
    Paragraph,
    Run,
    Table,
    Text,
)


def all_clauses(clauses: Sequence[Clause]) -> list[Clause]:
    """Clauses in reading order."""
    found: list[Clause] = []
    for clause in clauses:
        found += [clause, *all_clauses(clause.children)]
    return found


def wordings(document: Document, values: Mapping[str, str]) -> dict[str, str]:
    """The words of each clause itself, in reading order, spaces made even."""
    return {
        clause.id: " ".join(" ".join(_block_words(clause.blocks, values)).split())
        for clause in all_clauses(document.clauses)
    }


def _block_words(blocks: Sequence[Block], values: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(runs=runs):
                found.append("".join(_run_words(run, values) for run in runs))
            case Table(rows=rows):
                for row in rows:
                    for cell in row.cells:
                        found += _block_words(cell.blocks, values)
            case Note(blocks=inner):
                found += _block_words(inner, values)
    return found


def _run_words(run: Run, values: Mapping[str, str]) -> str:
    match run:
        case Text(text=text):
            return text
        case Field(name=name):
            return values.get(name) or "{{" + name + "}}"
        case Break():
            return " "
    return ""
