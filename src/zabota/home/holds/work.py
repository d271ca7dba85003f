"""What happens to goods kept for clients because time passed."""

from datetime import datetime, timedelta
from typing import Final

from zabota.common.working_time import Calendar
from zabota.home.reading.holds import lay_holds
from zabota.orders.actions.holds import LineDays, check_hold, lapse_hold, warn_of_hold
from zabota.orders.models import Hold
from zabota.orders.reading.hold_rule import firm_day, hold_rule
from zabota.orders.timeline import Laid, Line, Step
from zabota.people.firm import calendar_of, current_firm

EVERY: Final = timedelta(hours=1)
BATCH: Final = 200


def warn_of_holds(at: datetime) -> int:
    """Holds that lapse soon and are not paid for: the client reads it while there is time."""
    last = firm_day(at) + timedelta(days=hold_rule().warn_days)
    near = Hold.objects.standing().filter(until__lte=last, warned_at=None).order_by("until", "pk")
    return sum(warn_of_hold(hold, by=None, at=at) for hold in near[:BATCH])


def check_holds(at: datetime) -> int:
    """Every hour: does each last until it is paid for?"""
    due = Hold.objects.standing().filter(checked_at__lte=at - EVERY).order_by("checked_at", "pk")
    holds = list(due.select_related("case__client")[:BATCH])
    if not holds:
        return 0
    calendar = calendar_of(current_firm())
    lines = lay_holds(holds, hold_rule(), calendar, at=at)
    return sum(
        check_hold(hold, days_of(lines[hold.pk], calendar), by=None, at=at) for hold in holds
    )


def lapse_holds(at: datetime) -> int:
    """Holds whose last day is over: the goods are free."""
    over = Hold.objects.standing().filter(until__lt=firm_day(at)).order_by("until", "pk")
    return sum(lapse_hold(hold, by=None, at=at) for hold in over[:BATCH])


def days_of(line: Line, calendar: Calendar) -> LineDays:
    """The days of a line that its hold is compared with from now on."""

    def both(one: Laid | None) -> tuple[object, object]:
        if one is None:
            return None, None
        return calendar.local(one.ends).date(), calendar.local(one.ends_late).date()

    return LineDays(*both(line.paid), *both(line.after(Step.DELIVERY)))  # type: ignore[arg-type]
