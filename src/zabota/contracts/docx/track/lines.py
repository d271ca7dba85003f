"""A comparison laid over the XML of both texts: lines (up to a paragraph mark) and tables.

The end of a cell, of a note and of the body can be neither inserted nor deleted in Word; `close`
gives their last line a mark that stays, as Word itself does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from lxml import etree

from zabota.contracts.compare.redline import Change, RedlineBlock, RedlineParagraph
from zabota.contracts.compare.words import Op
from zabota.contracts.docx.package import W
from zabota.contracts.docx.track.blocks import Mismatch, Side, Stream
from zabota.contracts.docx.track.pieces import Piece
from zabota.contracts.text.tree import Field, Text

State = Literal["equal", "insert", "delete", "anchor", "value"]


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose change it is, and of what moment (none where it is not to be said)."""

    name: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A piece and what became of it; `was` is what stood there before: other looks, or the value
    a control held."""

    state: State
    piece: Piece
    was: Piece | None = None


@dataclass(slots=True)
class Line:
    """Words up to a paragraph mark; `old` and `new` are the paragraphs the mark ends."""

    items: list[Item]
    mark: Change
    old: etree._Element | None
    new: etree._Element | None
    hand: Hand
    untouched: Stream | None = None

    def touch(self) -> None:
        """A line taken over as it stood is to be written anew."""
        if self.untouched is not None and self.new is not None:
            pieces = self.untouched.pieces(self.new)
            self.items = [Item("anchor" if p.run is None else "equal", p) for p in pieces]
            self.untouched = None

    def holds_only(self, state: State) -> bool:
        """Whether all its words came, or all went."""
        return all(item.state in (state, "anchor") for item in self.items)


@dataclass(slots=True)
class Grid:
    """A table: its comparison and the XML it is written from."""

    change: Change
    block: RedlineBlock
    old: etree._Element | None
    new: etree._Element | None
    hand: Hand


Part = Line | Grid


@dataclass(slots=True)
class Streams:
    """Both sides while a comparison goes through them."""

    old: Stream
    new: Stream
    hand: Hand


def lay(blocks: Iterable[RedlineBlock], old: Stream, new: Stream, hand: Hand) -> list[Part]:
    """The comparison of two lists of blocks with its XML; both streams are used up."""
    streams = Streams(old, new, hand)
    parts: list[Part] = []
    for block in blocks:
        if isinstance(block, RedlineParagraph):
            parts.append(_line(block, streams))
        else:
            gone = old.block() if block.change != "insert" else None
            come = new.block() if block.change != "delete" else None
            parts.append(Grid(block.change, block, gone, come, hand))
    old.done()
    new.done()
    return parts


def lay_whole(elements: Sequence[etree._Element], side: Side, state: Change, hand: Hand,
              blocks: Sequence[RedlineBlock]) -> list[Part]:  # fmt: skip
    """Blocks that as a whole came or went; `blocks` is the comparison that says so."""
    parts: list[Part] = []
    for element, block in zip(elements, blocks, strict=True):
        old, new = (None, element) if state == "insert" else (element, None)
        if element.tag == f"{W}tbl":
            parts.append(Grid(state, block, old, new, hand))
        else:
            items = [_whole(piece, state) for piece in side.pieces(element)]
            parts.append(Line([i for i in items if i], state, old, new, hand))
    return parts


def _whole(piece: Piece, state: Change) -> Item | None:
    if piece.run is not None:
        return Item(state, piece)
    return Item("anchor", piece) if state == "insert" else None


def _line(block: RedlineParagraph, streams: Streams) -> Line:
    old, new = streams.old, streams.new
    if _is_untouched(block, old, new):
        gone, come = old.block(), new.block()
        return Line([], "equal", gone, come, streams.hand, untouched=new)
    items: list[Item] = []
    for op in block.ops:
        items += _op(op, old, new)
    before, after = None, None
    if block.mark != "insert":
        before, _ = old.end()
    if block.mark != "delete":
        after, left = new.end()
        items += [Item("anchor", piece) for piece in left]
    return Line(items, block.mark, before, after, streams.hand)


def _is_untouched(block: RedlineParagraph, old: Stream, new: Stream) -> bool:
    """The same words in the same XML: taken over as it stands."""
    if block.mark != "equal" or not (old.fresh and new.fresh):
        return False
    if any(op.kind != "equal" for op in block.ops):
        return False
    before, after = old.peek(), new.peek()
    if before is None or after is None:
        return False
    xml = new.bare(after)
    return xml is not None and xml == old.bare(before)


def _op(op: Op, old: Stream, new: Stream) -> Iterator[Item]:
    if op.kind == "delete":
        yield from (Item("delete", p) for p in old.take(op.old) if p.run is not None)
    elif op.kind == "insert":
        for piece in new.take(op.new):
            yield Item("anchor" if piece.run is None else "insert", piece)
    else:
        yield from _kept(old.take(op.old), new.take(op.new))


def _kept(before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[Item]:
    """Words that stayed, cut where the looks of either side change."""
    left = [piece for piece in before if piece.run is not None]
    for piece in after:
        if piece.run is None:
            yield Item("anchor", piece)
            continue
        rest: Piece | None = piece
        while rest is not None:
            if not left:
                raise Mismatch
            was = left.pop(0)
            piece, rest, over = _matched(was, rest)
            if over is not None:
                left.insert(0, over)
                was, _ = was.cut(piece.width)
            yield from _stayed(was, piece)
    if left:
        raise Mismatch


def _matched(was: Piece, piece: Piece) -> tuple[Piece, Piece | None, Piece | None]:
    """As much of a piece as was one piece before, the rest of it, and the rest of that."""
    if not isinstance(was.run, Text) or not isinstance(piece.run, Text):
        return piece, None, None
    if piece.width > was.width:
        first, rest = piece.cut(was.width)
        return first, rest, None
    over = was.cut(piece.width)[1] if was.width > piece.width else None
    return piece, None, over


def _stayed(was: Piece, piece: Piece) -> Iterator[Item]:
    if isinstance(piece.run, Text) and piece.run != was.run:
        raise Mismatch
    if was.shown != piece.shown and isinstance(piece.run, Field):
        yield Item("value", piece, was)
    elif was.shown != piece.shown:
        yield Item("delete", was)
        yield Item("insert", piece)
    else:
        yield Item("equal", piece, was)


class Impure(Exception):
    """The last lines of a container mix what came and what went; they have to be whole."""


def close(parts: list[Part]) -> None:
    """Give the last line of a container a mark that stays, in place."""
    last = max((i for i, part in enumerate(parts) if _stays(part)), default=-1)
    trailing = [part for part in parts[last + 1 :] if isinstance(part, Line)]
    if not trailing or not isinstance(parts[-1], Line):
        return
    gone = [line for line in trailing if line.mark == "delete"]
    come = [line for line in trailing if line.mark == "insert"]
    final = parts[-1]
    if gone and come:
        if not all(x.holds_only("delete") for x in gone) or not all(
            x.holds_only("insert") for x in come
        ):
            raise Impure
        other = gone[-1] if final is come[-1] else come[-1]
        parts.remove(other)
        final.items = [*gone[-1].items, *come[-1].items]
        final.mark, final.old, final.new = "equal", gone[-1].old, come[-1].new
        return
    before = parts[last] if last >= 0 else None
    if not isinstance(before, Line):
        return
    before.touch()
    final.mark = "equal"
    before.mark = "insert" if come else "delete"
    if come:
        final.old = before.old
    else:
        final.new = before.new
        before.old = before.old if before.old is not None else before.new


def _stays(part: Part) -> bool:
    return part.mark == "equal" if isinstance(part, Line) else part.change == "equal"
