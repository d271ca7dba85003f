"""The numbers a reader sees before clauses, computed from the tree the way Word counts.

A level counts up by one each time it is used; the levels below begin anew; «%1.%2.» shows the
current counts. Source: ECMA-376 part 1, 17.9 (numbering), checked against LibreOffice.
"""

import re
from collections.abc import Iterator, Mapping

from zabota.contracts.text.tree import (
    Block,
    Clause,
    Document,
    Level,
    NumberFormat,
    Numbering,
    Paragraph,
    Scheme,
    Table,
)

DEEPEST = 9
# Past these, letters and Roman numbers grow too long to read; decimals stand in for them.
MOST_LETTERED, MOST_ROMAN = 780, 4999
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numbers(document: Document) -> dict[str, str]:
    """Say which number stands before each numbered clause: clause id -> «4.2», «а)», «1.1.1.»."""
    return _count(document)[0]


def paragraph_numbers(document: Document) -> dict[tuple[str, int], str]:
    """Say which numbers stand inside clauses, before paragraphs of cells and notes.

    The key is the clause's id and the paragraph's place among all paragraphs of that clause as
    `paragraphs_of` yields them, from 0.
    """
    return _count(document)[1]


def plain_number(number: str) -> str:
    """Give the number as it is named in a sentence: «4.2.» -> «4.2», «(а)» -> «а»."""
    words = number.split()
    return words[-1].strip("().:;–—-") if words else ""


def bracketed(numbers: Mapping[str, str]) -> dict[str, str]:
    """Those of these numbers that stand before their clauses in brackets, as on paper: «б)»,
    "(a)"; a point at the end is left out beside a clause as it is in a sentence.
    """
    return {
        clause: number.split()[-1]
        for clause, number in numbers.items()
        if number.rstrip().endswith(")")
    }


def clauses_of(document: Document) -> Iterator[Clause]:
    """Walk all clauses in the order they are read."""
    for clause in document.clauses:
        yield from _with_children(clause)


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Walk all paragraphs in the order they are read, those in cells and notes included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell.blocks)
        else:
            yield from paragraphs_of(block.blocks)


def is_typed(scheme: str) -> bool:
    """Tell whether numbers of this scheme were typed as text, so that Word does not make them."""
    return any(part.startswith("hand") for part in scheme.split(":"))


class Counter:
    """Counts clauses one after another; schemes of one group share their counts."""

    def __init__(self, schemes: Mapping[str, Scheme]) -> None:
        self.schemes = schemes
        self.counts: dict[str, list[int | None]] = {}

    def next(self, numbering: Numbering) -> str:
        """Count one clause and give the number that stands before it ("" where none is shown)."""
        scheme = self.schemes.get(numbering.scheme)
        if scheme is None or not scheme.levels:
            return ""
        depth = min(numbering.level, len(scheme.levels) - 1, DEEPEST - 1)
        counts = self.counts.setdefault(group_of(numbering.scheme), [None] * DEEPEST)
        self._step(counts, scheme, depth, numbering.restart)
        return show(scheme, depth, [1 if count is None else count for count in counts])

    def current(self, group: str) -> tuple[int | None, ...]:
        """Give the counts of a group by depth; None where nothing has been counted yet."""
        return tuple(self.counts.get(group, [None] * DEEPEST))

    @staticmethod
    def _step(counts: list[int | None], scheme: Scheme, depth: int, restart: int | None) -> None:
        level = scheme.levels[depth]
        before = counts[depth]
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = level.start if before is None else before + 1
        for above in range(depth):
            if counts[above] is None:
                counts[above] = scheme.levels[above].start
        for below in range(depth + 1, DEEPEST):
            if below >= len(scheme.levels) or _resets(scheme.levels[below], depth):
                counts[below] = None


def group_of(scheme: str) -> str:
    """Name the group whose counts a scheme shares."""
    return scheme.partition(":")[0]


def show(scheme: Scheme, depth: int, counts: list[int]) -> str:
    """Write the number of one depth from the counts of all depths."""
    level = scheme.levels[depth]

    def value(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        if not 0 <= place <= depth:
            return ""
        form = scheme.levels[place].format
        return formatted(counts[place], "decimal" if level.legal and form != "none" else form)

    return level.pattern if level.format == "bullet" else re.sub(r"%(\d)", value, level.pattern)


def formatted(count: int, form: NumberFormat) -> str:
    """Write one count: 28 is «28», «28», «bb», «xxviii» or «я» by its format."""
    most = MOST_ROMAN if form.endswith("Roman") else MOST_LETTERED
    if form.endswith(("Roman", "Letter")) or form.startswith("russian"):
        form = form if 0 < count <= most else "decimal"
    match form:
        case "decimalZero":
            return f"{count:02d}"
        case "lowerLetter":
            return _lettered(count, LATIN)
        case "upperLetter":
            return _lettered(count, LATIN).upper()
        case "russianLower":
            return _lettered(count, RUSSIAN)
        case "russianUpper":
            return _lettered(count, RUSSIAN).upper()
        case "lowerRoman":
            return _roman(count)
        case "upperRoman":
            return _roman(count).upper()
        case "none" | "bullet":
            return ""
        case _:
            return str(count)


def _lettered(count: int, alphabet: str) -> str:
    # Word goes on past the last letter by doubling: y, z, aa, bb, cc.
    times, place = divmod(count - 1, len(alphabet))
    return alphabet[place] * (times + 1)


def _roman(count: int) -> str:
    written = ""
    for worth, sign in ROMAN:
        times, count = divmod(count, worth)
        written += sign * times
    return written


def _resets(level: Level, used: int) -> bool:
    return level.resets_after is None or used < level.resets_after


def _with_children(clause: Clause) -> Iterator[Clause]:
    yield clause
    for child in clause.children:
        yield from _with_children(child)


def _count(document: Document) -> tuple[dict[str, str], dict[tuple[str, int], str]]:
    counter = Counter(document.schemes)
    of_clauses: dict[str, str] = {}
    of_paragraphs: dict[tuple[str, int], str] = {}
    for clause in clauses_of(document):
        if clause.numbering and (number := counter.next(clause.numbering)):
            of_clauses[clause.id] = number
        for place, paragraph in enumerate(paragraphs_of(clause.blocks)):
            if paragraph.numbering and (number := counter.next(paragraph.numbering)):
                of_paragraphs[clause.id, place] = number
    return of_clauses, of_paragraphs
