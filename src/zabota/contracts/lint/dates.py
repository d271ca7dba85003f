"""Dates that cannot be, that contradict one another, or whose day of the week is another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from zabota.contracts.lint.finding import Finding
from zabota.contracts.lint.lines import Line, Reading
from zabota.contracts.lint.spelled_days import spelled_days

RUSSIAN: Final = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр",
                  "октябр", "ноябр", "декабр")  # fmt: skip
ENGLISH: Final = ("january", "february", "march", "april", "may", "june", "july", "august",
                  "september", "october", "november", "december")  # fmt: skip
MONTH: Final = (
    r"(?:январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|сентябр[ья]"
    r"|октябр[ья]|ноябр[ья]|декабр[ья]|" + "|".join(ENGLISH) + ")"
)
DATE: Final = re.compile(
    rf"(?<![\d.])(?:(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}})(?!\.?\d)"
    rf"|[«\"“]?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[»\"”]?\s+(?:of\s+|day of\s+)?"
    rf"(?P<n>{MONTH})\b,?(?:\s+(?P<y2>\d{{4}}))?"
    rf"|(?P<n3>{MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,\s*(?P<y3>\d{{4}}))",
    re.I,
)
WEEKDAYS: Final = (
    ("понедельник", "monday"), ("вторник", "tuesday"), ("сред", "wednesday"),
    ("четверг", "thursday"), ("пятниц", "friday"), ("суббот", "saturday"),
    ("воскресень", "sunday"),
)  # fmt: skip
WEEKDAY: Final = re.compile(
    r"\b(понедельник\w*|вторник\w*|сред[ауыео]й?|четверг\w*|пятниц\w*|суббот\w*|воскресень\w*"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.I,
)
# A beginning and an end said by verbs or nouns: «вступает в силу … и действует по …».
BEGINS: Final = re.compile(
    r"(?:вступает в силу(?:\s+со?)?|начал[оа](?:\s+[а-яё]+){0,3}\s*[—–:-]?(?:\s+со?)?|начина\w+ со?"
    r"|takes? effect (?:on|from)|effective (?:on|from|as of)|commenc\w+ (?:on|from)"
    r"|(?:starts?|begins?) on)\s*[«\"“]?$",
    re.I,
)
CLOSES: Final = re.compile(
    r"^(?:\s*(?:г\.|года?))?[^.;]{0,60}\b(?:(?:действует|действителен|оста[её]тся)[^.;]{0,30}(?:по|до)"
    r"|(?:окончани|завершени)\w*(?:\s+[а-яё]+){0,3}\s*[—–:-]?"
    r"|(?:истекает|прекращается|заканчива\w+|прекращает действие)"
    r"|(?:expires?|ends?|terminates?) on|(?:until|through|to))\s*$",
    re.I,
)
BETWEEN: Final = re.compile(
    r"^(?:\s*(?:г\.|года?|включительно))?\s*,?\s*(?:по|до|to|until|till|through|—|–|-)\s*$", re.I
)
BEFORE: Final = re.compile(r"(?:\bс|\bсо|\bот|\bfrom|\bbetween|период:?)\s*$", re.I)
END: Final = re.compile(
    r"(?:действует (?:по|до)|не позднее|в срок (?:до|по)|срок\w* (?:до|по)|до|по"
    r"|expires? on|remains? in force until|not later than|no later than|on or before|until)\s*$",
    re.I,
)
STARTS: Final = re.compile(r"(?:^|_)(?:from|start|begin|since)(?:_|$)|^start|^begin")
ENDS: Final = re.compile(r"(?:^|_)(?:until|to|end|till|by|finish)(?:_|$)|^end|^finish")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line: its place, the day it names (None if there is none such)."""

    start: int
    end: int
    day: date | None
    whole: bool = True


def check_dates(reading: Reading) -> Iterator[Finding]:
    """31 June; a term that ends before it begins or before the contract; «в понедельник, 1 мая»."""
    made = _made_on(reading)
    for line in reading.lines:
        found = list(dates_in(line.text))
        for one in found:
            if one.day is None:
                yield _finding("date_impossible", line, one.start, one.end)
            elif one.whole:
                yield from _weekday(line, one, one.day)
        yield from _orders(line, found, made)
    yield from _values(reading)


def dates_in(text: str) -> Iterator[Found]:
    """Dates of a text in order; one without a year is whole only if it may stand in any year."""
    spelled = [
        Found(said.start, said.end, _day(said.year, _month(said.month), said.day))
        for said in spelled_days(text)
        if re.fullmatch(MONTH, said.month)
    ]
    yield from sorted([*_in_figures(text), *spelled], key=lambda found: found.start)


def _in_figures(text: str) -> Iterator[Found]:
    for match in DATE.finditer(text):
        day = int(match["d"] or match["d2"] or match["d3"])
        name = (match["n"] or match["n3"] or "").lower()
        month = int(match["m"]) if match["m"] else _month(name)
        year = match["y"] or match["y2"] or match["y3"]
        told = _day(int(year or 2024), month, day)
        yield Found(match.start(), match.end(), told, bool(year))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    if name in ENGLISH:
        return ENGLISH.index(name) + 1
    order = sorted(range(12), key=lambda index: -len(RUSSIAN[index]))
    return next(index for index in order if name.startswith(RUSSIAN[index])) + 1


def _weekday(line: Line, one: Found, day: date) -> Iterator[Finding]:
    before = line.text[max(0, one.start - 16) : one.start]
    after = line.text[one.end : one.end + 28]
    said = re.search(rf"{WEEKDAY.pattern}\s*,?\s*$", before, re.I) or re.match(
        rf"\s*(?:г\.|года?)?\s*,?\s*\(?\s*(?:в\s+)?{WEEKDAY.pattern}", after, re.I
    )
    if not said:
        return
    word = said[1].lower()
    index = next(i for i, stems in enumerate(WEEKDAYS) if word.startswith(stems))
    if index != day.weekday():
        yield _finding(
            "weekday_differs", line, one.start, one.end, weekday=str(day.weekday()), said=said[1]
        )


def _orders(line: Line, found: list[Found], made: date | None) -> Iterator[Finding]:
    told: set[int] = set()
    for one, other in pairwise(found):
        if one.day is None or other.day is None or not (one.whole and other.whole):
            continue
        begins = BEFORE.search(line.text[: one.start])
        apart = line.text[one.end : other.start]
        if not (begins and BETWEEN.match(apart)):
            begins = BEGINS.search(line.text[: one.start])
            begins = begins if CLOSES.match(apart) else None
        if begins and other.day < one.day:
            told.add(other.start)
            yield _finding("date_order", line, begins.start(), other.end)
    for one in found:
        if one.day is None or not one.whole or made is None or one.start in told:
            continue
        if one.day < made and END.search(line.text[: one.start]) and not _of_law(line, one):
            yield _finding("date_before_contract", line, one.start, one.end, made=made.isoformat())


def _of_law(line: Line, one: Found) -> bool:
    """«в редакции, действовавшей до 1 января 2020 года» is history, not a term."""
    return bool(
        re.search(r"редакци|закон|действовавш|prior|law", line.text[: one.start][-80:], re.I)
    )


def _made_on(reading: Reading) -> date | None:
    """The day of the contract: its field, else the first date before the first numbered clause."""
    value = reading.values.get("contract_date", "")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    for line in reading.lines[:8]:
        if line.number:
            return None
        for one in dates_in(line.text):
            if one.whole and len(line.text) < 160:
                return one.day
    return None


def _values(reading: Reading) -> Iterator[Finding]:
    """A period in two fields: the end before the beginning."""
    days = {
        name: date.fromisoformat(value)
        for name, value in reading.values.items()
        if reading.types.get(name) == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    }
    for name, day in days.items():
        if not ENDS.search(name):
            continue
        stem = ENDS.sub("", name)
        for other, begun in days.items():
            if STARTS.search(other) and STARTS.sub("", other) == stem and day < begun:
                line = next(
                    (one for one in reading.lines if any(f[2] == name for f in one.fields)), None
                )
                if line is not None:
                    words = line.around(0, 120)
                    yield Finding(
                        "date_order", line.clause, line.number, words, fields=(name, other)
                    )


def _finding(code: str, line: Line, start: int, end: int, **params: str) -> Finding:
    words, fields = line.around(start, end), line.fields_in(start, end)
    return Finding(code, line.clause, line.number, words, params, fields=fields)
