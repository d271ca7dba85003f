"""Headers and footers of the package: they stay as they are, but for the values of their fields."""

from collections import Counter

from lxml import etree

from zabota.contracts.docx.package import Package, W, parse
from zabota.contracts.docx.read.inline import Inline
from zabota.contracts.docx.read.kept import KeptStore
from zabota.contracts.docx.read.styles import Styles
from zabota.contracts.docx.read.tokens import Tokens
from zabota.contracts.docx.write.parts import Parts
from zabota.contracts.docx.write.runs import Runs
from zabota.contracts.docx.write.xml import serialize
from zabota.contracts.text.tree import Field


def fill_edges(parts: Parts, package: bytes, styles: Styles, runs: Runs) -> None:
    """Put values in the place of the fields of every header and footer."""
    store = KeptStore(Package(package))
    for link in parts.links(parts.main):
        if link.kind in ("header", "footer") and link.target in parts.files:
            root = parse(parts.files[link.target], link.target)
            # From the end: a text box is filled before the paragraph that holds it is read.
            paragraphs = list(root.iter(f"{W}p"))
            for paragraph in reversed(paragraphs):
                _fill(paragraph, Inline(link.target, styles, store, Counter(), {}), runs)
            parts.files[link.target] = serialize(root)


def _fill(paragraph: etree._Element, inline: Inline, runs: Runs) -> None:
    said, _ = inline.read(paragraph)
    found = Tokens().find(said)
    if not any(isinstance(run, Field) for run in found):
        return
    look = paragraph.find(f"{W}pPr")
    for child in list(paragraph):
        if child is not look:
            paragraph.remove(child)
    runs.kept = {**runs.kept, **inline.store.objects}
    paragraph.extend(runs.write(found, None if look is None else look.find(f"{W}rPr")))
