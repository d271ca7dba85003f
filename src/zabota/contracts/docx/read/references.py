"""Mentions of clauses that Word itself keeps (REF fields), made references in the end."""

from collections.abc import Callable
from dataclasses import replace

from zabota.contracts.docx.read.inline import merged
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.contracts.text.tree import (
    Block,
    Clause,
    Document,
    Paragraph,
    Reference,
    Run,
    Table,
    Text,
)


def settle_references(document: Document, of_bookmark: dict[str, str]) -> Document:
    """Point pending references at their clauses, if the words are the number; else keep these."""
    shown = numbers(document)

    def settled(run: Run) -> Run:
        if not isinstance(run, Reference) or not run.target.startswith("\0"):
            return run
        _, bookmark, words = run.target.split("\0")
        target = of_bookmark.get(bookmark, "")
        if plain_number(shown.get(target, "")) == words.strip():
            return replace(run, target=target)
        return Text(words, run.marks)

    return Document(
        tuple(_clause(clause, settled) for clause in document.clauses),
        document.schemes,
        _blocks(document.headers, settled),
        _blocks(document.footers, settled),
    )


def _clause(clause: Clause, settled: Callable[[Run], Run]) -> Clause:
    children = tuple(_clause(child, settled) for child in clause.children)
    return replace(clause, blocks=_blocks(clause.blocks, settled), children=children)


def _blocks(blocks: tuple[Block, ...], settled: Callable[[Run], Run]) -> tuple[Block, ...]:
    return tuple(_block(block, settled) for block in blocks)


def _block(block: Block, settled: Callable[[Run], Run]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, runs=merged([settled(run) for run in block.runs]))
    if isinstance(block, Table):
        rows = (
            replace(
                row,
                cells=tuple(replace(c, blocks=_blocks(c.blocks, settled)) for c in row.cells),
            )
            for row in block.rows
        )
        return replace(block, rows=tuple(rows))
    return replace(block, blocks=_blocks(block.blocks, settled))
