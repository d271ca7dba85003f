"""Hours and days of a zone by arithmetic are those the calendar tells."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db.models import DateTimeField, Value
from django.utils import timezone

from zabota.home.world import World
from zabota.insight.reading.moments import by_day, hour_of, steady_hours, utc_stretch
from zabota.people.models import Firm

MOMENTS = [
    datetime(year, month, day, hour, minute, 1, tzinfo=UTC)
    for year in (2012, 2014, 2026)
    for month, day in ((1, 1), (3, 31), (10, 25), (12, 31))
    for hour, minute in ((0, 0), (18, 29), (18, 31), (20, 59), (21, 0), (23, 59))
]


@pytest.mark.parametrize(
    ("zone", "steady"),
    [("Europe/Moscow", 3), ("Asia/Vladivostok", 10), ("Asia/Kolkata", None), ("UTC", 0),
     ("Europe/Berlin", None), ("America/Sao_Paulo", None)],
)  # fmt: skip
def test_hours_and_days_are_those_of_the_zone(world: World, zone: str, steady: int | None) -> None:
    there = ZoneInfo(zone)
    assert steady_hours(there) == steady
    with timezone.override("Asia/Tokyo"):
        for moment in MOMENTS:
            rows = Firm.objects.annotate(at=Value(moment, DateTimeField()))
            ((hour, stretch),) = rows.values_list(hour_of("at", there), utc_stretch("at", there))
            local = moment.astimezone(there)
            assert (hour, by_day([(stretch, 1), (stretch, 2)], there)) == (
                local.hour, {local.date(): 3},
            )  # fmt: skip
