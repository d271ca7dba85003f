"""Comments of a redline: a part of their own, anchored to the words of their clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.write.parts import Parts
from zabota.contracts.docx.write.xml import clean, make, words

KIND: Final = "comments"
MOST_INITIALS: Final = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A comment beside a clause ("" the whole text), as its reader may see it."""

    clause: str
    name: str
    at: datetime
    text: str


class Comments:
    """Writes comments while the clauses they belong to are written."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._waiting = list(said)
        self._root = make(KIND)

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
        self._waiting = [
            Said("", said.name, said.at, said.text) for said in self._waiting
        ]  # fmt: skip
        self.beside("", elements[:1])

    def put(self, parts: Parts) -> None:
        """Store the part, if there is anything in it."""
        if len(self._root):
            parts.put(KIND, self._root)

    def _anchor(self, said: Said, first: etree._Element, last: etree._Element) -> None:
        number = len(self._root)
        lines = [make("p", make("r", words(line))) for line in said.text.splitlines() or [""]]
        comment = make(KIND.removesuffix("s"), *lines, id=number, author=clean(said.name))
        comment.set(f"{W}date", said.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        comment.set(f"{W}initials", _initials(said.name))
        self._root.append(comment)
        place = 1 if first.find(f"{W}pPr") is not None else 0
        first.insert(place, make("commentRangeStart", id=number))
        last.append(make("commentRangeEnd", id=number))
        last.append(make("r", make("commentReference", id=number)))


def _initials(name: str) -> str:
    return clean("".join(word[0] for word in name.split()[:MOST_INITIALS]).upper())
