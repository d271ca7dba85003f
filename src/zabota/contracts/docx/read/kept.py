"""What is kept and named but not edited: pictures, text boxes, formulas, embedded objects.

The key of a kept object is a digest of its XML, so that reading the same file again finds it.
"""

import hashlib
from copy import deepcopy
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import MC, A, M, Package, R, W
from zabota.contracts.text.tree import Kept

CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM: Final = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
# What the first branch of an AlternateContent may require for us to read that one.
UNDERSTOOD: Final = frozenset(
    (
        "wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "w16cex",
        "a14", "c14", "c16", "c16r2", "cx", "cx1", "cx2", "am3d", "aink", "v",
    )
)  # fmt: skip


class KeptStore:
    """The objects kept while one file is read: key -> XML of what can stand in a w:p."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.objects: dict[str, str] = {}

    def keep(self, element: etree._Element, part: str, kind: str, words: str) -> Kept:
        """Keep an element of a part; `words` are what a reader would read in it."""
        xml = xml_of(element)
        digest = hashlib.sha256(xml.encode()).hexdigest()[:16]
        stem = part.rpartition("/")[2].partition(".")[0]
        key = f"{stem}-{digest}"
        self.objects[key] = xml
        return Kept(kind, key, " ".join(words.split()))

    def keep_object(self, element: etree._Element, part: str) -> Kept:
        """Keep what hangs in a run (a drawing, a picture, an object) together with its run."""
        run = etree.Element(f"{W}r", nsmap={"w": W.strip("{}")})
        run.append(deepcopy(element))
        return self.keep(run, part, kind_of(element), self._words(element, part))

    def _words(self, element: etree._Element, part: str) -> str:
        said = [words_of(box) for box in _boxes(element)]
        for link in branch(element).iter(f"{{{DIAGRAM}}}relIds"):
            said.append(self._elsewhere(part, link.get(f"{R}dm", "")))
        for link in branch(element).iter(f"{{{CHART}}}chart"):
            said.append(self._elsewhere(part, link.get(f"{R}id", "")))
        return " ".join(words for words in said if words)

    def _elsewhere(self, part: str, relation: str) -> str:
        link = self.package.relations(part).get(relation)
        root = None if link is None else self.package.xml(link.target)
        return "" if root is None else " ".join(t.text or "" for t in root.iter(f"{A}t"))


def kind_of(element: etree._Element) -> str:
    """Name what an object is: picture, text_box, smart_art, chart, ole, control, ink, drawing."""
    inside = {etree.QName(child).localname for child in branch(element).iter("*")}
    for kind, signs in (
        ("control", {"control"}),
        ("ole", {"OLEObject"}),
        ("smart_art", {"relIds"}),
        ("chart", {"chart"}),
        ("ink", {"contentPart"}),
        ("text_box", {"txbxContent"}),
        ("picture", {"pic", "imagedata", "blip"}),
    ):
        if inside & signs:
            return kind
    return "drawing"


def branch(element: etree._Element) -> etree._Element:
    """Choose the one branch of an AlternateContent that is read; other elements are their own."""
    if element.tag != f"{MC}AlternateContent":
        return element
    for choice in element.findall(f"{MC}Choice"):
        if set(choice.get("Requires", "").split()) <= UNDERSTOOD:
            return choice
    fallback = element.find(f"{MC}Fallback")
    return etree.Element("none") if fallback is None else fallback


def words_of(box: etree._Element) -> str:
    """Read the words of a text box or a formula, its paragraphs on lines of their own."""
    said: list[str] = []
    for element in _walk(box):
        if element.tag in (f"{W}t", f"{M}t"):
            said.append(element.text or "")
        elif element.tag in (f"{W}tab", f"{W}br", f"{W}cr", f"{W}p") and not _in_properties(
            element
        ):
            said.append("\n" if element.tag == f"{W}p" else " ")
        elif element.tag == f"{W}noBreakHyphen":
            said.append("\u2011")
    return "".join(said)


def xml_of(element: etree._Element) -> str:
    """Write an element as XML by itself, with only the namespaces it needs."""
    alone = deepcopy(element)
    alone.tail = None
    needed = [p for choice in alone.iter(f"{MC}Choice") for p in choice.get("Requires", "").split()]
    etree.cleanup_namespaces(alone, keep_ns_prefixes=needed)
    return etree.tostring(alone, encoding="unicode")


def _walk(element: etree._Element) -> list[etree._Element]:
    found = [element]
    for child in branch(element):
        found.extend(_walk(child))
    return found


def _boxes(element: etree._Element) -> list[etree._Element]:
    """Find text boxes that lie in no other text box, in the branches that are read."""
    if element.tag == f"{W}txbxContent":
        return [element]
    return [box for child in branch(element) for box in _boxes(child)]


def _in_properties(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == f"{W}tabs"
