"""What the client does about their own hold: it lasts longer by a tap, and they say until when
their own approval takes.
"""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Viewer
from zabota.clients.access import RoomViewer
from zabota.journal.actions import record
from zabota.journal.reading import day_ref
from zabota.orders.actions.holds.kept import held_hold
from zabota.orders.actions.holds.steps import carry_out
from zabota.orders.entries import HOLD_CLIENT_SAID
from zabota.orders.models import Hold, HoldStep, StepKind, StepState
from zabota.orders.reading.hold_rule import firm_day, hold_rule, limits_of
from zabota.orders.rules import may_prolong_own, may_say_own_date
from zabota.orders.timeline import prolonged
from zabota.people.refusal import Refused

# So long a look at the line counts; what the client says is looked at in the next round.
EVERY = timedelta(hours=1)


@transaction.atomic
def prolong_own_hold(hold: Hold, *, by: RoomViewer, at: datetime) -> Hold:
    """The client keeps it for longer by a tap, as often and as long as the firm's rule lets."""
    hold, limits, today = held_hold(hold.pk), limits_of(hold_rule()), firm_day(at)
    if not may_prolong_own(by, hold, limits, today):
        raise PermissionDenied
    until = prolonged(hold.until, hold.begun_on, limits.client_days, limits)
    hold.own_times += 1
    step = HoldStep.objects.create(
        hold=hold, kind=StepKind.PROLONG, until=until, state=StepState.DONE, by=by.user, at=at
    )
    carry_out(hold, step, by=by.user, at=at, own=True)
    return hold


@transaction.atomic
def say_own_date(hold: Hold, day: date, *, by: Viewer, at: datetime) -> Hold:
    """By when the client's own approval is there, in their word; the line is laid anew."""
    hold = held_hold(hold.pk)
    if not may_say_own_date(by, hold):
        raise PermissionDenied
    if day < firm_day(at):
        raise Refused("past", _("This day is over."), field="day")
    if day == hold.client_until:
        return hold
    hold.client_until, hold.client_said_at, hold.client_said_by = day, at, by.user
    hold.checked_at = at - EVERY
    hold.save(update_fields=["client_until", "client_said_at", "client_said_by", "checked_at"])
    record(
        hold.case.stream,
        HOLD_CLIENT_SAID,
        by=by.user.pk,
        at=at,
        case=hold.pk,
        hold=hold.pk,
        day=day_ref(day),
        own=isinstance(by, RoomViewer),
        contact=hold.invoice.order.contact_id,
    )
    return hold
