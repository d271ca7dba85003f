"""Footnotes and endnotes of a text: where they are called, in which order they stand."""

from collections.abc import Iterable, Sequence

from zabota.contracts.text.tree import Block, Clause, Document, Note, Paragraph, Reference, Table


def note_numbers(document: Document) -> dict[str, str]:
    """Numbers of notes through the whole document, in the order they are first called."""
    calls: list[str] = []
    waiting: list[Clause] = list(reversed(document.clauses))
    while waiting:
        clause = waiting.pop()
        calls += called_notes(clause.blocks)
        waiting += reversed(clause.children)
    return {name: str(index) for index, name in enumerate(dict.fromkeys(calls), 1)}


def called_notes(blocks: Iterable[Block]) -> list[str]:
    """The notes a wording calls, in reading order (notes do not call notes)."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(runs=runs):
                marks = [run for run in runs if isinstance(run, Reference)]
                found += [mark.target for mark in marks if mark.kind == "note"]
            case Table(rows=rows):
                for row in rows:
                    for cell in row.cells:
                        found += called_notes(cell.blocks)
    return found


def notes_in_order(blocks: Sequence[Block]) -> list[Note]:
    """The notes of a wording as they are called; those never called stand last."""
    places: dict[str, int] = {}
    for name in called_notes(blocks):
        places.setdefault(name, len(places))
    return sorted(_all_notes(blocks), key=lambda note: places.get(note.id, len(places)))


def _all_notes(blocks: Iterable[Block]) -> list[Note]:
    found: list[Note] = []
    for block in blocks:
        if isinstance(block, Note):
            found.append(block)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    found += _all_notes(cell.blocks)
    return found
