"""Goods leave, arrive, and come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import touch_case
from zabota.journal.actions import record
from zabota.orders.actions.bought import settle_purchase, take_back
from zabota.orders.actions.held import day_of, is_news, lock_order
from zabota.orders.actions.lines import settle_shipments, shown
from zabota.orders.actions.words import day_words, said
from zabota.orders.entries.orders import DELIVERED, RETURNED, SHIPPED
from zabota.orders.models import (
    Order,
    OrderLine,
    OrderState,
    Return,
    ReturnLine,
    ReturnReason,
    Shipment,
    ShipmentLine,
)
from zabota.orders.rules.orders import may_change_order
from zabota.orders.vat import part_of
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused


@dataclass(frozen=True)
class Sent:
    """What else left, that nobody ordered: the wrong thing."""

    name: str
    quantity: Decimal
    article: str = ""
    sum: Decimal = Decimal(0)


@dataclass(frozen=True)
class Paper:
    """The paper goods go by (УПД), and where it came from."""

    number: str = ""
    day: date | None = None
    source: str = "hand"
    outer: str = ""
    digest: str = ""
    # What lines cost by this very paper, where it says so.
    sums: Mapping[int, Decimal] = field(default_factory=dict)


@transaction.atomic
def ship_order(
    order: Order,
    quantities: Mapping[int, Decimal],
    *,
    by: StaffViewer | None,
    at: datetime,
    paper: Paper | None = None,
    others: tuple[Sent, ...] = (),
) -> Shipment:
    """So many of these lines have left (and `others` that nobody ordered); a shipment all of whose
    lines have left is a promise kept.
    """
    order, stream = lock_order(order.pk)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    if order.case.state == OrderState.CANCELLED:
        raise Refused("cancelled", _("This order is cancelled."))
    paper = paper or Paper()
    day = paper.day or day_of(at)
    lines = {one.pk: one for one in order.lines.order_by("number")}
    given = {pk: count for pk, count in quantities.items() if count > 0 and pk in lines}
    if not given and not others:
        raise Refused("nothing", _("Say how many of what have left."), field="lines")
    made = [_leaving(lines[pk], count, day) for pk, count in given.items()]
    as_told(made, paper)
    made += [
        ShipmentLine(name=one.name, article=one.article, quantity=one.quantity, sum=one.sum)
        for one in others
    ]
    shipment = Shipment.objects.create(
        order=order, source=paper.source, outer=paper.outer, digest=paper.digest,
        number=paper.number, day=day, sum=sum((one.sum for one in made), Decimal("0.00")), at=at,
    )  # fmt: skip
    for one in made:
        one.shipment = shipment
    ShipmentLine.objects.bulk_create(made)
    OrderLine.objects.bulk_update(lines.values(), ["shipped", "shipped_on"])
    settle_shipments(order, lines.values(), by=by, at=at, day=day)
    note_all_shipped(order, lines.values(), by=by, at=at)
    record(
        stream, SHIPPED, by=by.user.pk if by else None, at=at, case=order.pk,
        shipment=shipment.pk, number=paper.number, news=is_news(day, at),
        what="; ".join(f"{one.name} × {shown(one.quantity)}" for one in made)[:280],
        contact=order.contact_id,
    )  # fmt: skip
    return shipment


def as_told(made: Sequence[ShipmentLine | ReturnLine], paper: Paper) -> None:
    """What the paper itself says of sums goes before what is reckoned."""
    for one in made:
        one.sum = paper.sums.get(one.line_id or 0, one.sum)


def _leaving(line: OrderLine, count: Decimal, day: date) -> ShipmentLine:
    before, line.shipped = line.shipped, line.shipped + count
    if line.left == 0 and line.shipped_on is None:
        line.shipped_on = day
    # Of what was ordered the sums of all shipments are just the sum of the line.
    ordered = min(line.shipped, line.quantity) - min(before, line.quantity)
    whole = part_of(line.sum, min(line.shipped, line.quantity), line.quantity)
    cost = whole - part_of(line.sum, min(before, line.quantity), line.quantity)
    return ShipmentLine(
        line=line, name=line.name, article=line.article, quantity=count,
        sum=cost if ordered else Decimal(0),
    )  # fmt: skip


def note_all_shipped(order: Order, lines: object, *, by: StaffViewer | None, at: datetime) -> None:
    """Since when all of it is shipped; a shipped and paid order is over, and is a purchase."""
    some = [one for one in lines if one.wanted > 0]  # type: ignore[attr-defined]
    done = bool(some) and all(one.left == 0 for one in some)
    if done and order.shipped_on is None:
        days = [one.shipped_on for one in some if one.shipped_on]
        order.shipped_on = max(days) if days else day_of(at)
        order.save(update_fields=["shipped_on"])
    settle_purchase(order, by=by, at=at)
    touch_case(order.case, by=by, at=at)


@transaction.atomic
def deliver_shipment(
    shipment: Shipment, day: date, *, by: StaffViewer | None, at: datetime
) -> Shipment:
    """The goods were there on this day."""
    order, stream = lock_order(shipment.order_id)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    if day < shipment.day:
        raise Refused("day", _("They left later than that."), field="day")
    if Shipment.objects.filter(pk=shipment.pk, delivered_on=None).update(delivered_on=day) != 1:
        return shipment
    shipment.delivered_on = day
    record(
        stream, DELIVERED, by=by.user.pk if by else None, at=at, case=order.pk,
        shipment=shipment.pk, day=day_words(day),
    )  # fmt: skip
    return shipment


@transaction.atomic
def take_return(
    order: Order,
    quantities: Mapping[int, Decimal],
    reason: str,
    *,
    by: StaffViewer | None,
    at: datetime,
    paper: Paper | None = None,
) -> Return:
    """Goods came back: never more than had left. What was a purchase counts for so much less."""
    order, stream = lock_order(order.pk)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    paper, why = paper or Paper(), ReturnReason(reason)
    lines = {one.pk: one for one in order.lines.order_by("number")}
    given = {pk: count for pk, count in quantities.items() if count > 0 and pk in lines}
    if not given:
        raise Refused("nothing", _("Say how many of what came back."), field="lines")
    for pk, count in given.items():
        if lines[pk].returned + count > lines[pk].shipped:
            raise Refused(
                "too_many", _("“%(name)s”: more came back than had left."), field="lines",
                name=lines[pk].name,
            )  # fmt: skip
    made = [returning(lines[pk], count) for pk, count in given.items()]
    as_told(made, paper)
    back = Return.objects.create(
        order=order, source=paper.source, outer=paper.outer, digest=paper.digest,
        number=paper.number,
        day=paper.day or day_of(at), reason=why, at=at,
        sum=sum((one.sum for one in made), Decimal("0.00")),
    )  # fmt: skip
    for one in made:
        one.returned = back
    ReturnLine.objects.bulk_create(made)
    OrderLine.objects.bulk_update(lines.values(), ["returned"])
    take_back(order, back, by=by, at=at)
    touch_case(order.case, by=by, at=at)
    record(
        stream, RETURNED, by=by.user.pk if by else None, at=at, case=order.pk, back=back.pk,
        number=paper.number, reason=said(why.label), contact=order.contact_id,
        news=is_news(back.day, at),
        what="; ".join(f"{one.line.name} × {shown(one.quantity)}" for one in made)[:280],
    )  # fmt: skip
    return back


def returning(line: OrderLine, count: Decimal) -> ReturnLine:
    """So many of a line come back, for their share of its sum."""
    before, line.returned = line.returned, line.returned + count
    whole = part_of(line.sum, min(line.returned, line.quantity), line.quantity)
    cost = whole - part_of(line.sum, min(before, line.quantity), line.quantity)
    return ReturnLine(line=line, quantity=count, sum=cost)
