"""Moments, working hours, sums and days as a reader of the language writes them.

Plain functions for Python code and for the template tags in ``zabota_ui``: the moment of "now", the
language and the zone are given, never taken from the surroundings.
"""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale
from babel.dates import get_day_names, get_month_names
from babel.numbers import format_compact_currency, format_currency, format_decimal
from django.utils.translation import gettext, ngettext, override

MINUS = "\u2212"


def when(moment: dt.datetime, now: dt.datetime, language: str, tz: dt.tzinfo | str) -> str:
    """A moment as the reader says it: «сегодня, 10:40», «чт, 26 ноября, 16:00».

    `moment` and `now` are aware; `tz` is the reader's zone, by name or as an object.
    """
    zone = ZoneInfo(tz) if isinstance(tz, str) else tz
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour:02}:{local.minute:02}"
    return f"{day(local.date(), today, language)}, {clock}"


def since(moment: dt.datetime, now: dt.datetime, language: str, tz: dt.tzinfo | str) -> str:
    """A moment after «с», "since": «09:39» today, «22 ноября, 11:58» another day.

    No «сегодня» or «вчера»: they do not decline («с вчера»).
    """
    zone = ZoneInfo(tz) if isinstance(tz, str) else tz
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour:02}:{local.minute:02}"
    return clock if local.date() == today else f"{_dated(local.date(), today, language)}, {clock}"


def by(moment: dt.datetime, now: dt.datetime, language: str, tz: dt.tzinfo | str) -> str:
    """A moment after «до», "by": «13:00 сегодня», «26 ноября, 16:00»; "13:00 today"."""
    zone = ZoneInfo(tz) if isinstance(tz, str) else tz
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour:02}:{local.minute:02}"
    if abs((local.date() - today).days) <= 1:
        return f"{clock} {day(local.date(), today, language)}"
    return f"{_dated(local.date(), today, language)}, {clock}"


@lru_cache(maxsize=4096)
def day(value: dt.date, today: dt.date, language: str) -> str:
    """A day seen from today: «вчера», «чт, 26 ноября», with the year when it is another."""
    near = (value - today).days
    if -1 <= near <= 1:
        return _near(_code(language))[near + 1]
    code = _code(language)
    weekdays, short, full = _names(code)
    weekday = weekdays[value.weekday()]
    year = "" if value.year == today.year else f" {value.year}"
    if code == "ru":
        return f"{weekday}, {value.day}\u00a0{full[value.month]}{year}"
    return f"{weekday} {value.day}\u00a0{short[value.month]}{year}"


def dated_when(moment: dt.datetime, now: dt.datetime, language: str, tz: dt.tzinfo | str) -> str:
    """A moment for a letter, which is read on another day: «24 ноября, 13:00»."""
    zone = ZoneInfo(tz) if isinstance(tz, str) else tz
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    return f"{dated_day(local.date(), today, language)}, {local.hour:02}:{local.minute:02}"


def dated_day(value: dt.date, today: dt.date, language: str) -> str:
    """A day for a letter: «24 ноября», with the year when it is another."""
    year = "" if value.year == today.year else f" {value.year}"
    return f"{value.day}\u00a0{_names(_code(language))[2][value.month]}{year}"


def date(value: dt.date, language: str) -> str:
    """A date written in full, as in a contract: «26 ноября 2026 года», "26 November 2026".

    In Russian not shortened: a full stop that ends a sentence would stand beside that of «г.».
    """
    full = _names(_code(language))[2]
    tail = "\u00a0года" if _code(language) == "ru" else ""
    return f"{value.day}\u00a0{full[value.month]} {value.year}{tail}"


def this_day(value: dt.date, language: str) -> str:
    """A day as the head of a page names it: «Воскресенье, 22 ноября», "Sunday, 22 November"."""
    code = _code(language)
    locale = Locale.parse("en_GB" if code == "en" else code)
    weekday = str(get_day_names("wide", locale=locale)[value.weekday()])
    return f"{weekday[:1].upper()}{weekday[1:]}, {value.day}\u00a0{_names(code)[2][value.month]}"


def short_date(value: dt.date, language: str) -> str:
    """A date for a table's cell: «26.11.2026», "26 Nov 2026"."""
    if _code(language) == "ru":
        return f"{value.day:02}.{value.month:02}.{value.year}"
    return f"{value.day}\u00a0{_names('en')[1][value.month]}\u00a0{value.year}"


def brief_day(value: dt.date, today: dt.date, language: str) -> str:
    """A day under a column of a chart: «3.11», "3 Nov", with two figures of another year."""
    other = value.year != today.year
    if _code(language) == "ru":
        return f"{value.day}.{value.month:02}" + (f".{value.year % 100:02}" if other else "")
    year = f"\u00a0’{value.year % 100:02}" if other else ""
    return f"{value.day}\u00a0{_names('en')[1][value.month]}{year}"


def hours(minutes: int, language: str) -> str:
    """Working time in hours and minutes: «3 ч 20 мин»; time overdrawn has a minus."""
    sign = MINUS if minutes < 0 else ""
    whole, rest = divmod(abs(int(minutes)), 60)
    h, m = _units(_code(language))
    parts = [f"{whole}\u00a0{h}"] if whole else []
    if rest or not whole:
        parts.append(f"{rest}\u00a0{m}")
    return sign + "\u00a0".join(parts)


def days(count: int, language: str, *, working: bool = False) -> str:
    """A count of days with its word: «2 дня», «21 рабочий день»."""
    with override(language):
        if working:
            words = ngettext("%(count)d working day", "%(count)d working days", count)
        else:
            words = ngettext("%(count)d day", "%(count)d days", count)
    return (words % {"count": count}).replace(" ", "\u00a0", 1)


def _dated(value: dt.date, today: dt.date, language: str) -> str:
    """«26 ноября», "26 Nov", with the year when it is another."""
    _, short, full = _names(_code(language))
    months = full if _code(language) == "ru" else short
    year = "" if value.year == today.year else f" {value.year}"
    return f"{value.day}\u00a0{months[value.month]}{year}"


# A sum stands on many pages and costs Babel as much as the rest of its row.
@lru_cache(maxsize=4096)
def money(amount: Decimal | int, currency: str, language: str) -> str:
    """A sum with its currency; hundredths are shown only where there are any: «8 400 ₽».

    `amount` is in whole units of `currency` (ISO 4217); halves round to even, as Babel does.
    """
    locale = Locale.parse(_code(language))
    value = Decimal(amount)
    if value != value.to_integral_value():
        return _signed(format_currency(value, currency, locale=locale))
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    return _signed(
        format_currency(value, currency, format=pattern, locale=locale, currency_digits=False)
    )


def quoted(words: str, language: str) -> str:
    """Somebody's words as they are quoted: «так» in Russian, “so” in English."""
    return f"«{words}»" if _code(language) == "ru" else f"“{words}”"


def money_short(amount: Decimal, currency: str, language: str) -> str:
    """A sum as one says it, in thousands or millions: «1,2 млн ₽», "RUB 1.2M"."""
    locale = _code(language)
    told = format_compact_currency(amount, currency, locale=locale, fraction_digits=1)
    return _signed(re.sub(r"[.,]0(?!\d)", "", told))


def number(value: Decimal | int | float, language: str) -> str:
    """A number grouped as the language groups it: «1 240 000», "1,240,000"."""
    return _signed(format_decimal(value, locale=_code(language)))


def phone(value: str, region: str = "RU") -> str:
    """A phone number as people read it, «+7 495 123-45-67»; what is no number stays as typed.

    `region` is where a number without a country code is dialled.
    """
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return value
    if number.extension or not phonenumbers.is_possible_number(number):
        return value
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def dialled(value: str, region: str = "RU") -> str:
    """A number as a link to it has it (RFC 3966): «+7-495-123-45-67;ext=214»; an inside number as
    its digits, "" for what nobody can dial.
    """
    plain = re.sub(r"[^+\d]", "", re.split(r"[^\W\d_]", value, maxsplit=1)[0])
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return plain
    if not phonenumbers.is_possible_number(number):
        return plain
    full = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966)
    return full.removeprefix("tel:")


def _signed(text: str) -> str:
    """A true minus, and a space between a currency's letters and its number («RUB 8,400»)."""
    spaced = re.sub(r"(?<=[A-Za-z])(?=\d)", "\u00a0", text)
    return MINUS + spaced[1:] if spaced.startswith("-") else spaced


def _code(language: str) -> str:
    return "ru" if language.startswith("ru") else "en"


@lru_cache(maxsize=4)
def _units(code: str) -> tuple[str, str]:
    """What stands after hours and after minutes."""
    with override(code):
        return gettext("h"), gettext("min")


@lru_cache(maxsize=4)
def _near(code: str) -> tuple[str, str, str]:
    """The days around today, by name."""
    with override(code):
        return gettext("yesterday"), gettext("today"), gettext("tomorrow")


@lru_cache(maxsize=4)
def _names(code: str) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    """Short weekdays, short months and full months (genitive) of a language."""
    locale = Locale.parse("en_GB" if code == "en" else code)
    return (
        {int(key): str(name) for key, name in get_day_names("abbreviated", locale=locale).items()},
        _months("abbreviated", locale),
        _months("wide", locale),
    )


def _months(width: str, locale: Locale) -> dict[int, str]:
    names = get_month_names("wide" if width == "wide" else "abbreviated", locale=locale)
    return {int(key): str(name) for key, name in names.items()}
