"""VAT: the sum against its rate, rates that do not exist, «без НДС» beside a rate."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from zabota.common.language.morphology import parses
from zabota.contracts.lint.finding import Finding
from zabota.contracts.lint.lines import Line, Reading
from zabota.contracts.lint.sums import FIGURES, number_of

NAME: Final = r"(?:НДС|налог\w* на добавленную стоимость|VAT|value added tax)"
RATE: Final = re.compile(
    rf"{NAME}[^.;%\d]{{0,40}}?(?P<rate>\d{{1,2}}(?:[.,]\d{{1,2}})?)\s*"
    rf"(?:\([^()]{{2,40}}\)\s*)?(?:%|процент|per cent|percent)"
    rf"|(?P<rate2>\d{{1,2}}(?:[.,]\d{{1,2}})?)\s*(?:%|per cent)\s*(?:{NAME})",
    re.I,
)
UNIT: Final = (
    r"руб\w*\.?|₽|RUB|USD|EUR|CNY|долл(?:ар\w*|\.)|евро|юан\w*|тенге|roubles?|dollars?|euros?"
)
MONEY: Final = re.compile(
    rf"(?<![\w.,])(?P<sum>{FIGURES})\s*(?:\([^()]{{2,200}}\)\s*)?(?P<unit>{UNIT})?"
    rf"(?:\s*(?P<part>\d{{2}})\s*коп\w*\.?)?",
    re.I,
)
INSIDE: Final = re.compile(r"в том числе|включая|в т\.\s?ч\.|including|inclusive|incl\.", re.I)
ON_TOP: Final = re.compile(
    r"кроме того|сверх|плюс|не включая|без уч[её]та|plus|exclusive|in addition|excluding", re.I
)
WITHOUT: Final = re.compile(
    r"без НДС|НДС не облага|не облага\w+ НДС|VAT[- ]exempt|exempt from VAT"
    r"|без налога на добавленную",
    re.I,
)
TOTAL: Final = re.compile(r"^\s*(?:всего|итого|общая (?:цена|стоимость|сумма))\b", re.I)
MEASURES: Final = frozenset(
    ["рубль", "копейка", "тысяча", "миллион", "сумма", "размер", "год", "месяц", "день", "договор",
     "ндс", "российский", "федерация"]
)  # fmt: skip
KNOWN: Final = frozenset(map(Decimal, ("0", "5", "7", "10", "16.67", "18.03", "20", "22")))
# After the rate begins another sum, not the tax: «183 рубля, с НДС 22 %; всего 3 660 000».
APART: Final = re.compile(r";|всего|итого|\btotal\b", re.I)
EITHER: Final = re.compile(r"если|либо|или|\bif\b|\bor\b", re.I)
# Farther apart a sum and a tax hardly belong together.
LONGEST: Final = 150
NEAR: Final = Decimal("1.00")


def check_vat(reading: Reading) -> Iterator[Finding]:
    """«120 000 рублей, в том числе НДС 20 % — 24 000 рублей» is 20 000."""
    for line in reading.lines:
        rates = [(m, _rate(m)) for m in RATE.finditer(line.text)]
        for match, rate in rates:
            if rate not in KNOWN:
                yield _finding("vat_rate", line, match.start(), match.end(), rate=str(rate))
        if len(rates) == 1:
            yield from _in_line(line, *rates[0])
    yield from _across(reading)
    yield from _in_values(reading)


def _rate(match: re.Match[str]) -> Decimal:
    return Decimal((match["rate"] or match["rate2"]).replace(",", "."))


def _in_line(line: Line, match: re.Match[str], rate: Decimal) -> Iterator[Finding]:
    text = line.text
    if WITHOUT.search(text) and rate and not EITHER.search(text):
        yield _finding("vat_contradicts", line, match.start(), match.end())
    money = [found for found in MONEY.finditer(text) if _is_money(found)]
    before = [found for found in money if found.end() <= match.start() + 1]
    after = [found for found in money if found.start() >= match.end()]
    if not before or not after:
        return
    between = text[before[-1].end() : after[0].start()]
    price, tax = _amount(before[-1]), _amount(after[0])
    apart = text[match.end() : after[0].start()]
    if len(between) > LONGEST or price is None or tax is None or APART.search(apart):
        return
    inside, on_top = price * rate / (100 + rate), price * rate / 100
    if ON_TOP.search(between):
        fits = [on_top]
    else:
        fits = [inside] if INSIDE.search(between) else [inside, on_top]
    if all(abs(one - tax) > NEAR for one in fits):
        told = {"rate": f"{rate:f}", "expected": f"{fits[0]:.2f}"}
        yield _finding("vat_sum", line, before[-1].start(), after[0].end(), **told)


def _is_money(match: re.Match[str]) -> bool:
    return bool(match["unit"]) or bool(re.search(r"\d[ \u00a0,.]\d{3}\b|[.,]\d{2}$", match["sum"]))


def _amount(match: re.Match[str]) -> Decimal | None:
    whole = number_of(match["sum"])
    if whole is not None and match["part"] and whole == int(whole):
        return whole + Decimal(match["part"]) / 100
    return whole


def _across(reading: Reading) -> Iterator[Finding]:
    """What one clause says is exempt, another says to include VAT; a total of an exempt part."""
    exempt = [
        (line, _nouns(re.split(r"[.;]\s", line.text[: match.start()])[-1]))
        for line in reading.body
        if (match := WITHOUT.search(line.text)) and not EITHER.search(line.text)
    ]
    for line in reading.body if exempt else ():
        match = RATE.search(line.text)
        if not match or not _rate(match) or WITHOUT.search(line.text) or EITHER.search(line.text):
            continue
        if not INSIDE.search(line.text[: match.start()][-40:]):
            continue
        said, section = _nouns(line.text), line.number.partition(".")[0]
        for other, subject in exempt:
            part = TOTAL.search(line.text) and other.number.partition(".")[0] == section
            if part or (subject and subject <= said):
                yield _finding("vat_contradicts", line, match.start(), match.end())
                break


def _nouns(text: str) -> frozenset[str]:
    """Common nouns of a sentence but for those of money and time: what it is about."""
    found = (parses(word)[0] for word in re.findall(r"[а-яё]{3,}", text.lower()))
    return frozenset(r.normal_form for r in found if "NOUN" in r.tag) - MEASURES


def _in_values(reading: Reading) -> Iterator[Finding]:
    """The tax in its field against the sum in the field before it, by the rate in its own."""
    tax = reading.values.get("vat_amount", "")
    said = reading.values.get("vat_rate", "")
    rate = re.fullmatch(r"(\d{1,2}(?:[.,]\d+)?)\s*%", said)
    if not said or not _is_sum(tax):
        return
    share = Decimal(rate[1].replace(",", ".")) if rate else Decimal(0)
    base = ""
    for line in reading.lines:
        for _start, _end, name in line.fields:
            if name != "vat_amount":
                base = name if reading.types.get(name) == "money" else base
                continue
            whole = reading.values.get(base, "")
            expected = Decimal(whole) * share / (100 + share) if _is_sum(whole) else Decimal(tax)
            if abs(expected - Decimal(tax)) > NEAR:
                params = {"rate": f"{share:f}", "expected": f"{expected:.2f}"}
                words, fields = line.text.strip()[:120], ("vat_amount",)
                yield Finding("vat_sum", line.clause, line.number, words, params, fields=fields)
            return


def _is_sum(value: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", value) is not None


def _finding(code: str, line: Line, start: int, end: int, **params: str) -> Finding:
    words, fields = line.around(start, end), line.fields_in(start, end)
    return Finding(code, line.clause, line.number, words, params, fields=fields)
