"""A text on the client's paper beside our nearest form: what reads as ours, what does not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from zabota.contracts.models import Contract, TemplateEdition
from zabota.contracts.reading.sheet import Sheet
from zabota.contracts.stored import flat, load_texts
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.contracts.text.tree import Clause
from zabota.contracts.text.words import blocks_text

FIELD = re.compile(r"\{\{[^}]*\}\}")
MOST_WORDS = 90


@dataclass(frozen=True)
class Beside:
    """One clause of one of the two texts: where it stands in the text before one's eyes (if it
    does), its number, its first words.
    """

    clause: str
    number: str
    words: str


@dataclass(frozen=True)
class NearestForm:
    """Our nearest form and how far the text is from it; `percent` is how much alike."""

    title: str
    percent: int
    same: int = 0
    other: list[Beside] = field(default_factory=list)
    theirs: list[Beside] = field(default_factory=list)
    missing: list[Beside] = field(default_factory=list)


def read_nearest(
    contract: Contract, nearest: TemplateEdition, sheet: Sheet, language: str
) -> NearestForm:
    """Clause by clause against our nearest form; one query for its words. A field of ours reads
    the same as whatever they wrote in its place.
    """
    (form,) = load_texts(nearest.tree)
    shown = numbers(form.document)
    ours = {clause.id: clause for clause, _ in flat(form.document)}
    theirs = {clause.id: clause for clause, _ in flat(sheet.text.document)}
    shown_theirs = numbers(sheet.text.document)
    told = contract.edition.kept["nearest"]["likeness"]
    alike = {c for c in theirs if c in ours and reads_alike(_words(ours[c]), _words(theirs[c]))}
    return NearestForm(
        nearest.template.title(language),
        # Only the very same text is called wholly alike.
        min(int(told * 100), 100 if theirs.keys() == alike else 99),
        len(alike),
        [
            _beside(one, shown_theirs)
            for c, one in theirs.items()
            if c in ours and c not in alike and _words(one)
        ],
        [_beside(one, shown_theirs) for c, one in theirs.items() if c not in ours and _words(one)],
        [_beside(one, shown) for c, one in ours.items() if c not in theirs and _words(one)],
    )


def reads_alike(form: str, text: str) -> bool:
    """Whether a text says what a form says, its fields being whatever stands in their place."""
    parts = [_plain(part) for part in FIELD.split(form)]
    text = _plain(text)
    if len(parts) == 1:
        return parts[0] == text
    first, *middle, last = parts
    if not text.startswith(first) or not text.endswith(last):
        return False
    at = len(first)
    for part in middle:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return at <= len(text) - len(last)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w%]+", " ", text.casefold().replace("ё", "е")).split())


def _words(clause: Clause) -> str:
    return blocks_text(clause.blocks).strip()


def _beside(clause: Clause, shown: Mapping[str, str]) -> Beside:
    words = " ".join(FIELD.sub("…", _words(clause)).split())
    cut = words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS].rsplit(' ', 1)[0]}…"
    number = shown.get(clause.id, "")
    return Beside(clause.id, plain_number(number) if number else "", cut)
