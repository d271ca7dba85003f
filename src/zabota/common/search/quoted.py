"""Words of a text around what was looked for, marked where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zabota.common.language.lemmas import fold, lemmas
from zabota.common.search.query import Wish

BEFORE, AFTER = 70, 170
_WORD = re.compile(r"[^\W_]+")

type Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """Words of a quotation, marked where they were looked for."""

    text: str
    marked: bool = False


def quoted(text: str, wish: Wish, *, before: int = BEFORE, after: int = AFTER) -> list[Piece]:
    """Some words around the first of those looked for, all of them marked."""
    marks = _marks(text, wish)
    mark = next(marks, None)
    if mark is None:
        return [Piece(_cut(text, 0, before + after))]
    start = mark[0]
    first, last = max(0, start - before), min(len(text), start + after)
    first = text.find(" ", first, start) + 1 if first else 0
    pieces, place = [], first
    while mark is not None and mark[1] <= last:
        pieces += [Piece(text[place : mark[0]]), Piece(text[mark[0] : mark[1]], marked=True)]
        place, mark = mark[1], next(marks, None)
    pieces.append(Piece(_cut(text, place, last)))
    shown = [piece for piece in pieces if piece.text]
    return [Piece("…"), *shown] if first else shown


def _marks(text: str, wish: Wish) -> Iterator[Span]:
    """Where words looked for stand. A form nearly always begins as its lemma does («люди» is rare):
    others are looked up only where nothing else was found.
    """
    begin = {lemma[0] for lemma in wish.lemmas}
    words = [(match.span(), fold(match[0])) for match in _WORD.finditer(text)]
    likely = [(span, word) for span, word in words if word[0] in begin]
    found = False
    for span, word in likely:
        if not wish.lemmas.isdisjoint(lemmas(word)):
            found = True
            yield span
    if not found:
        yield from (span for span, word in words if not wish.lemmas.isdisjoint(lemmas(word)))


def _cut(text: str, first: int, last: int) -> str:
    """Up to a whole word."""
    if last >= len(text):
        return text[first:]
    end = text.rfind(" ", first, last)
    return f"{text[first : end if end > first else last]}…"
