"""The text of a contract as plain words, for search, comparison with other readers and reports."""

from collections.abc import Iterator, Mapping
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
    Block,
    Break,
    Document,
    Field,
    Kept,
    Paragraph,
    Reference,
    Run,
    Text,
)

# Kept things that are part of a sentence; the words of others stand apart from it.
IN_LINE: Final = frozenset({"formula", "page", "pages", "symbol"})


def plain_text(document: Document, *, computed: bool = True) -> str:
    """Write the whole text in reading order, a paragraph per line, each cell once.

    `computed=False` leaves out the numbers that Word makes and keeps those typed by hand: the text
    as programs see it that read a DOCX without its numbering. Headers and footers are not in it.
    """
    of_clauses, of_paragraphs = numbers(document), paragraph_numbers(document)
    lines: list[str] = []
    for clause in clauses_of(document):
        scheme = clause.numbering.scheme if clause.numbering else ""
        first = of_clauses.get(clause.id, "") if computed or is_typed(scheme) else ""
        for place, paragraph in enumerate(paragraphs_of(clause.blocks)):
            number = of_paragraphs.get((clause.id, place), "") if computed else ""
            words = "".join(_words(run, of_clauses) for run in paragraph.runs)
            lines.append(" ".join(part for part in (first, number, words) if part))
            first = ""
        if first:
            lines.append(first)
    return "\n".join(lines)


def blocks_text(blocks: tuple[Block, ...], shown: Mapping[str, str] | None = None) -> str:
    """Write blocks as plain words, a paragraph per line.

    `shown` are the numbers of clauses by id, without which a reference is «#id».
    """
    return "\n".join(paragraph_text(paragraph, shown) for paragraph in paragraphs_of(blocks))


def is_blank(blocks: tuple[Block, ...]) -> bool:
    """Whether nothing stands there at all: no word, field, table or kept thing."""
    return all(
        isinstance(block, Paragraph)
        and all(isinstance(run, Text) and not run.text.strip() for run in block.runs)
        for block in blocks
    )


def paragraph_text(paragraph: Paragraph, shown: Mapping[str, str] | None = None) -> str:
    """Write one paragraph as plain words; a field is `{{name}}`."""
    return "".join(_words(run, shown or {}) for run in paragraph.runs)


def runs_of(blocks: tuple[Block, ...]) -> Iterator[Run]:
    """Walk all runs of the blocks in reading order."""
    for paragraph in paragraphs_of(blocks):
        yield from paragraph.runs


def _words(run: Run, of_clauses: Mapping[str, str]) -> str:
    match run:
        case Text(text=text):
            return text
        case Field(name=name):
            return "{{" + name + "}}"
        case Reference(kind="note"):
            return ""
        case Reference(target=target):
            return plain_number(of_clauses.get(target, "#" + target))
        case Break(kind=kind):
            return "\t" if kind == "tab" else " "
        case Kept(kind=kind, words=words):
            return words if kind in IN_LINE or not words else f" {words} "
