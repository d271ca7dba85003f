"""Money comes: kept once, laid on счета by number, sum and payer; a guess waits for a person."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import touch_case
from zabota.clients.models import Client, Import
from zabota.journal.actions import lock_stream, record
from zabota.orders.actions.bought import paid_since, settle_purchase
from zabota.orders.actions.held import is_news, lock_order
from zabota.orders.actions.words import money_words
from zabota.orders.entries.orders import PAYMENT_ALLOCATED, PAYMENT_RELEASED, PAYMENT_SET_ASIDE
from zabota.orders.matching import Laid, match_payment
from zabota.orders.models import Allocation, Invoice, Payment
from zabota.orders.reading.dues import dues_for
from zabota.orders.rules.orders import may_handle_payments
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.people.rules import demand


@dataclass(frozen=True)
class Money:
    """A payment as it is told. `mark` is the same whenever it is told again."""

    mark: str
    day: date
    sum: Decimal
    currency: str = "RUB"
    number: str = ""
    payer: str = ""
    payer_inn: str = ""
    payer_account: str = ""
    purpose: str = ""
    back: bool = False
    source: str = "hand"


def take_payment(
    money: Money,
    *,
    by: StaffViewer | None,
    at: datetime,
    client: Client | None = None,
    came_with: Import | None = None,
    invoice: Invoice | None = None,
) -> Payment:
    """Money came. Told again, it is the same payment. With an `invoice` it is for that one; else
    what it is for is looked for.
    """
    if by is not None and not may_handle_payments(by, at):
        raise PermissionDenied
    if money.sum <= 0:
        raise Refused("sum", _("A payment has a sum above zero."), field="sum")
    with transaction.atomic():
        payment, new = Payment.objects.get_or_create(
            mark=money.mark,
            defaults={
                "client": client.whole if client else None, "day": money.day,
                "number": money.number, "sum": money.sum, "free": money.sum,
                "currency": money.currency, "back": money.back, "payer": money.payer,
                "payer_inn": money.payer_inn, "payer_account": money.payer_account,
                "purpose": money.purpose, "source": money.source, "came_with": came_with, "at": at,
            },
        )  # fmt: skip
        if not new:
            return payment
        if invoice is not None:
            part = min(invoice.to_pay, payment.sum)
            laid = [Laid(invoice.pk, part, ("told",), guess=False)] if part > 0 else []
        else:
            laid = [] if money.back else _found(payment)
        for one in laid:
            _lay(payment, one, by=by, at=at)
    return payment


def _found(payment: Payment) -> list[Laid]:
    whole = payment.client.whole_id if payment.client else None
    return match_payment(payment.sum, payment.purpose, whole, dues_for(payment))


@transaction.atomic
def match_again(payment: Payment, *, by: None, at: datetime) -> int:
    """A счёт came after its payment: look anew what is for what. Says how many were found."""
    payment = Payment.objects.select_for_update().select_related("client__root").get(pk=payment.pk)
    if payment.back or payment.free != payment.sum or payment.allocations.exists():
        return 0
    laid = _found(payment)
    for one in laid:
        _lay(payment, one, by=by, at=at)
    return len(laid)


@transaction.atomic
def correct_payment(
    payment: Payment, money: Money, *, by: StaffViewer | None, at: datetime,
    invoice: Invoice | None = None,
) -> Payment:  # fmt: skip
    """The program it came from tells it otherwise now: what it was for is looked for anew."""
    payment = Payment.objects.select_for_update().select_related("client__root").get(pk=payment.pk)
    for laid in list(payment.allocations.select_related("invoice")):
        before, guess = laid.invoice, laid.guess
        laid.delete()
        if not guess:
            _reckon(payment, before, by=by, at=at)
    payment.sum = payment.free = money.sum
    payment.day, payment.number, payment.purpose = money.day, money.number, money.purpose
    payment.back = money.back
    payment.save(update_fields=["sum", "free", "day", "number", "purpose", "back"])
    if invoice is not None and not payment.back:
        part = min(Invoice.objects.get(pk=invoice.pk).to_pay, payment.sum)
        found = [Laid(invoice.pk, part, ("told",), guess=False)] if part > 0 else []
    else:
        found = [] if payment.back else _found(payment)
    for one in found:
        _lay(payment, one, by=by, at=at)
    return payment


@transaction.atomic
def allocate_payment(
    payment: Payment, invoice: Invoice, sum_: Decimal, *, by: StaffViewer, at: datetime
) -> Allocation:
    """Somebody says: so much of it is for this счёт. A payer nobody knew is its client from now
    on; a guess about it is settled.
    """
    demand(may_handle_payments(by, at))
    order, _stream = lock_order(invoice.order_id)
    payment = Payment.objects.select_for_update().select_related("client__root").get(pk=payment.pk)
    invoice = Invoice.objects.get(pk=invoice.pk)
    payment.allocations.filter(invoice=invoice, guess=True).delete()
    if payment.back or payment.currency != invoice.currency:
        raise Refused("other", _("This payment cannot be for that invoice."))
    if not 0 < sum_ <= min(payment.free, invoice.to_pay):
        raise Refused(
            "sum", _("More than came, or more than is to be paid, cannot be laid."), field="sum"
        )
    if payment.client is None:
        payment.client = order.case.client.whole
        payment.save(update_fields=["client"])
    elif payment.client.whole_id != order.case.client.whole_id:
        raise Refused("client", _("The payer and the order are of different clients."))
    return _lay(payment, Laid(invoice.pk, sum_, ("person",), guess=False), by=by, at=at)


@transaction.atomic
def release_payment(allocation: Allocation, *, by: StaffViewer, at: datetime) -> None:
    """It was not for that счёт after all: the money is free again. A guess is simply dropped."""
    demand(may_handle_payments(by, at))
    order, stream = lock_order(allocation.invoice.order_id)
    found = Allocation.objects.filter(pk=allocation.pk).first()
    if found is None:
        return
    invoice, payment = found.invoice, Payment.objects.select_for_update().get(pk=found.payment_id)
    part, guess = found.sum, found.guess
    found.delete()
    if guess:
        return
    _reckon(payment, invoice, by=by, at=at)
    record(
        stream, PAYMENT_RELEASED, by=by.user.pk, at=at, case=order.pk, invoice=invoice.pk,
        number=invoice.number, sum=money_words(part, payment.currency), payment=payment.pk,
    )  # fmt: skip


@transaction.atomic
def set_aside_payment(payment: Payment, *, by: StaffViewer, at: datetime) -> None:
    """It is for nothing of ours here: it waits for nobody any more."""
    demand(may_handle_payments(by, at))
    payment.allocations.filter(guess=True).delete()
    if Payment.objects.filter(pk=payment.pk, set_aside_at=None).update(set_aside_at=at) != 1:
        return
    record(
        lock_stream(by.employee.stream_id), PAYMENT_SET_ASIDE, by=by.user.pk, at=at,
        payment=payment.pk, sum=money_words(payment.sum, payment.currency),
    )  # fmt: skip


def _lay(payment: Payment, laid: Laid, *, by: StaffViewer | None, at: datetime) -> Allocation:
    invoice = Invoice.objects.get(pk=laid.pk)
    order, stream = lock_order(invoice.order_id)
    user = by.user if by else None
    allocation = Allocation.objects.create(
        payment=payment, invoice=invoice, sum=laid.sum, why=list(laid.why), guess=laid.guess,
        by=user, at=at,
    )  # fmt: skip
    if laid.guess:
        return allocation
    _reckon(payment, invoice, by=by, at=at)
    touch_case(order.case, by=by, at=at)
    record(
        stream, PAYMENT_ALLOCATED, by=user.pk if user else None, at=at, case=order.pk,
        invoice=invoice.pk, payment=payment.pk, number=invoice.number,
        sum=money_words(laid.sum, payment.currency), contact=order.contact_id,
        news=is_news(payment.day, at),
    )  # fmt: skip
    return allocation


def _reckon(payment: Payment, invoice: Invoice, *, by: StaffViewer | None, at: datetime) -> None:
    """What is free, what is paid, since when all of the order is: sums over what stands."""
    payment.free = payment.sum - _sum(payment.allocations.filter(guess=False))
    payment.save(update_fields=["free"])
    invoice.paid = _sum(invoice.allocations.filter(guess=False))
    invoice.save(update_fields=["paid"])
    order, _stream = lock_order(invoice.order_id)
    order.paid = _sum(Allocation.objects.filter(invoice__order=order, guess=False))
    order.paid_on = paid_since(order)
    order.save(update_fields=["paid", "paid_on"])
    settle_purchase(order, by=by, at=at)


def _sum(rows: object) -> Decimal:
    found: Decimal | None = rows.aggregate(all=Sum("sum"))["all"]  # type: ignore[attr-defined]
    return found or Decimal("0.00")
