"""What a client and we owe each other: every paper with its sum, the balance before and after."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import QuerySet

from zabota.clients.models import Client
from zabota.common.questions import One, Question
from zabota.orders.models import Payment, Return, Shipment, Terms
from zabota.orders.vat import share_out

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Paper:
    """One paper: what it is (shipped, returned, paid, repaid), its day, number, and by how much
    more (or less) the client owes us for it.
    """

    what: str
    day: date
    number: str
    sum: Decimal

    @property
    def debit(self) -> Decimal | None:
        """What the client owes more, in our books."""
        return self.sum if self.sum > 0 else None

    @property
    def credit(self) -> Decimal | None:
        """What the client owes less, in our books."""
        return -self.sum if self.sum < 0 else None


@dataclass(frozen=True)
class Ledger:
    """A period of it. A balance above zero is owed to us, below it to the client."""

    since: date
    until: date
    currency: str
    opening: Decimal
    papers: list[Paper]

    @property
    def debit(self) -> Decimal:
        return sum((one.sum for one in self.papers if one.sum > 0), NOTHING)

    @property
    def credit(self) -> Decimal:
        return -sum((one.sum for one in self.papers if one.sum < 0), NOTHING)

    @property
    def closing(self) -> Decimal:
        """The balance at the end of the last day."""
        return self.opening + self.debit - self.credit


@dataclass(frozen=True)
class Owed:
    """A shipment that is not paid for, in full or in part."""

    day: date
    number: str
    sum: Decimal
    due: date
    late: bool


@dataclass(frozen=True)
class Debt:
    """What is owed now: in all, of that overdue, the terms, shipment by shipment."""

    currency: str
    total: Decimal
    overdue: Decimal
    days: int
    limit: Decimal | None
    owed: list[Owed] = field(default_factory=list)

    @property
    def advance(self) -> Decimal:
        """What the client paid ahead."""
        return max(-self.total, NOTHING)


def read_ledger(client: Client, since: date, until: date, currency: str) -> Ledger:
    """The papers of a client and of all that are one with it; five queries."""
    return _ledger(client, since, until, currency, _terms_of(client))


def _ledger(client: Client, since: date, until: date, currency: str, terms: Terms | None) -> Ledger:
    papers = [one for one in _papers(client, currency) if one.day <= until]
    opening = NOTHING
    if terms is not None and terms.currency == currency and terms.opened_on is not None:
        papers = [one for one in papers if one.day >= terms.opened_on]
        opening = terms.opening if terms.opened_on <= until else NOTHING
    before = sum((one.sum for one in papers if one.day < since), NOTHING)
    within = [one for one in papers if one.day >= since]
    return Ledger(since, until, currency, opening + before, within)


def read_debt(client: Client, today: date, currency: str = "RUB") -> Debt:
    """What is owed today. Money pays the oldest goods first, whatever it was meant for."""
    terms = _terms_of(client)
    days = terms.days if terms else 0
    ledger = _ledger(client, date.min, today, currency, terms)
    goods = [one for one in ledger.papers if one.sum > 0]
    paid = ledger.credit - min(ledger.opening, NOTHING)
    first = max(ledger.opening, NOTHING)
    debts = [(-1, first), *((place, one.sum) for place, one in enumerate(goods))]
    laid = dict(share_out(paid, debts))
    owed = []
    if first > laid.get(-1, NOTHING) and terms is not None and terms.opened_on is not None:
        due = terms.opened_on + timedelta(days=days)
        owed.append(Owed(terms.opened_on, "", first - laid.get(-1, NOTHING), due, due < today))
    for place, one in enumerate(goods):
        left = one.sum - laid.get(place, NOTHING)
        if left > 0:
            due = one.day + timedelta(days=days)
            owed.append(Owed(one.day, one.number, left, due, due < today))
    overdue = sum((one.sum for one in owed if one.late), NOTHING)
    limit = terms.limit if terms else None
    return Debt(currency, ledger.closing, overdue, days, limit, owed)


def _papers(client: Client, currency: str) -> list[Paper]:
    of = {"client": client.pk, "currency": currency}
    found = [Paper("shipped", day, number, total) for day, number, total in _shipped(**of)]
    found += [Paper("returned", day, number, -total) for day, number, total in _returned(**of)]
    found += [
        Paper("repaid" if back else "paid", day, number, total if back else -total)
        for day, number, total, back in _money(**of)
    ]
    return sorted(
        (one for one in found if one.sum), key=lambda one: (one.day, one.what, one.number)
    )


def _terms_of(client: Client) -> Terms | None:
    return next(iter(_terms(client=client.whole_id)), None)


def _of_orders(
    model: type[Shipment | Return], client: int, currency: str
) -> QuerySet[Any, tuple[date, str, Decimal]]:
    rows = model._default_manager.filter(
        order__case__client__in=_family(client), order__currency=currency
    )
    return rows.values_list("day", "number", "sum")


def _family(client: int) -> QuerySet[Client, Any]:
    return Client.objects.whole_of(client).values("pk")


_terms = Question(lambda client: Terms.objects.filter(client=client), client=One())
_shipped = Question(partial(_of_orders, Shipment), client=One(), currency=One())
_returned = Question(partial(_of_orders, Return), client=One(), currency=One())
_money = Question(
    lambda client, currency: Payment.objects.filter(
        client__in=_family(client), currency=currency, set_aside_at=None
    ).values_list("day", "number", "sum", "back"),
    client=One(),
    currency=One(),
)
