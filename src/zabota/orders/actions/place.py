"""An order begins, and is cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import (
    drop_promise,
    next_number,
    open_case,
    rank_holders,
    store_promises,
    touch_case,
)
from zabota.cases.models import Promise
from zabota.clients.models import Client, Contact
from zabota.journal.actions import record
from zabota.orders.actions.held import WEIGHT, day_of, is_news, lock_order, owner_of
from zabota.orders.actions.lines import (
    MOST_LINES,
    OPEN,
    Wanted,
    add_up,
    lay_shipments,
    line_of,
    named,
)
from zabota.orders.actions.words import money_words
from zabota.orders.entries.orders import ORDER_CANCELLED, ORDER_PLACED
from zabota.orders.models import ORDER, Order, OrderLine, OrderState, Source
from zabota.orders.rules.orders import may_change_order, may_place_order
from zabota.people.access import StaffViewer
from zabota.people.actions.sections import begin_orders
from zabota.people.firm import current_firm
from zabota.people.models import Place
from zabota.people.refusal import Refused

LONGEST_TITLE = 120


@dataclass(frozen=True)
class Came:
    """Where an order came from, and what the program there knows it by."""

    source: str = Source.HAND
    outer: str = ""
    outer_number: str = ""
    digest: str = ""
    client_number: str = ""


@transaction.atomic
def place_order(
    client: Client,
    lines: Sequence[Wanted],
    *,
    by: StaffViewer | None,
    at: datetime,
    day: date | None = None,
    currency: str = "RUB",
    note: str = "",
    contact: Contact | None = None,
    place: Place | None = None,
    came: Came | None = None,
) -> Order:
    """What a client ordered. Each line with a day is promised for it from this moment on."""
    if by is not None and not may_place_order(by, client, at):
        raise PermissionDenied
    check_lines(lines)
    came, day = came or Came(), day or day_of(at)
    client = client.whole
    year, number = next_number("order", by=by, at=at)
    case = open_case(
        ORDER,
        by=by.user if by else None,
        at=at,
        number=f"З-{year}-{number:05d}",
        title=title_of(lines),
        client=client,
        owner=owner_of(client.owner, by),
        state=OrderState.OPEN,
        client_number=came.client_number,
    )
    order = Order.objects.create(
        case=case, source=came.source, outer=came.outer, outer_number=came.outer_number,
        digest=came.digest, day=day, currency=currency, note=note, contact=contact, place=place,
    )  # fmt: skip
    if not current_firm().keeps_orders:
        begin_orders(by=by, at=at)
    made = [line_of(order, place_, one) for place_, one in enumerate(lines, 1)]
    OrderLine.objects.bulk_create(made)
    add_up(order, made)
    order.save(update_fields=["total", "vat"])
    make_found(order)
    lay_shipments(order, made, by=by, at=at)
    record(
        case.stream, ORDER_PLACED, by=by.user.pk if by else None, at=at, case=case.pk,
        total=money_words(order.total, currency), source=came.source,
        contact=contact.pk if contact else None, news=is_news(day, at),
    )  # fmt: skip
    return order


@transaction.atomic
def cancel_order(order: Order, *, by: StaffViewer | None, at: datetime) -> Order:
    """Nothing more is to be done of it; what was shipped stays shipped."""
    order, stream = lock_order(order.pk)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    if order.case.state == OrderState.CANCELLED:
        return order
    lines = list(order.lines.order_by("number"))
    if any(line.shipped > line.returned for line in lines):
        raise Refused("shipped", _("Some of it has left already: cancel the lines that have not."))
    for line in lines:
        line.cancelled = line.quantity
    OrderLine.objects.bulk_update(lines, ["cancelled"])
    add_up(order, lines)
    order.save(update_fields=["total", "vat"])
    promises = list(Promise.objects.filter(case=order.pk, state__in=OPEN))
    for promise in promises:
        drop_promise(promise, by=by, at=at)
    store_promises(promises)
    rank_holders(promises, by=by, at=at, weight=WEIGHT)
    order.case.state, order.case.closed_at = OrderState.CANCELLED, at
    touch_case(order.case, by=by, at=at, fields=("state", "closed_at"))
    record(
        stream, ORDER_CANCELLED, by=by.user.pk if by else None, at=at, case=order.pk,
        contact=order.contact_id, news=is_news(order.day, at),
    )  # fmt: skip
    return order


def check_lines(lines: Sequence[Wanted]) -> None:
    """Refused where there is nothing to order, or too much, or a line of nothing."""
    if not lines:
        raise Refused("no_lines", _("There is nothing in this order."), field="lines")
    if len(lines) > MOST_LINES:
        raise Refused(
            "too_many", _("At most %(most)s lines in one order."), field="lines", most=MOST_LINES
        )
    for one in lines:
        if one.quantity <= 0 or one.price < 0 or (one.sum or Decimal(0)) < 0:
            raise Refused(
                "quantity", _("“%(name)s”: how many and for how much is above zero."),
                field="lines", name=one.name,
            )  # fmt: skip


def title_of(lines: Sequence[Wanted]) -> str:
    """What is in it, by names."""
    title = "; ".join(dict.fromkeys(one.name for one in lines))
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def make_found(order: Order) -> None:
    """The order is found by the number of the other program and by its articles, too."""
    articles = order.lines.exclude(article="").values_list("article", flat=True)[:50]
    words = " ".join((order.outer_number, *articles)).casefold().replace("ё", "е").strip()
    if words and words not in order.case.search:
        order.case.search = f"{order.case.search} {words}"
        order.case.save(update_fields=["search"])


__all__ = ["Came", "Wanted", "cancel_order", "named", "place_order"]
