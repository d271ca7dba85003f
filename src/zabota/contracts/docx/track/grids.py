"""Blocks of a redline: lines and tables; rows that came and went, cells compared by themselves."""

from collections.abc import Iterable, Sequence

from lxml import etree

from zabota.contracts.compare.redline import (
    Change,
    RedlineBlock,
    RedlineRow,
    RedlineTable,
)
from zabota.contracts.compare.whole import whole_blocks
from zabota.contracts.docx.package import W
from zabota.contracts.docx.track.blocks import (
    Mismatch,
    Stream,
    blocks_of,
    properties_of,
    under,
)
from zabota.contracts.docx.track.ink import TAGS, Ink
from zabota.contracts.docx.track.lines import (
    Grid,
    Hand,
    Impure,
    Line,
    Part,
    close,
    lay,
    lay_whole,
)
from zabota.contracts.docx.track.pieces import copy_of
from zabota.contracts.docx.write.xml import make, take


class Redliner(Ink):
    """Writes all blocks of a body, a cell, a note."""

    def parts(self, parts: Iterable[Part]) -> list[etree._Element]:
        """All elements of these lines and tables."""
        return [
            self.line(part) if isinstance(part, Line) else self.table(part) for part in parts
        ]  # fmt: skip

    def table(self, grid: Grid) -> etree._Element:
        """A `w:tbl`."""
        assert isinstance(grid.block, RedlineTable)
        if grid.change == "equal" and grid.old is not None and grid.new is not None:
            xml = self.new.bare(grid.new)
            if xml is not None and xml == self.old.bare(grid.old):
                return copy_of(grid.new)
            return self._changed_table(grid.block, grid.old, grid.new, grid.hand)
        given = grid.new if grid.change == "insert" else grid.old
        assert given is not None
        return self._whole_table(given, grid.change, grid.hand)

    def _whole_table(self, table: etree._Element, state: Change, hand: Hand) -> etree._Element:
        made = make("tbl")
        for name in ("tblPr", "tblGrid"):
            part = copy_of(properties_of(table, name))
            made.append(self.carry(part) if state == "delete" else part)
        made.extend(self._whole_row(row, state, hand) for row in under(table, "tr"))
        return made

    def _changed_table(
        self, block: RedlineTable, old: etree._Element, new: etree._Element, hand: Hand
    ) -> etree._Element:
        made = make("tbl")
        made.extend(copy_of(properties_of(new, name)) for name in ("tblPr", "tblGrid"))
        gone, come = under(old, "tr"), under(new, "tr")
        for row in block.rows:
            if row.change == "insert":
                made.append(self._whole_row(next(come), "insert", hand))
            elif row.change == "delete":
                made.append(self._whole_row(next(gone), "delete", hand))
            else:
                made.extend(self._row(row, next(gone), next(come), hand))
        return made

    def _row(
        self, row: RedlineRow, old: etree._Element, new: etree._Element, hand: Hand
    ) -> list[etree._Element]:
        """A row whose cells stayed, cell by cell; one with other cells is another row."""
        if any(cell.change != "equal" for cell in row.cells):
            return [self._whole_row(old, "delete", hand), self._whole_row(new, "insert", hand)]
        made = make("tr", *(copy_of(x) for x in _row_looks(new)))
        pairs = zip(row.cells, under(old, "tc"), under(new, "tc"), strict=True)
        for cell, before, after in pairs:
            look = copy_of(properties_of(after, "tcPr"))
            made.append(make("tc", look, *self.container(cell.blocks, before, after, hand)))
        return [made]

    def container(
        self, blocks: Sequence[RedlineBlock], old: etree._Element, new: etree._Element, hand: Hand
    ) -> list[etree._Element]:
        """The blocks of a cell or a note compared; where words cannot be laid, all is replaced."""
        before, after = blocks_of(old), blocks_of(new)
        try:
            parts = lay(blocks, Stream(self.old, before), Stream(self.new, after), hand)
            close(parts)
        except (Impure, Mismatch):
            parts = self.replaced(before, after, hand)
            close(parts)
        return self.parts(parts)

    def replaced(
        self, old: Sequence[etree._Element], new: Sequence[etree._Element], hand: Hand
    ) -> list[Part]:
        """All old blocks deleted, all new ones inserted."""
        gone = whole_blocks(self.old.shadows(old), "delete")
        come = whole_blocks(self.new.shadows(new), "insert")
        return [
            *lay_whole(old, self.old, "delete", hand, gone),
            *lay_whole(new, self.new, "insert", hand, come),
        ]

    def _whole_row(self, row: etree._Element, state: Change, hand: Hand) -> etree._Element:
        made = make("tr")
        looks = [copy_of(x) for x in _row_looks(row)]
        about = next((x for x in looks if x.tag == f"{W}trPr"), None)
        if about is None:
            about = make("trPr")
            looks.append(about)
        take(about, "ins", "del", "trPrChange")
        about.append(self.stamp(TAGS[state], hand))
        made.extend(looks)
        side = self.new if state == "insert" else self.old
        for cell in under(row, "tc"):
            look = copy_of(properties_of(cell, "tcPr"))
            inside = blocks_of(cell)
            blocks = whole_blocks(side.shadows(inside), state)
            parts = lay_whole(inside, side, state, hand, blocks)
            made.append(make("tc", look, *self._row_parts(parts)))
        return made

    def _row_parts(self, parts: Sequence[Part]) -> list[etree._Element]:
        """What stands in a row that came or went: the row itself carries the paragraph marks."""
        made = self.parts(parts)
        for element in made:
            for name in ("ins", "del"):
                for flag in element.findall(f"{W}pPr/{W}rPr/{W}{name}"):
                    owner = flag.getparent()
                    assert owner is not None
                    owner.remove(flag)
        return made


def _row_looks(row: etree._Element) -> list[etree._Element]:
    return [child for child in row if child.tag in (f"{W}tblPrEx", f"{W}trPr")]
