"""What lists of contracts are searched by: folded words, compared alike by both databases."""

import re
from collections.abc import Mapping

from django.db.models import Count, Q

from zabota.contracts.models import SearchWord
from zabota.contracts.stored import StoredText, flat
from zabota.contracts.text.words import blocks_text

LEAST = 3
MOST_WORDS = 8
LONGEST = 200
_TOKEN = re.compile(r"\{\{.*?\}\}|#[0-9a-z-]{8,}")
_WORD = re.compile(r"[^\W_]{3,100}")
# A long word is looked for without its ending: «неустойка» finds «неустойки» and «неустойку».
_ENDING, _LONG = 2, 6


def fold(text: str) -> str:
    """One case, ё as е: how everything searched is written."""
    return text.casefold().replace("ё", "е")


def words_of_text(text: StoredText, values: Mapping[str, str]) -> list[str]:
    """Every different word of a text and of its values, once, in order."""
    found: set[str] = set()
    for clause, _ in flat(text.document):
        found.update(_WORD.findall(_TOKEN.sub(" ", fold(blocks_text(clause.blocks)))))
    for name, value in values.items():
        # The parties' cards are the same in all their contracts: the client is searched by name.
        if "." not in name:
            found.update(_WORD.findall(fold(value)))
    return sorted(found)


def having(query: str) -> Q:
    """Cases in which each word of the query stands: in number, title or client, or in the text."""
    wanted = needles(query)
    if not wanted:
        return Q()
    in_texts = _in_some_text(wanted)
    found = Q()
    for needle in wanted:
        stands = Q(search__contains=needle)
        if needle in in_texts:
            stands |= Q(contract__searched__words__contains=needle)
        found &= stands
    return found


def _in_some_text(wanted: list[str]) -> set[str]:
    """Those of the needles that stand in any text at all; the rest, numbers and names of clients
    mostly, would be looked for in every one in vain.
    """
    named = {f"needle_{place}": needle for place, needle in enumerate(wanted)}
    counted = SearchWord.objects.aggregate(
        **{name: Count("pk", filter=Q(word__contains=needle)) for name, needle in named.items()}
    )
    return {needle for name, needle in named.items() if counted[name]}


def needles(query: str) -> list[str]:
    """What to look for, all of it: each word of the query, long ones without their ending."""
    words = fold(query[:LONGEST]).split()[:MOST_WORDS]
    return [word[:-_ENDING] if word.isalpha() and len(word) >= _LONG else word for word in words]


def is_too_short(query: str) -> bool:
    """Fewer letters than these would find everything."""
    return 0 < len(query.strip()) < LEAST
