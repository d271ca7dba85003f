"""Loading what an action changes: the stream first, everything else after it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from zabota.cases.actions import Hold, set_holders
from zabota.cases.models import Promise
from zabota.common.working_time import Calendar
from zabota.journal.models import Stream
from zabota.orders.models import Act, Delay, Order
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import Employee

# What came to be known here so many days after it was is no news to the client.
NEWS = timedelta(days=4)
WEIGHT = 3


def lock_order(pk: int) -> tuple[Order, Stream]:
    """An order under its locked stream. Must run inside the action's transaction."""
    stream = Stream.objects.select_for_update().get(case=pk)
    order = Order.objects.select_related(
        "case__client__root", "case__client__owner__user", "case__owner__user", "purchase"
    ).get(pk=pk)
    return order, stream


def lock_delay(pk: int) -> tuple[Delay, Stream]:
    """The same of a delay."""
    stream = Stream.objects.select_for_update().get(case=pk)
    delay = Delay.objects.select_related(
        "case__client", "case__owner__user", "order__case__client", "asked", "doing"
    ).get(pk=pk)
    return delay, stream


def lock_act(pk: int) -> tuple[Act, Stream]:
    """The same of an act of reconciliation."""
    stream = Stream.objects.select_for_update().get(case=pk)
    act = Act.objects.select_related("case__client__root", "case__owner__user", "promise").get(
        pk=pk
    )
    return act, stream


def owner_of(client_owner: Employee, by: StaffViewer | None) -> Employee:
    """Who answers for what begins: whoever answers for the client, else whoever acts."""
    if client_owner.dismissed_at is None or by is None:
        return client_owner
    return by.employee


def day_of(at: datetime) -> date:
    """The firm's day."""
    return at.astimezone(zone_of(current_firm())).date()


def due_on(calendar: Calendar, day: date) -> datetime:
    """When a promise for a day is due: when work ends on it; on a day off, at the usual hour."""
    hours = calendar.wall_hours(day)
    ends = hours[-1][1] if hours else timedelta(hours=18)
    return calendar.moment(day, ends)


def is_news(day: date, at: datetime) -> bool:
    """Whether the client need be told of something of that day."""
    return day_of(at) - day <= NEWS


def give_to_owner(
    promises: Iterable[Promise], owner: Employee, *, by: object, at: datetime
) -> None:
    """Whoever answers for the case has its promises."""
    held = {one: [Hold(owner.pk)] for one in promises}
    if held:
        set_holders(held, by=by, at=at, weight=WEIGHT)
