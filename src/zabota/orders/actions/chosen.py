"""What follows from the client's choice when something is late."""

from collections.abc import Sequence
from datetime import datetime

from zabota.cases.actions import lay_promise, renegotiate_promise
from zabota.cases.models import Promise
from zabota.cases.moments import DELAY_DONE, ORDER_SHIPMENT
from zabota.orders.actions.bought import paid_since
from zabota.orders.actions.held import due_on, give_to_owner
from zabota.orders.actions.lines import OPEN, add_up, settle_shipments
from zabota.orders.actions.ship import note_all_shipped
from zabota.orders.models import Choice, Delay, Order, OrderLine
from zabota.people.firm import calendar_of, current_firm

# A working day to do what was chosen.
MINUTES = 8 * 60
NAME_DAY = ("Назвать новый день", "Name the new day")
SHIP_PART = ("Отгрузить, что есть", "Ship what is there")
REPLACE = ("Предложить замену", "Offer a replacement")
PAY_BACK = ("Вернуть оплаченное", "Pay back what was paid")


def do_choice(delay: Delay, *, by: object, at: datetime) -> Promise | None:
    """What can be done at once is done; what somebody of ours has to do is promised."""
    order = delay.order
    late = [one.line_id for one in delay.lines.all()]
    lines = list(order.lines.filter(pk__in=late).select_related("promise").order_by("number"))
    if delay.choice == Choice.CANCEL:
        return _cancel(order, lines, delay, by=by, at=at)
    if delay.choice == Choice.REPLACE:
        return _promise(delay, REPLACE, by=by, at=at)
    if delay.expected_on is not None:
        agree_day(order, [one for one in lines if one.left > 0], delay, by=by, at=at)
    if delay.choice == Choice.PARTIAL:
        return _promise(delay, SHIP_PART, by=by, at=at)
    return None if delay.expected_on else _promise(delay, NAME_DAY, by=by, at=at)


def agree_day(
    order: Order, lines: Sequence[OrderLine], delay: Delay, *, by: object, at: datetime
) -> None:
    """The client agreed to a new day: a new promise in the open. Of a shipment only some lines of
    which are late, the others stay promised as they were.
    """
    assert delay.expected_on is not None
    calendar = calendar_of(current_firm())
    of: dict[Promise, list[OrderLine]] = {}
    for line in lines:
        if line.promise is not None and line.promise.state in OPEN:
            of.setdefault(line.promise, []).append(line)
    for promise, some in of.items():
        due = due_on(calendar, max(one.expected_on or delay.expected_on for one in some))
        others = order.lines.filter(promise=promise).exclude(pk__in=[one.pk for one in some])
        if any(one.left > 0 for one in others):
            numbers = ", ".join(str(one.number) for one in some)[:200]
            renewed = lay_promise(
                order.case, ORDER_SHIPMENT, by=by, at=at,
                words=(f"Отгрузить позиции: {numbers}", f"Ship lines: {numbers}"), minutes=None,
                calendar=calendar, due_at=due,
            )  # fmt: skip
            renewed.first_due_at, renewed.agreed_at = promise.first_due_at, at
            renewed.save(update_fields=["first_due_at", "agreed_at"])
            give_to_owner([renewed], order.case.owner, by=by, at=at)
        else:
            renewed = renegotiate_promise(promise, by=by, at=at, due_at=due, agreed_at=at)
        for line in some:
            line.promise = renewed
            line.save(update_fields=["promise"])


def _cancel(
    order: Order, lines: Sequence[OrderLine], delay: Delay, *, by: object, at: datetime
) -> Promise | None:
    for line in lines:
        line.cancelled += line.left
        line.save(update_fields=["cancelled"])
    every = list(order.lines.order_by("number"))
    add_up(order, every)
    order.paid_on = paid_since(order)
    order.save(update_fields=["total", "vat", "paid_on"])
    settle_shipments(order, every, by=by, at=at)
    # What is left may have left and been paid for already: then the order is over.
    note_all_shipped(order, every, by=None, at=at)
    return _promise(delay, PAY_BACK, by=by, at=at) if order.paid > order.total else None


def _promise(delay: Delay, words: tuple[str, str], *, by: object, at: datetime) -> Promise:
    promise = lay_promise(
        delay.case, DELAY_DONE, by=by, at=at, words=words, minutes=MINUTES,
        calendar=calendar_of(current_firm()),
    )  # fmt: skip
    give_to_owner([promise], delay.case.owner, by=by, at=at)
    return promise
