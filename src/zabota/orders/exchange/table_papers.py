"""Счета, shipments and returns as tables have them: a row is a line of a paper of an order."""

from collections.abc import Mapping
from typing import Final

from zabota.clients.tables import Table
from zabota.clients.tables.rows import read_day, read_money
from zabota.orders.exchange.document import Document, GivenLine
from zabota.orders.exchange.numbers import exact

PAPERS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("номер документа", "номер счета", "номер", "документ", "счет", "упд", "накладная",
               "№", "number", "paper", "invoice"),
    "day": ("дата", "date", "day"),
    "of": ("номер заказа", "по заказу", "заказ", "order"),
    "article": ("артикул", "код", "sku", "article", "code"),
    "name": ("наименование", "номенклатура", "товар", "name", "product", "item"),
    "quantity": ("количество", "кол", "qty", "quantity"),
    "sum": ("сумма", "стоимость", "sum", "amount", "total"),
    "until": ("оплатить до", "срок", "until", "due"),
}  # fmt: skip


def read_papers(table: Table, columns: Mapping[str, int], what: str) -> list[Document]:
    """Papers of the rows, each by its number, its order and its year. One without goods is for the
    whole order; a return says what came back.
    """
    found: dict[tuple[str, str, str], Document] = {}
    for row, cells in table.rows:
        values = {key: cells[place] for key, place in columns.items()}
        day, of = read_day(values.get("day", "")), values.get("of", "").strip()[:60]
        number = values.get("number", "").strip()[:60]
        key = (number or f"row {row}", of, str(day.year if day else ""))
        told = found.get(key)
        if told is None:
            told = found[key] = Document(what, row, number=number, of=of, of_number=of, day=day)
            told.outer = ":".join(key)[:100]
            _check(told, values)
        if values.get("name") or values.get("article") or values.get("quantity"):
            told.lines.append(_line(told, row, values))
        elif what == "return":
            told.wrong("name", "required", row=row)
    return list(found.values())


def _check(told: Document, values: Mapping[str, str]) -> None:
    for name in ("number", "of"):
        if not getattr(told, name):
            told.wrong(name, "required")
    if told.day is None:
        told.wrong("day", "date" if values.get("day") else "required", values.get("day", ""))
    if values.get("until"):
        told.until = read_day(values["until"])
        if told.until is None:
            told.wrong("until", "date", values["until"])


def _line(told: Document, row: int, values: Mapping[str, str]) -> GivenLine:
    article = values.get("article", "")[:60]
    line = GivenLine(row, name=values.get("name", "")[:300] or article, article=article)
    if not line.name:
        told.wrong("name", "required", row=row)
    quantity = exact(values.get("quantity", ""))
    if quantity is None or quantity <= 0:
        code = "number" if values.get("quantity") else "required"
        told.wrong("quantity", code, values.get("quantity", ""), row)
    line.quantity = quantity or line.quantity
    given = values.get("sum", "")
    line.sum = read_money(given) if given else None
    if (given and (line.sum is None or line.sum < 0)) or (told.what == "invoice" and not given):
        told.wrong("sum", "sum" if given else "required", given, row)
    if line.sum is not None and line.quantity:
        line.price = (line.sum / line.quantity).quantize(line.quantity.__class__("0.0001"))
    return line
