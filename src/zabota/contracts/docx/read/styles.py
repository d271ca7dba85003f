"""What a paragraph inherits from its Word style: numbering, outline level, look."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.text.tree import Align, Mark

ALIGNS: Final[dict[str, Align]] = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right",
    "both": "both", "distribute": "both",
}  # fmt: skip
OFF: Final = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a file by id; every question follows the chain of `basedOn`."""

    by_id: dict[str, etree._Element]
    default: str = ""

    def of(self, paragraph: etree._Element) -> str:
        """Name the style of a paragraph, the default one when it names none it has."""
        named = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        return named if named in self.by_id else self.default

    def chain(self, style: str) -> Iterator[etree._Element]:
        """Walk a style and the styles it is based on."""
        seen: set[str] = set()
        while style in self.by_id and style not in seen:
            seen.add(style)
            yield self.by_id[style]
            style = value(self.by_id[style].find(f"{W}basedOn"))

    def find(self, paragraph: etree._Element, path: str) -> etree._Element | None:
        """Find a paragraph property (path under w:pPr), its own or its style's."""
        own = paragraph.find(f"{W}pPr/{path}")
        return own if own is not None else self.find_in_style(self.of(paragraph), f"{W}pPr/{path}")

    def find_in_style(self, style: str, path: str) -> etree._Element | None:
        """Find a property in a style or the nearest style it is based on."""
        for element in self.chain(style):
            found = element.find(path)
            if found is not None:
                return found
        return None

    def align(self, paragraph: etree._Element) -> Align:
        """Say how a paragraph is aligned, itself or by its style."""
        return ALIGNS.get(value(self.find(paragraph, f"{W}jc")), "")

    def outline(self, paragraph: etree._Element) -> int | None:
        """Give the outline level (0 is the highest) of a heading; None for body text."""
        found = self.find(paragraph, f"{W}outlineLvl")
        level = number(value(found), 9)
        if found is not None and level < 9:
            return level
        style = self.by_id.get(self.of(paragraph))
        name = value(style.find(f"{W}name")).lower() if style is not None else ""
        return 0 if name in ("title", "название", "заголовок") else None

    def is_bold(self, style: str) -> bool:
        """Tell whether the style itself is bold."""
        return is_on(self.find_in_style(style, f"{W}rPr/{W}b"))

    def has_borders(self, style: str) -> bool:
        """Tell whether a table style draws lines."""
        return draws(self.find_in_style(style, f"{W}tblPr/{W}tblBorders"))


def read_styles(root: etree._Element | None) -> Styles:
    """Index word/styles.xml; a file without it has no styles."""
    if root is None:
        return Styles({})
    by_id = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    default = next(
        (
            name
            for name, style in by_id.items()
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")
        ),
        "",
    )
    return Styles(by_id, default)


def marks_of(properties: etree._Element | None, styles: Styles) -> tuple[Mark, ...]:
    """Read the marks of a run (its w:rPr), with those of its character style."""
    if properties is None:
        return ()
    style = value(properties.find(f"{W}rStyle"))

    def find(name: str) -> etree._Element | None:
        own = properties.find(f"{W}{name}")
        return own if own is not None else styles.find_in_style(style, f"{W}rPr/{W}{name}")

    raised = value(find("vertAlign"))
    on: dict[Mark, bool] = {
        "bold": is_on(find("b")),
        "italic": is_on(find("i")),
        "strike": is_on(find("strike")) or is_on(find("dstrike")),
        "sub": raised == "subscript",
        "sup": raised == "superscript",
        "underline": value(find("u")) not in ("", "none"),
    }
    return tuple(mark for mark, is_set in on.items() if is_set)


def value(element: etree._Element | None) -> str:
    """Give the w:val of a property, "" when there is none."""
    return "" if element is None else element.get(f"{W}val", "")


def number(text: str, otherwise: int) -> int:
    """Read a whole number; files hold anything."""
    try:
        return int(text)
    except ValueError:
        return otherwise


def is_on(element: etree._Element | None) -> bool:
    """Tell whether a property such as w:b is switched on."""
    return element is not None and element.get(f"{W}val", "1").lower() not in OFF


def draws(borders: etree._Element | None) -> bool:
    """Tell whether any of the borders is a line."""
    return borders is not None and any(value(line) not in ("", "nil", "none") for line in borders)
