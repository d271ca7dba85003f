"""Automatic numbering of Word: which scheme and level a paragraph counts in.

Lists (w:num) made from one definition (w:abstractNum) count together, as in Word; a list whose
levels are overridden writes them its own way; a `startOverride` begins anew at the first use.
"""

from dataclasses import replace
from typing import Final, cast, get_args

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.read.styles import Styles, is_on, number, value
from zabota.contracts.text.numbering import DEEPEST
from zabota.contracts.text.tree import Level, NumberFormat, Numbering, Scheme

FORMATS: Final = frozenset(get_args(NumberFormat))
# Bullets of the Symbol and Wingdings fonts, as letters every font has.
BULLETS: Final = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "□", "\uf02d": "–",
    "\uf0be": "—", "\uf076": "❖", "\uf06e": "■", "\uf071": "❑", "o": "○",
}  # fmt: skip


class Schemes:
    """The numbering definitions of a file, and which of them were begun already."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self.styles = styles
        self.abstract: dict[str, etree._Element] = {}
        self.lists: dict[str, etree._Element] = {}
        self.used: dict[str, Scheme] = {}
        self.unknown_formats: set[str] = set()
        self._begun: set[str] = set()
        if root is not None:
            self.abstract = {
                a.get(f"{W}abstractNumId", ""): a for a in root.iter(f"{W}abstractNum")
            }
            self.lists = {n.get(f"{W}numId", ""): n for n in root.iter(f"{W}num")}

    def of(self, paragraph: etree._Element) -> Numbering | None:
        """Say how Word counts a paragraph, by its own properties or by its style; None if not."""
        list_id, level = self._place(paragraph)
        chosen = self.lists.get(list_id)
        if chosen is None or list_id == "0":
            return None
        key = self._abstract_of(list_id)
        if key not in self.abstract:
            return None
        overrides = {number(o.get(f"{W}ilvl", ""), 0): o for o in chosen.iter(f"{W}lvlOverride")}
        own = any(o.find(f"{W}lvl") is not None for o in overrides.values())
        name = f"a{key}:n{list_id}" if own else f"a{key}"
        if name not in self.used:
            self.used[name] = self._scheme(key, overrides)
        level = min(level, len(self.used[name].levels) - 1)
        return Numbering(name, level, self._restart(list_id, level, overrides))

    def indent(self, numbering: Numbering, paragraph: etree._Element) -> int:
        """Give the left indent in twips that a counted paragraph has."""
        own = paragraph.find(f"{W}pPr/{W}ind")
        if own is None:
            definition = self.abstract.get(numbering.scheme.partition(":")[0][1:])
            levels = {} if definition is None else _levels(definition)
            found = levels.get(numbering.level)
            own = None if found is None else found.find(f"{W}pPr/{W}ind")
        if own is None:
            return 0
        return number(own.get(f"{W}left", own.get(f"{W}start", "0")), 0)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        own_id = value(None if own is None else own.find(f"{W}numId"))
        own_level = value(None if own is None else own.find(f"{W}ilvl"))
        if own_id:
            return own_id, number(own_level, 0)
        given = [
            (style.get(f"{W}styleId", ""), counted)
            for style in self.styles.chain(self.styles.of(paragraph))
            if (counted := style.find(f"{W}pPr/{W}numPr")) is not None
        ]
        ids = (value(counted.find(f"{W}numId")) for _, counted in given)
        list_id = next(filter(None, ids), "")
        return list_id, number(own_level or self._level_by_style(list_id, given), 0)

    def _level_by_style(self, list_id: str, given: list[tuple[str, etree._Element]]) -> str:
        """Find the level a style counts at; the list and the level are inherited each by itself."""
        for style, counted in given:
            # A level tied to the style by w:pStyle wins over the style's own word on it.
            tied = self._tied_level(list_id, style)
            said = value(counted.find(f"{W}ilvl")) if tied is None else str(tied)
            if said:
                return said
        return ""

    def _tied_level(self, list_id: str, style: str) -> int | None:
        definition = self.abstract.get(self._abstract_of(list_id))
        for depth, level in (_levels(definition) if definition is not None else {}).items():
            if value(level.find(f"{W}pStyle")) == style:
                return depth
        return None

    def _abstract_of(self, list_id: str) -> str:
        """Find the definition of a list, through the numbering style it may lie in."""
        seen: set[str] = set()
        while list_id in self.lists and list_id not in seen:
            seen.add(list_id)
            key = value(self.lists[list_id].find(f"{W}abstractNumId"))
            definition = self.abstract.get(key)
            linked = value(None if definition is None else definition.find(f"{W}numStyleLink"))
            if not linked or linked not in self.styles.by_id:
                return key
            path = f"{W}pPr/{W}numPr/{W}numId"
            list_id = value(self.styles.by_id[linked].find(path))
        return ""

    def _scheme(self, key: str, overrides: dict[int, etree._Element]) -> Scheme:
        levels = _levels(self.abstract[key])
        for depth, override in overrides.items():
            if (own := override.find(f"{W}lvl")) is not None:
                levels[depth] = own
        return Scheme(tuple(self._level(levels.get(depth)) for depth in range(DEEPEST)))

    def _level(self, level: etree._Element | None) -> Level:
        if level is None:
            return Level("", "none")
        said = value(level.find(f"{W}numFmt")) or "decimal"
        if said not in FORMATS:
            self.unknown_formats.add(said)
        form = cast(NumberFormat, said if said in FORMATS else "decimal")
        pattern = value(level.find(f"{W}lvlText"))
        if form == "bullet":
            pattern = BULLETS.get(pattern, "•" if "\ue000" <= pattern[:1] <= "\uf8ff" else pattern)
        resets = level.find(f"{W}lvlRestart")
        return Level(
            pattern,
            form,
            number(value(level.find(f"{W}start")), 1),
            is_on(level.find(f"{W}isLgl")),
            None if resets is None else number(value(resets), 0),
        )

    def _restart(
        self, list_id: str, level: int, overrides: dict[int, etree._Element]
    ) -> int | None:
        override = overrides.get(level)
        start = None if override is None else override.find(f"{W}startOverride")
        # A list begins anew once, at whichever level it is first used with an override.
        if start is None or list_id in self._begun:
            return None
        self._begun.add(list_id)
        return number(value(start), 1)

    def close(self) -> dict[str, Scheme]:
        """Give the schemes that the text uses, without the unused depths at their ends."""
        return {name: _trimmed(scheme) for name, scheme in self.used.items()}


def _levels(definition: etree._Element) -> dict[int, etree._Element]:
    return {number(x.get(f"{W}ilvl", ""), 0): x for x in definition.iter(f"{W}lvl")}


def _trimmed(scheme: Scheme) -> Scheme:
    levels = list(scheme.levels)
    while len(levels) > 1 and levels[-1] == Level("", "none"):
        levels.pop()
    return replace(scheme, levels=tuple(levels))
