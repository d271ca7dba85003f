"""Whole numbers in Russian words, in any gender and case, and back.

Source: Русская грамматика (1980), §§ 1366–1380. Numbers below 10^18.
"""

from typing import Final

from zabota.common.language.said import CASES, Case, Gender

type Forms = tuple[str, str, str, str, str, str]


def _soft(stem: str) -> Forms:
    return (f"{stem}ь", f"{stem}и", f"{stem}и", f"{stem}ь", f"{stem}ью", f"{stem}и")


def _tens(first: str, oblique: str, instrumental: str) -> Forms:
    low = f"{oblique}десяти"
    return (f"{first}десят", low, low, f"{first}десят", f"{instrumental}десятью", low)


def _hundreds(nom: str, gen: str, dat: str, ins: str, loc: str) -> Forms:
    return (nom, f"{gen}сот", f"{dat}стам", nom, f"{ins}стами", f"{loc}стах")


ZERO: Final[Forms] = ("ноль", "нуля", "нулю", "ноль", "нулём", "нуле")
ONE: Final[dict[Gender, Forms]] = {
    "m": ("один", "одного", "одному", "один", "одним", "одном"),
    "f": ("одна", "одной", "одной", "одну", "одной", "одной"),
    "n": ("одно", "одного", "одному", "одно", "одним", "одном"),
}
TWO: Final[dict[Gender, Forms]] = {
    "m": ("два", "двух", "двум", "два", "двумя", "двух"),
    "f": ("две", "двух", "двум", "две", "двумя", "двух"),
    "n": ("два", "двух", "двум", "два", "двумя", "двух"),
}
SMALL: Final[dict[int, Forms]] = {
    3: ("три", "трёх", "трём", "три", "тремя", "трёх"),
    4: ("четыре", "четырёх", "четырём", "четыре", "четырьмя", "четырёх"),
    8: ("восемь", "восьми", "восьми", "восемь", "восемью", "восьми"),
    40: ("сорок", "сорока", "сорока", "сорок", "сорока", "сорока"),
    90: ("девяносто", "девяноста", "девяноста", "девяносто", "девяноста", "девяноста"),
    100: ("сто", "ста", "ста", "сто", "ста", "ста"),
    200: _hundreds("двести", "двух", "двум", "двумя", "двух"),
    300: _hundreds("триста", "трёх", "трём", "тремя", "трёх"),
    400: _hundreds("четыреста", "четырёх", "четырём", "четырьмя", "четырёх"),
    800: _hundreds("восемьсот", "восьми", "восьми", "восемью", "восьми"),
    80: _tens("восемь", "восьми", "восемью"),
    **{value: _soft(stem) for value, stem in ((5, "пят"), (6, "шест"), (7, "сем"), (9, "девят"))},
    10: _soft("десят"),
    20: _soft("двадцат"),
    30: _soft("тридцат"),
    **{
        11 + place: _soft(f"{stem}надцат")
        for place, stem in enumerate(
            ("один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят")
        )
    },
    **{
        value * 10: _tens(f"{stem}ь", f"{stem}и", f"{stem}ью")
        for value, stem in ((5, "пят"), (6, "шест"), (7, "сем"))
    },
    **{
        value * 100: _hundreds(f"{stem}ьсот", f"{stem}и", f"{stem}и", f"{stem}ью", f"{stem}и")
        for value, stem in ((5, "пят"), (6, "шест"), (7, "сем"), (9, "девят"))
    },
}


def noun_forms(stem: str, singular: str, plural: str) -> tuple[Forms, Forms]:
    """Forms of a noun by its endings: `noun_forms("миллион", " а у  ом е", "ы ов ам ы ами ах")`."""
    ones = [stem + ending.strip("_") for ending in singular.split()]
    many = [stem + ending.strip("_") for ending in plural.split()]
    return (
        (ones[0], ones[1], ones[2], ones[3], ones[4], ones[5]),
        (many[0], many[1], many[2], many[3], many[4], many[5]),
    )


def _lion(stem: str) -> tuple[Forms, Forms]:
    return noun_forms(stem, "_ а у _ ом е", "ы ов ам ы ами ах")


THOUSAND: Final = noun_forms("тысяч", "а и е у ей е", "и _ ам и ами ах")
SCALES: Final[dict[int, tuple[Gender, tuple[Forms, Forms]]]] = {
    10**15: ("m", _lion("квадриллион")),
    10**12: ("m", _lion("триллион")),
    10**9: ("m", _lion("миллиард")),
    10**6: ("m", _lion("миллион")),
    10**3: ("f", THOUSAND),
}


def cardinal(number: int, gender: Gender = "m", case: Case = "nom") -> str:
    """A whole number in words: 2000 -> «две тысячи»; of negative ones «минус …»."""
    if number < 0:
        return f"минус {cardinal(-number, gender, case)}"
    if number >= 10**18:
        raise ValueError(number)
    at = CASES.index(case)
    if number == 0:
        return ZERO[at]
    words: list[str] = []
    for scale, (of, forms) in SCALES.items():
        count, number = divmod(number, scale)
        if count:
            words += [*_below_thousand(count, of, at), agreed(count, forms, case)]
    return " ".join([*words, *_below_thousand(number, gender, at)])


def agreed(number: int, forms: tuple[Forms, Forms], case: Case = "nom") -> str:
    """A noun as it stands after a number: «1 рубль», «2 рубля», «5 рублей», «к 5 рублям»."""
    one, many = forms
    at, last = CASES.index(case), abs(number) % 100
    if number == 0 or number % 1000 == 0:
        return many[1]
    if last % 10 == 1 and last != 11:
        return one[at]
    if case not in ("nom", "acc"):
        return many[at]
    return one[1] if last % 10 in (2, 3, 4) and last not in (12, 13, 14) else many[1]


def _below_thousand(number: int, gender: Gender, at: int) -> list[str]:
    words = []
    for value in (number // 100 * 100, number % 100):
        if value in (0, 1, 2):
            words += [] if not value else [_unit(value, gender, at)]
        elif value in SMALL:
            words.append(SMALL[value][at])
        else:
            words += [SMALL[value // 10 * 10][at], _unit(value % 10, gender, at)]
    return words


def _unit(value: int, gender: Gender, at: int) -> str:
    if value in (1, 2):
        return (ONE if value == 1 else TWO)[gender][at]
    return SMALL[value][at]
