"""What is said as tokens: a letter for who may read it, and a lemma.

`b` is for both sides, `o` for ours, `t` for the client's; `p` begins a beginning of a number or a
name, `c` the number of a client. Whatever is searched is found by exact tokens only.
"""

import re
from collections.abc import Iterable
from typing import Final

from zabota.common.language.lemmas import LONGEST, SHORTEST, fold, in_one, lemmas_in

LETTERS: Final = {"both": "b", "ours": "o", "theirs": "t"}
NAME, CLIENT = "p", "c"
LONGEST_BEGINNING = 16
_PARTS = re.compile(r"[\W_]+")


def said_tokens(lemmas: Iterable[str], audience: str) -> set[str]:
    """What was said to somebody."""
    letter = LETTERS[audience]
    return {letter + lemma for lemma in lemmas}


def text_tokens(texts: Iterable[str], audience: str) -> set[str]:
    """Words said to somebody, comment or file name or value."""
    return said_tokens((lemma for text in texts for lemma in lemmas_in(text)), audience)


def letter_tokens(text: str, audience: str) -> set[str]:
    """The same of what people write to each other: there figures say what is meant, too, however
    short they are; a number is one word, whatever parts it («П-2026-0001»).
    """
    pieces = in_one(fold(text)).split()
    figures = {squeezed(piece)[:LONGEST] for piece in pieces if _has_figures(piece)}
    return said_tokens(lemmas_in(text) | figures, audience)


def client_token(client: int) -> str:
    """Whose it is."""
    return f"{CLIENT}{client}"


def name_tokens(names: Iterable[str]) -> set[str]:
    """Numbers and names: found by how they, or a part of them, begin."""
    return {NAME + start for name in names for start in _beginnings(fold(name))}


def squeezed(text: str) -> str:
    """A number without what parts it: «П-2026-0001» → «п20260001»."""
    return _PARTS.sub("", text)


def _beginnings(name: str) -> set[str]:
    """Of every word; of a number also from each of its parts to its end. A short number («К-7»)
    is found whole.
    """
    found = set()
    for piece in name.split():
        parts = [part for part in _PARTS.split(piece) if part]
        tails = {"".join(parts[place:]) for place in range(len(parts))}
        for tail in tails | set(parts):
            ends = range(SHORTEST, min(len(tail), LONGEST_BEGINNING) + 1)
            found |= {tail[:end] for end in ends}
            if len(tail) < SHORTEST and _has_figures(tail):
                found.add(tail)
    return found


def _has_figures(piece: str) -> bool:
    return any(letter.isdigit() for letter in piece)
