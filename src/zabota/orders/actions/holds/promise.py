"""Goods of a счёт are kept for a client from now on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import lay_promise, link_cases, next_number, open_case
from zabota.cases.models import Case, LinkKind, Overdue
from zabota.cases.moments import HOLD_KEPT
from zabota.journal.actions import lock_stream, record
from zabota.journal.reading import day_ref
from zabota.orders.actions.holds.kept import due_of
from zabota.orders.entries import HOLD_PROMISED
from zabota.orders.models import Hold, HoldLine, HoldState, Invoice
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
    lines = _keep_lines(hold, invoice)
    record(
        case.stream, HOLD_PROMISED, by=by.user.pk, at=at, case=case.pk, hold=hold.pk,
        until=day_ref(quote.until), goods=lines,
    )  # fmt: skip
    link_cases(case, order, LinkKind.PART, by=by, at=at)
    return hold
