"""After the sale: installation, warranty, training, parts, each a promise with its day."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import keep_promise, lay_promise, rank_holders, store_promises, touch_case
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
