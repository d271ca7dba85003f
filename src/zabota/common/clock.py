"""The only place that reads the time. Everything else is given its moment as `at=`."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

OFFSET_FILE = "clock-offset"


def now() -> datetime:
    """This moment in UTC; in a demo home moved by the seconds kept in its `clock-offset` file."""
    moment = datetime.now(UTC)
    return moment + offset() if settings.DEMO else moment


def offset() -> timedelta:
    """How far a demo home lives ahead (`./zabota demo --later 6h`)."""
    path = settings.HOME / OFFSET_FILE
    return timedelta(seconds=float(path.read_text())) if path.exists() else timedelta()
