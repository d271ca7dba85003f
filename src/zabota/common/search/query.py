"""What somebody looks for: each word as the tokens any of which would do."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from zabota.common.language.lemmas import SHORTEST, fold, in_one, is_word, lemmas
from zabota.common.search.said import LETTERS, LONGEST_BEGINNING, NAME, squeezed

LEAST = SHORTEST
MOST_WORDS = 8
LONGEST = 200
_PARTS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Needle:
    """One word looked for: the lemmas it may be, the beginning of a name or number it may be."""

    lemmas: frozenset[str]
    name: str

    def tokens(self, audiences: tuple[str, ...]) -> list[str]:
        """What stands in the index where this word was said to one of these audiences."""
        letters = [LETTERS[audience] for audience in audiences]
        said = [letter + lemma for letter in letters for lemma in sorted(self.lemmas)]
        return [*said, NAME + self.name]


@dataclass(frozen=True)
class Wish:
    """All words of a query; what is looked for is found where each of them stands."""

    needles: tuple[Needle, ...]

    @property
    def lemmas(self) -> frozenset[str]:
        return frozenset(lemma for needle in self.needles for lemma in needle.lemmas)


def wish_of(query: str, known: Callable[[str], frozenset[str]], *, figures: bool = False) -> Wish:
    """What is looked for; a word that is no whole word yet stands for the lemmas that begin so, of
    those that are `known` where it is looked for. A short number («К-7») is looked for alone:
    among words it is no more than a figure of the text, unless `figures` are kept there.
    """
    found: list[Needle] = []
    pieces = in_one(fold(query[:LONGEST])).split()
    for piece in pieces:
        if _is_number(piece):
            whole = squeezed(piece)
            alone = figures or len(pieces) == 1
            words = [whole] if len(whole) >= SHORTEST or alone else []
        else:
            words = [word for word in _PARTS.split(piece) if len(word) >= SHORTEST]
        found += [_needle(word, known) for word in words]
    return Wish(tuple(found[:MOST_WORDS]))


def is_too_short(query: str) -> bool:
    """Fewer letters than these would find everything; a number may be as short as it is."""
    return 0 < len(query.strip()) < LEAST and not _is_number(query)


def _is_number(piece: str) -> bool:
    return any(letter.isdigit() for letter in piece)


def _needle(word: str, known: Callable[[str], frozenset[str]]) -> Needle:
    meant = lemmas(word)
    if not is_word(word) and len(word) >= SHORTEST:
        meant |= known(word)
    return Needle(meant, word[:LONGEST_BEGINNING])
