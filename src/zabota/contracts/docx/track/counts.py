"""What a redline holds, counted in the written XML as a reader of Word would count it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import W

STATES: Final = {f"{W}ins": "ins", f"{W}del": "del"}


@dataclass(frozen=True, slots=True)
class Counts:
    """Stretches inserted and deleted (words and marks that follow one another are one), stretches
    and paragraphs that only look different, rows that came and went, cells with other words."""

    insertions: int = 0
    deletions: int = 0
    formats: int = 0
    rows_inserted: int = 0
    rows_deleted: int = 0
    cells_changed: int = 0

    @property
    def revisions(self) -> int:
        """Insertions and deletions together."""
        return self.insertions + self.deletions


def count(elements: Iterable[etree._Element]) -> Counts:
    """Count the tracked changes of written blocks."""
    counter = _Counter()
    for element in elements:
        counter.block(element)
    found = counter.found
    return Counts(
        found["ins"], found["del"], found["format"], found["row ins"], found["row del"],
        found["cell"],
    )  # fmt: skip


class _Counter:
    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.state = ""

    def block(self, element: etree._Element) -> None:
        if element.tag == f"{W}tbl":
            self._table(element)
        else:
            self._paragraph(element)

    def _paragraph(self, paragraph: etree._Element) -> None:
        self.found["format"] += sum(1 for _ in paragraph.iter(f"{W}rPrChange", f"{W}pPrChange"))
        self._inline(paragraph)
        flags = paragraph.findall(f"{W}pPr/{W}rPr/*")
        states = [STATES[flag.tag] for flag in flags if flag.tag in STATES]
        self._enter(states[0] if states else "")

    def _inline(self, owner: etree._Element) -> None:
        for child in owner:
            if child.tag in STATES:
                self._enter(STATES[child.tag])
            elif child.tag == f"{W}r":
                self._enter("")
            elif child.tag != f"{W}pPr":
                self._inline(child)

    def _table(self, table: etree._Element) -> None:
        for row in table.findall(f"{W}tr"):
            flags = [f.tag for f in row.findall(f"{W}trPr/*") if f.tag in STATES]
            if flags:
                self._enter(STATES[flags[0]])
                self.found[f"row {STATES[flags[0]]}"] += 1
                continue
            self._enter("")
            for cell in row.findall(f"{W}tc"):
                before = self.found["ins"] + self.found["del"]
                for block in cell:
                    if block.tag in (f"{W}p", f"{W}tbl"):
                        self.block(block)
                self.found["cell"] += self.found["ins"] + self.found["del"] > before
                self.state = ""
        if not table.findall(f"{W}tr/{W}trPr"):
            self.state = ""

    def _enter(self, state: str) -> None:
        if state and state != self.state:
            self.found[state] += 1
        self.state = state
