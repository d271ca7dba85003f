"""Wordings of a file that came back, beside ours: the same words, our styles, our kept objects."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from zabota.contracts.compare.atoms import merged
from zabota.contracts.docx.write.runs import EMPTY
from zabota.contracts.text.numbering import plain_number
from zabota.contracts.text.tree import (
    Block,
    Break,
    Cell,
    Clause,
    Field,
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


@dataclass(frozen=True)
class Seen:
    """What a reader saw in place of tokens: numbers of clauses, values of fields."""

    numbers: Mapping[str, str]
    values: Mapping[str, str]


TOKENS = Seen({}, {})


def same_words(
    ours: tuple[Block, ...], theirs: tuple[Block, ...], our_eyes: Seen, their_eyes: Seen
) -> bool:
    """Whether a reader reads the same: words, marks, values, mentions; no styles.

    A program that drops content controls and fields leaves plain words: then they have to be the
    numbers and values we showed, whose bold or italic goes with the control.
    """
    if _bare(ours, TOKENS) == _bare(theirs, TOKENS):
        return True
    if _field_count(theirs) < _field_count(ours):
        ours, theirs = mapped(ours, _unmarked), mapped(theirs, _unmarked)
    return bool(_bare(ours, our_eyes) == _bare(theirs, their_eyes))


def _field_count(blocks: tuple[Block, ...]) -> int:
    return sum(isinstance(run, Field) for run in runs_of(blocks))


def _unmarked(run: Run) -> Run:
    return replace(run, marks=()) if isinstance(run, Text | Field | Reference) else run


def _bare(blocks: Iterable[Block], eyes: Seen) -> Any:
    found: list[Any] = []
    for block in blocks:
        match block:
            case Paragraph(runs=runs):
                plain = merged(_told(run, eyes) for run in runs)
                # Where a page ends is layout, which programs lay down each in their own way.
                found.append(tuple(_bare_run(run) for run in plain if run != Break("page")))
            case Table(rows=rows):
                found.append(
                    tuple(
                        tuple((c.columns, c.rows, _bare(c.blocks, eyes)) for c in row.cells)
                        for row in rows
                    )
                )
            case Note(blocks=inner):
                found.append(("note", _bare(inner, eyes)))
    return tuple(found)


def _told(run: Run, eyes: Seen) -> Run:
    if isinstance(run, Field) and run.name in eyes.values:
        return Text(eyes.values[run.name] or EMPTY, run.marks)
    if isinstance(run, Reference) and run.kind == "clause" and run.target in eyes.numbers:
        return Text(plain_number(eyes.numbers[run.target]), run.marks)
    return run


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
