"""Which счета a payment is for: by number, sum and payer. Plain Python; it offers, people decide.

Sure is only what names the number of a счёт of this very payer; a sum that happens to fit, or a
payer nobody knows, is a guess that waits for somebody's word.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from zabota.orders.vat import share_out

# Dates and sums of a payment's words are no numbers of papers.
_DATES: Final = re.compile(r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b")
_SUMS: Final = re.compile(r"\b\d[\d\s]*[.,-]\d{2}\b|\b\d+\s*(?:%|руб|р\.)", re.IGNORECASE)
_NDS: Final = re.compile(r"(?:в\s*т\.?\s*ч\.?|в\s+том\s+числе)?\s*НДС.*$", re.IGNORECASE)
_WORDS: Final = re.compile(r"[A-Za-zА-Яа-яЁё]{0,6}[-–/]?\d[\dA-Za-zА-Яа-яЁё/–-]*")


@dataclass(frozen=True)
class Due:
    """A счёт that waits to be paid: whose (the whole client), its number, day, what is left."""

    pk: int
    client: int
    number: str
    day: date
    to_pay: Decimal


@dataclass(frozen=True)
class Laid:
    """So much for this счёт, by what it was found, and whether a person has to say so."""

    pk: int
    sum: Decimal
    why: tuple[str, ...]
    guess: bool


def match_payment(
    money: Decimal, purpose: str, client: int | None, dues: Sequence[Due]
) -> list[Laid]:
    """What a payment is for; nothing where nothing speaks for any."""
    named = [one for one in dues if names_number(purpose, one.number)]
    mine = [one for one in named if client is not None and one.client == client]
    if mine:
        return _by_number(money, mine)
    if client is None:
        fits = [one for one in named if one.to_pay == money]
        if len(fits) == 1:
            return [Laid(fits[0].pk, money, ("number", "sum"), guess=True)]
        return []
    fits = [one for one in dues if one.client == client and one.to_pay == money]
    if len(fits) == 1:
        return [Laid(fits[0].pk, money, ("inn", "sum"), guess=True)]
    return []


def _by_number(money: Decimal, mine: list[Due]) -> list[Laid]:
    """Named счета of this payer; of two with alike numbers the one whose sum fits."""
    alike: dict[str, list[Due]] = {}
    for one in mine:
        alike.setdefault(bare(one.number), []).append(one)
    sure = all(len(some) == 1 for some in alike.values())
    if not sure:
        fits = [one for one in mine if one.to_pay == money]
        if len(fits) == 1:
            return [Laid(fits[0].pk, money, ("number", "inn", "sum"), guess=False)]
        mine = [max(some, key=lambda one: (one.day, one.pk)) for some in alike.values()]
    whole = sum((one.to_pay for one in mine), Decimal(0)) == money
    why = ("number", "inn", "sum") if whole else ("number", "inn")
    ordered = sorted(mine, key=lambda one: (one.day, one.pk))
    laid = share_out(money, ((one.pk, one.to_pay) for one in ordered))
    return [Laid(pk, part, why, guess=not sure) for pk, part in laid]


def names_number(purpose: str, number: str) -> bool:
    """Whether the words of a payment name this number, as people shorten it: «УТ-000123» is «123»
    after «сч», and in full anywhere.
    """
    plain = _SUMS.sub(" ", _DATES.sub(" ", _NDS.sub(" ", purpose)))
    said = _WORDS.findall(plain)
    full = _folded(number)
    if any(_folded(word) == full for word in said):
        return True
    short = bare(number)
    return len(short) >= 2 and any(word.isdecimal() and bare(word) == short for word in said)


def bare(number: str) -> str:
    """The last run of digits without zeros before it."""
    runs: Iterable[str] = re.findall(r"\d+", number)
    return (list(runs) or [""])[-1].lstrip("0")


def _folded(word: str) -> str:
    """Letters that look alike in both alphabets are the same; dashes and zeros say nothing."""
    alike = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
    plain = re.sub(r"[\s/–-]", "", word.upper()).translate(alike)
    return re.sub(r"(?<=[A-ZА-Я])0+(?=\d)", "", plain)
