"""A счёт is issued, and taken back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import next_number, touch_case
from zabota.journal.actions import record
from zabota.orders.actions.held import day_of, is_news, lock_order
from zabota.orders.actions.words import day_words, money_words
from zabota.orders.entries.orders import INVOICE_ISSUED, INVOICE_TAKEN_BACK
from zabota.orders.models import Invoice, InvoiceLine, Order, OrderLine, OrderState
from zabota.orders.rules.orders import may_change_order
from zabota.orders.vat import part_of
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused

# For how long a счёт may be paid, where nobody says.
VALID = timedelta(days=5)


@transaction.atomic
def issue_invoice(
    order: Order,
    *,
    by: StaffViewer | None,
    at: datetime,
    lines: Sequence[OrderLine] | None = None,
    day: date | None = None,
    valid_until: date | None = None,
    number: str = "",
    source: str = "hand",
    outer: str = "",
    digest: str = "",
) -> Invoice:
    """What the client pays by: for the whole order, or for some of its lines. Its number is the
    firm's, gapless, unless another program gave one.
    """
    order, stream = lock_order(order.pk)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    if order.case.state == OrderState.CANCELLED:
        raise Refused("cancelled", _("This order is cancelled."))
    day = day or day_of(at)
    until = valid_until if valid_until is not None else day + VALID
    if until < day:
        raise Refused("until", _("The last day lies before the first."), field="valid_until")
    lines = list(order.lines.order_by("number")) if lines is None else list(lines)
    made = [_line(number_, one) for number_, one in enumerate(lines, 1) if one.wanted > 0]
    if not made:
        raise Refused("no_lines", _("There is nothing to be paid for."))
    if not number:
        year, taken = next_number("invoice", by=by, at=at)
        number = f"{year}-{taken:05d}"
    invoice = Invoice.objects.create(
        order=order, source=source, outer=outer, digest=digest, number=number, day=day,
        valid_until=until, currency=order.currency,
        total=sum((one.sum for one in made), Decimal("0.00")),
        vat=sum((one.vat for one in made), Decimal("0.00")),
    )  # fmt: skip
    for one in made:
        one.invoice = invoice
    InvoiceLine.objects.bulk_create(made)
    touch_case(order.case, by=by, at=at)
    record(
        stream, INVOICE_ISSUED, by=by.user.pk if by else None, at=at, case=order.pk,
        invoice=invoice.pk, number=number, total=money_words(invoice.total, invoice.currency),
        until=day_words(until), contact=order.contact_id, news=is_news(day, at),
    )  # fmt: skip
    return invoice


@transaction.atomic
def take_back_invoice(invoice: Invoice, *, by: StaffViewer | None, at: datetime) -> Invoice:
    """It is not to be paid by any more. Refused where money has come by it."""
    order, stream = lock_order(invoice.order_id)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    invoice = Invoice.objects.get(pk=invoice.pk)
    if invoice.cancelled_at is not None:
        return invoice
    if invoice.paid > 0:
        raise Refused("paid", _("Money has come by this invoice already."))
    invoice.allocations.filter(guess=True).delete()
    invoice.cancelled_at = at
    invoice.save(update_fields=["cancelled_at"])
    record(
        stream, INVOICE_TAKEN_BACK, by=by.user.pk if by else None, at=at, case=order.pk,
        invoice=invoice.pk, number=invoice.number,
    )  # fmt: skip
    return invoice


def _line(number: int, line: OrderLine) -> InvoiceLine:
    return InvoiceLine(
        line=line, number=number, name=line.name, unit=line.unit, quantity=line.wanted,
        price=line.price, sum=part_of(line.sum, line.wanted, line.quantity),
        vat_rate=line.vat_rate, vat=part_of(line.vat, line.wanted, line.quantity),
    )  # fmt: skip
