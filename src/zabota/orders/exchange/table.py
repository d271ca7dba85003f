"""Orders and payments as tables have them: a row is a line of an order, or a payment."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Final

from zabota.clients.tables import Table
from zabota.clients.tables.rows import read_day, read_money
from zabota.orders.exchange.document import Document, GivenLine, Party
from zabota.orders.exchange.numbers import exact

ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("номер заказа", "номер", "заказ", "№", "order", "number"),
    "day": ("дата заказа", "дата", "date", "day"),
    "inn": ("инн", "inn", "tax id"),
    "client": ("контрагент", "клиент", "покупатель", "client", "customer", "buyer"),
    "article": ("артикул", "код", "sku", "article", "code"),
    "name": ("наименование", "номенклатура", "товар", "name", "product", "item"),
    "unit": ("единица", "ед", "unit"),
    "quantity": ("количество", "кол", "qty", "quantity"),
    "price": ("цена", "price"),
    "sum": ("сумма", "стоимость", "sum", "amount", "total"),
    "vat": ("ставка", "ндс", "vat"),
    "by_day": ("срок", "отгрузить", "дата отгрузки", "поставить", "due", "ship"),
    "currency": ("валюта", "currency"),
    "note": ("примечание", "комментарий", "note", "comment"),
}
PAYMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "day": ("дата", "date", "day"),
    "number": ("номер", "№", "number"),
    "inn": ("инн", "inn", "tax id"),
    "client": ("плательщик", "контрагент", "клиент", "payer", "client", "customer"),
    "sum": ("сумма", "приход", "поступило", "sum", "amount"),
    "purpose": ("назначение", "основание", "purpose", "details"),
}
NO_VAT: Final = ("без ндс", "без", "нет", "no", "none", "")


def guess(fields: Mapping[str, tuple[str, ...]], head: list[str]) -> dict[str, int]:
    """Which column is what, by how headings begin; each is taken once, the longest word wins."""
    found: dict[str, int] = {}
    words = [cell.casefold().replace("ё", "е") for cell in head]
    claims = sorted(
        (-len(name), place, key)
        for key, names in fields.items()
        for name in names
        for place, cell in enumerate(words)
        if cell.startswith(name)
    )
    for _length, place, key in claims:
        if key not in found and place not in found.values():
            found[key] = place
    return found


def read_orders(table: Table, columns: Mapping[str, int]) -> list[Document]:
    """Orders of the rows, by number and year; what stands in the first row of an order is of all
    of it. A wrong row makes its whole order wrong: half an order would be another order.
    """
    found: dict[tuple[str, str], Document] = {}
    for row, cells in table.rows:
        values = {key: cells[place] for key, place in columns.items()}
        day = read_day(values.get("day", ""))
        number = values.get("number", "")[:60]
        key = (number or f"row {row}", str(day.year if day else ""))
        told = found.get(key)
        if told is None:
            told = found[key] = _order(row, values)
            told.outer = f"{number}:{day.year}" if number and day else ""
        told.lines.append(_line(told, row, values))
    return list(found.values())


def read_payments(table: Table, columns: Mapping[str, int]) -> list[Document]:
    """A payment of each row; two that are quite alike are two payments."""
    found, times = [], Counter[str]()
    for row, cells in table.rows:
        values = {key: cells[place] for key, place in columns.items()}
        told = Document("payment", row, number=values.get("number", "")[:60], currency="RUB")
        told.party = Party(values.get("client", "")[:300], "".join(values.get("inn", "").split()))
        told.note = values.get("purpose", "")
        told.day = read_day(values.get("day", ""))
        if told.day is None:
            _bad(told, "day", "date", values.get("day", ""), row)
        told.total = read_money(values.get("sum", ""))
        if told.total is None or told.total <= 0:
            _bad(told, "sum", "sum", values.get("sum", ""), row)
        name = told.party.name.casefold()
        parts = (str(told.day), str(told.total), told.number, told.party.inn, name, told.note)
        same = "|".join(parts)
        times[same] += 1
        mark = hashlib.sha256(f"{same}|{times[same]}".encode()).hexdigest()
        told.outer = f"table:{mark[:60]}"
        found.append(told)
    return found


def _order(row: int, values: Mapping[str, str]) -> Document:
    told = Document("order", row, number=values.get("number", "")[:60])
    told.party = Party(values.get("client", "")[:300], "".join(values.get("inn", "").split())[:12])
    told.currency = (values.get("currency", "").upper().rstrip(".") or "RUB")[:3]
    told.currency = {"РУБ": "RUB", "RUR": "RUB"}.get(told.currency, told.currency)
    told.note = values.get("note", "")
    told.day = read_day(values.get("day", ""))
    if not told.number:
        told.wrong("number", "required")
    if told.day is None:
        _bad(told, "day", "date", values.get("day", ""), row)
    return told


def _line(told: Document, row: int, values: Mapping[str, str]) -> GivenLine:
    line = GivenLine(row, name=values.get("name", "")[:300], article=values.get("article", "")[:60])
    line.unit = values.get("unit", "")[:20]
    line.name = line.name or line.article
    if not line.name:
        told.wrong("name", "required", row=row)
    quantity = exact(values.get("quantity", ""))
    if quantity is None or quantity <= 0:
        _bad(told, "quantity", "number", values.get("quantity", ""), row)
    line.quantity = quantity or line.quantity
    _read_cost(told, line, values)
    if values.get("by_day"):
        line.by_day = read_day(values["by_day"])
        if line.by_day is None:
            told.wrong("by_day", "date", values["by_day"], row)
    rate = values.get("vat", "").rstrip("% ").casefold()
    if rate not in NO_VAT:
        line.vat_rate = exact(rate)
        if line.vat_rate is None:
            told.wrong("vat", "number", values["vat"], row)
    return line


def _read_cost(told: Document, line: GivenLine, values: Mapping[str, str]) -> None:
    """By price, by sum, or by both; one follows from the other."""
    row, price, total = line.row, values.get("price", ""), values.get("sum", "")
    if not price and not total:
        told.wrong("price", "required", row=row)
    if price:
        found = read_money(price)
        if found is None or found < 0:
            told.wrong("price", "sum", price, row)
        line.price = found or line.price
    if total:
        line.sum = read_money(total)
        if line.sum is None or line.sum < 0:
            told.wrong("sum", "sum", total, row)
        elif not price and line.quantity:
            line.price = (line.sum / line.quantity).quantize(line.quantity.__class__("0.0001"))


def _bad(told: Document, name: str, code: str, value: str, row: int) -> None:
    told.wrong(name, code if value else "required", value, row)
