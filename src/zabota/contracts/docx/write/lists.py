"""Automatic numbering going out: every scheme is a definition Word counts by itself.

A scheme read from the package (`a3`, `a3:n7`) uses the package's own definition; any other gets a
new one. A restart is a list of its own with `startOverride`, used until the next restart, because
LibreOffice counts such a list apart from its siblings.
"""

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from zabota.contracts.docx.package import W
from zabota.contracts.docx.read.schemes import Schemes
from zabota.contracts.docx.read.styles import Styles, value
from zabota.contracts.docx.write.xml import make
from zabota.contracts.text.numbering import group_of, is_typed
from zabota.contracts.text.tree import Level, Numbering, Scheme

STEP = 567


class Lists:
    """The numbering part while a text is written; `root` is it when the text is done."""

    def __init__(
        self, schemes: Mapping[str, Scheme], root: etree._Element | None, styles: Styles
    ) -> None:
        self.schemes = schemes
        self.root = make("numbering") if root is None else root
        self.changed = False
        self._there = Schemes(self.root, styles)
        self._base: dict[str, str] = {}
        self._current: dict[str, tuple[str, str]] = {}
        self._made: dict[str, str] = {}

    def list_of(self, numbering: Numbering) -> str | None:
        """The w:numId a paragraph counts in; None when its number is typed or never shown."""
        if numbering.scheme not in self.schemes or is_typed(numbering.scheme):
            return None
        base = self._base.get(numbering.scheme) or self._find(numbering.scheme)
        self._base[numbering.scheme] = base
        group = group_of(numbering.scheme)
        if numbering.restart is not None:
            started = self._started(base, numbering.level, numbering.restart)
            self._current[group] = (numbering.scheme, started)
            return started
        scheme, current = self._current.get(group, ("", ""))
        return current if scheme == numbering.scheme else base

    def left(self, numbering: Numbering | None) -> int:
        """Where the further paragraphs of a clause begin, in twips, in a package of our own."""
        scheme = self.schemes.get(numbering.scheme) if numbering else None
        if numbering is None or scheme is None or numbering.level >= len(scheme.levels):
            return 0
        return _indent(numbering.level, scheme.levels[numbering.level])[0]

    def by_style(self, paragraph: etree._Element) -> Numbering | None:
        """How the paragraph would be counted with no word of its own."""
        return self._there.of(paragraph)

    def begun(self, numbering: Numbering) -> bool:
        """Whether a restarted list of this scheme goes on, so that style alone will not do."""
        return group_of(numbering.scheme) in self._current

    def _find(self, name: str) -> str:
        group, _, variant = name.partition(":")
        if self._same(name):
            if variant:
                return self._without_starts(variant[1:])
            return self._plain_list(group[1:])
        return self._define(name)

    def _same(self, name: str) -> bool:
        """Whether the package defines this scheme: same name, same patterns."""
        group, _, variant = name.partition(":")
        for list_id in self._there.lists:
            probe = make("p", make("pPr", make("numPr", make("numId", val=list_id))))
            found = self._there.of(probe)
            if found is None or group_of(found.scheme) != group:
                continue
            if found.scheme == name and (not variant or variant == f"n{list_id}"):
                there = self._there.used[name].levels
                ours = self.schemes[name].levels
                return ours == there[: len(ours)]
        return False

    def _plain_list(self, abstract: str) -> str:
        for list_id, made in self._there.lists.items():
            said = value(made.find(f"{W}abstractNumId"))
            if said == abstract and made.find(f"{W}lvlOverride") is None:
                return list_id
        return self._append(make("num", make("abstractNumId", val=abstract)))

    def _without_starts(self, list_id: str) -> str:
        made = self._there.lists[list_id]
        if made.find(f".//{W}startOverride") is None:
            return list_id
        return self._append(_no_starts(deepcopy(made)))

    def _started(self, base: str, level: int, start: int) -> str:
        made = _no_starts(deepcopy(self._there.lists[base]))
        override = next(
            (o for o in made.iter(f"{W}lvlOverride") if o.get(f"{W}ilvl") == str(level)), None
        )
        if override is None:
            override = make("lvlOverride", ilvl=level)
            made.append(override)
        override.insert(0, make("startOverride", val=start))
        return self._append(made)

    def _define(self, name: str) -> str:
        """A definition of our own; a variant of a group already defined overrides its levels."""
        group, levels = group_of(name), self.schemes[name].levels
        abstract = self._made.get(group)
        if abstract is not None:
            made = make("num", make("abstractNumId", val=abstract))
            for depth, level in enumerate(levels):
                made.append(make("lvlOverride", _level(depth, level), ilvl=depth))
            return self._append(made)
        abstract = str(
            max((int(key) for key in self._there.abstract if key.isdigit()), default=0) + 1
        )
        definition = make("abstractNum", abstractNumId=abstract)
        definition.append(make("multiLevelType", val="multilevel"))
        definition.extend(_level(depth, level) for depth, level in enumerate(levels))
        self._there.abstract[abstract] = definition
        self._made[group] = abstract
        # Definitions stand before lists in the part.
        place = len(self.root.findall(f"{W}abstractNum")) + len(
            self.root.findall(f"{W}numPicBullet")
        )
        self.root.insert(place, definition)
        return self._append(make("num", make("abstractNumId", val=abstract)))

    def _append(self, made: etree._Element) -> str:
        list_id = str(max((int(key) for key in self._there.lists if key.isdigit()), default=0) + 1)
        made.set(f"{W}numId", list_id)
        for name in list(made.attrib):
            if not str(name).startswith(W):
                del made.attrib[name]
        last = self.root.findall(f"{W}num")
        place = self.root.index(last[-1]) + 1 if last else len(self.root)
        self.root.insert(place, made)
        self._there.lists[list_id] = made
        self.changed = True
        return list_id


def _no_starts(made: etree._Element) -> etree._Element:
    for override in list(made.iter(f"{W}lvlOverride")):
        for start in override.findall(f"{W}startOverride"):
            override.remove(start)
        if not len(override):
            made.remove(override)
    return made


def _indent(depth: int, level: Level) -> tuple[int, int]:
    """How far the text stands from the margin and the number from the text, in twips."""
    hanging = STEP + 170 * max(level.pattern.count("%") - 2, 0)
    return (hanging if depth < 2 else STEP * max(depth - 2, 1) + hanging), hanging


def _level(depth: int, level: Level) -> etree._Element:
    """One depth: the number hangs to the left of its text; deeper points stand further in."""
    left, hanging = _indent(depth, level)
    made = make("lvl", make("start", val=level.start), make("numFmt", val=level.format), ilvl=depth)
    if level.resets_after is not None:
        made.append(make("lvlRestart", val=level.resets_after))
    if level.legal:
        made.append(make("isLgl"))
    made.append(make("suff", val="tab"))
    made.append(make("lvlText", val=level.pattern))
    made.append(make("lvlJc", val="left"))
    made.append(make("pPr", make("ind", left=left, hanging=hanging)))
    return made
