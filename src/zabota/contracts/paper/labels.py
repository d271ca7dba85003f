"""Numbers of paragraphs that are no clauses (in cells, notes, lists), put before their words.

Clauses get their numbers from the page's own layout; these stand inside, so they become text.
"""

from collections.abc import Iterator
from dataclasses import replace

from zabota.contracts.text.numbering import paragraph_numbers
from zabota.contracts.text.tree import Block, Clause, Document, Note, Paragraph, Table, Text


def with_labels(document: Document) -> Document:
    """The same document, the number of each counted inner paragraph written before its words."""
    labels = paragraph_numbers(document)
    if not labels:
        return document
    return replace(document, clauses=tuple(_clause(c, labels) for c in document.clauses))


def _clause(clause: Clause, labels: dict[tuple[str, int], str]) -> Clause:
    places = (labels.get((clause.id, place), "") for place in range(10**9))
    return replace(
        clause,
        blocks=_blocks(clause.blocks, places),
        children=tuple(_clause(child, labels) for child in clause.children),
    )


def _blocks(blocks: tuple[Block, ...], labels: Iterator[str]) -> tuple[Block, ...]:
    return tuple(_block(block, labels) for block in blocks)


def _block(block: Block, labels: Iterator[str]) -> Block:
    match block:
        case Paragraph():
            label = next(labels)
            return replace(block, runs=(Text(label + " "), *block.runs)) if label else block
        case Note():
            return replace(block, blocks=_blocks(block.blocks, labels))
        case Table():
            rows = tuple(
                replace(
                    row,
                    cells=tuple(
                        replace(cell, blocks=_blocks(cell.blocks, labels)) for cell in row.cells
                    ),
                )
                for row in block.rows
            )
            return replace(block, rows=rows)
