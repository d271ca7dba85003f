"""Counts, percents and dates in figures and words: «в течение 5 (пяти) рабочих дней»."""

from datetime import date
from decimal import Decimal
from typing import Final

from zabota.common.language.english import english_cardinal, english_ordinal
from zabota.common.language.numerals import Forms, agreed, cardinal, noun_forms
from zabota.common.language.said import CASES, Case, Gender
from zabota.common.language.sums import MINUS, NBSP, Language

DAY: Final = noun_forms("д", "ень ня ню ень нём не", "ни ней ням ни нями нях")
WORKING: Final = noun_forms("рабоч", "ий его ему ий им ем", "ие их им ие ими их")
CALENDAR: Final = noun_forms("календарн", "ый ого ому ый ым ом", "ые ых ым ые ыми ых")
NOUNS: Final[dict[str, tuple[Gender, tuple[tuple[Forms, Forms], ...]]]] = {
    "day": ("m", (DAY,)),
    "working_day": ("m", (WORKING, DAY)),
    "calendar_day": ("m", (CALENDAR, DAY)),
    "month": ("m", (noun_forms("месяц", "_ а у _ ем е", "ы ев ам ы ами ах"),)),
    "year": ("m", ((("год", "года", "году", "год", "годом", "годе"),
                    ("годы", "лет", "годам", "годы", "годами", "годах")),)),
    "hour": ("m", (noun_forms("час", "_ а у _ ом е", "ы ов ам ы ами ах"),)),
    "copy": ("m", (noun_forms("экземпляр", "_ а у _ ом е", "ы ов ам ы ами ах"),)),
    "percent": ("m", (noun_forms("процент", "_ а у _ ом е", "ы ов ам ы ами ах"),)),
}  # fmt: skip
ENGLISH: Final = {
    "day": ("day", "days"), "working_day": ("working day", "working days"),
    "calendar_day": ("calendar day", "calendar days"), "month": ("month", "months"),
    "year": ("year", "years"), "hour": ("hour", "hours"), "copy": ("copy", "copies"),
    "percent": ("per cent", "per cent"),
}  # fmt: skip
PARTS: Final = {1: "десят", 2: "сот", 3: "тысячн", 4: "десятитысячн", 5: "стотысячн"}
MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
ORDINAL_STEMS: Final = {
    1: "перв", 2: "втор", 4: "четвёрт", 5: "пят", 6: "шест", 7: "седьм", 8: "восьм", 9: "девят",
    10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат", 14: "четырнадцат",
    15: "пятнадцат", 16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат",
    20: "двадцат", 30: "тридцат", 40: "сороков", 50: "пятидесят", 60: "шестидесят",
    70: "семидесят", 80: "восьмидесят", 90: "девяност", 100: "сот", 200: "двухсот",
    300: "трёхсот", 400: "четырёхсот", 500: "пятисот", 600: "шестисот", 700: "семисот",
    800: "восьмисот", 900: "девятисот", 1000: "тысячн", 2000: "двухтысячн",
}  # fmt: skip
NEUTER: Final = ("ое", "ого", "ому", "ое", "ым", "ом")
THIRD: Final = ("третье", "третьего", "третьему", "третье", "третьим", "третьем")


def number_words(
    number: Decimal | int, language: Language = "ru", case: Case = "nom", gender: Gender = "m"
) -> str:
    """A number in figures and words, without what it counts: «5 (пяти)», "5 (five)"."""
    value = Decimal(number)
    return f"{_figures(value, language)} ({_spelt(value, language, case, gender)})"


def count_words(
    number: Decimal | int, noun: str, language: Language = "ru", case: Case = "nom"
) -> str:
    """A count with what it counts: «5 (пяти) рабочих дней», «0,1 (ноль целых одна десятая)
    процента»; `noun` is a key of NOUNS.
    """
    value = Decimal(number)
    if language == "en":
        return f"{number_words(value, 'en')} {ENGLISH[noun][value != 1]}"
    gender, words = NOUNS[noun]
    if value != value.to_integral_value():
        return f"{number_words(value, 'ru', case)} {' '.join(word[0][1] for word in words)}"
    return f"{number_words(value, 'ru', case, gender)} {_noun(int(value), words, case)}"


def date_words(day: date, language: Language = "ru", case: Case = "gen") -> str:
    """A date all in words: «двадцать шестого ноября две тысячи двадцать шестого года»."""
    if language == "en":
        return (
            f"the {english_ordinal(day.day)} day of {ENGLISH_MONTHS[day.month - 1]} "
            f"{english_cardinal(day.year)}"
        )
    return f"{ordinal(day.day, case)} {MONTHS[day.month - 1]} {ordinal(day.year, 'gen')} года"


def ordinal(number: int, case: Case = "nom") -> str:
    """Which one it is, in the neuter (the masculine but for «первое»): 26 -> «двадцать шестого».

    From 1 to 2999: days and years.
    """
    if not 1 <= number < 3000:
        raise ValueError(number)
    last = number % 100 if number % 100 in ORDINAL_STEMS or number % 100 == 3 else number % 10
    if not number % 100:
        last = number % 1000 or number
    at = CASES.index(case)
    said = THIRD[at] if last == 3 else ORDINAL_STEMS[last] + NEUTER[at]
    before = number - last
    return f"{cardinal(before, 'm')} {said}" if before else said


def _noun(number: int, words: tuple[tuple[Forms, Forms], ...], case: Case) -> str:
    """Adjectives stand in the genitive plural after two, three, four: «2 рабочих дня»."""
    *adjectives, noun = words
    last = abs(number) % 100
    few = case in ("nom", "acc") and last % 10 in (2, 3, 4) and last not in (12, 13, 14)
    said = [forms[1][1] if few else agreed(number, forms, case) for forms in adjectives]
    return " ".join([*said, agreed(number, noun, case)])


def _figures(value: Decimal, language: Language) -> str:
    written = f"{abs(value):,f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    if language == "ru":
        written = written.replace(",", NBSP).replace(".", ",")
    return (MINUS if value < 0 else "") + written


def _spelt(value: Decimal, language: Language, case: Case, gender: Gender) -> str:
    minus = "" if value >= 0 else "minus " if language == "en" else "минус "
    whole, _, part = f"{abs(value):f}".partition(".")
    part = part.rstrip("0")
    if language == "en":
        spoken = english_cardinal(int(whole))
        digits = " ".join(english_cardinal(int(digit)) for digit in part)
        return f"{minus}{spoken} point {digits}" if part else minus + spoken
    if not part:
        return minus + cardinal(int(whole), gender, case)
    return f"{minus}{_share(int(whole), 'цел', case)} {_share(int(part), PARTS[len(part)], case)}"


def _share(number: int, stem: str, case: Case) -> str:
    one: Forms = tuple(stem + e for e in ("ая", "ой", "ой", "ую", "ой", "ой"))  # type: ignore[assignment]
    many: Forms = tuple(stem + e for e in ("ые", "ых", "ым", "ые", "ыми", "ых"))  # type: ignore[assignment]
    last = abs(number) % 100
    at = CASES.index(case)
    many_at = 1 if case in ("nom", "acc") else at
    noun = one[at] if last % 10 == 1 and last != 11 else many[many_at]
    return f"{cardinal(number, 'f', case)} {noun}"
