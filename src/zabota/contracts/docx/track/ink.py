"""Tracked changes as elements of Word: runs, paragraph marks, rows, each with author and date."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC
from itertools import groupby
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.track.blocks import (
    Side,
    properties_of,
)
from zabota.contracts.docx.track.lines import (
    Hand,
    Item,
    Line,
)
from zabota.contracts.docx.track.pieces import Piece, copy_of
from zabota.contracts.docx.write.xml import XML_SPACE, clean, make, put, take
from zabota.contracts.text.tree import Text

FIRST_ID: Final = 100_000
TAGS: Final = {"insert": "ins", "delete": "del"}
DEAD: Final = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
# What a rPrChange or pPrChange may not hold.
NOT_BEFORE: Final = ("rPr", "sectPr", "pPrChange")
Carry = Callable[[etree._Element], etree._Element]
NoteSeen = Callable[[etree._Element, etree._Element, Hand], None]


class Ink:
    """Writes lines and tables; `carry` makes XML of the old file fit for the new one."""

    def __init__(self, old: Side, new: Side, carry: Carry, note_kept: NoteSeen) -> None:
        self.old = old
        self.new = new
        self.carry = carry
        self.note_kept = note_kept
        self._next = FIRST_ID

    def stamp(self, tag: str, hand: Hand) -> etree._Element:
        """An element that says who changed something, and when."""
        self._next += 1
        element = make(tag, id=self._next, author=clean(hand.name))
        if hand.at is not None:
            element.set(f"{W}date", hand.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        return element

    def line(self, line: Line) -> etree._Element:
        """A `w:p`."""
        if line.untouched is not None and line.new is not None:
            return copy_of(line.new)
        if line.new is not None and line.new.tag != f"{W}p":
            return make("p", *self._inline(line))
        about = self._paragraph_look(line)
        made = make("p", about) if len(about) else make("p")
        made.extend(self._inline(line))
        return made

    def _paragraph_look(self, line: Line) -> etree._Element:
        if line.mark == "delete" or line.new is None:
            assert line.old is not None
            about = self.carry(properties_of(line.old, "pPr"))
            take(about, "sectPr", "pPrChange")
        else:
            about = copy_of(properties_of(line.new, "pPr"))
            take(about, "pPrChange")
        if line.mark == "equal":
            self._changed_look(about, line)
        else:
            mark = about.find(f"{W}rPr")
            mark = make("rPr") if mark is None else mark
            mark.insert(0, self.stamp(TAGS[line.mark], line.hand))
            put(about, mark)
        return about

    def _changed_look(self, about: etree._Element, line: Line) -> None:
        """Another style or indent of a paragraph that stayed."""
        if line.old is None or line.new is None or line.old is line.new:
            return
        before = self.carry(properties_of(line.old, "pPr"))
        now = copy_of(about)
        take(before, *NOT_BEFORE)
        take(now, *NOT_BEFORE)
        if etree.tostring(before) != etree.tostring(now):
            change = self.stamp("pPrChange", line.hand)
            change.append(before)
            put(about, change)

    def _inline(self, line: Line) -> list[etree._Element]:
        return self._held(_with_holders(line.items), 0, line.hand)

    def _held(
        self, items: Sequence[tuple[Item, tuple[etree._Element, ...]]], depth: int, hand: Hand
    ) -> list[etree._Element]:
        """Items under the holders of the new text (links, controls), which stay."""
        made: list[etree._Element] = []

        def holder(item: tuple[Item, tuple[etree._Element, ...]]) -> etree._Element | None:
            return item[1][depth] if len(item[1]) > depth else None

        for owner, group in groupby(items, key=holder):
            some = list(group)
            if owner is None:
                made += self._flat([item for item, _ in some], hand)
                continue
            inside = self._held(some, depth + 1, hand)
            stays = owner.tag == f"{W}hyperlink" or any(i.state != "insert" for i, _ in some)
            made += [_holder(owner, inside)] if stays else inside
        return made

    def _flat(self, items: Sequence[Item], hand: Hand) -> Iterator[etree._Element]:
        for state, group in groupby(items, key=lambda item: item.state):
            some = list(group)
            if state == "equal":
                yield from self._runs(some, hand)
            elif state == "anchor":
                yield from (_anchor(item.piece) for item in some)
            elif state == "value":
                for item in some:
                    yield self._value(item, hand)
            else:
                wrapper = self.stamp(TAGS[state], hand)
                wrapper.extend(self._runs(some, hand))
                yield wrapper

    def _value(self, item: Item, hand: Hand) -> etree._Element:
        """A value typed anew stays in its control."""
        control = copy_of(item.piece.elements[0])
        assert item.was is not None
        content = control.find(f"{W}sdtContent")
        assert content is not None
        gone, come = self.stamp("del", hand), self.stamp("ins", hand)
        gone.extend(_dead(run) for run in _control_runs(item.was))
        come.extend(list(content))
        content[:] = [gone, come]
        about = control.find(f"{W}sdtPr")
        if about is not None:
            take(about, "showingPlcHdr")
        return control

    def _runs(self, items: Sequence[Item], hand: Hand) -> Iterator[etree._Element]:
        """Runs of one state; neighbouring pieces of one look are one run."""

        def look(item: Item) -> tuple[str, str, int]:
            was = item.was.look_key if item.was is not None else item.piece.look_key
            alone = 0 if not item.piece.elements else id(item)
            return item.piece.look_key, was, alone

        for _, group in groupby(items, key=look):
            some = list(group)
            first = some[0]
            gone = first.state == "delete"
            if first.piece.elements:
                yield from self._elements(first)
                continue
            run = make("r")
            about = self._look(first, hand)
            if about is not None:
                run.append(about)
            for item in some:
                self._note(item, hand)
                run.extend(self._contents(item))
            yield _dead(run) if gone else run

    def _elements(self, item: Item) -> Iterator[etree._Element]:
        piece, tracked = item.piece, item.state != "equal"
        control = tracked and piece.elements[0].tag == f"{W}sdt"
        found = _control_runs(piece) if control else [copy_of(x) for x in piece.elements]
        if item.state == "delete":
            found = [_dead(self.carry(element)) for element in found]
        yield from found

    def _look(self, item: Item, hand: Hand) -> etree._Element | None:
        look, was = item.piece.look, item.was
        about = None if look is None else copy_of(look)
        if about is not None and item.state == "delete":
            about = self.carry(about)
        if item.state == "equal" and was is not None and was.look_key != item.piece.look_key:
            about = make("rPr") if about is None else about
            take(about, "rPrChange")
            change = self.stamp("rPrChange", hand)
            before = make("rPr") if was.look is None else self.carry(was.look)
            take(before, "rPrChange")
            change.append(before)
            about.append(change)
        return about

    def _note(self, item: Item, hand: Hand) -> None:
        """A note that stayed may have other words: it is compared by itself."""
        child, was = item.piece.child, item.was
        if child is not None and was is not None and was.child is not None:
            self.note_kept(was.child, child, hand)

    def _contents(self, item: Item) -> list[etree._Element]:
        piece = item.piece
        if piece.child is not None:
            child = copy_of(piece.child)
            return [self.carry(child) if item.state == "delete" else child]
        assert isinstance(piece.run, Text)
        words = make("t")
        words.text = piece.run.text
        words.set(XML_SPACE, "preserve")
        return [words]


def _with_holders(items: Sequence[Item]) -> list[tuple[Item, tuple[etree._Element, ...]]]:
    """Each item with the holders it stands in; what is deleted stands in those around it."""
    found: list[tuple[Item, tuple[etree._Element, ...]]] = []
    for place, item in enumerate(items):
        if item.state != "delete":
            found.append((item, item.piece.holders))
            continue
        before = next((i for i in reversed(items[:place]) if i.state != "delete"), None)
        after = next((i for i in items[place + 1 :] if i.state != "delete"), None)
        found.append((item, _common(before, after)))
    return found


def _common(before: Item | None, after: Item | None) -> tuple[etree._Element, ...]:
    if before is None or after is None:
        return ()
    shared = []
    for left, right in zip(before.piece.holders, after.piece.holders, strict=False):
        if left is not right:
            break
        shared.append(left)
    return tuple(shared)


def _holder(owner: etree._Element, inside: Sequence[etree._Element]) -> etree._Element:
    made = copy_of(owner)
    content = made.find(f"{W}sdtContent") if made.tag == f"{W}sdt" else made
    assert content is not None
    about = [x for x in content if x.tag in (f"{W}smartTagPr", f"{W}customXmlPr")]
    content[:] = [*about, *inside]
    return made


def _anchor(piece: Piece) -> etree._Element:
    if piece.elements:
        return copy_of(piece.elements[0])
    assert piece.child is not None
    run = make("r")
    if piece.look is not None:
        run.append(copy_of(piece.look))
    run.append(copy_of(piece.child))
    return run


def _control_runs(piece: Piece) -> list[etree._Element]:
    """The words of a control without it: a control that came or went is words."""
    content = piece.elements[0].find(f"{W}sdtContent")
    return [] if content is None else [copy_of(run) for run in content.iter(f"{W}r")]


def _dead(run: etree._Element) -> etree._Element:
    """A run as it stands in a deletion; what hangs in it (a text box) keeps its own words."""
    if run.tag == f"{W}r":
        for child in run:
            child.tag = DEAD.get(str(child.tag), child.tag)
    return run
