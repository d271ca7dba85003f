"""Rows of a table as clients and purchases, each with all that is wrong in it."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from zabota.clients.tables.read import Table
from zabota.common.requisites import wrong_requisites

# What may be in a table, and what the heading of its column begins with, in either language.
FIELDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "clients": {
        "name": ("полное наименование", "наименование", "название", "контрагент", "клиент",
                 "организация", "фио", "name", "company", "client", "customer"),
        "short_name": ("краткое", "сокращ", "short"),
        "inn": ("инн", "inn", "tax id", "vat"),
        "kpp": ("кпп", "kpp"),
        "ogrn": ("огрн", "ogrn"),
        "address": ("юридический адрес", "адрес", "address"),
        "phone": ("телефон", "тел", "phone", "mobile"),
        "email": ("e-mail", "email", "эл. почта", "электронная почта", "почта", "mail"),
        "person": ("контактное лицо", "контакт", "contact", "person"),
        "position": ("должность", "position", "title"),
        "note": ("примечание", "комментарий", "заметка", "note", "comment"),
    },
    "purchases": {
        "inn": ("инн", "inn", "tax id", "vat"),
        "client": ("контрагент", "клиент", "покупатель", "наименование", "client", "customer"),
        "day": ("дата", "date", "day"),
        "sum": ("сумма", "выручка", "оборот", "sum", "amount", "total", "revenue"),
        "margin": ("маржа", "прибыль", "валовая", "margin", "profit"),
        "place": ("точка", "магазин", "склад", "подразделение", "филиал", "place", "shop", "store"),
    },
}  # fmt: skip
NEEDED: Final = {"clients": ("name",), "purchases": ("day", "sum")}
LENGTHS: Final = {
    "name": 300, "short_name": 200, "address": 500, "phone": 40, "email": 254, "person": 200,
    "position": 160, "note": 1000, "client": 300, "place": 120,
}  # fmt: skip
MOST: Final = Decimal(10) ** 13
YEARS: Final = (1990, 2100)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_MONEY_SIGNS = re.compile(r"(руб(лей|ля|ль)?\.?|р\.|rub|₽|\$|€)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row: which column, the code, what stands there."""

    field: str
    code: str
    value: str = ""


@dataclass
class ClientRow:
    """A client of the table."""

    row: int
    values: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class PurchaseRow:
    """A purchase of the table; `mark` is the same for the same row of whatever table brings it."""

    row: int
    inn: str = ""
    client: str = ""
    day: date | None = None
    sum: Decimal = Decimal(0)
    margin: Decimal | None = None
    place: str = ""
    mark: str = ""
    faults: list[Fault] = field(default_factory=list)


def guess_columns(kind: str, head: list[str]) -> dict[str, int]:
    """Which column of clients or of purchases is what."""
    return claim_columns(FIELDS[kind], head)


def claim_columns(known: Mapping[str, tuple[str, ...]], head: list[str]) -> dict[str, int]:
    """Which column is what, by how headings begin; each is taken once, the longest word wins."""
    found: dict[str, int] = {}
    words = [cell.casefold().replace("ё", "е") for cell in head]
    claims = sorted(
        (-len(name), place, key)
        for key, names in known.items()
        for name in names
        for place, cell in enumerate(words)
        if cell.startswith(name)
    )
    for _length, place, key in claims:
        if key not in found and place not in found.values():
            found[key] = place
    return found


def read_clients(table: Table, columns: Mapping[str, int], *, country: str) -> list[ClientRow]:
    """The rows; numbers of Russian clients are checked by their digits."""
    rows = []
    for number, cells in table.rows:
        row = ClientRow(number, {key: cells[place] for key, place in columns.items()})
        for key in ("inn", "kpp", "ogrn"):
            row.values[key] = "".join(row.values.get(key, "").split())
        row.values["email"] = row.values.get("email", "").lower()
        row.faults += _lengths(row.values)
        if not any(letter.isalnum() for letter in row.values.get("name", "")):
            row.faults.append(Fault("name", "required"))
        if row.values["email"] and not _EMAIL.fullmatch(row.values["email"]):
            row.faults.append(Fault("email", "email", row.values["email"][:60]))
        if country == "RU":
            numbers = {key: row.values[key] for key in ("inn", "kpp", "ogrn")}
            wrong = wrong_requisites(numbers)
            row.faults += [Fault(key, "digits", row.values[key][:40]) for key in wrong]
        rows.append(row)
    return rows


def read_purchases(table: Table, columns: Mapping[str, int]) -> list[PurchaseRow]:
    """The rows; two that are quite alike are two purchases, the third and the fourth of another
    table are the same two.
    """
    rows, times = [], Counter[str]()
    for number, cells in table.rows:
        row = _purchase(number, {key: cells[place] for key, place in columns.items()})
        told = "|".join(
            (row.inn or row.client.casefold(), str(row.day), f"{row.sum:.2f}",
             "" if row.margin is None else f"{row.margin:.2f}", row.place.casefold())
        )  # fmt: skip
        times[told] += 1
        row.mark = hashlib.sha256(f"{told}|{times[told]}".encode()).hexdigest()
        rows.append(row)
    return rows


def _purchase(number: int, values: Mapping[str, str]) -> PurchaseRow:
    row = PurchaseRow(number, inn="".join(values.get("inn", "").split()))
    row.client, row.place = values.get("client", ""), values.get("place", "")
    row.faults += _lengths({"client": row.client, "place": row.place})
    if not row.inn and not row.client:
        row.faults.append(Fault("client", "required"))
    row.day = read_day(values.get("day", ""))
    if row.day is None:
        row.faults.append(_missing_or("day", "date", values.get("day", "")))
    total = read_money(values.get("sum", ""))
    if total is None:
        row.faults.append(_missing_or("sum", "sum", values.get("sum", "")))
    row.sum = total or Decimal(0)
    if values.get("margin"):
        row.margin = read_money(values["margin"])
        if row.margin is None:
            row.faults.append(Fault("margin", "sum", values["margin"][:40]))
    return row


def _missing_or(key: str, code: str, value: str) -> Fault:
    return Fault(key, code, value[:40]) if value else Fault(key, "required")


def _lengths(values: Mapping[str, str]) -> Iterator[Fault]:
    for key, value in values.items():
        if len(value) > LENGTHS.get(key, 1000):
            yield Fault(key, "too_long", value[:40])


def read_day(text: str) -> date | None:
    """«03.11.2026», «3/11/26», «2026-11-03», with or without an hour; the day before the month."""
    words = text.strip().rstrip("г. ")
    found = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d|$)", words)
    if found:
        year, month, day = map(int, found.groups())
    elif found := re.match(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:\s|$)", words):
        day, month, year = map(int, found.groups())
        year += 2000 if len(found[3]) == 2 else 0
    else:
        return None
    try:
        read = date(year, month, day)
    except ValueError:
        return None
    return read if YEARS[0] <= read.year <= YEARS[1] else None


def read_money(text: str) -> Decimal | None:
    """«1 234,50 ₽», «1,234.50», «-300», «(300)»: a sum in the firm's currency; none if it is none.

    Of two signs the last parts the hundredths; a single one does, unless three digits follow it
    and it may part thousands: then it is no sum to be sure of.
    """
    words = _MONEY_SIGNS.sub("", text.replace("\u2212", "-")).strip()
    if words.startswith("(") and words.endswith(")"):
        words = f"-{words[1:-1]}"
    words = re.sub(r"[\s\u00a0\u202f']", "", words)
    if not re.fullmatch(r"-?\d[\d.,]*", words):
        return None
    signs = re.findall(r"[.,]", words)
    if len(set(signs)) == 2:
        words = words.replace(signs[0], "").replace(signs[-1], ".")
    elif len(signs) > 1:
        words = words.replace(signs[0], "")
    elif signs and re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", words):
        return None
    else:
        words = words.replace(",", ".")
    try:
        found = Decimal(words)
    except InvalidOperation:
        return None
    return found.quantize(Decimal("0.01")) if abs(found) < MOST else None
