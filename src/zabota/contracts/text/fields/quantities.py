"""Sums, numbers and dates as people type them in Russian and in English, in one normal form."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from zabota.contracts.text.fields.trouble import FieldProblem

MONTHS: Final = (
    "янв январь января jan january",
    "фев февр февраль февраля feb february",
    "мар март марта mar march",
    "апр апрель апреля apr april",
    "май мая may",
    "июн июнь июня jun june",
    "июл июль июля jul july",
    "авг август августа aug august",
    "сен сент сентябрь сентября sep sept september",
    "окт октябрь октября oct october",
    "ноя нояб ноябрь ноября nov november",
    "дек декабрь декабря dec december",
)
CURRENCIES: Final = {
    "₽": "RUB", "р": "RUB", "руб": "RUB", "рублей": "RUB", "рубля": "RUB", "рубль": "RUB",
    "rub": "RUB", "rur": "RUB", "$": "USD", "usd": "USD", "долл": "USD", "долларов": "USD",
    "€": "EUR", "eur": "EUR", "евро": "EUR", "¥": "CNY", "cny": "CNY", "юаней": "CNY",
    "юаня": "CNY", "юань": "CNY", "kzt": "KZT", "тенге": "KZT", "byn": "BYN",
}  # fmt: skip
MOST: Final = Decimal("1e15")
# Years a contract can speak of; others are slips of the hand.
YEARS: Final = (1900, 2200)


def clean_date(text: str) -> str:
    """Read «03.11.2026», «3 ноября 2026 г.», «November 3, 2026», «2026-11-03» into 2026-11-03.

    Of two numbers the day comes first, as in Russia and Britain.
    """
    words = re.sub(r"[«»\"“”,]|\b(?:г(?:ода)?\b\.?)|(?<=\d)(?:st|nd|rd|th)\b", " ", text.lower())
    words = " ".join(words.split())
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", words):
        day, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2}) ?([a-zа-я]+)\.? ?(\d{4})", words):
        day, month, year = int(match[1]), _month(match[2]), int(match[3])
    elif match := re.fullmatch(r"([a-zа-я]+)\.? ?(\d{1,2}) (\d{4})", words):
        day, month, year = int(match[2]), _month(match[1]), int(match[3])
    else:
        raise FieldProblem("not_a_date")
    try:
        read = date(year, month, day)
    except ValueError:
        raise FieldProblem("not_a_date") from None
    if not YEARS[0] <= read.year <= YEARS[1]:
        raise FieldProblem("year_out_of_range", least=YEARS[0], most=YEARS[1])
    return read.isoformat()


def clean_money(text: str, currency: str = "") -> str:
    """Read a sum such as «150 000,50 руб.» or «$1,500» into 150000.50; kopecks are two digits.

    `currency` is the field's own (RUB when not said); a sum typed in another one is refused.
    """
    words = text.lower().replace("\u2212", "-")
    kopecks = re.fullmatch(r"(.*?)(\d)\s*(?:р|руб[а-я]*)\.?\s*(\d{2})\s*коп[а-я]*\.?", words)
    if kopecks:
        words = f"{kopecks[1]}{kopecks[2]},{kopecks[3]}"
    for sign in re.findall(r"[₽$€¥]|[a-zа-я]+", words):
        meant = CURRENCIES.get(sign)
        if meant is None:
            raise FieldProblem("not_a_number")
        if meant != (currency.upper() or "RUB"):
            raise FieldProblem("other_currency", typed=meant, currency=currency.upper() or "RUB")
    amount = _decimal(re.sub(r"[₽$€¥]|[a-zа-я]+\.?", "", words).strip(), money=True)
    if amount < 0:
        raise FieldProblem("negative")
    if amount != amount.quantize(Decimal("0.01")):
        raise FieldProblem("too_precise", digits=2)
    return f"{amount:.2f}"


def clean_number(text: str, args: tuple[str, ...] = ()) -> str:
    """Read a number such as «1 250,5» into 1250.5; `args` are the least and the most allowed."""
    amount = _decimal(text.replace("\u2212", "-"), money=False)
    bounds = [Decimal(arg) for arg in args if re.fullmatch(r"-?\d+(\.\d+)?", arg)]
    if (bounds and amount < bounds[0]) or (len(bounds) > 1 and amount > bounds[1]):
        raise FieldProblem("out_of_range", least=str(bounds[0]), most=str(bounds[-1]))
    written = f"{amount:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _decimal(text: str, *, money: bool) -> Decimal:
    """Tell thousands from fractions; «1,500» of a plain number may be either and is asked again."""
    words = re.sub(r"(?<=\d)[\s'’](?=\d{3}(?!\d))", "", text)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+|-?\d{1,3}(,\d{3}){2,}", words):
        words = words.replace(",", "")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+|-?\d{1,3}(\.\d{3}){2,}", words):
        words = words.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", words):
        if not money and "," in words:
            raise FieldProblem("ambiguous_number")
        if money and "." in words:
            raise FieldProblem("ambiguous_number")
        words = words.replace(",", "")
    words = words.replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,12})?", words):
        raise FieldProblem("not_a_number")
    amount = Decimal(words)
    if abs(amount) >= MOST:
        raise FieldProblem("too_big", limit=f"{MOST:f}")
    return amount + 0 if amount else Decimal(0)


def _month(word: str) -> int:
    for month, forms in enumerate(MONTHS, start=1):
        if word in forms.split():
            return month
    raise FieldProblem("not_a_date")
