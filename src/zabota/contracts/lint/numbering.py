"""Two numberings at once: a number typed before a counted one, the same twice, one left out."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from zabota.contracts.lint.finding import Finding
from zabota.contracts.lint.lines import Line, Reading, is_annex, is_hand

TYPED: Final = re.compile(r"^\s*(\d{1,3}(?:\.\d{1,3})+)[.)]?\s+\S")
ITEM: Final = re.compile(r"^\s*\(?([а-яёa-z]|\d{1,2})\)\s+\S")
ASTRAY: Final = re.compile(r"^\s*(\d{1,3}(?:\.\d{1,3})+)\.\s+[А-ЯЁA-Z]")
CYRILLIC: Final = re.compile("[А-Яа-яЁё]")


def check_numbering(reading: Reading) -> Iterator[Finding]:
    """«4.1. 4.2 Текст»; 5.1 twice; 5.1 and then 5.3, section 8 of 7.1 in numbers typed by hand."""
    firsts: dict[str, Line] = {}
    for line in reading.lines:
        firsts.setdefault(line.clause, line)
    yield from _twice(reading, firsts)
    yield from _again(reading, firsts)
    yield from _astray(reading)
    yield from _sections(reading, firsts)


def _twice(reading: Reading, firsts: dict[str, Line]) -> Iterator[Finding]:
    for clause in reading.clauses:
        line, number = firsts.get(clause.id), reading.numbers.get(clause.id, "")
        if line is None or not number:
            continue
        typed = TYPED.match(line.text)
        if typed and not re.match(r"\s*\d+(?:\.\d+)+\s*(?:%|руб|кг|м\b|мм|°)", line.text):
            yield Finding(
                "number_twice", clause.id, number, line.around(0, 40), {"typed": typed[1]}
            )


def _again(reading: Reading, firsts: dict[str, Line]) -> Iterator[Finding]:
    """Within one body or annex; the two languages of one contract count each for itself."""
    seen: dict[tuple[int, bool, str], tuple[str, bool]] = {}
    last: dict[tuple[int, bool, str], int] = {}
    annexes = {line.clause for line in reading.lines if is_annex(line)}
    part = 0
    for clause in reading.clauses:
        line = firsts.get(clause.id)
        part += clause.id in annexes
        number = reading.numbers.get(clause.id, "") or _typed(line)
        if line is None or not re.fullmatch(r"\d+(?:\.\d+)+", number):
            continue
        russian = bool(CYRILLIC.search(line.text))
        at = (part, russian, number)
        by_hand = is_hand(clause) or not reading.numbers.get(clause.id)
        if at in seen and (by_hand or seen[at][1]):
            yield Finding("number_again", clause.id, number, line.around(0, 60))
        seen[at] = (clause.id, by_hand)
        head, _, tail = number.rpartition(".")
        place = (part, russian, head)
        if by_hand and place in last:
            skipped = int(tail) - last[place]
            if 1 < skipped < 4:
                missing = f"{head}.{last[place] + 1}"
                yield Finding(
                    "number_gap", clause.id, number, line.around(0, 60), {"missing": missing}
                )
        last[place] = int(tail)


def _astray(reading: Reading) -> Iterator[Finding]:
    """A typed number that does not go on from its clause: «3.5.» after 5.2, «б)» after «б)»."""
    hand = {clause.id for clause in reading.clauses if is_hand(clause)}
    whole = {number for number in reading.numbers.values() if "." in number}
    for line in reading.lines:
        if line.first or line.cell or line.clause not in hand:
            continue
        dotted, item = TYPED.match(line.text), ITEM.match(line.text)
        if (dotted and dotted[1] in whole) or (item and item[1] == line.number):
            yield Finding("number_again", line.clause, line.number, line.around(0, 60))
        elif ASTRAY.match(line.text) and "." in line.number:
            head, _, tail = line.number.rpartition(".")
            missing = {"missing": f"{head}.{int(tail) + 1}"}
            yield Finding("number_gap", line.clause, line.number, line.around(0, 60), missing)


def _sections(reading: Reading, firsts: dict[str, Line]) -> Iterator[Finding]:
    """A section numbered by hand whose clauses begin with another number."""
    there = set(reading.numbers.values())
    for section, inner in pairwise(reading.clauses):
        number, line = reading.numbers.get(section.id, ""), firsts.get(section.id)
        head, dot, _tail = reading.numbers.get(inner.id, "").partition(".")
        if line is None or not is_hand(section) or not number.isdigit():
            continue
        if dot and head.isdigit() and head != number and head not in there:
            missing = {"missing": head}
            yield Finding("number_gap", section.id, number, line.around(0, 60), missing)


def _typed(line: Line | None) -> str:
    found = TYPED.match(line.text) if line is not None else None
    return found[1] if found else ""
