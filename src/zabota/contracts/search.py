"""What lists of contracts are searched by: folded words, compared alike by both databases."""

import re
from collections.abc import Mapping

from zabota.contracts.stored import StoredText, flat
from zabota.contracts.text.words import blocks_text

LEAST = 3
MOST_WORDS = 8
LONGEST = 200
_TOKEN = re.compile(r"\{\{.*?\}\}|#[0-9a-z-]{8,}")
_WORD = re.compile(r"[^\W_]{3,}")
# A long word is looked for without its ending: «неустойка» finds «неустойки» and «неустойку».
_ENDING, _LONG = 2, 6


def fold(text: str) -> str:
    """One case, ё as е: how everything searched is written."""
    return text.casefold().replace("ё", "е")


def words_of_text(text: StoredText, values: Mapping[str, str]) -> str:
    """Every different word of a text and of its values, once, in one line."""
    found: set[str] = set()
    for clause, _ in flat(text.document):
        found.update(_WORD.findall(_TOKEN.sub(" ", fold(blocks_text(clause.blocks)))))
    for name, value in values.items():
        # The parties' cards are the same in all their contracts: the client is searched by name.
        if "." not in name:
            found.update(_WORD.findall(fold(value)))
    return " ".join(sorted(found))


def needles(query: str) -> list[str]:
    """What to look for, all of it: each word of the query, long ones without their ending."""
    words = fold(query[:LONGEST]).split()[:MOST_WORDS]
    return [word[:-_ENDING] if word.isalpha() and len(word) >= _LONG else word for word in words]


def is_too_short(query: str) -> bool:
    """Fewer letters than these would find everything."""
    return 0 < len(query.strip()) < LEAST
