"""Words of a text by which it is found: every lemma a form may belong to, Russian and English.

A form may belong to several words («устав» is a charter and a participle): all of them are kept, on
both sides of the search, so that any form finds any other. ё is е, case does not matter.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from zabota.common.language.morphology import is_known, parses

SHORTEST: Final = 3
LONGEST: Final = 60
_WORD: Final = re.compile(rf"[^\W_]{{{SHORTEST},}}")
_THOUSANDS: Final = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_LATIN: Final = re.compile(r"[a-z]+")
_CYRILLIC: Final = re.compile(r"[а-я]+")
# Forms that no rule of endings brings together, as far as contracts use them.
_ODD: Final[dict[str, str]] = {
    "paid": "pay", "held": "hold", "sent": "send", "made": "make", "given": "give", "gave": "give",
    "taken": "take", "took": "take", "sold": "sell", "bought": "buy", "brought": "bring",
    "borne": "bear", "bore": "bear", "begun": "begin", "began": "begin", "written": "write",
    "wrote": "write", "lent": "lend", "laid": "lay", "met": "meet", "kept": "keep", "left": "leave",
    "lost": "lose", "said": "say", "found": "find", "arisen": "arise", "arose": "arise",
    "people": "person", "persons": "person", "indices": "index", "analyses": "analysis",
}  # fmt: skip


def fold(text: str) -> str:
    """One case, ё as е, combining marks composed: how everything searched is written."""
    return text.casefold().replace("ё", "е").replace("е\u0308", "е").replace("и\u0306", "й")


def words_in(text: str) -> Iterator[re.Match[str]]:
    """The words of a folded text, with where they stand; marks and signs part them."""
    return _WORD.finditer(text)


def lemmas_in(text: str) -> set[str]:
    """Every lemma of every word of a text."""
    words = {found[0] for found in words_in(in_one(fold(text)))}
    return {lemma for word in words for lemma in lemmas(word)}


def in_one(text: str) -> str:
    """«1 250 000» as one number."""
    return _THOUSANDS.sub("", text)


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> frozenset[str]:
    """Every lemma of a folded word, at most `LONGEST` letters each; a number is its own."""
    if _CYRILLIC.fullmatch(word):
        found = {fold(parse.normal_form) for parse in parses(word)}
    elif _LATIN.fullmatch(word):
        found = _english(word)
    else:
        found = {word}
    return frozenset(lemma[:LONGEST] for lemma in found)


def is_word(word: str) -> bool:
    """Whether a folded word is one the dictionary has; half a word, still being typed, is not."""
    return bool(_CYRILLIC.fullmatch(word)) and is_known(word)


def _english(word: str) -> set[str]:
    """What an English form may come from: `payments` → payment, `delivered` → deliver, delivere.

    Guesses that are no words harm nothing: no text has them but by the same guess.
    """
    found = {word}
    if word in _ODD:
        found.add(_ODD[word])
    if len(word) > 4 and word.endswith("ies"):
        found.add(f"{word[:-3]}y")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        found.add(word[:-1])
        if word.endswith("es"):
            found.add(word[:-2])
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            found |= {stem, f"{stem}e"}
            if stem[-1] == stem[-2]:
                found.add(stem[:-1])
            if stem.endswith("i"):
                found.add(f"{stem[:-1]}y")
    return found
