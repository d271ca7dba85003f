"""Goods whose paper is told otherwise, or was noted by mistake: what it said is taken off."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import touch_case
from zabota.journal.actions import record
from zabota.orders.actions.bought import take_back
from zabota.orders.actions.held import lock_order
from zabota.orders.actions.lines import OPEN, lay_shipments
from zabota.orders.actions.ship import Paper, as_told, returning
from zabota.orders.entries.orders import ORDER_CHANGED, SHIPMENT_TAKEN_OFF
from zabota.orders.models import Order, OrderState, Return, ReturnLine, Shipment
from zabota.orders.rules.orders import may_change_order
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused


@transaction.atomic
def take_off_shipment(
    shipment: Shipment, *, by: StaffViewer | None, at: datetime, anew: bool = False
) -> str:
    """It did not leave after all: the lines are as they were before this paper, and promised again.
    `anew`: the same paper follows at once as it is now. Says what stood in it.
    """
    order, stream = lock_order(shipment.order_id)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    if not anew and order.purchase_id is not None:
        raise Refused("bought", _("The order is finished: note what came back instead."))
    what = []
    for one in shipment.lines.select_related("line"):
        what.append(f"{one.name} × {one.quantity.normalize():f}")
        if one.line is None:
            continue
        one.line.shipped -= one.quantity
        if one.line.shipped < one.line.returned:
            raise Refused("returned", _("Some of what this paper told has come back already."))
        one.line.shipped_on = None if one.line.left else one.line.shipped_on
        one.line.save(update_fields=["shipped", "shipped_on"])
    number = shipment.number
    shipment.lines.all().delete()
    shipment.delete()
    Order.objects.filter(pk=order.pk).update(shipped_on=None)
    said = "; ".join(what)[:280]
    if not anew:
        promise_again(order, by=by, at=at)
        record(
            stream, SHIPMENT_TAKEN_OFF, by=by.user.pk if by else None, at=at, case=order.pk,
            number=number, what=said,
        )  # fmt: skip
    return said


def promise_again(order: Order, *, by: StaffViewer | None, at: datetime) -> None:
    """What is to leave after all is promised for the day it was promised for. The caller holds the
    order.
    """
    lines = list(order.lines.select_related("promise").order_by("number"))
    for line in lines:
        if line.left > 0 and line.promise is not None and line.promise.state not in OPEN:
            line.promise = None
            line.save(update_fields=["promise"])
    lay_shipments(order, lines, by=by, at=at)
    case = order.case
    if any(line.left > 0 for line in lines) and case.state == OrderState.DONE:
        case.state, case.closed_at = OrderState.OPEN, None
    touch_case(case, by=by, at=at, fields=("state", "closed_at"))


@transaction.atomic
def change_return(
    back: Return,
    quantities: Mapping[int, Decimal],
    *,
    by: StaffViewer | None,
    at: datetime,
    paper: Paper,
) -> str:
    """The program it came from tells a return otherwise now. More than before counts against the
    purchase, too; with less the purchase counts for the difference again. Says what changed.
    """
    order, stream = lock_order(back.order_id)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    was = back.sum
    for one in back.lines.select_related("line"):
        one.line.returned -= one.quantity
        one.line.save(update_fields=["returned"])
    back.lines.all().delete()
    lines = {one.pk: one for one in order.lines.order_by("number")}
    made: list[ReturnLine] = []
    for pk, count in quantities.items():
        if lines[pk].returned + count > lines[pk].shipped:
            raise Refused("too_many", _("“%(name)s”: more came back than had left."),
                          name=lines[pk].name)  # fmt: skip
        made.append(returning(lines[pk], count))
        lines[pk].save(update_fields=["returned"])
    as_told(made, paper)
    for one in made:
        one.returned = back
    ReturnLine.objects.bulk_create(made)
    back.sum = sum((one.sum for one in made), Decimal("0.00"))
    back.number, back.day, back.digest = paper.number, paper.day or back.day, paper.digest
    back.save(update_fields=["sum", "number", "day", "digest"])
    take_back(order, back, by=by, at=at)
    what = f"{back.number}: {was} → {back.sum}"
    record(
        stream, ORDER_CHANGED, by=by.user.pk if by else None, at=at, case=order.pk, what=what,
        contact=order.contact_id, news=order.case.state == OrderState.OPEN,
    )  # fmt: skip
    return what
