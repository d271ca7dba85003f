"""Lines of an order: made, put into the shipments they are promised for, added up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zabota.cases.actions import (
    drop_promise,
    keep_promise,
    lay_promise,
    rank_holders,
    store_promises,
)
from zabota.cases.models import Promise, PromiseState
from zabota.cases.moments import ORDER_SHIPMENT
from zabota.orders.actions.held import WEIGHT, day_of, due_on, give_to_owner
from zabota.orders.models import Order, OrderLine
from zabota.orders.vat import line_sum, part_of, vat_within
from zabota.people.firm import calendar_of, current_firm

MOST_LINES = 1000
OPEN = (PromiseState.RUNNING, PromiseState.PAUSED)


@dataclass(frozen=True)
class Wanted:
    """A line as it is ordered. Sums are with VAT; what is not given is reckoned."""

    name: str
    quantity: Decimal
    price: Decimal
    article: str = ""
    unit: str = ""
    vat_rate: Decimal | None = None
    by_day: date | None = None
    outer: str = ""
    sum: Decimal | None = None
    vat: Decimal | None = None
    # The line it is from now on, where a person changes it; `quantity` is then what is wanted.
    line: int | None = None


def line_of(order: Order, number: int, one: Wanted) -> OrderLine:
    """A new line, not stored yet."""
    line = OrderLine(order=order, number=number, promised_on=one.by_day)
    fill_line(line, one)
    return line


def fill_line(line: OrderLine, one: Wanted) -> list[str]:
    """What a line is from now on; says which columns changed."""
    total = one.sum if one.sum is not None else line_sum(one.quantity, one.price)
    vat = one.vat if one.vat is not None else vat_within(total, one.vat_rate)
    wanted = {
        "outer": one.outer, "article": one.article, "name": one.name, "unit": one.unit,
        "quantity": one.quantity, "price": one.price, "sum": total, "vat_rate": one.vat_rate,
        "vat": vat,
    }  # fmt: skip
    changed = [name for name, value in wanted.items() if getattr(line, name) != value]
    for name in changed:
        setattr(line, name, wanted[name])
    return changed


def add_up(order: Order, lines: Iterable[OrderLine]) -> None:
    """The order's sums are those of its lines, to the kopeck; what was cancelled costs nothing."""
    order.total, order.vat = Decimal("0.00"), Decimal("0.00")
    for line in lines:
        order.total += part_of(line.sum, line.wanted, line.quantity)
        order.vat += part_of(line.vat, line.wanted, line.quantity)


def lay_shipments(
    order: Order, lines: Sequence[OrderLine], *, by: object, at: datetime
) -> list[Promise]:
    """Lines promised for one day are one promise to ship; those without a day promise nothing yet.
    Stores which shipment each is part of.
    """
    calendar = calendar_of(current_firm())
    days = sorted({one.promised_on for one in lines if one.promised_on and not one.promise_id})
    there = {
        one.promise.due_at: one.promise
        for one in order.lines.exclude(promise=None).select_related("promise")
        if one.promise is not None and one.promise.state in OPEN
    }
    laid = []
    for day in days:
        due = due_on(calendar, day)
        promise = there.get(due)
        if promise is None:
            promise = lay_promise(
                order.case, ORDER_SHIPMENT, by=by, at=at, words=_words(lines, day, len(days)),
                minutes=None, calendar=calendar, due_at=due,
            )  # fmt: skip
            laid.append(promise)
        for line in lines:
            if line.promised_on == day and not line.promise_id:
                line.promise = promise
                line.save(update_fields=["promise"])
    give_to_owner(laid, order.case.owner, by=by, at=at)
    return laid


def _words(lines: Sequence[OrderLine], day: date, days: int) -> tuple[str, str]:
    if days < 2:
        return "Отгрузить заказ", "Ship the order"
    numbers = ", ".join(str(one.number) for one in lines if one.promised_on == day)[:200]
    return f"Отгрузить позиции: {numbers}", f"Ship lines: {numbers}"


def settle_shipments(
    order: Order, lines: Iterable[OrderLine], *, by: object, at: datetime, day: date | None = None
) -> None:
    """Promises whose every line has left, or is not wanted any more, are over. `day` is when the
    goods left, where it comes to be known later.
    """
    calendar = calendar_of(current_firm())
    of: dict[int, list[OrderLine]] = {}
    for line in lines:
        if line.promise_id:
            of.setdefault(line.promise_id, []).append(line)
    changed = []
    for promise in Promise.objects.filter(pk__in=of, state__in=OPEN):
        some = of[promise.pk]
        if any(one.left > 0 for one in some):
            continue
        if any(one.shipped > 0 for one in some):
            left = at if day is None or day == day_of(at) else min(at, due_on(calendar, day))
            keep_promise(promise, by=by, at=max(left, promise.started_at or left))
        else:
            drop_promise(promise, by=by, at=at)
        changed.append(promise)
    store_promises(changed)
    rank_holders(changed, by=by, at=at, weight=WEIGHT)


def named(lines: Iterable[OrderLine], limit: int = 3) -> str:
    """What lines are, as a sentence has them."""
    names = [f"{one.name} × {shown(one.wanted)}" for one in lines]
    more = f" … +{len(names) - limit}" if len(names) > limit else ""
    return ("; ".join(names[:limit]) + more)[:280]


def shown(quantity: Decimal) -> str:
    """A number of things without zeros that say nothing."""
    return f"{quantity.normalize():f}"
