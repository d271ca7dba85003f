"""Footnotes and endnotes going out: numbered as they are called, in parts of their own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.write.xml import make, words
from zabota.contracts.text.tree import Block, Note

Kind = Literal["footnote", "endnote"]
KINDS: Final[tuple[Kind, ...]] = ("footnote", "endnote")
WriteBlocks = Callable[[Sequence[Block]], list[etree._Element]]


class Notes:
    """Collects the notes that are called while the body is written."""

    def __init__(
        self,
        notes: Mapping[str, Note],
        called: frozenset[str],
        roots: Mapping[Kind, etree._Element | None],
    ) -> None:
        self.notes = notes
        self.called = called
        self.roots: dict[Kind, etree._Element] = {}
        self._calls: list[tuple[Note, int]] = []
        self._next: dict[Kind, int] = {}
        for kind in KINDS:
            self.roots[kind] = _emptied(roots.get(kind), kind)
            ids = [int(note.get(f"{W}id", "0")) for note in self.roots[kind]]
            self._next[kind] = max([0, *ids]) + 1

    def wanted(self, kind: Kind) -> bool:
        """Whether any note of this kind is called."""
        return any(note.kind == kind for note, _ in self._calls)

    def call(self, target: str) -> etree._Element | None:
        """The mark that calls a note; None when the note is gone."""
        note = self.notes.get(target)
        if note is None:
            return None
        number = self._next[note.kind]
        self._next[note.kind] += 1
        self._calls.append((note, number))
        return make(f"{note.kind}Reference", id=number)

    def write(self, blocks: WriteBlocks) -> None:
        """Write the notes called so far into `roots`."""
        # A note may call another: the list grows while it is walked.
        for note, number in self._calls:
            content = blocks(note.blocks) or [make("p")]
            if content[0].tag != f"{W}p":
                content.insert(0, make("p"))
            _number(content[0], note.kind)
            self.roots[note.kind].append(make(note.kind, *content, id=number))


def _number(paragraph: etree._Element, kind: Kind) -> None:
    """Put the note's own number at its beginning, apart from its words."""
    about = make("rPr", make("vertAlign", val="superscript"))
    number = make("r", about, make(f"{kind}Ref"))
    place = 1 if paragraph.find(f"{W}pPr") is not None else 0
    first = next((t.text or "" for t in paragraph.iter(f"{W}t")), "")
    paragraph.insert(place, number)
    if first and not first.startswith((" ", "\u00a0")):
        paragraph.insert(place + 1, make("r", words(" ")))


def _emptied(root: etree._Element | None, kind: Kind) -> etree._Element:
    """The part with only its separators, which Word wants to be there."""
    if root is None:
        root = make(f"{kind}s")
        for number, name in ((-1, "separator"), (0, "continuationSeparator")):
            line = make("p", make("pPr", make("spacing", after=0)), make("r", make(name)))
            root.append(make(kind, line, type=name, id=number))
    for note in list(root):
        if note.get(f"{W}type", "normal") == "normal":
            root.remove(note)
    return root
