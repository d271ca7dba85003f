"""Comments of a Word file: who said what about which words, and in reply to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import Package, W
from zabota.contracts.docx.proposals.revision import moment
from zabota.contracts.docx.read.revisions import DELETED

W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment in the margin of a Word file.

    `clause` is the id of the clause it stands at ("" of none), `quote` the words it is about;
    `reply_to` is the id of the comment it answers; `resolved` as its writers ticked it off.
    """

    id: str
    author: str
    at: datetime | None
    text: str
    quote: str = ""
    clause: str = ""
    reply_to: str = ""
    resolved: bool = False


@dataclass(slots=True)
class Anchor:
    """Where a comment stands: its first paragraph, the words under it."""

    paragraph: etree._Element | None = None
    words: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def quote(self) -> str:
        """The words that stay; of a comment on deleted words, those."""
        said = "".join(self.words) if "".join(self.words).strip() else "".join(self.gone)
        return " ".join(said.split())


def read_comments(package: Package) -> list[WordComment]:
    """All comments of a file in the order they were written down, without their places."""
    about = _extended(package)
    found: list[WordComment] = []
    by_paragraph: dict[str, str] = {}
    for element in _elements(package, "comments", f"{W}comment"):
        paragraphs = list(element.iter(f"{W}p"))
        mark = paragraphs[-1].get(f"{W14}paraId", "") if paragraphs else ""
        name = element.get(f"{W}id", "")
        by_paragraph[mark] = name
        parent, resolved = about.get(mark, ("", False))
        text = "\n".join(_said(paragraph) for paragraph in paragraphs).strip()
        found.append(
            WordComment(
                name,
                element.get(f"{W}author", ""),
                moment(element),
                text,
                reply_to=by_paragraph.get(parent, "") if parent else "",
                resolved=resolved,
            )
        )
    return found


def anchors(roots: Iterable[etree._Element]) -> dict[str, Anchor]:
    """Where each comment stands in the text, by its id."""
    found: dict[str, Anchor] = {}
    for root in roots:
        under: set[str] = set()
        for element in root.iter():
            name = element.get(f"{W}id", "")
            if element.tag == f"{W}commentRangeStart":
                under.add(name)
                found.setdefault(name, Anchor())
            elif element.tag == f"{W}commentRangeEnd":
                under.discard(name)
            elif element.tag == f"{W}commentReference":
                _settle(found.setdefault(name, Anchor()), element)
            elif element.tag in (f"{W}t", f"{W}delText"):
                _read(element, [found[one] for one in under])
    return found


def _read(element: etree._Element, over: Iterable[Anchor]) -> None:
    is_gone = any(above.tag in DELETED for above in element.iterancestors())
    for anchor in over:
        _settle(anchor, element)
        (anchor.gone if is_gone else anchor.words).append(element.text or "")


def _settle(anchor: Anchor, element: etree._Element) -> None:
    if anchor.paragraph is None:
        anchor.paragraph = next(element.iterancestors(f"{W}p"), None)


def _said(paragraph: etree._Element) -> str:
    said = []
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        said.append((element.text or "") if element.tag == f"{W}t" else " ")
    return "".join(said)


def _extended(package: Package) -> Mapping[str, tuple[str, bool]]:
    return {
        element.get(f"{W15}paraId", ""): (
            element.get(f"{W15}paraIdParent", ""),
            element.get(f"{W15}done", "0") in ("1", "true"),
        )
        for element in _elements(package, "commentsExtended", f"{W15}commentEx")
    }


def _elements(package: Package, kind: str, tag: str) -> list[etree._Element]:
    roots = [package.xml(name) for name in package.related(package.main, kind)]
    return [element for root in roots if root is not None for element in root.iter(tag)]
