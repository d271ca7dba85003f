"""Loading what an action changes, and moving the day until which goods are kept."""

from datetime import date, datetime

from zabota.cases.actions import drop_promise, keep_promise, rank_holders, renegotiate_promise
from zabota.cases.actions import store_promises as store
from zabota.cases.models import PromiseState
from zabota.journal.models import Stream
from zabota.orders.models import Hold, Invoice, Source
from zabota.orders.timeline import end_of_day
from zabota.people.firm import calendar_of, current_firm

RESCUE_WEIGHT = 4


def held_hold(pk: int) -> Hold:
    """A hold as it is now, under its locked stream; inside the action's transaction."""
    stream = Stream.objects.select_for_update().get(case=pk)
    hold = Hold.objects.select_related(
        "case__client",
        "case__owner__user",
        "kept__moment",
        "rescue",
        "store",
        "invoice__order",
    ).get(pk=pk)
    hold.case.stream = stream
    return hold


def due_of(day: date) -> datetime:
    """The last moment of a day goods are kept until."""
    return end_of_day(day, calendar_of(current_firm()))


def last_longer(hold: Hold, until: date, *, by: object, at: datetime) -> None:
    """The promise goes on until a later day; the client is only better off by it, and so it counts
    as agreed. The warning is due anew.
    """
    if until <= hold.until:
        return
    hold.until, hold.warned_at = until, None
    hold.kept = renegotiate_promise(hold.kept, by=by, at=at, due_at=due_of(until), agreed_at=at)
    stay_payable(hold.invoice, until, by=by, at=at)


def stay_payable(invoice: Invoice, until: date, *, by: object, at: datetime) -> None:
    """While goods are kept, their счёт may be paid; one that another program gave is that
    program's.
    """
    ours = Invoice.objects.filter(pk=invoice.pk, source=Source.HAND, valid_until__lt=until)
    if ours.update(valid_until=until):
        invoice.valid_until = until


def settle_rescue(hold: Hold, outcome: str, *, by: object, at: datetime, kept: bool = True) -> None:
    """What was to be done so that it does not lapse is done, or need not be done any more."""
    rescue = hold.rescue
    if rescue is None or rescue.state != PromiseState.RUNNING:
        return
    settle = keep_promise if kept else drop_promise
    settle(rescue, by=by, at=at, outcome=outcome)
    store([rescue])
    rank_holders([rescue], by=by, at=at)
