"""One tracked change of a Word file: what was done, by whom, when. ECMA-376 part 1, 17.13.5."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.read.revisions import ALL, CELLS, CHANGED, DELETED

Done = Literal[
    "insert", "delete", "move_to", "move_from", "paragraph_insert", "paragraph_delete",
    "row_insert", "row_delete", "cell_insert", "cell_delete", "cell_merge", "format",
]  # fmt: skip
WRAPPED: Final[dict[str, Done]] = {
    f"{W}ins": "insert", f"{W}del": "delete", f"{W}moveTo": "move_to", f"{W}moveFrom": "move_from",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change: `words` are those put in or taken out, "" where only a mark or look was.

    `at` is as Word wrote it, in UTC; None where the file does not say.
    """

    kind: Done
    author: str
    at: datetime | None
    words: str = ""


def revisions_in(root: etree._Element) -> Iterator[tuple[Revision, etree._Element]]:
    """Each tracked change of a part with the paragraph it is told at, in reading order."""
    for element in root.iter(*ALL):
        paragraph = _paragraph(element)
        if paragraph is not None:
            words = _words(element)
            author = element.get(f"{W}author", "")
            yield Revision(_done(element), author, moment(element), words), paragraph


def moment(element: etree._Element) -> datetime | None:
    """The `w:date` of a change or comment; files hold anything."""
    try:
        found = datetime.fromisoformat(element.get(f"{W}date", ""))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _done(element: etree._Element) -> Done:
    tag = str(element.tag)
    parent = element.getparent()
    owner = "" if parent is None else str(parent.tag).rpartition("}")[2]
    gone = tag in DELETED
    if tag in CELLS:
        return "cell_insert" if tag == f"{W}cellIns" else "cell_delete"
    if tag == f"{W}cellMerge":
        return "cell_merge"
    if tag in CHANGED or owner == "numPr":
        return "format"
    if owner == "trPr":
        return "row_delete" if gone else "row_insert"
    if owner == "rPr":
        return "paragraph_delete" if gone else "paragraph_insert"
    return WRAPPED[tag]


def _words(element: etree._Element) -> str:
    owner: etree._Element | None = element
    if element.tag not in WRAPPED or len(element) == 0:
        flags = (f"{W}trPr", f"{W}tcPr")
        parent = element.getparent()
        owner = parent.getparent() if parent is not None and parent.tag in flags else None
    if owner is None:
        return ""
    return "".join(text.text or "" for text in owner.iter(f"{W}t", f"{W}delText"))


def _paragraph(element: etree._Element) -> etree._Element | None:
    """The paragraph a change stands in; of a row, a cell or a table, its first one."""
    for above in element.iterancestors(f"{W}p", f"{W}tc", f"{W}tr", f"{W}tbl"):
        return above if above.tag == f"{W}p" else next(above.iter(f"{W}p"), None)
    return next(element.iter(f"{W}p"), None)
