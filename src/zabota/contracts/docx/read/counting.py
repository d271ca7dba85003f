"""Typed numbers turned into counted ones: which list a typed number goes on, and how it is written.

What is read must show the very number that was typed. A number that continues its list is counted;
one that jumps sets the count anew; one that fits no list is kept as a pattern of its own.
"""

from dataclasses import dataclass, field
from typing import Final

from zabota.contracts.docx.read.typed import Typed
from zabota.contracts.text.numbering import DEEPEST, Counter, group_of, is_typed, plain_number
from zabota.contracts.text.tree import Level, Numbering, Scheme

UNSET: Final = Level("", "none")
LONGEST_JUMP: Final = 5
# Kinds of typed numbers that points have, and not chapters; and beginnings of those of letters.
POINTS: Final = ("decimal", "paren", "(paren)")
LETTERS: Final = tuple(
    f"{bracket}{form}" for bracket in ("", "(") for form in ("russian", "lower", "upperLetter")
)


@dataclass(slots=True)
class Node:
    """A clause while the tree is built; `values` and `kind` are its typed number, if it has one."""

    id: str
    numbering: Numbering | None = None
    heading: bool = False
    shown: str = ""
    kind: str = ""
    values: tuple[int, ...] = ()
    indent: int = 0
    sublist: bool = False
    blocks: list[object] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    @property
    def group(self) -> str:
        """The group of schemes it counts in."""
        return group_of(self.numbering.scheme) if self.numbering else ""

    @property
    def depth(self) -> int:
        """The depth in its scheme."""
        return self.numbering.level if self.numbering else 0

    def reads_as(self, values: tuple[int, ...]) -> bool:
        """Tell whether the number before this clause reads as these values: «4.2» as (4, 2)."""
        return plain_number(self.shown) == ".".join(map(str, values))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a typed number goes: under `kept` clauses of the path, in a group, at a depth."""

    kept: int
    group: str
    level: int


class TypedSchemes:
    """Makes the schemes that typed numbers count in; they live beside those of Word."""

    def __init__(self, schemes: dict[str, Scheme], counter: Counter) -> None:
        self.schemes = schemes
        self.counter = counter
        self._made = 0
        self._variants: dict[str, list[str]] = {}

    def new_group(self) -> str:
        """Begin a list that nothing counts in yet."""
        self._made += 1
        return f"hand{self._made}"

    def count(self, typed: Typed, place: Place) -> tuple[Numbering, str]:
        """Count a typed number at its place; whatever it takes, what shows is what was typed."""
        level = self._level(typed, place.level)
        if level is not None:
            name = self._scheme(place, level, typed.values[:-1])
            for restart in (None, typed.values[-1]):
                numbering = Numbering(name, place.level, restart)
                before = list(self.counter.current(place.group))
                if self.counter.next(numbering) == typed.shown:
                    return numbering, typed.shown
                self.counter.counts[place.group] = before
        name = self.new_group()
        self.schemes[name] = Scheme((Level(typed.shown, typed.form),))
        numbering = Numbering(name, 0)
        return numbering, self.counter.next(numbering)

    @staticmethod
    def _level(typed: Typed, depth: int) -> Level | None:
        first = depth - len(typed.values) + 1
        if first < 0 or depth >= DEEPEST:
            return None
        pattern = ".".join(f"%{at + 1}" for at in range(first, depth + 1))
        legal = len(typed.values) > 1
        return Level(f"{typed.before}{pattern}{typed.after}", typed.form, legal=legal)

    def _scheme(self, place: Place, level: Level, above: tuple[int, ...]) -> str:
        """Find or make the variant of a group that writes a depth in the way that was typed."""
        typed = self._variants.setdefault(place.group, [])
        fallback = typed
        if not is_typed(place.group):
            fallback = [name for name in self.schemes if group_of(name) == place.group]
        for name in typed:
            known = self.schemes[name].levels[place.level]
            if known == level:
                return name
        for name in typed:
            if self.schemes[name].levels[place.level] == UNSET:
                self._set(name, place.level, level)
                return name
        name = place.group
        if fallback:
            self._made += 1
            name = f"{place.group}:hand{self._made}"
        # A part may begin with «2.1»: then the count above, which nothing shows, begins with 2.
        base = tuple(Level(f"%{at + 1}.", start=count) for at, count in enumerate(above))
        if fallback:
            base = self.schemes[fallback[0]].levels[: place.level]
        typed.append(name)
        self.schemes[name] = Scheme((*base, *[UNSET] * (DEEPEST - len(base))))
        self._set(name, place.level, level)
        return name

    def _set(self, name: str, depth: int, level: Level) -> None:
        levels = list(self.schemes[name].levels)
        levels[depth] = level
        self.schemes[name] = Scheme(tuple(levels))


def find_place(
    typed: Typed,
    path: list[Node],
    ghosts: list[Node],
    outer: dict[str, Node],
    *,
    headed: bool,
    after_title: bool,
) -> Place | None:
    """Say which list a typed number goes on or begins; "" is a new group, None no number at all.

    `path` are the clauses above the paragraph, `ghosts` those that were above it before an
    unnumbered title began a part of its own, `outer` the last clause of each kind since the last
    annex. A plain «1.» under a clause begins a list inside it, unless it looks like a heading.
    """
    found = _next_of(typed, path, headed=headed) or _first_under(typed, path)
    if found is None and ghosts:
        found = _at_root(_next_of(typed, ghosts, headed=headed) or _first_under(typed, ghosts))
    if found is None:
        found = _through(typed, path, outer)
    if found is None:
        found = _jump(typed, path) or (_at_root(_jump(typed, ghosts)) if ghosts else None)
    if found is None:
        found = _in_another_hand(typed, path, headed=headed)
    if found is not None or typed.values[-1] != 1:
        return found
    return _new_list(typed, path, headed=headed, after_title=after_title)


def _next_of(typed: Typed, path: list[Node], *, headed: bool) -> Place | None:
    """Find the clause numbered right before this one; a heading goes on the outer list."""
    fits = [
        place
        for place, node in enumerate(path)
        if node.kind == typed.kind
        and node.values[:-1] == typed.values[:-1]
        and node.values
        and node.values[-1] + 1 == typed.values[-1]
    ]
    if not fits:
        return None
    chosen = fits[0] if headed else fits[-1]
    return Place(chosen, path[chosen].group, path[chosen].depth)


def _through(typed: Typed, path: list[Node], outer: dict[str, Node]) -> Place | None:
    """Go on a list that runs through chapters: «I.» 1. 2. «II.» 3. 4."""
    last = outer.get(typed.kind)
    found = None if last is None else _next_of(typed, [last], headed=False)
    if found is None or not _is_outer(typed):
        return None
    inside = len(typed.values) == 1 and path and path[0].kind != typed.kind
    return Place(1 if inside else 0, found.group, found.level)


def _first_under(typed: Typed, path: list[Node]) -> Place | None:
    """Find the clause that this number, such as 4.1, names as the one it stands in."""
    if len(typed.values) < 2:
        return None
    for place in reversed(range(len(path))):
        node = path[place]
        named = node.values == typed.values[:-1] or node.reads_as(typed.values[:-1])
        if named and node.numbering and typed.values[-1] == 1:
            return Place(place + 1, node.group, node.depth + 1)
    return None


def _jump(typed: Typed, path: list[Node]) -> Place | None:
    """Take a number that repeats or skips a few: people make such slips when they type."""
    for place in reversed(range(len(path))):
        node = path[place]
        if not node.numbering:
            continue
        if node.kind == typed.kind and node.values[:-1] == typed.values[:-1] and node.values:
            ahead = typed.values[-1] - node.values[-1]
            if ahead >= 0 and ahead <= LONGEST_JUMP and (len(typed.values) > 1 or ahead > 0):
                return Place(place, node.group, node.depth)
        if len(typed.values) > 1 and typed.values[-1] <= LONGEST_JUMP:
            above = typed.values[:-1]
            if node.values == above or node.reads_as(above):
                return Place(place + 1, node.group, node.depth + 1)
    return None


def _in_another_hand(typed: Typed, path: list[Node], *, headed: bool) -> Place | None:
    """Go on a list whose numbers were written otherwise, or whose last head is no clause.

    «V.» after «Раздел IV.», «3)» after «2.», and «5.» after 4.3 when «4.» stood in a table.
    """
    if len(typed.values) > 1 or not _is_figure(typed.kind):
        return None
    fits = [
        at
        for at, node in enumerate(path)
        if node.values
        and node.values[0] + 1 == typed.values[0]
        and _is_figure(node.kind)
        # Without the look of a heading, only like goes on like: chapters, or points.
        and (headed or (typed.after and (typed.kind in POINTS) == (node.kind in POINTS)))
        # A level of Word's own list counts no typed head: Word's next number would be wrong.
        and (len(node.values) == 1 or is_typed(node.group))
        and node.depth + 1 >= len(node.values)
    ]
    if not fits:
        return None
    alike = [at for at in fits if len(path[at].values) == 1]
    chosen = alike[-1] if alike and not headed else fits[0]
    node = path[chosen]
    return Place(chosen, node.group, node.depth - len(node.values) + 1)


def _is_figure(kind: str) -> bool:
    """Tell a number from a letter: «б)» goes on no list but its own."""
    return not kind.startswith(LETTERS)


def _new_list(typed: Typed, path: list[Node], *, headed: bool, after_title: bool) -> Place | None:
    if len(typed.values) > 1:
        # «1.1» without a «1.» before it: a part whose heading has no number.
        return Place(0, "", len(typed.values) - 1) if len(typed.values) == 2 else None
    if not path or _is_chapter(typed) or (headed and typed.kind == "decimal") or after_title:
        return Place(0, "", 0)
    inside = path[-1]
    if inside.numbering is None or inside.depth + 1 >= DEEPEST:
        return Place(len(path), "", 0)
    return Place(len(path), inside.group, inside.depth + 1)


def _is_chapter(typed: Typed) -> bool:
    """Tell whether a number is of the kind chapters have: «II.», «Статья 5.»."""
    return typed.form == "upperRoman" or bool(typed.before.strip(" ("))


def _is_outer(typed: Typed) -> bool:
    return typed.kind == "decimal" or _is_chapter(typed)


def _at_root(place: Place | None) -> Place | None:
    return None if place is None else Place(0, place.group, place.level)
