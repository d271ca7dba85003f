"""Comments of a redline: a part of their own, anchored to the words of their clause."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.proposals.comments import W14, W15
from zabota.contracts.docx.write.parts import Parts
from zabota.contracts.docx.write.xml import clean, make, words

KIND: Final = "comments"
EXTENDED: Final = "commentsExtended"
EXTENDED_LINKS: Final = "http://schemas.microsoft.com/office/2011/relationships"
SPACES: Final = {
    "w": W.strip("{}"),
    "w14": W14.strip("{}"),
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
# A paragraph is marked by eight digits below 80000000; Word itself spreads them by chance.
FIRST_MARK: Final = 0x6B0A0000
MOST_INITIALS: Final = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A comment beside a clause ("" the whole text), as its reader may see it."""

    clause: str
    name: str
    at: datetime
    text: str
    # By these a thread is told: whose key it answers; 0 where it stands for itself.
    key: int = 0
    answers: int = 0


class Comments:
    """Writes comments while the clauses they belong to are written."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._waiting = list(said)
        self._root = etree.Element(f"{W}{KIND}", nsmap=SPACES)
        self._root.set(f"{{{SPACES['mc']}}}Ignorable", "w14")
        # The first of each thread by the keys of all in it, and what is written of them.
        self._heads = heads_of(said)
        self._written: list[tuple[Said, str]] = []

    def beside(self, clause: str, elements: Sequence[etree._Element]) -> None:
        """Anchor the comments of a clause to its elements, the first time it is written."""
        mine = [said for said in self._waiting if said.clause == clause]
        paragraphs = [p for element in elements for p in element.iter(f"{W}p")]
        if not mine or not paragraphs:
            return
        for said in mine:
            self._waiting.remove(said)
            self._anchor(said, paragraphs[0], paragraphs[-1])

    def rest(self, elements: Sequence[etree._Element]) -> None:
        """Comments on the whole, and on clauses neither text has, stand at the first words."""
        self._waiting = [replace(said, clause="") for said in self._waiting]
        self.beside("", elements[:1])

    def put(self, parts: Parts) -> None:
        """Store the part, if there is anything in it."""
        if len(self._root):
            parts.put(KIND, self._root)
        if self._heads:
            parts.put(EXTENDED, self._threads(), EXTENDED_LINKS)

    def _threads(self) -> etree._Element:
        """Who answers whom, as Word has it: each by the mark of its last paragraph, answers by that
        of the first of their thread, too."""
        root = etree.Element(f"{W15}commentsEx", nsmap={"w15": W15.strip("{}")})
        marks = {said.key: mark for said, mark in self._written if said.key}
        for said, mark in self._written:
            about = etree.SubElement(root, f"{W15}commentEx")
            about.set(f"{W15}paraId", mark)
            if head := self._heads.get(said.key):
                about.set(f"{W15}paraIdParent", marks[head])
            about.set(f"{W15}done", "0")
        return root

    def _anchor(self, said: Said, first: etree._Element, last: etree._Element) -> None:
        number = len(self._root)
        lines = [make("p", make("r", words(line))) for line in said.text.splitlines() or [""]]
        mark = f"{FIRST_MARK + number:08X}"
        lines[-1].set(f"{W14}paraId", mark)
        self._written.append((said, mark))
        comment = make(KIND.removesuffix("s"), *lines, id=number, author=clean(said.name))
        comment.set(f"{W}date", said.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        comment.set(f"{W}initials", _initials(said.name))
        self._root.append(comment)
        place = 1 if first.find(f"{W}pPr") is not None else 0
        first.insert(place, make("commentRangeStart", id=number))
        last.append(make("commentRangeEnd", id=number))
        last.append(make("r", make("commentReference", id=number)))


def heads_of(said: Sequence[Said]) -> dict[int, int]:
    """The key of the first of its thread by the key of each answer; Word knows one level. An answer
    to what is not among them stands for itself.
    """
    known = {one.key: one for one in said if one.key}
    heads = {}
    for one in known.values():
        head = one
        while head.answers in known and head.answers != one.key:
            head = known[head.answers]
        if head is not one:
            heads[one.key] = head.key
    return heads


def _initials(name: str) -> str:
    return clean("".join(word[0] for word in name.split()[:MOST_INITIALS]).upper())
