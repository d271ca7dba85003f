"""Days and hours of a zone, counted by the database without asking a function of ours row by row:
both databases write a moment in UTC from the left, year to minute.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from django.db.models import Case, CharField, Expression, IntegerField, Value, When
from django.db.models.functions import Cast, ExtractHour, Substr

HOUR = timedelta(hours=1)
# Since then Russia's clocks stand still.
SINCE = datetime(2015, 1, 1, tzinfo=UTC)


def hour_of(name: str, zone: tzinfo) -> Expression:
    """The hour of a moment in the zone. Since its clocks no longer change, by arithmetic: SQLite
    leaves any other to Python, ten times as slow.
    """
    any_zone, ahead = ExtractHour(name, tzinfo=zone), steady_hours(zone)
    if ahead is None:
        return any_zone
    hour = Cast(Substr(Cast(name, CharField()), 12, 2), IntegerField())
    lately = When(**{f"{name}__gte": SINCE}, then=(hour + Value(ahead)) % Value(24))
    return Case(lately, default=any_zone, output_field=IntegerField())


def utc_stretch(name: str, zone: tzinfo) -> Substr:
    """The hour of UTC a moment lies in, by which its day in the zone is known; the minute, where
    days of the zone do not begin with an hour of UTC.
    """
    return Substr(Cast(name, CharField()), 1, 13 if _whole_hours(zone) else 16)


def by_day(counts: Iterable[tuple[str, int]], zone: tzinfo) -> dict[date, int]:
    """What was counted by `utc_stretch`, by days of the zone."""
    found: dict[date, int] = {}
    for stretch, count in counts:
        moment = datetime.fromisoformat(f"{stretch}:00" if len(stretch) == 13 else stretch)
        day = moment.replace(tzinfo=UTC).astimezone(zone).date()
        found[day] = found.get(day, 0) + count
    return found


@lru_cache
def steady_hours(zone: tzinfo) -> int | None:
    """By how many whole hours, of 24, the zone is ahead since that moment; nothing where that is
    not always the same.
    """
    ahead = _offsets(zone, SINCE.year)
    if len(ahead) > 1 or not _whole_hours(zone):
        return None
    return next(iter(ahead)) // HOUR % 24


@lru_cache
def _whole_hours(zone: tzinfo) -> bool:
    return not any(ahead % HOUR for ahead in _offsets(zone, 2000))


def _offsets(zone: tzinfo, since: int) -> set[timedelta]:
    """Those of the middles of all months the reports may be about, from a year on."""
    months = ((year, month) for year in range(since, 2100) for month in range(1, 13))
    middles = (datetime(year, month, 15, tzinfo=zone) for year, month in months)
    return {moment.utcoffset() or timedelta() for moment in middles}
