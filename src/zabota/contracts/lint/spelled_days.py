"""Days written all in words: «первое июля две тысячи двадцать шестого года»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from zabota.common.language import ordinal

SPELLED: Final = re.compile(
    r"\b(?P<day>(?:(?:двадцать|тридцать)\s)?[а-яё]{5,14})\s(?P<month>[а-я]{3,8})\s"
    r"(?P<year>(?:две тысячи|двух ?тысяч|тысяча девятьсот)[а-яё]*(?:\s[а-яё]+){1,2})\sгода?\b",
    re.I,
)
YEARS: Final = range(1950, 2100)


@dataclass(frozen=True, slots=True)
class SpelledDay:
    """A day in words: its place and what it says; the day may be one its month does not have."""

    start: int
    end: int
    day: int
    month: str
    year: int


def spelled_days(text: str) -> Iterator[SpelledDay]:
    """Russian dates in words, of the years a contract may speak of."""
    if "тысяч" not in text.lower():
        return
    for match in SPELLED.finditer(text):
        day, year = _days().get(_plain(match["day"])), _years().get(_plain(match["year"]))
        if day is not None and year is not None:
            yield SpelledDay(match.start(), match.end(), day, match["month"].lower(), year)


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("ё", "е").split())


@lru_cache(maxsize=1)
def _days() -> dict[str, int]:
    return {_plain(ordinal(day, case)): day for day in range(1, 32) for case in ("nom", "gen")}


@lru_cache(maxsize=1)
def _years() -> dict[str, int]:
    return {_plain(ordinal(year, "gen")): year for year in YEARS}
