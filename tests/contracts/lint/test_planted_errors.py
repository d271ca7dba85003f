"""Errors planted in contracts that are not shipped: how many are found, how much is cried wolf.

`[[kind: wrong | right]]` in a text of `planted/`: with its left sides it has ten errors, one of
every kind, with its right ones none. The file name says the language and whether Word counts the
clauses or their numbers were typed.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from zabota.contracts.lint import KINDS, Finding, lint
from zabota.contracts.text.tree import (
    Clause,
    Document,
    Level,
    Numbering,
    Paragraph,
    Scheme,
    Text,
)

TEXTS = {
    path.name.partition(".")[0]: (path.read_text("utf-8"), *path.stem.split(".")[1:])
    for path in sorted((Path(__file__).parent / "planted").glob("*.txt"))
}
PLANT = re.compile(r"\[\[(\w+): (.*?) \| (.*?)\]\](?!\])")
NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.\s+(.*)", re.DOTALL)


@dataclass(frozen=True)
class Planted:
    """A text with its errors, and which kinds stand in which line."""

    document: Document
    errors: frozenset[tuple[str, str]]


def grow(source: str, numbered: str, *, wrong: bool) -> Planted:
    """The document of a text with one of its two sides; clause ids are line numbers."""
    clauses, errors = [], set()
    for place, line in enumerate(source.strip().splitlines()):
        kinds = [match[1] for match in PLANT.finditer(line)]
        errors |= {(f"c{place}", kind) for kind in kinds}
        words = PLANT.sub(lambda match: match[2 if wrong else 3], line)
        found = NUMBERED.match(words)
        if found and (numbered == "counted" or "." not in found[1]):
            depth = found[1].count(".")
            number = Numbering("main", depth)
            clauses.append(Clause(f"c{place}", (Paragraph((Text(found[2]),)),), numbering=number))
        else:
            clauses.append(Clause(f"c{place}", (Paragraph((Text(words),)),)))
    levels = (Level("%1."), Level("%1.%2."))
    return Planted(Document(tuple(clauses), {"main": Scheme(levels)}), frozenset(errors))


def compare(name: str) -> tuple[set[tuple[str, str]], list[Finding], Planted]:
    """What was missed and what was cried beyond what is planted."""
    source, language, numbered = TEXTS[name]
    planted = grow(source, numbered, wrong=True)
    found = lint(planted.document, language=language)
    hit = {(one.clause, one.kind) for one in found}
    wolf = [one for one in found if (one.clause, one.kind) not in planted.errors]
    return set(planted.errors) - hit, wolf, planted


def test_forty_errors_of_ten_kinds_are_planted() -> None:
    planted = [error for name in TEXTS for error in compare(name)[2].errors]
    assert len(planted) == 40
    assert {kind for _clause, kind in planted} == set(KINDS)


@pytest.mark.parametrize("name", TEXTS)
def test_planted_errors_are_found_with_at_most_one_false_alarm(name: str) -> None:
    missed, wolf, planted = compare(name)
    total = len(planted.errors)
    print(f"\n{name}: {total - len(missed)} of {total} found, {len(wolf)} false alarms")
    assert not missed
    assert len(wolf) <= 1, wolf


@pytest.mark.parametrize("name", TEXTS)
def test_the_same_texts_without_errors_are_silent(name: str) -> None:
    source, language, numbered = TEXTS[name]
    planted = grow(source, numbered, wrong=False)
    assert lint(planted.document, language=language) == []
