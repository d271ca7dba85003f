"""Words as they are read, freed of everything that only their own text can resolve."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from zabota.contracts.text.numbering import paragraph_numbers, plain_number
from zabota.contracts.text.tree import (
    Block,
    Break,
    Cell,
    Clause,
    Document,
    Field,
    Kept,
    Note,
    Paragraph,
    Reference,
    Run,
    Scheme,
    Table,
    Text,
)
from zabota.contracts.text.words import blocks_text

EMPTY = "________"
GONE = "—"


@dataclass(frozen=True)
class Told:
    """What stands in the place of tokens: values and numbers as shown, names of kept things."""

    values: Mapping[str, str]
    numbers: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)


def spelled(blocks: tuple[Block, ...], told: Told) -> tuple[Block, ...]:
    """The blocks with values, numbers and notes written out, in the plainest look: they may stand
    in another text (a cell of a table) and still say the same.
    """
    notes = {block.id: block for block in blocks if isinstance(block, Note)}
    read = tuple(block for block in blocks if not isinstance(block, Note))
    labels = _Labels(Document((Clause("it", read),), dict(told.schemes)))
    return tuple(_block(block, told, notes, labels) for block in read)


class _Labels:
    """Hands out the number of each inner paragraph, in the order they are read."""

    def __init__(self, document: Document) -> None:
        self.found, self.place = paragraph_numbers(document), -1

    def take(self) -> str:
        self.place += 1
        return self.found.get(("it", self.place), "")


def _block(block: Block, told: Told, notes: Mapping[str, Note], labels: _Labels) -> Block:
    if isinstance(block, Paragraph):
        label = labels.take()
        runs = [made for run in block.runs for made in _run(run, told, notes)]
        return Paragraph((Text(f"{label} "), *runs) if label else tuple(runs), align="left")
    assert isinstance(block, Table)
    rows = tuple(
        replace(
            row,
            properties="",
            header=False,
            cells=tuple(_cell(cell, told, notes, labels) for cell in row.cells),
        )
        for row in block.rows
    )
    return Table(rows, borders=block.borders)


def _cell(cell: Cell, told: Told, notes: Mapping[str, Note], labels: _Labels) -> Cell:
    inside = tuple(
        _block(block, told, notes, labels) for block in cell.blocks if not isinstance(block, Note)
    )
    return Cell(inside, cell.columns, cell.rows)


def _run(run: Run, told: Told, notes: Mapping[str, Note]) -> list[Run]:
    match run:
        case Field(name, marks):
            lines = (told.values.get(name) or EMPTY).splitlines()
            made: list[Run] = []
            for line in lines:
                made += [Break(), Text(line, marks)] if made else [Text(line, marks)]
            return made
        case Reference(target, "note", _):
            note = notes.get(target)
            return [Text(f" ({blocks_text(note.blocks, told.numbers)})")] if note else []
        case Reference(target, _, marks):
            return [Text(plain_number(told.numbers.get(target, "")) or GONE, marks)]
        case Break("page"):
            return []
        case Kept(kind, _, words):
            return [Text(words or f"[{told.kinds.get(kind, kind)}]")]
        case _:
            return [run]
