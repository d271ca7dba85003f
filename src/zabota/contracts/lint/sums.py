"""Sums and counts in figures against the same in words."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from zabota.common.language import is_numeral, read_number
from zabota.contracts.lint.finding import Finding
from zabota.contracts.lint.lines import Line, Reading

SPACE: Final = r"[ \u00a0\u202f\u2009]"
FIGURES: Final = rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?:[.,]\d{{1,4}})?|\d[\d.,]*\d|\d"
UNIT: Final = (
    r"%|₽|€|\$|руб\w*\.?|р\.|RUB|USD|EUR|CNY|KZT|per cent|percent|процент\w*"
    r"|долл(?:ар\w*|\.)(?: США)?|евро|юан\w*|тенге|[a-zа-яё]+ [a-zа-яё]+|[a-zа-яё]+"
)
IN_WORDS: Final = re.compile(
    rf"(?<![\w.,])(?P<figures>{FIGURES}){SPACE}*(?:{UNIT})?{SPACE}*"
    rf"(?:(?P<part>\d{{2}}){SPACE}*(?:коп|цент|cent)\w*\.?{SPACE}*)?\((?P<words>[^()]{{2,250}})\)",
    re.I,
)
WORDS_FIRST: Final = re.compile(
    rf"\b(?P<words>[a-zа-яё][a-zа-яё \-]{{1,200}}?){SPACE}\((?P<figures>{FIGURES})\)", re.I
)
HUNDREDTHS: Final = re.compile(
    r"^[^\d.;]{0,40}?(?<!\d)(\d{2})\s*(?:коп|цент|cent|kopeck|фэн|тиын)", re.I
)
SHARES: Final = (("десят", 1), ("сот", 2), ("тысячн", 3), ("tenth", 1), ("hundredth", 2))


def check_sums(reading: Reading) -> Iterator[Finding]:
    """«2 000 (Три тысячи) рублей», «5 (шести) дней», «1 000,50 (Одна тысяча) рублей 00 копеек»."""
    for line in reading.lines:
        for match in IN_WORDS.finditer(line.text):
            yield from _compare(line, match, hundredths=True)
        for match in WORDS_FIRST.finditer(line.text):
            words = match["words"].split()
            run = len(words)
            while run and all(is_numeral(p) for p in re.split("-", words[run - 1])):
                run -= 1
            if run < len(words):
                yield from _against(line, match, " ".join(words[run:]))


def _compare(line: Line, match: re.Match[str], *, hundredths: bool) -> Iterator[Finding]:
    found = list(_against(line, match, match["words"]))
    yield from found
    figures = number_of(match["figures"])
    if found or figures is None or not hundredths:
        return
    tail = HUNDREDTHS.match(match["words"] + line.text[match.end() :][:60]) or HUNDREDTHS.match(
        line.text[match.end() :][:60]
    )
    found_part = re.search(r"[.,](\d{2})$", match["figures"])
    part = match["part"] or (found_part[1] if found_part else "")
    if tail and part and tail[1] != part:
        yield Finding(
            "hundredths_differ",
            line.clause,
            line.number,
            line.around(match.start(), match.end() + tail.end()),
            {"figures": part, "words": tail[1]},
            fields=line.fields_in(match.start(), match.end() + tail.end()),
        )


def _against(line: Line, match: re.Match[str], words: str) -> Iterator[Finding]:
    figures, said = number_of(match["figures"]), spoken(words)
    if figures is None or said is None:
        return
    if said == figures or (said == int(figures) and "цел" not in words.lower()):
        return
    yield Finding(
        "sum_differs",
        line.clause,
        line.number,
        line.around(match.start(), match.end()),
        {"figures": match["figures"].strip(), "words": words.strip()},
        fields=line.fields_in(match.start(), match.end()),
    )


def number_of(figures: str) -> Decimal | None:
    """«1 250 000,50» or "1,250,000.50" as a number; None where it may be a date or a version."""
    text = re.sub(SPACE, "", figures).rstrip(".,")
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(\.\d{3}){2,}(,\d+)?", text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    if text.count(".") > 1:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def spoken(words: str) -> Decimal | None:
    """The number that words begin with, fractions included; None where they begin with none."""
    found = re.findall(r"[^\W\d_]+", words.lower())
    if found and found[0] in ("минус", "minus"):
        found = found[1:]
    if found[:1] in (["полтора"], ["полутора"]):
        return Decimal("1.5")
    run: list[str] = []
    groups: list[tuple[list[str], str]] = []
    for word in found:
        if word.startswith("цел") or any(word.startswith(share) for share, _ in SHARES):
            if is_numeral(word):
                run.append(word)
                continue
            groups.append((run, word))
            run = []
        elif is_numeral(word) or (run and word in ("and", "и")):
            run.append(word)
        else:
            break
    if not groups:
        value = read_number(" ".join(run)) if run else None
        return None if value is None else Decimal(value)
    total = Decimal(0)
    for numerals, word in groups:
        value = read_number(" ".join(numerals)) if numerals else None
        if value is None:
            return None
        digits = next((d for share, d in SHARES if word.startswith(share)), 0)
        total += Decimal(value) / (10**digits)
    return total
