"""The dictionaries, read when they are first asked: 0.3 s and 15 MB that no start-up pays for."""

from functools import lru_cache
from typing import Any, Final

import pymorphy3

from zabota.common.language.said import Case

GRAMMEMES: Final[dict[Case, str]] = {
    "nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct",
}  # fmt: skip


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=4096)
def parses(word: str) -> tuple[Any, ...]:
    """Every reading of a word, the likeliest first (pymorphy3, OpenCorpora's dictionary)."""
    return tuple(_analyzer().parse(word))


def is_known(word: str) -> bool:
    """Whether the dictionary has the word itself, so that nothing of it is guessed."""
    return bool(_analyzer().word_is_known(word))


def like(model: str, word: str) -> str:
    """`word` with the capitals of `model`: ДИРЕКТОР, Директор, директор."""
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
