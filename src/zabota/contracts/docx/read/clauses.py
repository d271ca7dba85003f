"""The tree of clauses built from blocks in reading order.

A numbered paragraph is a clause, save a line of a table of contents. An unnumbered one belongs to
the clause before it, unless it is a title (heading, centred bold line, annex) or carries the hidden
bookmark that our own files give to each clause. The order of reading is always that of the tree.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final, cast

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.read.blocks import Item
from zabota.contracts.docx.read.counting import Node, TypedSchemes, find_place
from zabota.contracts.docx.read.schemes import Schemes
from zabota.contracts.docx.read.titles import is_annex, is_centred_title, is_headed, is_title
from zabota.contracts.docx.read.typed import typed_numbers, without_number
from zabota.contracts.text.numbering import Counter, paragraphs_of
from zabota.contracts.text.tree import Block, Clause, Numbering, Paragraph, Table

OURS: Final = re.compile(r"_?zb_(\w{1,64})")
TOP_PATTERN: Final = re.compile(r"%1\.?")


class ClauseBuilder:
    """Takes blocks one after another and grows the tree; `close` gives it."""

    def __init__(self, schemes: Schemes, new_id: Callable[[], str], *, marked: bool) -> None:
        self.schemes = schemes
        # In a file of our own a bold centred line without a bookmark is part of its clause.
        self.marked = marked
        self.new_id = new_id
        self.counter = Counter(schemes.used)
        self.typed = TypedSchemes(schemes.used, self.counter)
        self.roots: list[Node] = []
        self.path: list[Node] = []
        self.ghosts: list[Node] = []
        self.outer: dict[str, Node] = {}
        self.current: Node | None = None
        self.of_bookmark: dict[str, str] = {}
        self.ids: set[str] = set()

    def add(self, item: Item, notes: tuple[Block, ...] = ()) -> Node:
        """Put a block and the notes called from it where they belong; give the clause."""
        node = self._node_for(item)
        if not isinstance(item.block, Table) and node.blocks == []:
            self.of_bookmark.update(dict.fromkeys(item.bookmarks, node.id))
        block: Paragraph | Table = item.block
        if isinstance(block, Paragraph) and node.blocks == [] and node.kind:
            taken = next(t.taken for t in typed_numbers(block.runs) if t.kind == node.kind)
            block = replace(block, runs=without_number(block.runs, taken))
        node.blocks.extend([block, *notes])
        for paragraph in paragraphs_of((*([block] if isinstance(block, Table) else []), *notes)):
            if paragraph.numbering:
                self.counter.next(paragraph.numbering)
        return node

    def close(self) -> tuple[Clause, ...]:
        """Give the finished clauses."""
        return tuple(_clause(node) for node in self.roots)

    def _node_for(self, item: Item) -> Node:
        ours = [m[1] for name in item.bookmarks if (m := OURS.fullmatch(name))]
        if item.numbering is not None:
            return self._automatic(item, item.numbering, ours)
        if isinstance(item.block, Paragraph) and not item.contents:
            if (node := self._by_hand(item, ours)) is not None:
                return node
            if self._begins_part(item, ours):
                return self._title(item, ours)
        if self.current is None or ours:
            return self._title(item, ours)
        return self.current

    def _automatic(self, item: Item, numbering: Numbering, ours: list[str]) -> Node:
        shown = self.counter.next(numbering)
        level = self.schemes.used[numbering.scheme].levels[numbering.level]
        node = Node(
            self._id(ours),
            numbering,
            is_headed(item),
            shown,
            indent=item.indent,
            sublist=numbering.level == 0 and not TOP_PATTERN.fullmatch(level.pattern),
        )
        self._place_automatic(node)
        return self._grow(node)

    def _place_automatic(self, node: Node) -> None:
        """Cut the path to the clauses above this one."""
        same = [at for at, other in enumerate(self.path) if other.group == node.group]
        deeper = [at for at in same if self.path[at].depth >= node.depth]
        if deeper:
            del self.path[deeper[0] :]
        elif same:
            del self.path[same[-1] + 1 :]
        elif node.depth > 0:
            del self.path[node.depth :]
        elif node.sublist:
            while self.path and self.path[-1].sublist and self.path[-1].indent >= node.indent:
                self.path.pop()
        elif self.path and self.path[0].heading and not node.heading:
            del self.path[1:]
        else:
            self.path.clear()

    def _by_hand(self, item: Item, ours: list[str]) -> Node | None:
        headed = is_headed(item)
        after_title = self.current is not None and self.current.numbering is None
        for typed in typed_numbers(item.runs):
            place = find_place(
                typed, self.path, self.ghosts, self.outer, headed=headed, after_title=after_title
            )
            if place is None:
                continue
            if not place.group:
                place = replace(place, group=self.typed.new_group())
            del self.path[place.kept :]
            numbering, shown = self.typed.count(typed, place)
            return self._grow(
                Node(self._id(ours), numbering, headed, shown, typed.kind, typed.values)
            )
        return None

    def _title(self, item: Item, ours: list[str]) -> Node:
        """Begin a part at the top; numbers after an annex's title begin anew."""
        if is_annex(item):
            self.ghosts, self.outer = [], {}
        elif self.path:
            self.ghosts = list(self.path)
        self.path.clear()
        node = Node(self._id(ours), heading=is_title(item))
        self.roots.append(node)
        self.current = node
        return node

    def _begins_part(self, item: Item, ours: list[str]) -> bool:
        if self.marked and item.outline is None and not is_annex(item):
            return False
        return is_title(item) and not self._goes_on_title(item, ours)

    def _goes_on_title(self, item: Item, ours: list[str]) -> bool:
        """Tell whether a centred line is the next line of the title before it."""
        before = self.current
        if ours or before is None or before.numbering or not before.heading:
            return False
        if item.outline is not None or is_annex(item) or not is_centred_title(item):
            return False
        blocks = cast("list[Block]", before.blocks)
        return all(isinstance(b, Paragraph) and b.align == "center" for b in blocks)

    def _grow(self, node: Node) -> Node:
        (self.path[-1].children if self.path else self.roots).append(node)
        if not self.path:
            self.ghosts = []
        self.path.append(node)
        self.outer[node.kind] = node
        self.current = node
        return node

    def _id(self, ours: list[str]) -> str:
        """Reuse the id our bookmark names; a copied clause gets one of its own."""
        chosen = next((name for name in ours if name not in self.ids), None) or self.new_id()
        self.ids.add(chosen)
        return chosen


def is_marked(body: etree._Element) -> bool:
    """Tell whether a file is one of our own, whose clauses carry our bookmarks."""
    names = (mark.get(f"{W}name", "") for mark in body.iter(f"{W}bookmarkStart"))
    return any(OURS.fullmatch(name) for name in names)


def _clause(node: Node) -> Clause:
    return Clause(
        node.id,
        tuple(cast("list[Block]", node.blocks)),
        tuple(_clause(child) for child in node.children),
        node.numbering,
        node.heading,
    )
