"""A text as its reader sees it: values and numbers in place of tokens, spaces made even."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from zabota.contracts.docx.marking import without_marks
from zabota.contracts.docx.write.runs import EMPTY
from zabota.contracts.text.numbering import (
    clauses_of,
    is_typed,
    numbers,
    paragraphs_of,
    plain_number,
)
from zabota.contracts.text.tree import (
    Block,
    Clause,
    Document,
    Field,
    Kept,
    Paragraph,
    Reference,
    Run,
    Text,
)
from zabota.contracts.text.words import IN_LINE, runs_of

# Where a line or a page ends is layout, which programs lay down each in their own way.
SPACES: Final = re.compile("[\\s\u00a0\u202f\u2009]+")
PAGES: Final = ("page", "pages")


@dataclass(frozen=True, slots=True)
class Eyes:
    """What a reader saw in place of tokens: numbers of clauses by id, values by name."""

    numbers: Mapping[str, str]
    values: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class PlainClause:
    """A clause to be compared: its words by paragraph, its number, what is kept in it."""

    id: str
    words: tuple[str, ...]
    number: str
    typed: bool
    parent: str
    things: Counter[str]


def plain_document(document: Document, eyes: Eyes, names: Mapping[str, str]) -> Document:
    """The document with nothing in it but words, under the names given."""

    def clause(one: Clause) -> Clause:
        words = tuple(Paragraph((Text(told),)) for told in lines(one.blocks, eyes) if told)
        children = tuple(clause(child) for child in one.children)
        return replace(one, id=names.get(one.id, one.id), blocks=words, children=children)

    clauses = tuple(clause(one) for one in document.clauses)
    return replace(document, clauses=clauses, headers=(), footers=())


def lines(blocks: tuple[Block, ...], eyes: Eyes) -> list[str]:
    """The words of blocks, one string for each paragraph, cells and notes included."""
    return [
        even("".join(_words(run, eyes) for run in paragraph.runs))
        for paragraph in paragraphs_of(blocks)
    ]


def even(text: str) -> str:
    """Words with single spaces between them, without marks of ours."""
    return SPACES.sub(" ", without_marks(text).replace("\u00ad", "")).strip()


def plain_clauses(document: Document, names: Mapping[str, str]) -> Iterator[PlainClause]:
    """What is compared of clauses besides their words."""
    shown = numbers(document)
    parents = {child.id: one.id for one in clauses_of(document) for child in one.children}
    for one in clauses_of(document):
        parent = parents.get(one.id, "")
        yield PlainClause(
            names.get(one.id, one.id),
            (),
            shown.get(one.id, ""),
            bool(one.numbering and is_typed(one.numbering.scheme)),
            names.get(parent, parent),
            things_in(one.blocks),
        )


def things_in(blocks: tuple[Block, ...]) -> Counter[str]:
    """Pictures and the like by kind; page numbers and what is part of a sentence left out."""
    return Counter(
        run.kind for run in runs_of(blocks) if isinstance(run, Kept) and run.kind not in IN_LINE
    )


def _words(run: Run, eyes: Eyes) -> str:
    match run:
        case Text(text=text):
            return text
        case Field(name=name):
            return "{{" + name + "}}" if eyes.values is None else eyes.values.get(name) or EMPTY
        case Reference(kind="note"):
            return ""
        case Reference(target=target):
            return plain_number(eyes.numbers.get(target, "")) or "—"
        case Kept(kind=kind, words=words):
            return words if kind in IN_LINE and kind not in PAGES else ""
    return " "
