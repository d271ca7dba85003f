"""Quiet hours of our people: what can wait until morning does. Plain Python."""

from datetime import datetime, time, timedelta, tzinfo

from zabota.common.working_time import Calendar, between, next_opening

NOTHING = timedelta()


def after_quiet(calendar: Calendar, at: datetime) -> datetime:
    """When a colleague may be written to: now, while the day's work is on or stands still for
    lunch; in the evening, at night and on days off when the next day begins.
    """
    opens = next_opening(calendar, at)
    if opens == at:
        return at
    local = calendar.local(at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    same_day = calendar.local(opens).date() == local.date()
    lunch = same_day and between(calendar, midnight, at) > NOTHING
    return at if lunch else opens


def after_own_quiet(at: datetime, zone: tzinfo, begins: time, ends: time) -> datetime:
    """The same by somebody's own hours, which may pass midnight."""
    local = at.astimezone(zone)
    now, over_night = local.time(), begins > ends
    if (now < begins and now >= ends) if over_night else not begins <= now < ends:
        return at
    day = local.date() + timedelta(days=1) if over_night and now >= begins else local.date()
    return datetime.combine(day, ends, zone)
