"""Lines that will be late: found by themselves, told before anybody asks, the client chooses."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import (
    drop_promise,
    keep_promise,
    lay_promise,
    next_number,
    open_case,
    rank_holders,
    store_promises,
    touch_case,
)
from zabota.cases.models import Case
from zabota.cases.moments import DELAY_CHOICE
from zabota.clients.access import RoomViewer
from zabota.common.working_time import add, subtract
from zabota.journal.actions import record
from zabota.orders.actions.chosen import do_choice
from zabota.orders.actions.held import WEIGHT, day_of, lock_delay, lock_order
from zabota.orders.actions.lines import named
from zabota.orders.actions.words import day_words, said
from zabota.orders.entries.orders import (
    DELAY_CHOSEN,
    DELAY_FOUND,
    DELAY_OVER,
    DELAY_SETTLED,
    LINE_EXPECTED,
)
from zabota.orders.models import (
    DELAY,
    Choice,
    Delay,
    DelayLine,
    DelayState,
    Order,
    OrderLine,
    OrderState,
)
from zabota.orders.reading.choices import choices_of
from zabota.orders.rules.orders import may_change_order, may_choose_on_delay, may_settle_delay
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.refusal import Refused
from zabota.people.rules import demand

# So long before its moment, with nothing gone, a shipment is late.
NEAR = timedelta(hours=2)
BATCH = 200
CHOICE_WORDS = ("Выбрать, что делать с задержкой", "Choose what to do about the delay")


@transaction.atomic
def expect_line(line: OrderLine, day: date, *, by: StaffViewer | None, at: datetime) -> OrderLine:
    """The day on which it is to be expected as things stand; later than promised, it is a delay,
    and the client is told at once.
    """
    order, stream = lock_order(line.order_id)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    if day < day_of(at):
        raise Refused("day", _("This day is over already."), field="day")
    line = order.lines.get(pk=line.pk)
    if line.expected_on == day:
        return line
    line.expected_on = day
    line.save(update_fields=["expected_on"])
    record(
        stream, LINE_EXPECTED, by=by.user.pk if by else None, at=at, case=order.pk,
        line=line.name, day=day_words(day),
    )  # fmt: skip
    find_delays_of(order.pk, by=None, at=at)
    return line


def find_delays(*, by: None, at: datetime) -> int:
    """Orders some of whose lines will be late, each once; and delays that are over by themselves.
    Says how many were found.
    """
    waiting = OrderLine.objects.filter(
        shipped_on=None, promise__state="running", order__case__state=OrderState.OPEN
    )
    near = add(calendar_of(current_firm()), at, NEAR)
    late = waiting.filter(Q(expected_on__gt=F("promised_on")) | Q(promise__due_at__lte=near))
    late = late.exclude(delays__delay__case__state__in=[DelayState.ASKED, DelayState.CHOSEN])
    orders = late.order_by("order").values_list("order", flat=True).distinct()[:BATCH]
    found = sum(find_delays_of(pk, by=None, at=at) for pk in list(orders))
    return found + _end_those_over(at)


@transaction.atomic
def find_delays_of(pk: int, *, by: None, at: datetime) -> int:
    """The lines of this order that will be late and nobody was asked about, as one delay."""
    order, _stream = lock_order(pk)
    if order.case.state != OrderState.OPEN:
        return 0
    calendar = calendar_of(current_firm())
    lines = [
        line
        for line in order.lines.select_related("promise").order_by("number")
        if line.left > 0 and line.promise is not None and line.promise.state == "running"
    ]
    asked = set(
        DelayLine.objects.filter(line__in=lines)
        .exclude(delay__case__state=DelayState.DONE)
        .values_list("line", flat=True)
    )
    moved, near = [], []
    for line in lines:
        if line.pk in asked or line.promise is None or line.promise.due_at is None:
            continue
        agreed = calendar.local(line.promise.due_at).date()
        if line.expected_on is not None and line.expected_on > agreed:
            moved.append(line)
        elif line.shipped == 0 and subtract(calendar, line.promise.due_at, NEAR) <= at:
            near.append(line)
    if not moved and not near:
        return 0
    _open_delay(order, [*moved, *near], "moved" if moved else "near", at=at)
    return 1


def _open_delay(order: Order, lines: Sequence[OrderLine], why: str, *, at: datetime) -> Delay:
    calendar = calendar_of(current_firm())
    days = [line.expected_on for line in lines if line.expected_on is not None]
    expected = max(days) if len(days) == len(lines) else None
    year, number = next_number(DELAY, by=None, at=at)
    case = open_case(
        DELAY, by=None, at=at, number=f"ЗД-{year}-{number:05d}", title=named(lines)[:120],
        client=order.case.client, owner=order.case.owner, state=DelayState.ASKED,
    )  # fmt: skip
    asked = lay_promise(
        case, DELAY_CHOICE, by=None, at=at, words=CHOICE_WORDS, minutes=None, turn="theirs",
        calendar=calendar,
    )  # fmt: skip
    delay = Delay.objects.create(case=case, order=order, why=why, expected_on=expected, asked=asked)
    DelayLine.objects.bulk_create(
        DelayLine(delay=delay, line=line, promised_on=calendar.local(line.promise.due_at).date())
        for line in lines
        if line.promise is not None and line.promise.due_at is not None
    )
    record(
        case.stream, DELAY_FOUND, by=None, at=at, case=case.pk, order=order.pk, what=named(lines),
        day=day_words(expected), contact=order.contact_id,
    )  # fmt: skip
    return delay


@transaction.atomic
def choose_on_delay(delay: Delay, choice: str, *, by: RoomViewer, at: datetime) -> Delay:
    """The client chooses, in one tap: to wait (then the new day is agreed), to have what is there,
    something like it, or nothing of it. What ours have to do follows as a promise.
    """
    delay, stream = lock_delay(delay.pk)
    demand(may_choose_on_delay(by, delay))
    if choice not in choices_of(delay):
        raise Refused("choice", _("This cannot be chosen here."))
    delay.choice, delay.chosen_by, delay.chosen_at = choice, by.contact, at
    keep_promise(delay.asked, by=by, at=at, outcome=choice)
    store_promises([delay.asked])
    order, _order_stream = lock_order(delay.order_id)
    delay.order = order
    delay.doing = do_choice(delay, by=by, at=at)
    delay.save(update_fields=["choice", "chosen_by", "chosen_at", "doing"])
    _stand(delay.case, DelayState.CHOSEN if delay.doing else DelayState.DONE, by=by, at=at)
    record(
        stream, DELAY_CHOSEN, by=by.user.pk, at=at, case=delay.pk, order=order.pk,
        choice=said(Choice(choice).label), contact=by.contact.pk,
    )  # fmt: skip
    return delay


@transaction.atomic
def settle_delay(delay: Delay, *, by: StaffViewer, at: datetime) -> Delay:
    """What the client chose is done, and they read so."""
    delay, stream = lock_delay(delay.pk)
    if not may_settle_delay(by, delay, at):
        raise PermissionDenied
    promise = delay.doing
    if promise is not None and promise.settled_at is None:
        keep_promise(promise, by=by, at=at, outcome=delay.choice)
        store_promises([promise])
        rank_holders([promise], by=by, at=at, weight=WEIGHT)
    _stand(delay.case, DelayState.DONE, by=by, at=at)
    record(
        stream, DELAY_SETTLED, by=by.user.pk, at=at, case=delay.pk, order=delay.order_id,
        choice=said(Choice(delay.choice).label), contact=delay.chosen_by_id,
    )  # fmt: skip
    return delay


def _end_those_over(at: datetime) -> int:
    """Goods left all the same while the client was asked: there is nothing to choose."""
    asked = Delay.objects.filter(case__state=DelayState.ASKED).exclude(
        lines__line__shipped_on=None, lines__line__cancelled__lt=F("lines__line__quantity")
    )
    return sum(_end(one, at) for one in asked.order_by("pk")[:BATCH])


@transaction.atomic
def _end(delay: Delay, at: datetime) -> int:
    delay, stream = lock_delay(delay.pk)
    lines: Iterable[DelayLine] = delay.lines.select_related("line")
    if delay.case.state != DelayState.ASKED or any(one.line.left > 0 for one in lines):
        return 0
    drop_promise(delay.asked, by=None, at=at)
    store_promises([delay.asked])
    _stand(delay.case, DelayState.DONE, by=None, at=at)
    record(stream, DELAY_OVER, by=None, at=at, case=delay.pk, order=delay.order_id)
    return 1


def _stand(case: Case, state: str, *, by: object, at: datetime) -> None:
    case.state, case.closed_at = state, at if state == DelayState.DONE else None
    touch_case(case, by=by, at=at, fields=("state", "closed_at"))
