"""What another program tells is taken in: an order, a счёт, money, a shipment, a return. The same
again changes nothing; what is other now is written and said.
"""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.clients.actions import add_client
from zabota.clients.actions.clients import ClientFields
from zabota.clients.bringing import CHANGED, NEW, SAME, Took
from zabota.clients.models import Client, ClientKind, Import
from zabota.orders.actions.after import promise_told
from zabota.orders.actions.change import change_order
from zabota.orders.actions.invoice import issue_invoice
from zabota.orders.actions.lines import Wanted
from zabota.orders.actions.pay import Money, correct_payment, take_payment
from zabota.orders.actions.place import Came, cancel_order, place_order
from zabota.orders.actions.received import change_invoice, take_goods
from zabota.orders.exchange import Document, GivenLine, digest_of
from zabota.orders.judging import Whose, is_sound
from zabota.orders.models import Invoice, Order, OrderState, Payment, Source
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm
from zabota.people.refusal import Differs, Refused


def receive_document(
    told: Document,
    source: str,
    *,
    by: StaffViewer,
    at: datetime,
    came_with: Import | None = None,
    adds_clients: bool = False,
) -> Took:
    """One document, found again by its key there. Refused says why it is not taken."""
    match told.what:
        case "order":
            return _order(told, source, by=by, at=at, adds_clients=adds_clients)
        case "payment":
            return _payment(told, source, by=by, at=at, came_with=came_with)
    order = order_named(told, source)
    if order is None:
        raise Refused("no_order", _("There is no such order here."), field="order")
    if told.what == "invoice":
        return _invoice(told, order, source, by=by, at=at)
    return take_goods(told, order, source, by=by, at=at)


def order_named(told: Document, source: str) -> Order | None:
    """The order by its key in the other program, or by our number."""
    key = told.outer if told.what == "order" else told.of
    if not key:
        return None
    rows = Order.objects.select_related("case__client__root", "case__owner")
    found = rows.filter(Q(source=source, outer=key) | Q(case__number=key)).first()
    if found is None and source == Source.TABLE and told.what != "order":
        # People write the number they know an order by: good, where it is one order's.
        known = list(rows.filter(outer_number=key)[:2])
        found = known[0] if len(known) == 1 else None
    return found


def wanted_of(line: GivenLine, until: object = None) -> Wanted:
    """A line as it is ordered."""
    return Wanted(
        line.name, line.quantity, line.price, article=line.article, unit=line.unit,
        vat_rate=line.vat_rate, by_day=line.by_day or until, outer=line.outer,  # type: ignore[arg-type]
        sum=line.sum, vat=line.vat,
    )  # fmt: skip


@transaction.atomic
def _order(
    told: Document, source: str, *, by: StaffViewer, at: datetime, adds_clients: bool
) -> Took:
    digest, order = digest_of(told), order_named(told, source)
    lines = [wanted_of(line, told.until) for line in told.lines]
    if order is None:
        if told.cancelled:
            return Took(SAME, told.number)
        came = Came(source, told.outer, told.number, digest, told.client_number)
        client = _client(told, by=by, at=at, adds=adds_clients)
        order = place_order(
            client, lines, by=by, at=at, day=told.day, currency=told.currency or "RUB",
            note=told.note, came=came,
        )  # fmt: skip
        promise_told(order, told.duties, by=by, at=at)
        return Took(NEW, order.case.number)
    if order.digest == digest:
        return Took(SAME, order.case.number)
    if told.cancelled:
        if order.case.state != OrderState.CANCELLED:
            cancel_order(order, by=by, at=at)
        Order.objects.filter(pk=order.pk).update(digest=digest)
        return Took(CHANGED, order.case.number, str(OrderState.CANCELLED.label))
    if order.case.state == OrderState.CANCELLED:
        raise Refused("cancelled", _("This order is cancelled here."), field="order")
    what = change_order(
        order, lines, by=by, at=at, note=told.note, digest=digest, outer_number=told.number
    )
    promise_told(order, told.duties, by=by, at=at)
    return Took(CHANGED, order.case.number, what)


def _client(told: Document, *, by: StaffViewer, at: datetime, adds: bool) -> Client:
    client, why = Whose([told.party]).find(told.party)
    if client is not None:
        return client
    if why == "no_client" and adds and is_sound(told.party):
        kind = ClientKind.PERSON if len(told.party.inn) == 12 else ClientKind.COMPANY
        fields = ClientFields(
            kind=kind, name=told.party.name, inn=told.party.inn, kpp=told.party.kpp,
            language=current_firm().language,
        )  # fmt: skip
        return add_client(fields, owner=by.employee, by=by.user, at=at)
    raise Refused(why or "no_client", _("There is no such client, or there are several."),
                  field="client")  # fmt: skip


def _invoice(told: Document, order: Order, source: str, *, by: StaffViewer, at: datetime) -> Took:
    digest = digest_of(told)
    there = Invoice.objects.filter(source=source, outer=told.outer).first()
    if there is not None:
        if there.digest == digest:
            return Took(SAME, there.number)
        what = change_invoice(there, told, digest, by=by, at=at)
        return Took(CHANGED, there.number, what)
    made = issue_invoice(
        order, by=by, at=at, day=told.day, valid_until=told.until, number=told.number,
        source=source, outer=told.outer, digest=digest,
    )  # fmt: skip
    if told.lines:
        change_invoice(made, told, digest, by=by, at=at)
    return Took(NEW, made.number)


def _payment(
    told: Document, source: str, *, by: StaffViewer, at: datetime, came_with: Import | None
) -> Took:
    assert told.day is not None and told.total is not None
    money = Money(
        told.outer, told.day, told.total, currency=told.currency or "RUB", number=told.number,
        payer=told.party.name, payer_inn=told.party.inn, payer_account=told.account,
        purpose=told.note, back=told.back, source=source,
    )  # fmt: skip
    order = order_named(told, source) if told.of else None
    invoice = _only_invoice(order, by=by, at=at) if order is not None and not told.back else None
    there = Payment.objects.filter(mark=told.outer).first()
    if there is not None:
        if source == Source.API and order is not None:
            _check_order(there, order)
        if (there.sum, there.day) == (money.sum, money.day):
            return Took(SAME, there.number)
        what = f"{there.sum} → {money.sum}"
        correct_payment(there, money, by=by, at=at, invoice=invoice)
        return Took(CHANGED, there.number, what)
    payer, _why = Whose([told.party]).find(told.party)
    client = order.case.client.whole if order is not None else payer
    take_payment(money, by=by, at=at, client=client, came_with=came_with, invoice=invoice)
    return Took(NEW, told.number)


def _check_order(there: Payment, order: Order) -> None:
    """Refused where the program told it for another order before; what a person of ours laid
    otherwise stays as they laid it.
    """
    laid = there.allocations.filter(guess=False).select_related("invoice__order__case")
    rows = [(one.invoice.order, one.why) for one in laid]
    if not rows or any(was.pk == order.pk or "person" in why for was, why in rows):
        return
    raise Differs(
        "differs",
        _("This payment was told for the order %(was)s, now it is told for %(now)s. Another payment"
          " has an id of its own; where it was laid wrongly, lay it anew among the payments."),
        field="order", was=rows[0][0].case.number, now=order.case.number,
    )  # fmt: skip


def _only_invoice(order: Order, *, by: StaffViewer, at: datetime) -> Invoice | None:
    """By which an order is paid: its only счёт; where it has none, the order itself is one, as in
    the program it came from.
    """
    standing = list(order.invoices.filter(cancelled_at=None).order_by("pk")[:2])
    if not standing and order.total > Decimal(0):
        return issue_invoice(
            order, by=by, at=at, day=order.day, number=order.outer_number, source=order.source,
            outer=f"order:{order.outer}" if order.outer else "",
        )  # fmt: skip
    return standing[0] if len(standing) == 1 else None
