"""Whole numbers and days in English words, as British contracts write them."""

from typing import Final

UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS: Final = {
    2: "twenty", 3: "thirty", 4: "forty", 5: "fifty", 6: "sixty", 7: "seventy", 8: "eighty",
    9: "ninety",
}  # fmt: skip
SCALES: Final = {
    10**15: "quadrillion",
    10**12: "trillion",
    10**9: "billion",
    10**6: "million",
    10**3: "thousand",
}
ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip


def english_cardinal(number: int) -> str:
    """A whole number below 10^18 in words: 2105 -> "two thousand one hundred and five"."""
    if number < 0:
        return f"minus {english_cardinal(-number)}"
    if number >= 10**18:
        raise ValueError(number)
    if number == 0:
        return UNITS[0]
    words: list[str] = []
    for scale, name in SCALES.items():
        count, number = divmod(number, scale)
        if count:
            words += [_below_thousand(count), name]
    if number:
        words += ["and"] if words and number < 100 else []
        words.append(_below_thousand(number))
    return " ".join(words)


def english_ordinal(number: int) -> str:
    """Which one it is: 21 -> "twenty-first"."""
    head, dash, last = english_cardinal(number).rpartition("-")
    if not dash:
        head, dash, last = english_cardinal(number).rpartition(" ")
    plain = f"{last.removesuffix('y')}ieth" if last.endswith("y") else f"{last}th"
    return f"{head}{dash}{ORDINALS.get(last, plain)}"


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{UNITS[hundreds]} hundred"] if hundreds else []
    if rest:
        words += ["and"] if hundreds else []
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    if number < 20:
        return UNITS[number]
    tens, units = divmod(number, 10)
    return f"{TENS[tens]}-{UNITS[units]}" if units else TENS[tens]
