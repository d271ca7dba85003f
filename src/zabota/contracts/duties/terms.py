"""Terms in a sentence: a date, so many days after something, a day of every month.

Russian and English as contracts write them; numbers in figures or words, fields by their token.
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zabota.common.language.reading import read_number
from zabota.contracts.duties.duty import Every, Unit

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("янв january", "фев february", "мар march", "апр april", "ма may", "июн june",
         "июл july", "авг august", "сен september", "окт october", "ноя november",
         "дек december"), 1,
    )
    for name in names.split()
}  # fmt: skip
_DATE: Final = re.compile(
    r"(?P<field>\{\{(?P<name>[^{}]+)\}\})"
    r"|(?P<d>\d{1,2})\.(?P<m>\d{2})\.(?P<y>\d{4})"
    r"|«?(?P<d2>\d{1,2})»?[\s\u00a0]+(?P<month>[а-яa-z]{3,9})[\s\u00a0]+(?P<y2>\d{4})",
    re.IGNORECASE,
)
_COUNT: Final = r"(?P<count>\d{1,3}|[а-яё]{3,14}|[a-z]{3,9})(?:[\s\u00a0]*\([^)]{2,40}\))?"
_DAYS: Final = re.compile(
    rf"(?:в[\s\u00a0]+течение|не[\s\u00a0]+позднее(?P<ru_before>[\s\u00a0]+чем[\s\u00a0]+за)?"
    rf"|(?P<ru_ahead>за)|within|(?P<en_before>at[\s\u00a0]+least)|(?P<en_by>by)|no[\s\u00a0]+"
    rf"later[\s\u00a0]+than)[\s\u00a0]+{_COUNT}[\s\u00a0]+"
    r"(?P<unit>рабочи\w+|календарн\w+|банковск\w+|business|working|calendar|consecutive)?"
    r"[\s\u00a0]*(?P<of>д(?:ней|ня|ень)|месяц\w*|days?|months?)(?P<rest>[^.;]*)",
    re.IGNORECASE,
)
# «Отсрочка, календарных дней: {{deferral_days}}», «the following number of calendar days…: {{…}}»
_DAYS_FIELD: Final = re.compile(
    r"(?P<unit>рабочих|календарных|business|working|calendar)[\s\u00a0]+(?:дней|days)"
    r"(?P<between>[^.{}]{0,80}):[\s\u00a0]*\{\{(?P<name>[^{}]+)\}\}",
    re.IGNORECASE,
)
_EVERY: Final[tuple[tuple[Every, re.Pattern[str]], ...]] = (
    ("month", re.compile(
        r"ежемесячн|кажд\w+[\s\u00a0]+(?:календарн\w+[\s\u00a0]+)?месяц|последнего дня месяца"
        r"|monthly|(?:each|every)[\s\u00a0]+(?:calendar[\s\u00a0]+)?month", re.IGNORECASE)),
    ("quarter", re.compile(r"ежеквартальн|кажд\w+[\s\u00a0]+квартал|quarterly|(?:each|every)"
                           r"[\s\u00a0]+quarter", re.IGNORECASE)),
    ("year", re.compile(r"ежегодн|кажд\w+[\s\u00a0]+год|annually|(?:each|every)[\s\u00a0]+year",
                        re.IGNORECASE)),
)  # fmt: skip
_DAY_OF_MONTH: Final = re.compile(
    r"(?P<day>\d{1,2})(?:-?го|th|st|nd|rd)?[\s\u00a0]+(?:\([^)]*\)[\s\u00a0]+)?"
    r"(?:числа|day[\s\u00a0]+of)|числ\w*[^:.;]{0,60}:[\s\u00a0]*\{\{(?P<name>[^{}]+)\}\}",
    re.IGNORECASE,
)
_LAST_DAY: Final = re.compile(r"последн\w+[\s\u00a0]+д\w+[\s\u00a0]+месяца|last day of", re.I)


@dataclass(frozen=True)
class Term:
    """When: a date, or days of a unit after (`ahead`: before) something, or every so often."""

    due: date | None = None
    days: int | None = None
    unit: Unit = ""
    rest: str = ""
    ahead: bool = False
    every: Every = ""
    day: int | None = None


def terms_of(sentence: str, values: Mapping[str, str], types: Mapping[str, str]) -> Iterator[Term]:
    """The terms of a sentence, those that repeat first."""
    for every, pattern in _EVERY:
        if pattern.search(sentence):
            yield Term(every=every, day=day_of_month(sentence, values))
            return
    for found in _DAYS_FIELD.finditer(sentence):
        count = _whole(values.get(found["name"], ""))
        if count is not None and types.get(found["name"]) == "number":
            yield Term(days=count, unit=_unit(found["unit"], "дней"), rest=found["between"])
    for found in _DAYS.finditer(sentence):
        count = _count(found["count"])
        if count is not None:
            ahead = any(found[name] for name in ("ru_before", "ru_ahead", "en_before", "en_by"))
            unit = _unit(found["unit"] or "", found["of"])
            yield Term(days=count, unit=unit, rest=found["rest"], ahead=ahead)
    for found in _DATE.finditer(sentence):
        if (day := _date(found, values, types)) is not None:
            yield Term(due=day)


def moved(day: date, term: Term) -> date:
    """The last day of a term that begins to run on `day`; working days by the week alone."""
    count = -(term.days or 0) if term.ahead else (term.days or 0)
    if term.unit == "month":
        return months_later(day, count)
    if term.unit != "working":
        return day + timedelta(days=count)
    step = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


def months_later(day: date, count: int, on: int | None = None) -> date:
    """The same day so many months on, or the day `on` of that month; the last where it has none."""
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(on or day.day, calendar.monthrange(year, month)[1]))


def day_of_month(sentence: str, values: Mapping[str, str]) -> int | None:
    """«10-го числа», «число месяца: {{payment_day}}», the last day; None where no day is named."""
    if _LAST_DAY.search(sentence):
        return 31
    found = _DAY_OF_MONTH.search(sentence)
    if found is None:
        return None
    day = _whole(found["day"] or values.get(found["name"] or "", ""))
    return day if day is not None and 1 <= day <= 31 else None


def _unit(word: str, of: str) -> Unit:
    if of.lower().startswith(("мес", "month")):
        return "month"
    return "working" if word.lower().startswith(("раб", "банк", "bus", "work")) else "calendar"


def _count(word: str) -> int | None:
    return int(word) if word.isdecimal() else read_number(word)


def _whole(text: str) -> int | None:
    plain = text.strip().partition(".")[0]
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 5 else None


def _date(found: re.Match[str], values: Mapping[str, str], types: Mapping[str, str]) -> date | None:
    try:
        if found["field"]:
            name = found["name"]
            return date.fromisoformat(values[name]) if types.get(name) == "date" else None
        if found["d"]:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
        word = found["month"].lower()
        month = next((number for name, number in _MONTHS.items() if word.startswith(name)), 0)
        return date(int(found["y2"]), month, int(found["d2"]))
    except (ValueError, KeyError):
        return None
