"""The text as a reader of errors takes it: paragraphs with values and numbers put in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from zabota.contracts.text.numbering import (
    clauses_of,
    is_typed,
    numbers,
    paragraph_numbers,
    paragraphs_of,
    plain_number,
)
from zabota.contracts.text.tree import (
    Break,
    Clause,
    Document,
    Field,
    Kept,
    Paragraph,
    Reference,
    Text,
)

ANNEX: Final = re.compile(
    r"^\s*(?:приложение|annex|appendix|schedule|exhibit)\s*(?:№|no\.?)?\s*(\d{1,3})?\b", re.I
)
LONGEST_HEADING: Final = 160


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: whose clause it is of, its words, where values stand in them.

    `first` is the paragraph that has the clause's number before it; `cell` one inside a table.
    """

    clause: str
    number: str
    text: str
    fields: tuple[tuple[int, int, str], ...] = ()
    heading: bool = False
    first: bool = True
    cell: bool = False

    def around(self, start: int, end: int, more: int = 0) -> str:
        """The words at a place, on whole words, as they are quoted."""
        start, end = max(0, start - more), min(len(self.text), end + more)
        return " ".join(self.text[start:end].split())[:160]

    def fields_in(self, start: int, end: int) -> tuple[str, ...]:
        """The fields whose values stand at a place."""
        return tuple(dict.fromkeys(n for a, b, n in self.fields if a < end and b > start))


@dataclass(frozen=True)
class Reading:
    """A text with everything the checks ask: lines, numbers, values, cards, language."""

    document: Document
    lines: tuple[Line, ...]
    numbers: Mapping[str, str]
    inner: Mapping[tuple[str, int], str]
    clauses: tuple[Clause, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    cards: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    language: str = "ru"

    @property
    def body(self) -> tuple[Line, ...]:
        """Lines before the first annex."""
        for index, line in enumerate(self.lines):
            if index and is_annex(line):
                return self.lines[:index]
        return self.lines


def is_annex(line: Line) -> bool:
    """Whether an annex begins here: a short line of its own, not a sentence about one."""
    found = ANNEX.match(line.text)
    if not found or len(line.text) > LONGEST_HEADING or (line.number and line.first):
        return False
    return line.text.strip().lower() == found[0].strip().lower() or not line.text.rstrip().endswith(
        (".", ";")
    )


def read_lines(
    document: Document, shown: Mapping[str, str]
) -> tuple[tuple[Line, ...], Mapping[str, str]]:
    """Every paragraph with `shown` values in it, and the plain numbers of clauses by id."""
    told = {key: plain_number(value) for key, value in numbers(document).items()}
    return tuple(_lines(document, shown, told)), told


def inner_numbers(document: Document) -> Mapping[tuple[str, int], str]:
    """Numbers that stand inside clauses."""
    return paragraph_numbers(document)


def is_hand(clause: Clause) -> bool:
    """Whether a clause's number was typed by hand."""
    return clause.numbering is not None and is_typed(clause.numbering.scheme)


def all_clauses(document: Document) -> tuple[Clause, ...]:
    """Clauses in reading order."""
    return tuple(clauses_of(document))


def _lines(document: Document, shown: Mapping[str, str], told: Mapping[str, str]) -> Iterator[Line]:
    for clause in clauses_of(document):
        first, number = True, told.get(clause.id, "")
        for block in clause.blocks:
            cell = not isinstance(block, Paragraph)
            for paragraph in paragraphs_of((block,)):
                text, fields = _words(paragraph, shown, told)
                if text.strip() or fields:
                    yield Line(clause.id, number, text, tuple(fields), clause.heading, first, cell)
                first = False


def _words(
    paragraph: Paragraph, shown: Mapping[str, str], told: Mapping[str, str]
) -> tuple[str, list[tuple[int, int, str]]]:
    text, fields = "", []
    for run in paragraph.runs:
        match run:
            case Text():
                said = run.text
            case Field(name=name):
                said = shown.get(name, "")
                fields.append((len(text), len(text) + len(said), name))
            case Reference(kind="note"):
                said = ""
            case Reference(target=target):
                said = told.get(target, "—")
            case Break(kind=kind):
                said = "\t" if kind == "tab" else " "
            case Kept():
                said = run.words
        text += said
    return text, fields
