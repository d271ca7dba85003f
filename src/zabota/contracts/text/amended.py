"""An amendment laid over the text it amends: which clauses it words anew, and the text with them.

A clause is named by its number: «Пункт 4.2 изложить в следующей редакции: «…»», "Clause 4.2 is to
read: “…”", or a row of a table of changes (number, former words, new words). What an amendment says
in other words is not guessed at: the reader is sent to the amendment itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from zabota.contracts.text.numbering import clauses_of, numbers, paragraphs_of, plain_number
from zabota.contracts.text.tree import Block, Clause, Document, Paragraph, Table, Text
from zabota.contracts.text.words import blocks_text

_NUMBER: Final = r"(?P<number>\d{1,3}(?:\.\d{1,3})*)"
_ANEW: Final = re.compile(
    rf"(?:пункт|подпункт|п\.|clause|section)\s*(?:№\s*)?{_NUMBER}(?![\d.]*\d)[^:«“\"]{{0,90}}?"
    r"(?:изложить|излагается|читать|to read|shall read|reads|is replaced)[^:]{0,60}:\s*"
    r"[«“\"](?P<words>.+)[»”\"]\s*[.;]?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_GONE: Final = re.compile(
    rf"^\W*(?:пункт|подпункт|п\.|clause|section)\s*(?:№\s*)?{_NUMBER}(?![\d.]*\d)[^:«“\"]{{0,60}}?"
    r"(?:исключить|исключается|утрачивает силу|утратившим силу|is deleted|is to be deleted)",
    re.IGNORECASE,
)
_CELL_GONE: Final = re.compile(r"\W*(?:исключить|исключён|исключен|delete|deleted)\W*", re.I)
_CELL_NUMBER: Final = re.compile(
    rf"\W*(?:пункт|подпункт|п\.|clause)?\s*{_NUMBER}\.?\s*", re.IGNORECASE
)
_FIELD: Final = re.compile(r"\{\{([^{}]+)\}\}")


@dataclass(frozen=True)
class Reworded:
    """A clause by its number with the words it gets; `gone` where it loses force."""

    number: str
    words: str = ""
    gone: bool = False


@dataclass(frozen=True)
class Amended:
    """A text with amendments laid over it. `changed` are the clauses worded anew, by id, with what
    amendment each now is by; `lost` the numbers an amendment names that the text has not.
    """

    document: Document
    changed: Mapping[str, str]
    lost: Sequence[tuple[str, str]]


def reworded(document: Document, shown: Mapping[str, str]) -> list[Reworded]:
    """What an amendment words anew, in its own order; `shown` are the values of its fields."""
    found = []
    for clause in clauses_of(document):
        text = _filled(
            blocks_text(tuple(b for b in clause.blocks if isinstance(b, Paragraph))), shown
        )
        if match := _ANEW.search(text):
            found.append(Reworded(match["number"], match["words"].strip()))
        elif match := _GONE.search(text):
            found.append(Reworded(match["number"], gone=True))
        for block in clause.blocks:
            if isinstance(block, Table):
                found += _rows(block, shown)
    return found


def lay_over(document: Document, said: Sequence[tuple[str, Reworded]], gone: str) -> Amended:
    """The text with each of these (what it is by, what is said) in turn; `gone` stands where a
    clause lost force. Numbers are those of the text as it was signed: amendments do not move them.
    """
    of = {plain_number(number): key for key, number in reversed(numbers(document).items())}
    changed: dict[str, tuple[str, str]] = {}
    lost = []
    for by, one in said:
        clause = of.get(one.number)
        if clause is None:
            lost.append((by, one.number))
            continue
        changed[clause] = (by, gone if one.gone else one.words)
    clauses = tuple(_anew(clause, changed) for clause in document.clauses)
    return Amended(
        replace(document, clauses=clauses), {key: by for key, (by, _) in changed.items()}, lost
    )


def _anew(clause: Clause, changed: Mapping[str, tuple[str, str]]) -> Clause:
    if clause.id not in changed:
        return replace(clause, children=tuple(_anew(one, changed) for one in clause.children))
    by, words = changed[clause.id]
    first = next(iter(paragraphs_of(clause.blocks)), Paragraph())
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    blocks: list[Block] = [replace(first, runs=(Text(line),)) for line in lines]
    blocks.append(replace(first, numbering=None, runs=(Text(f"({by})", ("italic",)),)))
    # «Новая редакция заменяет прежнюю полностью»: with what stood under it.
    return replace(clause, blocks=tuple(blocks), children=())


def _rows(table: Table, shown: Mapping[str, str]) -> Iterator[Reworded]:
    for row in table.rows:
        cells = [_filled(blocks_text(cell.blocks), shown).strip() for cell in row.cells]
        if len(cells) < 2 or not cells[-1]:
            continue
        number = _CELL_NUMBER.fullmatch(cells[0])
        if number is None:
            continue
        gone = bool(_CELL_GONE.fullmatch(cells[-1]))
        words = re.sub(rf"^{re.escape(number['number'])}\.?\s+", "", cells[-1]).strip('«»“”" ')
        yield Reworded(number["number"], "" if gone else words, gone)


def _filled(text: str, shown: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: shown.get(found[1], ""), text)
