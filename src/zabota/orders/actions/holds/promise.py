"""Goods of a счёт are kept for a client from now on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import lay_promise, link_cases, next_number, open_case
from zabota.cases.models import Case, LinkKind, Overdue
from zabota.cases.moments import HOLD_KEPT
from zabota.journal.actions import lock_stream, record
from zabota.journal.reading import day_ref
from zabota.orders.actions.holds.kept import due_of, stay_payable
from zabota.orders.entries import HOLD_PROMISED
from zabota.orders.models import HOLD, Hold, HoldLine, HoldState, Invoice
from zabota.orders.reading.hold_rule import firm_day, hold_rule
from zabota.orders.rules import may_hold_goods
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Place
from zabota.people.refusal import Refused

WORDS = ("Держим товар для вас", "Keep the goods for you")


@dataclass(frozen=True)
class Quote:
    """What is promised and what is known: where and until when, which contract is being agreed and
    whether ours agrees, too; what the client said of their own approval, by when they need it, the
    truck it comes by.
    """

    store: Place
    until: date
    agreement: Case | None = None
    needs_ours: bool = False
    client_until: date | None = None
    needed_by: date | None = None
    comes_on: date | None = None


@transaction.atomic
def promise_hold(invoice: Invoice, quote: Quote, *, by: StaffViewer, at: datetime) -> Hold:
    """The client reads until when the goods are theirs to pay for. Within the firm's rule: what
    lasts longer is a step beyond it, taken afterwards.
    """
    if not may_hold_goods(by):
        raise PermissionDenied
    lock_stream(invoice.order.case.stream_id)
    invoice = Invoice.objects.select_related("order__case__client", "order__case__owner").get(
        pk=invoice.pk
    )
    order = invoice.order.case
    today = firm_day(at)
    _check(invoice, quote, today)
    case = _open_case(invoice, order, quote, by=by, at=at)
    promise = lay_promise(
        case,
        HOLD_KEPT,
        by=by,
        at=at,
        words=WORDS,
        minutes=None,
        calendar=calendar_of(current_firm()),
        due_at=due_of(quote.until),
        overdue=Overdue.WAIT,
    )
    said = quote.client_until is not None
    hold = Hold.objects.create(
        case=case, invoice=invoice, store=quote.store, kept=promise, begun_on=today,
        first_until=quote.until, until=quote.until, agreement=quote.agreement,
        needs_ours=quote.needs_ours, client_until=quote.client_until,
        client_said_at=at if said else None, client_said_by=by.user if said else None,
        comes_on=quote.comes_on, checked_at=at - timedelta(days=1),
    )  # fmt: skip
    stay_payable(invoice, quote.until, by=by, at=at)
    lines = _keep_lines(hold, invoice)
    record(
        case.stream, HOLD_PROMISED, by=by.user.pk, at=at, case=case.pk, hold=hold.pk,
        until=day_ref(quote.until), goods=lines, contact=invoice.order.contact_id,
    )  # fmt: skip
    link_cases(case, order, LinkKind.PART, by=by, at=at)
    return hold


def _check(invoice: Invoice, quote: Quote, today: date) -> None:
    """What stands in the way of the promise, in words."""
    last = today + timedelta(days=hold_rule().first_days)
    if invoice.cancelled_at is not None:
        raise Refused("cancelled", _("This invoice was taken back."))
    if invoice.to_pay <= 0:
        raise Refused("paid", _("This invoice is paid for: the goods are the client’s."))
    if invoice.holds.standing().exists():
        raise Refused("held", _("The goods of this invoice are kept already."))
    if quote.until < today:
        raise Refused("past", _("This day is over."), field="until")
    if quote.until > last:
        raise Refused(
            "beyond",
            _("By the rule goods are not kept so long: promise an earlier day, then go further."),
            field="until",
        )


def _open_case(
    invoice: Invoice, order: Case, quote: Quote, *, by: StaffViewer, at: datetime
) -> Case:
    year, number = next_number("hold", by=by, at=at)
    return open_case(
        HOLD,
        by=by.user,
        at=at,
        number=f"Р-{year}-{number:05d}",
        title=invoice.lines.order_by("number").values_list("name", flat=True).first()
        or order.title,
        client=order.client,
        owner=order.owner,
        state=HoldState.HELD,
        needed_by=quote.needed_by,
    )


def _keep_lines(hold: Hold, invoice: Invoice) -> str:
    """What the счёт says is kept; said in one line."""
    lines = list(invoice.lines.order_by("number"))
    HoldLine.objects.bulk_create(
        HoldLine(hold=hold, name=one.name, quantity=one.quantity, unit=one.unit) for one in lines
    )
    return "; ".join(said_line(one.name, one.quantity, one.unit) for one in lines)


def said_line(name: str, quantity: Decimal, unit: str) -> str:
    """One line as an entry keeps it: without noughts nobody said."""
    return f"{name} × {quantity.normalize():f} {unit}".strip()
