"""Words that mean more than they say: a client who is about to leave, goes to court or to the
press. Plain Python: texts and lists of phrases in, places in the text out.

A phrase is found in any of its forms and in any order of its words, with a few others between
them: «подать в суд» in «мы в суд на вас подадим». Words of one or two letters do not count.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from zabota.common.language.lemmas import fold, lemmas

BETWEEN: Final = 4
SHORTEST: Final = 3
LONGEST_QUOTE: Final = 240
_WORD: Final = re.compile(r"[^\W_]+")
_ENDS: Final = re.compile(r"[.!?…\n]+")


@dataclass(frozen=True)
class Found:
    """Where a text says it: the sentence, by its first letter and the one after its last."""

    begins: int
    ends: int


def plain(text: str) -> str:
    """As places in it are counted: letters with their marks are one."""
    return unicodedata.normalize("NFC", text)


def phrases_of(words: str) -> list[list[frozenset[str]]]:
    """Phrases between commas and lines, each as the lemmas of its words."""
    found = []
    for phrase in re.split(r"[,;\n]+", plain(words)):
        told = [word for word in _WORD.findall(phrase) if len(word) >= SHORTEST]
        if told:
            found.append([lemmas(fold(word)) for word in told])
    return found


def find(words: str, text: str) -> Found | None:
    """The first sentence that has one of the phrases; nothing where none has."""
    phrases = phrases_of(words)
    if not phrases:
        return None
    whole = plain(text)
    for begins, ends in _sentences(whole):
        tokens = [lemmas(fold(word)) for word in _WORD.findall(whole[begins:ends])]
        if any(_has(phrase, tokens) for phrase in phrases):
            return Found(begins, ends)
    return None


def quote(text: str, found: Found) -> str:
    """The words themselves, in one line, not too long."""
    said = " ".join(plain(text)[found.begins : found.ends].split())
    return said if len(said) <= LONGEST_QUOTE else f"{said[: LONGEST_QUOTE - 1].rstrip()}…"


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    begins = 0
    for mark in _ENDS.finditer(text):
        yield begins, mark.end()
        begins = mark.end()
    yield begins, len(text)


def _has(phrase: list[frozenset[str]], tokens: list[frozenset[str]]) -> bool:
    """Whether all its words stand near each other."""
    reach = len(phrase) + (BETWEEN if len(phrase) > 1 else 0)
    return any(
        any(not word.isdisjoint(token) for word in phrase)
        and _all_in(phrase, tokens[place : place + reach])
        for place, token in enumerate(tokens)
    )


def _all_in(phrase: Iterable[frozenset[str]], tokens: list[frozenset[str]]) -> bool:
    return all(any(not word.isdisjoint(token) for token in tokens) for word in phrase)
