"""Papers of another program that come again otherwise: a счёт, goods that left or came back."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients.bringing import CHANGED, NEW, SAME, Took
from zabota.journal.actions import record
from zabota.orders.actions.anew import change_return, promise_again, take_off_shipment
from zabota.orders.actions.held import lock_order
from zabota.orders.actions.ship import Paper, Sent, ship_order, take_return
from zabota.orders.entries.orders import ORDER_CHANGED
from zabota.orders.exchange import Document, digest_of
from zabota.orders.models import (
    Invoice,
    InvoiceLine,
    Order,
    OrderLine,
    OrderState,
    Return,
    ReturnReason,
    Shipment,
)
from zabota.orders.vat import line_sum, vat_within
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused


@transaction.atomic
def change_invoice(
    invoice: Invoice, told: Document, digest: str, *, by: StaffViewer, at: datetime
) -> str:
    """Its lines and sums as they are told now, never less than was paid. Says what changed."""
    order, stream = lock_order(invoice.order_id)
    invoice = Invoice.objects.get(pk=invoice.pk)
    was = invoice.total
    if told.cancelled:
        if invoice.paid > 0:
            raise Refused("paid", _("Money has come by this invoice already."))
        invoice.cancelled_at = at
    made = _lines(invoice, told, {one.pk: one for one in order.lines.all()}.values())
    if made:
        invoice.total = sum((one.sum for one in made), Decimal("0.00"))
        invoice.vat = sum((one.vat for one in made), Decimal("0.00"))
        if invoice.total < invoice.paid:
            raise Refused("paid", _("More has been paid by this invoice than it is for now."))
        invoice.lines.all().delete()
        InvoiceLine.objects.bulk_create(made)
    invoice.number, invoice.day = told.number or invoice.number, told.day or invoice.day
    invoice.valid_until, invoice.digest = told.until or invoice.valid_until, digest
    invoice.save()
    what = f"{invoice.number}: {was} → {invoice.total}" if was != invoice.total else invoice.number
    if was != invoice.total or told.cancelled:
        record(
            stream, ORDER_CHANGED, by=by.user.pk, at=at, case=order.pk, what=what,
            contact=order.contact_id, news=order.case.state == OrderState.OPEN,
        )  # fmt: skip
    return what


def _lines(invoice: Invoice, told: Document, ordered: Iterable[OrderLine]) -> list[InvoiceLine]:
    made = []
    for number, one in enumerate(told.lines, 1):
        total = one.sum if one.sum is not None else line_sum(one.quantity, one.price)
        made.append(
            InvoiceLine(
                invoice=invoice, line=_line_for(one.outer, one.article, one.name, ordered),
                number=number, name=one.name, unit=one.unit, quantity=one.quantity,
                price=one.price, sum=total, vat_rate=one.vat_rate,
                vat=one.vat if one.vat is not None else vat_within(total, one.vat_rate),
            )
        )  # fmt: skip
    return made


def take_goods(told: Document, order: Order, source: str, *, by: StaffViewer, at: datetime) -> Took:
    """Goods that left or came back, by their paper; one told otherwise is laid anew."""
    lines = list(order.lines.order_by("number"))
    counts: dict[int, Decimal] = {}
    sums: dict[int, Decimal] = {}
    others = []
    for one in told.lines:
        line = _line_for(one.outer, one.article, one.name, lines)
        if line is None:
            others.append(Sent(one.name, one.quantity, one.article, one.sum or Decimal(0)))
            continue
        counts[line.pk] = counts.get(line.pk, Decimal(0)) + one.quantity
        if one.sum is not None:
            sums[line.pk] = sums.get(line.pk, Decimal(0)) + one.sum
    paper = Paper(told.number, told.day, source, told.outer, digest_of(told), sums)
    if told.what == "return":
        return _return(told, order, counts, paper, by=by, at=at)
    there = Shipment.objects.filter(source=source, outer=told.outer).first()
    if there is not None and there.digest == paper.digest:
        return Took(SAME, told.number)
    if told.cancelled:
        was = take_off_shipment(there, by=by, at=at) if there is not None else ""
        return Took(CHANGED if there else SAME, told.number, was)
    if there is not None:
        return _ship_anew(there, order, counts, paper, tuple(others), by=by, at=at)
    if not told.lines:
        counts = {line.pk: line.left for line in lines}
    ship_order(order, counts, by=by, at=at, paper=paper, others=tuple(others))
    return Took(NEW, told.number)


@transaction.atomic
def _ship_anew(
    there: Shipment, order: Order, counts: dict[int, Decimal], paper: Paper,
    others: tuple[Sent, ...], *, by: StaffViewer, at: datetime,
) -> Took:  # fmt: skip
    """What came back stays so, as long as so much left by what the paper says now."""
    back = dict(order.lines.filter(returned__gt=0).values_list("pk", "returned"))
    order.lines.filter(pk__in=back).update(returned=0)
    was = take_off_shipment(there, by=by, at=at, anew=True)
    if not counts and not others:
        counts = {line.pk: line.left for line in order.lines.all()}
    ship_order(order, counts, by=by, at=at, paper=paper, others=others)
    for pk, returned in back.items():
        if not order.lines.filter(pk=pk, shipped__gte=returned).update(returned=returned):
            raise Refused("returned", _("Some of what this paper told has come back already."))
    promise_again(order, by=by, at=at)
    return Took(CHANGED, paper.number, was)


def _return(
    told: Document, order: Order, counts: dict[int, Decimal], paper: Paper, *, by: StaffViewer,
    at: datetime,
) -> Took:  # fmt: skip
    there = Return.objects.filter(source=paper.source, outer=paper.outer).first()
    if there is None:
        if told.cancelled:
            return Took(SAME, told.number)
        take_return(order, counts, ReturnReason.OTHER, by=by, at=at, paper=paper)
        return Took(NEW, told.number)
    # Those taken before the content was kept are known by their day and sum.
    known = there.digest or (there.day == told.day and told.total in (None, there.sum))
    if there.digest == paper.digest or (not there.digest and known):
        return Took(SAME, told.number)
    return Took(CHANGED, told.number, change_return(there, counts, by=by, at=at, paper=paper))


def _line_for(outer: str, article: str, name: str, lines: Iterable[OrderLine]) -> OrderLine | None:
    """By the key of the other program, else by article, else by name."""
    rows = list(lines)
    for key, value in (("outer", outer), ("article", article), ("name", name)):
        found = [one for one in rows if value and getattr(one, key) == value]
        if found:
            return next((one for one in found if one.left > 0), found[0])
    return None
