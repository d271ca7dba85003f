"""Whose a mention may be: what speaks for a client, and how sure it is, in words.

Each sign has the chance that a client alike in it alone is the author, in per cent; several are put
together as independent. Time and place alone say nothing: they only speak for whoever is named.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import phonenumbers
from rapidfuzz.fuzz import ratio

from zabota.clients.sameness import core_of, digits_of

WEIGHTS: Final = {
    "phone": 90, "email": 90, "order": 85, "account": 85, "name": 40, "like": 30, "first": 15,
    "company": 45, "time": 25, "place": 30,
}  # fmt: skip
# Of themselves these say nothing of who wrote.
BESIDE: Final = ("time", "place")
LEAST_RATIO: Final = 90
OFFERED: Final = 30
ALMOST: Final = 85
LIKELY: Final = 60
# So many days after buying or asking people still write of it.
NEAR: Final = 30
SHORTEST_COMPANY: Final = 5
# So many digits are a number by themselves.
LONG_NUMBER: Final = 7
_CALLED = re.compile(
    r"(№|#|\bno\.?|номер\w*|заказ\w*|договор\w*|сч[её]т\w*|обращени\w*|order|invoice|contract"
    r"|request|number)\W*$",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<![\w.])(?:[A-Za-zА-Яа-яЁё]{1,4}[-/])?\d[\d/-]{2,20}(?![\w])")


@dataclass(frozen=True)
class Said:
    """What of a mention tells who wrote."""

    text: str
    author: str = ""
    author_link: str = ""
    day: date | None = None
    place: str = ""


@dataclass(frozen=True)
class Known:
    """What is known of a client that may have written; `days` are when they bought or asked,
    `numbers` of their orders and requests stand in the text.
    """

    names: frozenset[str] = frozenset()
    company: str = ""
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()
    places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Guess:
    """How sure it is, in per cent, and by what."""

    sure: int
    why: tuple[str, ...]

    @property
    def word(self) -> str:
        """How sure it is, in a word: `almost`, `likely` or `perhaps`."""
        return "almost" if self.sure >= ALMOST else "likely" if self.sure >= LIKELY else "perhaps"


def phones_in(text: str, region: str) -> set[str]:
    """Numbers one may call that stand in the words, digits only."""
    found = phonenumbers.PhoneNumberMatcher(text[:20_000], region, max_tries=50)
    return {digits for one in found if (digits := digits_of(one.raw_string, region))}


def emails_in(text: str) -> set[str]:
    """Addresses that stand in the words."""
    return {one.lower() for one in _EMAIL.findall(text)[:50]}


def numbers_in(text: str) -> list[str]:
    """What may be the number of an order, a contract or a request. A few digits are a year or a
    sum, unless a word before them says that they are a number.
    """
    found = []
    for one in _NUMBER.finditer(text[:20_000]):
        number = one[0].strip("-/").upper()
        plain = number.isdecimal() and len(number) < LONG_NUMBER
        if not plain or _CALLED.search(text[max(0, one.start() - 20) : one.start()]):
            found.append(number)
    return list(dict.fromkeys(found))[:20]


def guess(said: Said, known: Known, region: str) -> Guess:
    """How sure it is that this client wrote it; nothing is said of whoever only was there."""
    why = list(_signs(said, known, region))
    if not set(why) - set(BESIDE):
        return Guess(0, ())
    chance = 1.0
    for sign in why:
        chance *= 1 - WEIGHTS[sign] / 100
    return Guess(round((1 - chance) * 100), tuple(why))


def _signs(said: Said, known: Known, region: str) -> Iterable[str]:
    text = f"{said.text}\n{said.author}"
    if phones_in(text, region) & known.phones:
        yield "phone"
    if emails_in(text) & known.emails:
        yield "email"
    if known.numbers:
        yield "order"
    handle = said.author_link.rstrip("/").rpartition("/")[2].lstrip("@").lower()
    if handle and handle in known.accounts:
        yield "account"
    name = _names_alike(said.author, known.names)
    if name:
        yield name
    if _tells_company(said.text, known.company):
        yield "company"
    if said.day and any(0 <= (said.day - one).days <= NEAR for one in known.days):
        yield "time"
    if _is_told(said.place, known.places, said.text):
        yield "place"


def _names_alike(author: str, names: Iterable[str]) -> str:
    """`name` for the same, `like` for nearly, `first` for «Ольга К.»; of several the best."""
    mine = core_of(author).split()
    best = ""
    for name in names:
        theirs = core_of(name).split()
        if len(mine) < 2 or not theirs:
            continue
        if set(mine) <= set(theirs) or set(theirs) <= set(mine):
            return "name" if min(len(mine), len(theirs)) > 1 else best
        if ratio(" ".join(mine), " ".join(theirs)) >= LEAST_RATIO:
            best = "like"
        elif not best and _shortened(mine, theirs):
            best = "first"
    return best


def _shortened(mine: list[str], theirs: list[str]) -> bool:
    """One name whole, the other by its first letter."""
    whole = [word for word in mine if len(word) > 2 and word in theirs]
    letters = [word for word in mine if len(word) == 1]
    rest = [word for word in theirs if word not in whole]
    return bool(whole) and any(word.startswith(letter) for letter in letters for word in rest)


def _tells_company(text: str, company: str) -> bool:
    core = core_of(company)
    if len(core.replace(" ", "")) < SHORTEST_COMPANY:
        return False
    return f" {core} " in f" {' '.join(_in_row(text))} "


def _in_row(text: str) -> list[str]:
    """The words of a text as names are compared, in the order they stand in."""
    return [word for one in text[:20_000].split() for word in core_of(one).split()]


def _is_told(place: str, places: Iterable[str], text: str) -> bool:
    told = " ".join(_in_row(f"{place} {text}"))
    cores = [" ".join(_in_row(one)) for one in places]
    return any(len(core) >= SHORTEST_COMPANY and core in told for core in cores)
