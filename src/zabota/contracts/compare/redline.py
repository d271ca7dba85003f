"""The tree of a comparison: what a redline is rendered from.

Read for its old side (deletions kept, insertions left out) it is the old text, read for its new
side the new one, paragraph marks included. Tests prove on the HTML that this survives rendering.
"""

from dataclasses import dataclass
from typing import Literal

from zabota.contracts.compare.words import Op
from zabota.contracts.text.tree import Block, Cell, Note, Paragraph, Row, Table

Change = Literal["equal", "insert", "delete"]
RedlineKind = Literal["same", "format", "changed"]


@dataclass(frozen=True, slots=True)
class RedlineParagraph:
    """Words up to a paragraph mark. A mark inserted splits a paragraph, one deleted joins two.

    `old` and `new` are the paragraphs the mark closes on each side; `moved` says that the whole
    paragraph stands at another place of the same clause.
    """

    ops: tuple[Op, ...]
    mark: Change = "equal"
    old: Paragraph | None = None
    new: Paragraph | None = None
    moved: bool = False

    @property
    def whole(self) -> Change | None:
        """Wholly inserted or wholly deleted, mark included; "equal" if nothing was touched."""
        if all(op.kind == self.mark for op in self.ops):
            return self.mark
        return None

    @property
    def kind(self) -> RedlineKind:
        """Whether words changed, or only their look."""
        if self.mark != "equal" or any(op.kind in ("insert", "delete") for op in self.ops):
            return "changed"
        return "format" if self.old != self.new else "same"


@dataclass(frozen=True, slots=True)
class RedlineCell:
    """A cell that stayed, came or went, with the comparison of what stands in it."""

    change: Change
    blocks: tuple["RedlineBlock", ...]
    old: Cell | None = None
    new: Cell | None = None


@dataclass(frozen=True, slots=True)
class RedlineRow:
    """A row that stayed, came or went."""

    change: Change
    cells: tuple[RedlineCell, ...]
    old: Row | None = None
    new: Row | None = None


@dataclass(frozen=True, slots=True)
class RedlineTable:
    """A table that stayed, came or went, compared row by row and cell by cell."""

    change: Change
    rows: tuple[RedlineRow, ...]
    old: Table | None = None
    new: Table | None = None

    @property
    def kind(self) -> RedlineKind:
        """Whether words, rows or cells changed, or only the look of the table."""
        if self.change != "equal" or any(row.change != "equal" for row in self.rows):
            return "changed"
        cells = [cell for row in self.rows for cell in row.cells]
        if any(cell.change != "equal" for cell in cells):
            return "changed"
        if any(block.kind == "changed" for cell in cells for block in cell.blocks):
            return "changed"
        return "format" if self.old != self.new else "same"


@dataclass(frozen=True, slots=True)
class RedlineNote:
    """A footnote or endnote that stayed, came or went; one that changed place goes and comes."""

    change: Change
    id: str
    blocks: tuple["RedlineBlock", ...]
    old: Note | None = None
    new: Note | None = None

    @property
    def kind(self) -> RedlineKind:
        """Whether the words of the note changed, or only their look."""
        if self.change != "equal" or any(block.kind == "changed" for block in self.blocks):
            return "changed"
        return "format" if self.old != self.new else "same"


RedlineBlock = RedlineParagraph | RedlineTable


@dataclass(frozen=True, slots=True)
class Redline:
    """The comparison of two lists of blocks, such as two wordings of a clause: `old` and `new`."""

    blocks: tuple[RedlineBlock, ...] = ()
    notes: tuple[RedlineNote, ...] = ()
    old: tuple[Block, ...] = ()
    new: tuple[Block, ...] = ()

    @property
    def kind(self) -> RedlineKind:
        """ "changed" when words or structure changed, "format" when only the look did."""
        kinds = {part.kind for part in (*self.blocks, *self.notes)}
        if "changed" in kinds:
            return "changed"
        return "format" if "format" in kinds else "same"
