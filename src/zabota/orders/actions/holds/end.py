"""Goods are kept no longer: they were paid for, the time is over, or nobody needs them."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import drop_promise, keep_promise, store_promises, touch_case
from zabota.cases.models import Viewer
from zabota.clients.access import RoomViewer
from zabota.journal.actions import record
from zabota.journal.kinds import EntryKind
from zabota.journal.models import Entry
from zabota.orders.actions.holds.kept import held_hold, settle_rescue
from zabota.orders.entries import HOLD_LAPSED, HOLD_PAID, HOLD_RELEASED
from zabota.orders.entries.orders import ORDER_CANCELLED
from zabota.orders.models import Hold, HoldState
from zabota.orders.reading.hold_rule import firm_day
from zabota.orders.rules import may_release_hold
from zabota.people.refusal import Refused

OF_INVOICE = {
    "ru": "счёт отозван или заказ отменён",
    "en": "the invoice was taken back or the order cancelled",
}


@transaction.atomic
def lapse_hold(hold: Hold, *, by: None, at: datetime) -> bool:
    """Its last day is over: the goods are free for others. What was promised was kept to the last
    minute; the client, warned before, reads that it is over.
    """
    hold = held_hold(hold.pk)
    if hold.ended_at is not None or hold.until >= firm_day(at):
        return False
    due = hold.kept.due_at
    keep_promise(hold.kept, by=by, at=due if due is not None else at, outcome=HoldState.LAPSED)
    _end(hold, HoldState.LAPSED, HOLD_LAPSED, by=None, at=at)
    return True


@transaction.atomic
def pay_hold(entry: Entry, *, by: None, at: datetime) -> int:
    """The счёт is paid for whole: its goods wait for the client, and are nobody else's."""
    found = Hold.objects.standing().filter(invoice=entry.facts["invoice"]).first()
    if found is None:
        return 0
    hold = held_hold(found.pk)
    if hold.ended_at is not None or hold.invoice.to_pay > 0:
        return 0
    keep_promise(hold.kept, by=by, at=at, outcome=HoldState.PAID)
    _end(hold, HoldState.PAID, HOLD_PAID, by=None, at=at)
    return 1


@transaction.atomic
def free_hold(entry: Entry, *, by: None, at: datetime) -> int:
    """The счёт was taken back, or its order cancelled: nothing is kept by it any more."""
    standing = Hold.objects.standing()
    found = (
        standing.filter(invoice__order=entry.facts["case"])
        if entry.kind == ORDER_CANCELLED.name
        else standing.filter(invoice=entry.facts["invoice"])
    )
    for one in found.order_by("pk"):
        hold = held_hold(one.pk)
        drop_promise(hold.kept, by=by, at=at, outcome=HoldState.RELEASED)
        _end(hold, HoldState.RELEASED, HOLD_RELEASED, by=None, at=at, reason=OF_INVOICE)
    return len(found)


@transaction.atomic
def release_hold(hold: Hold, reason: str, *, by: Viewer, at: datetime) -> Hold:
    """The client needs the goods no more, and others may have them."""
    hold = held_hold(hold.pk)
    if not may_release_hold(by, hold):
        raise PermissionDenied
    own = isinstance(by, RoomViewer)
    if not own and not reason.strip():
        raise Refused("no_reason", _("Say why: the client reads it."), field="reason")
    drop_promise(hold.kept, by=by, at=at, outcome=HoldState.RELEASED)
    _end(
        hold, HoldState.RELEASED, HOLD_RELEASED, by=by, at=at, reason=reason.strip()[:300], own=own
    )
    return hold


def _end(
    hold: Hold,
    state: HoldState,
    kind: EntryKind,
    *,
    by: Viewer | None,
    at: datetime,
    reason: str | Mapping[str, str] = "",
    own: bool = False,
) -> None:
    store_promises([hold.kept])
    settle_rescue(hold, state, by=by, at=at, kept=False)
    hold.ended_at = at
    hold.save(update_fields=["ended_at"])
    hold.case.state, hold.case.closed_at = state, at
    touch_case(hold.case, by=by, at=at, fields=("state", "closed_at"))
    record(
        hold.case.stream, kind, by=by.user.pk if by else None, at=at, case=hold.pk, hold=hold.pk,
        own=own, reason=reason or None, contact=hold.invoice.order.contact_id,
    )  # fmt: skip
