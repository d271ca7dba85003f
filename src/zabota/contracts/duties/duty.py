"""What is read out of a contract: who must do what, by when, and where that is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from zabota.contracts.text.tree import Document

type Side = Literal["firm", "client", ""]
type Unit = Literal["calendar", "working", "month", ""]
type Every = Literal["", "month", "quarter", "year"]


@dataclass(frozen=True)
class Signed:
    """A text in force. `values` are as stored (ISO dates, plain numbers), `shown` as the contract
    writes them, `types` the types of its fields, `parties` the two names by field (`firm.name`).
    """

    document: Document
    values: Mapping[str, str]
    shown: Mapping[str, str]
    types: Mapping[str, str]
    parties: Mapping[str, str]
    signed: date


@dataclass(frozen=True)
class Duty:
    """One obligation as the text has it. Empty of `due` where it depends on something that has not
    happened: then `days` (of a `unit`) run `after` words of the contract. `before` days are those
    of a notice before the contract ends.

    `what` is one of payment, prepayment, balance, rent, delivery, handover, services, works,
    report, invoice, reconciliation, renewal, ending.
    """

    what: str
    side: Side
    clause: str
    number: str
    quote: str
    due: date | None = None
    days: int | None = None
    unit: Unit = ""
    after: str = ""
    every: Every = ""
    day: int | None = None
    sum: Decimal | None = None
