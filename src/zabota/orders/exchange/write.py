"""Our orders as 1C reads them: CommerceML 2, so that it brings them back under our number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from lxml import etree


@dataclass(frozen=True)
class OutLine:
    """A line of an order going out."""

    key: str
    article: str
    name: str
    unit: str
    quantity: Decimal
    price: Decimal
    sum: Decimal
    vat_rate: Decimal | None
    vat: Decimal


@dataclass(frozen=True)
class OutOrder:
    """An order going out; sums are with VAT."""

    number: str
    day: date
    currency: str
    total: Decimal
    client: str
    inn: str
    kpp: str
    note: str
    cancelled: bool
    lines: tuple[OutLine, ...]


def write_orders(orders: Iterable[OutOrder], at: datetime) -> bytes:
    """A file of orders in UTF-8."""
    root = etree.Element("КоммерческаяИнформация")
    root.set("ВерсияСхемы", "2.08")
    root.set("ДатаФормирования", at.strftime("%Y-%m-%dT%H:%M:%S"))
    for order in orders:
        node = _add(root, "Документ")
        told = (
            ("Ид", order.number), ("Номер", order.number), ("Дата", order.day.isoformat()),
            ("ХозОперация", "Заказ товара"), ("Роль", "Продавец"),
            ("Валюта", "руб" if order.currency == "RUB" else order.currency), ("Курс", "1"),
            ("Сумма", f"{order.total:.2f}"), ("Комментарий", order.note),
        )  # fmt: skip
        for name, text in told:
            _add(node, name, text)
        party = _add(_add(node, "Контрагенты"), "Контрагент")
        for name, text in (
            ("Ид", order.inn or order.client), ("Наименование", order.client),
            ("ОфициальноеНаименование", order.client), ("ИНН", order.inn), ("КПП", order.kpp),
            ("Роль", "Покупатель"),
        ):  # fmt: skip
            _add(party, name, text)
        goods = _add(node, "Товары")
        for line in order.lines:
            _line(goods, line)
        _property(_add(node, "ЗначенияРеквизитов"), "Отменен", str(order.cancelled).lower())
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return found


def _line(goods: etree._Element, line: OutLine) -> None:
    node = _add(goods, "Товар")
    for name, text in (
        ("Ид", line.key), ("Артикул", line.article), ("Наименование", line.name),
        ("БазоваяЕдиница", line.unit or "шт"), ("ЦенаЗаЕдиницу", f"{line.price:f}"),
        ("Количество", f"{line.quantity.normalize():f}"), ("Сумма", f"{line.sum:.2f}"),
    ):  # fmt: skip
        _add(node, name, text)
    tax = _add(_add(node, "Налоги"), "Налог")
    rate = "Без НДС" if line.vat_rate is None else f"{line.vat_rate.normalize():f}"
    for name, text in (
        ("Наименование", "НДС"), ("УчтеноВСумме", "true"), ("Сумма", f"{line.vat:.2f}"),
        ("Ставка", rate),
    ):  # fmt: skip
        _add(tax, name, text)


def _property(node: etree._Element, name: str, value: str) -> None:
    one = _add(node, "ЗначениеРеквизита")
    _add(one, "Наименование", name)
    _add(one, "Значение", value)


def _add(node: etree._Element, name: str, text: str = "") -> etree._Element:
    child = etree.SubElement(node, name)
    if text:
        child.text = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
    return child
