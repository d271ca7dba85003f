"""A document as another program tells it: an order, a счёт, a shipment, a return, a payment."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zabota.clients.tables import Fault

WHAT = ("order", "invoice", "payment", "shipment", "return")


@dataclass
class Party:
    """The client as the other program knows them."""

    name: str = ""
    inn: str = ""
    kpp: str = ""


@dataclass
class GivenLine:
    """A line of it; `row` is where it stands in the file. Sums are with VAT."""

    row: int
    name: str = ""
    quantity: Decimal = Decimal(0)
    price: Decimal = Decimal(0)
    sum: Decimal | None = None
    outer: str = ""
    article: str = ""
    unit: str = ""
    vat_rate: Decimal | None = None
    vat: Decimal | None = None
    by_day: date | None = None


@dataclass(frozen=True)
class GivenDuty:
    """What is to be done after the sale: its kind, by which day, of which line by its key there."""

    kind: str
    by_day: date
    words: str = ""
    line: str = ""


@dataclass
class Document:
    """What was told, from which line of the file on, with all that is wrong in it.

    `outer` is its key there; `of` that of the order it belongs to, `of_number` its number. `until`
    is by when: an invoice is to be paid, an order shipped.
    """

    what: str
    row: int
    outer: str = ""
    number: str = ""
    day: date | None = None
    party: Party = field(default_factory=Party)
    currency: str = ""
    lines: list[GivenLine] = field(default_factory=list)
    total: Decimal | None = None
    until: date | None = None
    of: str = ""
    of_number: str = ""
    cancelled: bool = False
    note: str = ""
    client_number: str = ""
    # Of a payment.
    back: bool = False
    account: str = ""
    # Of an order.
    duties: list[GivenDuty] = field(default_factory=list)
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    def wrong(self, name: str, code: str, value: str = "", row: int | None = None) -> None:
        """Something in it cannot be right."""
        self.faults.append((row or self.row, Fault(name, code, value[:60])))


def digest_of(document: Document) -> str:
    """The same for the same content, wherever it stands in whatever file."""
    told = [
        document.what, document.outer, document.number, str(document.day), document.currency,
        document.party.inn, document.party.kpp, document.party.name, str(document.total),
        str(document.until), document.of, document.of_number, str(document.cancelled),
        document.note, document.client_number, str(document.back), document.account,
    ]  # fmt: skip
    for line in document.lines:
        told += _told(line)
    for duty in document.duties:
        told += ("duty", duty.kind, str(duty.by_day), duty.words, duty.line)
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()


def _told(line: GivenLine) -> Iterable[str]:
    sums = (line.quantity, line.price, line.sum, line.vat_rate, line.vat)
    return (
        line.outer, line.article, line.name, line.unit, str(line.by_day),
        *("" if one is None else f"{one.normalize():f}" for one in sums),
    )  # fmt: skip
