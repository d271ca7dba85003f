"""Numbers written in words, Russian and English, read back into figures."""

import re
from typing import Final

from zabota.common.language.english import SCALES as ENGLISH_SCALES
from zabota.common.language.english import TENS, UNITS
from zabota.common.language.numerals import ONE, SCALES, SMALL, TWO, ZERO


def _yo(word: str) -> str:
    return word.replace("ё", "е")


VALUES: Final[dict[str, int]] = {
    **{_yo(form): 0 for form in ZERO},
    **{_yo(form): 1 for forms in ONE.values() for form in forms},
    **{_yo(form): 2 for forms in TWO.values() for form in forms},
    **{_yo(form): value for value, forms in SMALL.items() for form in forms},
    "одною": 1,
    **{word: value for value, word in enumerate(UNITS)},
    **{word: value * 10 for value, word in TENS.items()},
}
SCALE_VALUES: Final[dict[str, int]] = {
    **{
        _yo(form): value
        for value, (_, forms) in SCALES.items()
        for number in forms
        for form in number
    },
    **{word: value for value, word in ENGLISH_SCALES.items()},
    "тысячью": 1000,
    "hundred": 100,
}
SKIPPED: Final = frozenset({"and", "и"})


def read_number(words: str) -> int | None:
    """«Две тысячи» -> 2000, "one hundred and five" -> 105; None where any word is no numeral."""
    found = [word for word in re.findall(r"[^\W\d_]+", _yo(words.lower())) if word not in SKIPPED]
    if not found:
        return None
    negative = found[0] in ("минус", "minus")
    total = group = 0
    for word in found[1:] if negative else found:
        if word in VALUES:
            group += VALUES[word]
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in SCALE_VALUES:
            total += (group or 1) * SCALE_VALUES[word]
            group = 0
        else:
            return None
    return -(total + group) if negative else total + group


def is_numeral(word: str) -> bool:
    """Whether a word is a part of a number in words."""
    known = _yo(word.lower())
    return known in VALUES or known in SCALE_VALUES
