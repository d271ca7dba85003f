"""Sums as contracts write them: «2 000 (Две тысячи) рублей 00 копеек»."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from zabota.common.language.english import english_cardinal
from zabota.common.language.numerals import Forms, agreed, cardinal, noun_forms
from zabota.common.language.said import Case

Language = Literal["ru", "en"]
NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"


@dataclass(frozen=True, slots=True)
class Money:
    """How a currency is called: its units and their hundredths, in both languages."""

    unit: tuple[Forms, Forms]
    part: tuple[Forms, Forms]
    english: tuple[str, str]
    english_part: tuple[str, str]
    tail: str = ""


def _same(word: str) -> tuple[Forms, Forms]:
    return (word,) * 6, (word,) * 6


HARD: Final = ("_ а у _ ом е", "ы ов ам ы ами ах")
CURRENCIES: Final[dict[str, Money]] = {
    "RUB": Money(
        noun_forms("рубл", "ь я ю ь ём е", "и ей ям и ями ях"),
        noun_forms("копе", "йка йки йке йку йкой йке", "йки ек йкам йки йками йках"),
        ("Russian rouble", "Russian roubles"),
        ("kopeck", "kopecks"),
    ),
    "USD": Money(
        noun_forms("доллар", *HARD),
        noun_forms("цент", *HARD),
        ("US dollar", "US dollars"),
        ("cent", "cents"),
        f"{NBSP}США",
    ),
    "EUR": Money(
        _same("евро"), noun_forms("евроцент", *HARD), ("euro", "euros"), ("cent", "cents")
    ),
    "CNY": Money(
        noun_forms("юан", "ь я ю ь ем е", "и ей ям и ями ях"),
        noun_forms("фэн", "ь я ю ь ем е", "и ей ям и ями ях"),
        ("Chinese yuan", "Chinese yuan"),
        ("fen", "fen"),
    ),
    "KZT": Money(_same("тенге"), noun_forms("тиын", *HARD), ("tenge", "tenge"), ("tiyn", "tiyn")),
    "AED": Money(
        noun_forms("дирхам", *HARD),
        noun_forms("филс", *HARD),
        ("UAE dirham", "UAE dirhams"),
        ("fils", "fils"),
        f"{NBSP}ОАЭ",
    ),
    "BYN": Money(
        noun_forms("рубл", "ь я ю ь ём е", "и ей ям и ями ях"),
        noun_forms("копе", "йка йки йке йку йкой йке", "йки ек йкам йки йками йках"),
        ("Belarusian rouble", "Belarusian roubles"),
        ("kopeck", "kopecks"),
        f"{NBSP}Республики{NBSP}Беларусь",
    ),
}


def sum_words(
    amount: Decimal, currency: str = "RUB", language: Language = "ru", case: Case = "nom"
) -> str:
    """A sum in figures and words: «2 000 (Две тысячи) рублей 00 копеек», "USD 5.00 (five US dollars
    and 00 cents)". Below 10^15; hundredths are rounded half up; ValueError and KeyError otherwise.
    """
    exact = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if abs(exact) > 10**15:
        raise ValueError(amount)
    named = CURRENCIES[currency]
    whole, part = divmod(int(abs(exact) * 100), 100)
    minus = MINUS if exact < 0 else ""
    if language == "en":
        words = english_cardinal(-whole if minus and whole else whole)
        words = f"minus {words}" if minus and not whole else words
        unit = named.english[whole != 1]
        parts = named.english_part[part != 1]
        figures = f"{minus}{whole:,}.{part:02}"
        return f"{currency}{NBSP}{figures} ({words} {unit} and {part:02} {parts})"
    words = cardinal(whole, "m", case)
    words = f"минус {words}" if minus else words
    unit = agreed(whole, named.unit, case) + named.tail
    figures = minus + f"{whole:,}".replace(",", NBSP)
    said = f"{words[0].upper()}{words[1:]}"
    return f"{figures} ({said}) {unit} {part:02}{NBSP}{agreed(part, named.part, case)}"
