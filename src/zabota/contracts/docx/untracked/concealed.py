"""Words that a reader of a Word file does not see: hidden, white on white, tiny, turned round."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.read.revisions import DELETED
from zabota.contracts.docx.read.styles import Styles, is_on, number, value

TINY: Final = 4  # half-points
NARROW: Final = 10  # per cent of a letter's width
LEAST_CONTRAST: Final = 1.3  # of WCAG: #E1E1E1 on white; black on white has 21
HIGHLIGHTS: Final = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080",
    "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
WHITE: Final = "FFFFFF"


@dataclass(frozen=True, slots=True)
class Concealed:
    """Neighbouring words of one paragraph that are concealed in the same way."""

    kind: str
    words: str
    paragraph: etree._Element


def concealed_in(root: etree._Element, styles: Styles) -> Iterator[Concealed]:
    """Find concealed words in a part; what is recorded as deleted is going anyway."""
    for paragraph in root.iter(f"{W}p"):
        kind, words = "", ""
        for run in paragraph.iter(f"{W}r"):
            said = "".join(text.text or "" for text in run.findall(f"{W}t"))
            if not said.strip() or _owner(run) is not paragraph or _is_deleted(run):
                continue
            found = _kind(run, paragraph, styles)
            if found != kind and kind:
                yield Concealed(kind, words, paragraph)
            words = words + said if found == kind else said
            kind = found
        if kind:
            yield Concealed(kind, words, paragraph)


def _kind(run: etree._Element, paragraph: etree._Element, styles: Styles) -> str:
    look = _Look(run, paragraph, styles)
    if is_on(look.find("vanish")):
        return "hidden"
    size, width = number(value(look.find("sz")), 99), number(value(look.find("w")), 100)
    if size <= TINY or 0 < width <= NARROW:
        return "tiny"
    if any(above.tag == f"{W}bdo" for above in run.iterancestors()):
        return "reversed"
    color = value(look.find("color")).upper()
    if len(color) == 6 and _contrast(color, look.ground()) < LEAST_CONTRAST:
        return "white"
    return ""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run looks: by itself, by its style, by its paragraph's, by the file's defaults."""

    run: etree._Element
    paragraph: etree._Element
    styles: Styles

    def find(self, name: str) -> etree._Element | None:
        own = self.run.find(f"{W}rPr/{W}{name}")
        if own is not None:
            return own
        style = value(self.run.find(f"{W}rPr/{W}rStyle"))
        for named in (style, self.styles.of(self.paragraph)):
            found = self.styles.find_in_style(named, f"{W}rPr/{W}{name}")
            if found is not None:
                return found
        return None

    def ground(self) -> str:
        """The colour words stand on: of the run, the paragraph, the cell, the table, the page."""
        if (named := value(self.run.find(f"{W}rPr/{W}highlight"))) in HIGHLIGHTS:
            return HIGHLIGHTS[named]
        shades = [self.find("shd"), self.styles.find(self.paragraph, f"{W}shd")]
        for above in self.paragraph.iterancestors(f"{W}tc", f"{W}tbl"):
            name = "tcPr" if above.tag == f"{W}tc" else "tblPr"
            shades.append(above.find(f"{W}{name}/{W}shd"))
            if above.tag == f"{W}tbl":
                shades += self._of_table(above)
        return next((fill for shade in shades if (fill := _fill(shade))), WHITE)

    def _of_table(self, table: etree._Element) -> list[etree._Element]:
        """Shades a table's style may give its cells; which ones is not worked out here."""
        chain = self.styles.chain(value(table.find(f"{W}tblPr/{W}tblStyle")))
        shades = [shade for style in chain for shade in style.iter(f"{W}shd")]
        return [shade for shade in shades if _contrast(_fill(shade) or WHITE, WHITE) > 2]


def _fill(shade: etree._Element | None) -> str:
    if shade is None:
        return ""
    name = "color" if shade.get(f"{W}val") == "solid" else "fill"
    told = shade.get(f"{W}{name}", "").upper()
    return told if len(told) == 6 else ""


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    """Relative luminance of «RRGGBB», 0..1 (WCAG 2.2); what is no colour is black."""
    try:
        parts = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    except ValueError:
        return 0.0
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _owner(run: etree._Element) -> etree._Element | None:
    return next(run.iterancestors(f"{W}p"), None)


def _is_deleted(run: etree._Element) -> bool:
    return any(above.tag in DELETED for above in run.iterancestors())
