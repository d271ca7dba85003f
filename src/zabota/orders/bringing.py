"""What orders take in from files: tables of orders and payments, exchanges of 1C, statements of
banks. Found by name (see `clients/bringing.py`).
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.clients.bringing import Bringing, Brought, Took
from zabota.clients.models import Import
from zabota.clients.tables import read_table
from zabota.common.files import read_file
from zabota.orders.actions.receive import receive_document
from zabota.orders.exchange import Document, read_commerceml, read_statement
from zabota.orders.exchange.table import ORDERS, PAYMENTS, guess, read_orders, read_payments
from zabota.orders.exchange.table_papers import PAPERS, read_papers
from zabota.orders.judging import judge_documents
from zabota.orders.models import Source
from zabota.people.access import StaffViewer

NAMES = {
    "number": _("Number"),
    "day": _("Date"),
    "inn": _("INN"),
    "client": _("Client"),
    "article": pgettext_lazy("goods", "Article"),
    "name": _("Name of the goods"),
    "unit": pgettext_lazy("goods", "Unit"),
    "quantity": _("How many"),
    "price": _("Price with VAT"),
    "sum": _("Sum with VAT"),
    "vat": _("Rate of VAT, %"),
    "by_day": _("Ship by"),
    "until": _("Last day"),
    "currency": _("Currency"),
    "note": _("Note"),
    "purpose": _("What it is paid for"),
    "outer": _("Key (Ид)"),
    "of": pgettext_lazy("paper", "Order"),
}
# Tables of papers, and what a row of each is of.
PAPER_KINDS = {"invoices": "invoice", "shipments": "shipment", "returns": "return"}
FAULTS = {
    "number": _("this is not a number above zero: “%(value)s”"),
    "no_order": _("there is no such order: “%(value)s”"),
    "adds_up": _("the lines do not add up to the sum: %(value)s"),
    "not_charged": _("no such rate was charged on that day: %(value)s"),
}


def _documents(given: Import) -> list[Document]:
    data = read_file(given.file)
    if given.kind == "commerceml":
        return read_commerceml(data)
    if given.kind == "statement":
        return read_statement(data)
    table = read_table(data)
    if given.kind in PAPER_KINDS:
        return read_papers(table, given.columns, PAPER_KINDS[given.kind])
    read = read_orders if given.kind == "orders" else read_payments
    return read(table, given.columns)


def _judge(given: Import) -> Sequence[Brought]:
    source = _source(given)
    return judge_documents(
        _documents(given), source, adds_clients=source == Source.EXCHANGE,
        typed=given.kind == "orders",
    )  # fmt: skip


def _take(given: Import, one: Brought, at: datetime) -> Took:
    by = StaffViewer(given.by.user, given.by)
    source = _source(given)
    return receive_document(
        one.thing, source, by=by, at=at, came_with=given, adds_clients=source == Source.EXCHANGE
    )


def _source(given: Import) -> str:
    return Source.EXCHANGE if given.kind == "commerceml" else Source.TABLE


def _count_orders(data: bytes) -> tuple[dict[str, int], int]:
    table = read_table(data)
    columns = guess(ORDERS, table.head)
    return columns, len(read_orders(table, columns))


def _count_payments(data: bytes) -> tuple[dict[str, int], int]:
    table = read_table(data)
    return guess(PAYMENTS, table.head), len(table.rows)


def _count_papers(data: bytes) -> tuple[dict[str, int], int]:
    table = read_table(data)
    columns = guess(PAPERS, table.head)
    return columns, len(read_papers(table, columns, "shipment"))


BRINGING = {
    "orders": Bringing(
        _count_orders, _judge, _take, fields=ORDERS,
        needed=("number", "day", "quantity"), whole_by="number",
        needed_one_of=(("inn", "client"), ("price", "sum"), ("name", "article")),
        names=NAMES, faults=FAULTS,
    ),
    "payments": Bringing(
        _count_payments, _judge, _take, fields=PAYMENTS, needed=("day", "sum"),
        needed_one_of=(("inn", "client", "purpose"),), names=NAMES, faults=FAULTS,
    ),
    **{
        kind: Bringing(
            _count_papers, _judge, _take, fields=PAPERS, needed=("number", "day", "of"),
            whole_by="number", names=NAMES, faults=FAULTS,
        )
        for kind in PAPER_KINDS
    },
    "commerceml": Bringing(
        lambda data: ({}, len(read_commerceml(data))), _judge, _take, names=NAMES, faults=FAULTS
    ),
    "statement": Bringing(
        lambda data: ({}, len(read_statement(data))), _judge, _take, names=NAMES, faults=FAULTS
    ),
}  # fmt: skip
