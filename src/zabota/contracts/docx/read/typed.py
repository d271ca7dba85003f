"""Numbers typed as text at the start of a paragraph: «4.1.», «а)», «(i)», «Статья 5.», «II.».

Here they are only recognised; `clauses.py` decides whether one goes on a count or begins it.
"""

import re
from dataclasses import dataclass
from typing import Final

from zabota.contracts.text.numbering import LATIN, RUSSIAN, formatted
from zabota.contracts.text.tree import Break, NumberFormat, Run, Text

GAP: Final = r"(?P<gap>[\s\u00a0]+|$|(?=[^\W\d_]|[«\"“„\[{]))"
DECIMAL: Final = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,5})(?P<end>[.)]|)" + GAP)
PAREN: Final = re.compile(r"\((?P<number>\d{1,2})\)" + GAP)
LETTER: Final = re.compile(r"(?P<open>\(?)(?P<number>[a-zA-Zа-яА-Я])\)" + GAP)
ROMAN: Final = re.compile(r"(?P<open>\(?)(?P<number>[ivxlc]{1,6}|[IVXLC]{1,6})(?P<end>[.)])" + GAP)
WORD: Final = re.compile(
    r"(?P<word>стать[яи]|раздел|глава|article|section|chapter|§)[\s\u00a0]*"
    r"(?P<number>\d{1,3}|[IVXLC]{1,6})(?P<end>[.:]?)(?P<gap>[\s\u00a0]+|$)",
    re.IGNORECASE,
)
LETTERED: Final[dict[str, NumberFormat]] = {
    RUSSIAN: "russianLower", RUSSIAN.upper(): "russianUpper", LATIN: "lowerLetter",
    LATIN.upper(): "upperLetter",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """A number at the start of a paragraph: its kind, its values by depth, and how it is written.

    `before` and `after` stand around the number; `taken` is how many characters it takes with the
    space around it, a tab counting as one.
    """

    kind: str
    values: tuple[int, ...]
    form: NumberFormat
    before: str
    after: str
    shown: str
    taken: int


def typed_numbers(runs: tuple[Run, ...]) -> list[Typed]:
    """Recognise the number a paragraph begins with; «i)» may be a letter or a Roman number."""
    words = _opening(runs)
    lead = len(words) - len(words.lstrip())
    words = words[lead:]
    found = [_decimal(words), _paren(words), _roman(words), _letter(words), _worded(words)]
    return [
        Typed(t.kind, t.values, t.form, t.before, t.after, t.shown, t.taken + lead)
        for t in found
        if t is not None
    ]


def without_number(runs: tuple[Run, ...], taken: int) -> tuple[Run, ...]:
    """Cut the typed number and the space around it off a paragraph."""
    rest: list[Run] = []
    for run in runs:
        if taken and isinstance(run, Text):
            piece = run.text[taken:]
            taken = max(taken - len(run.text), 0)
            if piece:
                rest.append(Text(piece, run.marks))
        elif taken and isinstance(run, Break):
            taken -= 1
        else:
            rest.append(run)
    return tuple(rest)


def _opening(runs: tuple[Run, ...]) -> str:
    said = ""
    for run in runs:
        if isinstance(run, Text):
            said += run.text
        elif run == Break("tab"):
            said += "\t"
        elif not said.strip():
            return ""
        else:
            # A number may stand right before a field: «4.1. {{ price }}».
            return said + ("{" if not isinstance(run, Break) else " ")
    return said


def _decimal(words: str) -> Typed | None:
    match = DECIMAL.match(words)
    if match is None:
        return None
    values = tuple(map(int, match["number"].split(".")))
    canonical = ".".join(map(str, values)) == match["number"]
    alone = len(values) == 1 and not match["end"]
    glued = match["gap"] == "" and match.end() < len(words) and not match["end"]
    if not canonical or 0 in values or alone or glued or (len(values) > 1 and match["end"] == ")"):
        return None
    kind = "paren" if match["end"] == ")" else "decimal"
    shown = match["number"] + match["end"]
    return Typed(kind, values, "decimal", "", match["end"], shown, match.end())


def _paren(words: str) -> Typed | None:
    match = PAREN.match(words)
    if match is None or match["number"].startswith("0"):
        return None
    shown = f"({match['number']})"
    return Typed("(paren)", (int(match["number"]),), "decimal", "(", ")", shown, match.end())


def _letter(words: str) -> Typed | None:
    match = LETTER.match(words)
    if match is None:
        return None
    for alphabet, form in LETTERED.items():
        if match["number"] in alphabet:
            value = alphabet.index(match["number"]) + 1
            shown = f"{match['open']}{match['number']})"
            kind = f"{match['open']}{form}"
            return Typed(kind, (value,), form, match["open"], ")", shown, match.end())
    return None


def _roman(words: str) -> Typed | None:
    match = ROMAN.match(words)
    if match is None or (match["open"] and match["end"] == "."):
        return None
    form: NumberFormat = "lowerRoman" if match["number"].islower() else "upperRoman"
    value = _roman_value(match["number"], form)
    # «i.» or «c.» in small letters is rather a word than a number; «i)» and «(i)» are numbers.
    if not value or (form == "lowerRoman" and match["end"] == "."):
        return None
    shown = f"{match['open']}{match['number']}{match['end']}"
    kind = f"{match['open']}{form}{match['end']}"
    return Typed(kind, (value,), form, match["open"], match["end"], shown, match.end())


def _worded(words: str) -> Typed | None:
    match = WORD.match(words)
    if match is None or (not match["word"][:1].isupper() and match["word"] != "§"):
        return None
    number = match["number"]
    form: NumberFormat = "decimal" if number.isdecimal() else "upperRoman"
    value = int(number) if number.isdecimal() else _roman_value(number, form)
    if not value:
        return None
    before = match[0][: match.start("number")]
    shown = f"{before}{number}{match['end']}"
    return Typed(match["word"].lower(), (value,), form, before, match["end"], shown, match.end())


def _roman_value(number: str, form: NumberFormat) -> int:
    return next((n for n in range(1, 100) if formatted(n, form) == number), 0)
