"""Numbers of the parties: their check digits, and whether they are those of the cards."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from zabota.contracts.lint.finding import Finding
from zabota.contracts.lint.lines import Line, Reading
from zabota.contracts.text.fields import FieldProblem
from zabota.contracts.text.fields.requisites import (
    clean_account,
    clean_bik,
    clean_inn,
    clean_kpp,
    clean_ogrn,
)

DIGITS: Final = r"(?P<digits>\d[\d \u00a0]{6,26}\d)"
# «ИНН Покупателя: 7729567898»: a word may say whose it is.
GAP: Final = r"(?:\s+[^\W\d_]+)?(?:\s*(?:№|:|—|–|-|no\.?)\s*|\s+)"
# «ИНН/КПП 7701234567/770101001» says two numbers after two names.
PAIR: Final = r"(?:ИНН\s*/\s*КПП|INN\s*/\s*KPP)"
PATTERNS: Final = {
    "inn": re.compile(rf"\b(?:{PAIR}|ИНН|INN|TIN){GAP}(?P<digits>\d{{8,13}})(?!\d)", re.I),
    "kpp": re.compile(
        rf"(?:\b{PAIR}{GAP}\d+\s*/\s*|(?<!ИНН/)(?<!ИНН /)(?<!ИНН / )(?<!INN/)(?<!INN / )"
        rf"\b(?:КПП|KPP){GAP})(?P<digits>\d[\dA-Z]{{6,10}})\b",
        re.I,
    ),
    "ogrn": re.compile(
        rf"\b(?:ОГРН(?:ИП)?|OGRN(?:IP)?|PSRN){GAP}(?P<digits>\d{{11,17}})(?!\d)", re.I
    ),
    "bik": re.compile(rf"\b(?:БИК|BIK|BIC){GAP}(?P<digits>\d{{7,11}})(?!\d)", re.I),
    "corr_account": re.compile(
        rf"(?:\bк/с|\bк/сч|кор(?:р?\.?|респондентск\w+)\s*сч[её]т\w*|correspondent account)"
        rf"{GAP}{DIGITS}",
        re.I,
    ),
    "account": re.compile(
        rf"(?:\bр/с|\bр/сч|расч[её]тн\w+\s+сч[её]т\w*|settlement account|current account)"
        rf"{GAP}{DIGITS}",
        re.I,
    ),
    # A bare «счёт» may be an invoice: it is a bank account where its length says so.
    "bare_corr_account": re.compile(
        rf"\b(?:сч[её]т\w*|account){GAP}(?P<digits>301\d{{15,19}})(?!\d)", re.I
    ),
    "bare_account": re.compile(
        rf"\b(?:сч[её]т\w*|account){GAP}(?P<digits>4\d{{17,21}})(?!\d)", re.I
    ),
}
CLEAN: Final[dict[str, Callable[[str], str]]] = {
    "inn": clean_inn, "kpp": clean_kpp, "ogrn": clean_ogrn, "bik": clean_bik,
    "account": clean_account, "corr_account": clean_account,
}  # fmt: skip
KEYED: Final = ("account", "corr_account")


def check_requisites(reading: Reading) -> Iterator[Finding]:
    """An INN that cannot be, an account that does not go with its BIK, a KPP not of the card."""
    for index, line in enumerate(reading.lines):
        taken: set[int] = set()
        for name, pattern in PATTERNS.items():
            for match in pattern.finditer(line.text):
                if match.start("digits") in taken:
                    continue
                taken.add(match.start("digits"))
                yield from _one(reading, index, line, name.removeprefix("bare_"), match)


def _one(
    reading: Reading, index: int, line: Line, name: str, match: re.Match[str]
) -> Iterator[Finding]:
    digits = re.sub(r"\s", "", match["digits"])
    start, end = match.span("digits")
    party = next((f[2].partition(".")[0] for f in line.fields if f[0] <= start < f[1]), "")
    told = {"what": name, "digits": digits, "party": party}
    words = line.around(match.start(), end)
    code = _trouble(name, digits, _bik_near(reading, index, start, name))
    if code:
        yield Finding(
            "requisite_wrong", line.clause, line.number, words, told | {"why": code},
            ours=party == "firm",
        )  # fmt: skip
        return
    cards = {
        side: re.sub(r"\s", "", card.get(name, ""))
        for side, card in reading.cards.items()
        if card.get(name)
    }
    if party or not cards or digits in cards.values() or _is_third(line, start):
        return
    near = min(cards, key=lambda side: _distance(cards[side], digits))
    yield Finding(
        "requisite_differs", line.clause, line.number, words,
        told | {"party": near, "card": cards[near]}, ours=near == "firm",
    )  # fmt: skip


def _trouble(name: str, digits: str, bik: str) -> str:
    try:
        if name in KEYED:
            clean_account(digits, bik, corr=name == "corr_account")
        else:
            CLEAN[name](digits)
    except FieldProblem as problem:
        return problem.code
    return ""


def _bik_near(reading: Reading, index: int, start: int, name: str) -> str:
    """The BIK that stands in the same line or in the few about it, nearest first."""
    if name not in KEYED:
        return ""
    own = list(PATTERNS["bik"].finditer(reading.lines[index].text))
    if own:
        return min(own, key=lambda found: abs(found.start() - start))["digits"]
    for step in (1, -1, 2, -2, 3, -3):
        at = index + step
        if 0 <= at < len(reading.lines) and reading.lines[at].clause == reading.lines[index].clause:
            found = PATTERNS["bik"].search(reading.lines[at].text)
            if found:
                return found["digits"]
    return ""


def _is_third(line: Line, start: int) -> bool:
    """A bank's or an operator's own number is nobody's card."""
    return (
        bool(
            re.search(
                r"(?:банк|оператор|bank|operator)\w*[^.;,]{0,40}$", line.text[:start][-70:], re.I
            )
        )
        and not re.search(r"БИК", line.text[:start][-12:], re.I)
        and not re.search(r"сч[её]т|р/с|к/с|account", line.text[:start][-30:], re.I)
    )


def _distance(one: str, other: str) -> int:
    return abs(len(one) - len(other)) + sum(a != b for a, b in zip(one, other, strict=False))
