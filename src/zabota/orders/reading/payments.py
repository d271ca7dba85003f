"""Payments nobody has laid on what they are for, with what each might be for."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext

from zabota.orders.models import Allocation, Invoice, Payment

MOST_OFFERED = 6


@dataclass(frozen=True)
class Offer:
    """A счёт a payment might be for: how much of it, and why."""

    invoice: Invoice
    sum: Decimal
    why: str


@dataclass(frozen=True)
class Waiting:
    """A payment that waits for a person's word."""

    payment: Payment
    guesses: list[tuple[Allocation, str]]
    offers: list[Offer]


def waiting_payments() -> QuerySet[Payment]:
    """Money that came and is not laid on anything, in full or in part; not what went back."""
    return Payment.objects.filter(set_aside_at=None, free__gt=0, back=False)


def count_waiting() -> int:
    """How many wait, a hundred at most: more is not told apart."""
    return len(waiting_payments().values_list("pk")[:100])


def with_offers(payments: list[Payment]) -> list[Waiting]:
    """What each might be for: guesses first, then what the same client has not paid."""
    guesses = Allocation.objects.filter(guess=True).select_related("invoice__order__case__client")
    rows = Payment.objects.filter(pk__in=[one.pk for one in payments])
    rows = rows.prefetch_related(Prefetch("allocations", guesses, to_attr="guessed"))
    found = {one.pk: one for one in rows.select_related("client__root")}
    clients = {one.client.whole_id for one in found.values() if one.client is not None}
    open_ = Invoice.objects.standing().filter(paid__lt=F("total"))
    whose = Q(order__case__client__in=clients) | Q(order__case__client__root__in=clients)
    due: dict[int, list[Invoice]] = {}
    some = open_.filter(whose).select_related("order__case__client").order_by("day", "pk")
    for one in some[:500]:
        due.setdefault(one.order.case.client.whole_id, []).append(one)
    return [_waiting(found[one.pk], due) for one in payments if one.pk in found]


def _waiting(payment: Payment, due: dict[int, list[Invoice]]) -> Waiting:
    guessed: list[Allocation] = payment.guessed  # type: ignore[attr-defined]
    taken = {one.invoice_id for one in guessed}
    mine = due.get(payment.client.whole_id, []) if payment.client is not None else []
    offers = [
        Offer(one, min(payment.free, one.to_pay), "")
        for one in mine
        if one.pk not in taken and one.currency == payment.currency
    ]
    return Waiting(payment, [(one, why_words(one.why)) for one in guessed], offers[:MOST_OFFERED])


def why_words(codes: list[str]) -> str:
    """By what a payment was laid, in words."""
    words = {
        "number": gettext("the number is named"),
        "inn": gettext("the payer is the client"),
        "sum": gettext("the sum is just this"),
        "told": gettext("said by the program it came from"),
        "person": gettext("said by a colleague"),
    }
    return ", ".join(words[code] for code in codes if code in words)
