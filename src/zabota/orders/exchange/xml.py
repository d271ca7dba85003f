"""CommerceML 2 as 1C writes it: orders, счета, payments, shipments and returns of one file.

Documents stand under the root or in containers of an order with what follows from it (version 2.08
on). XML is parsed without document types and entities, within limits of size and number. Source:
the standard CommerceML 2 by 1C (v8.1c.ru/edi) and the exchange with sites as Bitrix describes it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from lxml import etree

from zabota.clients.tables.rows import MOST, read_day
from zabota.common.packed import Unreadable
from zabota.orders.exchange.document import Document, GivenLine, Party
from zabota.orders.exchange.numbers import exact

MOST_BYTES: Final = 40 * 1024 * 1024
MOST_DOCUMENTS: Final = 20_000
MOST_LINES: Final = 200_000
DECLARED: Final = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
CHARSETS: Final = re.compile(r"^(utf-?8|utf-?16(le|be)?|us-ascii|windows-1251)$")

# What is done by a document, as 1C calls it.
DEALS: Final = {
    "заказ товара": "order",
    "счет на оплату": "invoice",
    "отпуск товара": "shipment",
    "возврат товара": "return",
    "выплата безналичных денег": "payment",
    "выплата наличных денег": "payment",
    "эквайринговая операция": "payment",
    "возврат безналичных денег": "repayment",
    "возврат наличных денег": "repayment",
}
CURRENCIES: Final = {
    "руб": "RUB", "руб.": "RUB", "643": "RUB", "rur": "RUB", "840": "USD", "978": "EUR",
    "156": "CNY",
}  # fmt: skip


def read_commerceml(data: bytes) -> list[Document]:
    """Documents of the file, orders first; Unreadable says why there are none: too_large, bomb,
    not_commerceml, too_many. What we have no use for (catalogues, factures) is left out.
    """
    root = _parsed(data)
    if _local(root) != "КоммерческаяИнформация":
        raise Unreadable("not_commerceml")
    found: list[Document] = []
    lines = 0
    for node, above in _documents(root):
        told = _document(node, above)
        if told is None:
            continue
        found.append(told)
        lines += len(told.lines)
        if len(found) > MOST_DOCUMENTS or lines > MOST_LINES:
            raise Unreadable("too_many", MOST_DOCUMENTS)
    order = ("order", "invoice", "shipment", "payment", "return")
    return sorted(found, key=lambda told: order.index(told.what))


def _parsed(data: bytes) -> etree._Element:
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large", MOST_BYTES)
    declared = DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared and not CHARSETS.match(declared[1].decode("ascii", "replace").lower()):
        raise Unreadable("not_commerceml")
    plain = data.replace(b"\0", b"") if b"\0" in data[:200] else data
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Unreadable("bomb")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise Unreadable("not_commerceml") from broken


def _documents(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """Each document with the order it stands beside or under."""
    for node in root:
        match _local(node):
            case "Документ":
                yield node, None
                yield from ((one, node) for one in _within(node, "ПодчиненныеДокументы"))
            case "Контейнер":
                papers = [one for one in node if _local(one) == "Документ"]
                order = next((one for one in papers if _deal(one) == "order"), None)
                for one in papers:
                    yield one, None if one is order else order


def _document(node: etree._Element, above: etree._Element | None) -> Document | None:
    deal = _deal(node)
    if deal is None:
        return None
    told = Document("payment" if deal == "repayment" else deal, _row(node))
    told.back = deal == "repayment"
    told.outer, told.number = _said(node, "Ид")[:100], _number(node)
    told.party = _party(node if above is None or _has(node, "Контрагенты") else above)
    told.currency = _currency(_said(node, "Валюта") or ("RUB" if above is None else ""))
    told.note = _said(node, "Комментарий")[:1000]
    props = _properties(node)
    told.cancelled = (
        any(
            props.get(name, "").casefold() == "true"
            for name in ("ПометкаУдаления", "Отменен", "Отменён")
        )
        or _said(node, "ПометкаУдаления") == "true"
    )
    told.client_number = props.get("Номер входящего документа", "")[:60]
    told.of = (_said(above, "Ид") if above is not None else _said(node, "Основание"))[:100]
    told.of_number = _number(above) if above is not None else ""
    _read_days(told, node, props)
    told.total = _sum(told, node, "Сумма")
    if told.what == "payment":
        told.outer = f"1c:{told.outer}" if told.outer else ""
    else:
        told.lines = [_line(told, one) for one in _within(node, "Товары")]
    _check(told)
    return told


def _check(told: Document) -> None:
    if not told.outer:
        told.wrong("outer", "required")
    if told.total is None and not told.lines:
        told.wrong("sum", "required")
    sums = [line.sum for line in told.lines]
    if told.total is not None and sums and None not in sums:
        added = sum((one for one in sums if one is not None), Decimal(0))
        if added != told.total:
            told.wrong("sum", "adds_up", f"{added} ≠ {told.total}")


def _read_days(told: Document, node: etree._Element, props: dict[str, str]) -> None:
    day = _said(node, "Дата")
    told.day = read_day(day)
    if told.day is None:
        told.wrong("day", "date" if day else "required", day)
    name = "СрокПлатежа" if told.what == "invoice" else "Дата отгрузки"
    until = _said(node, "СрокПлатежа") if told.what == "invoice" else props.get(name, "")
    if until:
        told.until = read_day(until)
        if told.until is None:
            told.wrong("until", "date", until)


def _line(told: Document, node: etree._Element) -> GivenLine:
    line = GivenLine(_row(node), name=_said(node, "Наименование")[:300])
    line.outer, line.article = _said(node, "Ид")[:100], _said(node, "Артикул")[:60]
    unit = _child(node, "БазоваяЕдиница")
    unit = unit if unit is not None else _child(node, "Единица")
    line.unit = ((unit.text if unit is not None else "") or "").strip()[:20]
    line.quantity = _positive(told, node, "Количество")
    line.price = _positive(told, node, "ЦенаЗаЕдиницу", none=True)
    line.sum = _sum(told, node, "Сумма", line.row)
    by_day = _properties(node).get("Дата отгрузки", "")
    if by_day:
        line.by_day = read_day(by_day)
        if line.by_day is None:
            told.wrong("until", "date", by_day, line.row)
    if not line.name:
        told.wrong("name", "required", row=line.row)
    _read_vat(told, line, node)
    return line


def _read_vat(told: Document, line: GivenLine, node: etree._Element) -> None:
    """The rate and how much of it is in the sum; where it was not, the sum is raised by it."""
    for tax in (*_within(node, "Налоги"), *_within(node, "СтавкиНалогов")):
        if not _said(tax, "Наименование").upper().startswith("НДС"):
            continue
        rate = _said(tax, "Ставка").rstrip("% ").casefold()
        if rate and "без" not in rate:
            line.vat_rate = exact(rate)
            if line.vat_rate is None or not 0 <= line.vat_rate < 100:
                told.wrong("vat", "number", rate, line.row)
                line.vat_rate = None
        if _said(tax, "Сумма"):
            line.vat = exact(_said(tax, "Сумма"))
            beside = _said(tax, "УчтеноВСумме").casefold() == "false"
            if beside and line.vat is not None and line.sum is not None:
                line.sum += line.vat
                line.price = line.sum / line.quantity if line.quantity else line.price


def _positive(told: Document, node: etree._Element, name: str, *, none: bool = False) -> Decimal:
    value = _said(node, name)
    found = exact(value)
    if found is None or found < 0 or (found == 0 and not none) or found > MOST:
        told.wrong("quantity" if name == "Количество" else "price",
                   "number" if value else "required", value, _row(node))  # fmt: skip
        return Decimal(0)
    return found


def _sum(told: Document, node: etree._Element, name: str, row: int = 0) -> Decimal | None:
    value = _said(node, name)
    if not value:
        return None
    found = exact(value)
    if found is None or found < 0 or found > MOST:
        told.wrong("sum", "sum", value, row or _row(node))
        return None
    return found.quantize(Decimal("0.01"))


def _party(node: etree._Element) -> Party:
    """The buyer; else whoever is named first."""
    parties = _within(node, "Контрагенты")
    buyers = [one for one in parties if _said(one, "Роль") in ("Покупатель", "Плательщик")]
    if not parties:
        return Party()
    found = (buyers or parties)[0]
    names = ("ОфициальноеНаименование", "ПолноеНаименование", "Наименование")
    name = next(filter(None, (_said(found, one) for one in names)), "")
    return Party(name[:300], _said(found, "ИНН")[:12], _said(found, "КПП")[:9])


def _number(node: etree._Element) -> str:
    """As 1C numbers it; a site's own number is another one."""
    return (_properties(node).get("Номер по 1С") or _said(node, "Номер"))[:60]


def _properties(node: etree._Element) -> dict[str, str]:
    return {
        _said(one, "Наименование"): _said(one, "Значение")
        for one in _within(node, "ЗначенияРеквизитов")
    }


def _currency(told: str) -> str:
    code = told.strip().casefold()
    found = CURRENCIES.get(code, code.upper())
    return found if re.fullmatch("[A-Z]{3}", found) else ""


def _deal(node: etree._Element) -> str | None:
    return DEALS.get(_said(node, "ХозОперация").casefold().replace("ё", "е"))


def _within(node: etree._Element, name: str) -> list[etree._Element]:
    found = _child(node, name)
    return [] if found is None else list(found)


def _has(node: etree._Element, name: str) -> bool:
    return _child(node, name) is not None


def _child(node: etree._Element, name: str) -> etree._Element | None:
    return next((one for one in node if _local(one) == name), None)


def _said(node: etree._Element, name: str) -> str:
    found = _child(node, name)
    return " ".join((found.text or "").split()) if found is not None else ""


def _local(node: etree._Element) -> str:
    """The name without its namespace: 1C writes it with and without one."""
    return str(node.tag).rpartition("}")[2]


def _row(node: etree._Element) -> int:
    line: object = node.sourceline
    return line if isinstance(line, int) else 0
