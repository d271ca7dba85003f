"""Wordings of a file that came back, beside ours: the same words, our styles, our kept objects."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from zabota.contracts.compare.atoms import merged
from zabota.contracts.text.tree import (
    Block,
    Cell,
    Clause,
    Kept,
    Note,
    Paragraph,
    Reference,
    Row,
    Run,
    Table,
    Text,
)
from zabota.contracts.text.words import runs_of


def with_kept(
    blocks: tuple[Block, ...], mine: Clause | None, losses: list[tuple[str, str]], number: str
) -> tuple[Block, ...]:
    """A picture of ours stays ours though Word wrote it anew; a new one is named, not taken."""
    have = [run for run in runs_of(mine.blocks) if isinstance(run, Kept)] if mine else []

    def kept(one: Run) -> Run:
        if not isinstance(one, Kept):
            return one
        same = next((run for run in have if run.kind == one.kind), None)
        if same is not None:
            have.remove(same)
            return same
        losses.append((one.kind, number))
        return one

    return mapped(blocks, kept)


def in_our_styles(theirs: tuple[Block, ...], mine: tuple[Block, ...]) -> tuple[Block, ...]:
    """Paragraph by paragraph, where the clause is still built alike."""
    if [type(block) for block in theirs] != [type(block) for block in mine]:
        return theirs
    return tuple(
        replace(old, runs=new.runs)
        if isinstance(old, Paragraph) and isinstance(new, Paragraph)
        else new
        for old, new in zip(mine, theirs, strict=True)
    )


def bare(blocks: Iterable[Block]) -> Any:
    """What a reader reads: words, marks, fields, references; no styles, no names of Word's own."""
    found: list[Any] = []
    for block in blocks:
        match block:
            case Paragraph(runs=runs):
                found.append(tuple(_bare_run(run) for run in merged(runs)))
            case Table(rows=rows):
                found.append(
                    tuple(
                        tuple((c.columns, c.rows, bare(c.blocks)) for c in row.cells)
                        for row in rows
                    )
                )
            case Note(blocks=inner):
                found.append(("note", bare(inner)))
    return tuple(found)


def _bare_run(run: Run) -> Any:
    match run:
        case Kept(kind=kind):
            return ("kept", kind)
        case Reference(kind="note"):
            return ("note",)
        case Text(text=text, marks=marks):
            return (text.replace("\u00a0", " "), marks)
    return run


def mapped(blocks: tuple[Block, ...], change: Callable[[Run], Run]) -> tuple[Block, ...]:
    """The same blocks with each run changed."""

    def cell(one: Cell) -> Cell:
        return replace(one, blocks=mapped(one.blocks, change))

    def row(one: Row) -> Row:
        return replace(one, cells=tuple(cell(found) for found in one.cells))

    def block(one: Block) -> Block:
        match one:
            case Paragraph():
                return replace(one, runs=tuple(change(run) for run in one.runs))
            case Table():
                return replace(one, rows=tuple(row(found) for found in one.rows))
            case Note():
                return replace(one, blocks=mapped(one.blocks, change))

    return tuple(block(one) for one in blocks)
