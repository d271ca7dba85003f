"""After the sale: installation, warranty, training, parts, each a promise with its day."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import (
    keep_promise,
    lay_promise,
    rank_holders,
    renegotiate_promise,
    store_promises,
    touch_case,
)
from zabota.cases.models import Overdue, Promise, PromiseState
from zabota.cases.moments import (
    ORDER_INSTALLATION,
    ORDER_OTHER,
    ORDER_PARTS,
    ORDER_TRAINING,
    ORDER_WARRANTY,
)
from zabota.journal.actions import record
from zabota.orders.actions.held import WEIGHT, day_of, due_on, give_to_owner, lock_order
from zabota.orders.actions.words import day_words, said
from zabota.orders.entries.orders import DUTY_KEPT, DUTY_PROMISED
from zabota.orders.exchange import GivenDuty
from zabota.orders.models import Duty, DutyKind, Order, OrderLine
from zabota.orders.rules.orders import may_change_order
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.refusal import Refused

MOMENTS = {
    DutyKind.INSTALLATION: ORDER_INSTALLATION,
    DutyKind.WARRANTY: ORDER_WARRANTY,
    DutyKind.TRAINING: ORDER_TRAINING,
    DutyKind.PARTS: ORDER_PARTS,
    DutyKind.OTHER: ORDER_OTHER,
}


@transaction.atomic
def promise_duty(
    order: Order,
    kind: str,
    day: date,
    *,
    by: StaffViewer | None,
    at: datetime,
    words: str = "",
    line: OrderLine | None = None,
) -> Duty:
    """What we do for the client when the goods are theirs, by its day; a warranty lasts until its
    day, and stands in nobody's list until then.
    """
    order, stream = lock_order(order.pk)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    what = DutyKind(kind)
    if day < day_of(at):
        raise Refused("day", _("This day is over already."), field="day")
    label = said(what.label)
    ru, en = ((words or label[one])[:300] for one in ("ru", "en"))
    calendar = calendar_of(current_firm())
    warranty = what == DutyKind.WARRANTY
    promise = lay_promise(
        order.case, MOMENTS[what], by=by, at=at, words=(ru, en), minutes=None, calendar=calendar,
        due_at=due_on(calendar, day), overdue=Overdue.WAIT if warranty else Overdue.ESCALATE,
    )  # fmt: skip
    if not warranty:
        give_to_owner([promise], order.case.owner, by=by, at=at)
    duty = Duty.objects.create(order=order, line=line, kind=what, promise=promise)
    touch_case(order.case, by=by, at=at)
    record(
        stream, DUTY_PROMISED, by=by.user.pk if by else None, at=at, case=order.pk, duty=duty.pk,
        what={"ru": ru, "en": en}, due=day_words(day), contact=order.contact_id,
    )  # fmt: skip
    return duty


def promise_told(
    order: Order, told: Sequence[GivenDuty], *, by: StaffViewer | None, at: datetime
) -> None:
    """What another program says is done after the sale, each once by its kind, line and words; of
    what is not done yet another day than before is a new promise in the open.
    """
    lines = {one.outer: one for one in order.lines.exclude(outer="")} if told else {}
    for one in told:
        if one.line and one.line not in lines:
            raise Refused("no_line", _("There is no such line: %(line)s."), field="duties",
                          line=one.line)  # fmt: skip
        line = lines.get(one.line)
        there = order.duties.filter(kind=one.kind, line=line).select_related("promise")
        duty = there.filter(promise__words_ru=one.words[:300]).first() if one.words else None
        if duty is None and not one.words:
            duty = there.order_by("pk").first()
        if duty is None:
            promise_duty(order, one.kind, one.by_day, by=by, at=at, words=one.words, line=line)
        else:
            _move_duty(duty, one.by_day, by=by, at=at)


@transaction.atomic
def _move_duty(duty: Duty, day: date, *, by: StaffViewer | None, at: datetime) -> None:
    order, stream = lock_order(duty.order_id)
    promise = Promise.objects.select_related("case").get(pk=duty.promise_id)
    due = due_on(calendar_of(current_firm()), day)
    if promise.state != PromiseState.RUNNING or promise.due_at == due:
        return
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    if day < day_of(at):
        raise Refused("day", _("This day is over already."), field="duties")
    duty.promise = renegotiate_promise(promise, by=by, at=at, due_at=due)
    duty.save(update_fields=["promise"])
    touch_case(order.case, by=by, at=at)
    record(
        stream, DUTY_PROMISED, by=by.user.pk if by else None, at=at, case=order.pk, duty=duty.pk,
        what={"ru": promise.words_ru, "en": promise.words_en}, due=day_words(day),
        contact=order.contact_id,
    )  # fmt: skip


@transaction.atomic
def keep_duty(duty: Duty, *, by: StaffViewer | None, at: datetime) -> Duty:
    """It is done, and the client reads so."""
    order, stream = lock_order(duty.order_id)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    promise = Promise.objects.get(pk=duty.promise_id)
    if promise.state != PromiseState.RUNNING:
        return duty
    keep_promise(promise, by=by, at=at)
    store_promises([promise])
    rank_holders([promise], by=by, at=at, weight=WEIGHT)
    touch_case(order.case, by=by, at=at)
    record(
        stream, DUTY_KEPT, by=by.user.pk if by else None, at=at, case=order.pk, duty=duty.pk,
        what={"ru": promise.words_ru, "en": promise.words_en}, contact=order.contact_id,
        news=duty.kind != DutyKind.WARRANTY,
    )  # fmt: skip
    return duty


def end_warranties(*, by: None, at: datetime) -> int:
    """Warranties whose day has come have lasted."""
    over = Duty.objects.filter(
        kind=DutyKind.WARRANTY, promise__state=PromiseState.RUNNING, promise__due_at__lte=at
    ).order_by("pk")[:200]
    return sum(keep_duty(one, by=by, at=one.promise.due_at or at) is not None
               for one in over.select_related("promise"))  # fmt: skip
