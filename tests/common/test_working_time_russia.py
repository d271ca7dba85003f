"""The working calendar of Russia against the published production calendars."""

import os
import xml.etree.ElementTree as ElementTree
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from zabota.common.working_time import (
    Interval,
    between,
    for_country,
    shortened_days,
    working_days_between,
)

DATA = Path(os.environ.get("ZABOTA_DATA", Path(__file__).parents[3] / "shared/data")) / "calendar"
YEARS = range(2022, 2027)
HOURS = (Interval(time(9), time(13)), Interval(time(14), time(18)))
FIRM = for_country("RU", range(2022, 2028), "Europe/Moscow", dict.fromkeys(range(5), HOURS))
OFF, SHORT, WORKING = 1, 2, 3


def published(year: int) -> dict[date, int]:
    """Every day of the year with its kind; days not named follow the week."""
    path = DATA / f"ru_{year}.xml"
    if not path.exists():
        pytest.skip(f"no production calendar at {path}")
    days = {}
    at = date(year, 1, 1)
    while at.year == year:
        days[at] = OFF if at.weekday() > 4 else WORKING
        at += timedelta(days=1)
    for named in ElementTree.parse(path).getroot().iter("day"):
        month, day = map(int, named.attrib["d"].split("."))
        days[date(year, month, day)] = int(named.attrib["t"])
    return days


@pytest.mark.parametrize("year", YEARS)
def test_every_day_has_the_published_hours(year: int) -> None:
    hours = {OFF: 0, SHORT: 7, WORKING: 8}
    disagreements = {
        day.isoformat(): kind
        for day, kind in published(year).items()
        if between(FIRM, FIRM.moment(day), FIRM.moment(day + timedelta(days=1)))
        != timedelta(hours=hours[kind])
    }
    assert disagreements == {}


@pytest.mark.parametrize("year", YEARS)
def test_every_month_has_the_published_days_and_hours(year: int) -> None:
    days, hours = Counter[int](), Counter[int]()
    for day, kind in published(year).items():
        days[day.month] += kind != OFF
        hours[day.month] += {OFF: 0, SHORT: 7, WORKING: 8}[kind]
    for month in range(1, 13):
        start = FIRM.moment(date(year, month, 1))
        end = FIRM.moment(date(year + month // 12, month % 12 + 1, 1))
        assert between(FIRM, start, end) == timedelta(hours=hours[month])
        assert working_days_between(FIRM, start, end - timedelta(seconds=1)) == days[month]


@pytest.mark.parametrize("year", YEARS)
def test_our_table_of_shortened_days_is_the_published_one(year: int) -> None:
    expected = {day for day, kind in published(year).items() if kind == SHORT}
    assert {day for day in shortened_days("RU") if day.year == year} == expected


def test_the_year_to_come_follows_the_decree() -> None:
    # Moved: 20 February to the 22nd, 2 January to 5 November, 3 January to 31 December.
    start, end = datetime(2026, 12, 31, 21, tzinfo=UTC), datetime(2027, 12, 31, 21, tzinfo=UTC)
    assert working_days_between(FIRM, start, end - timedelta(seconds=1)) == 247
    assert between(FIRM, start, end) == timedelta(hours=247 * 8 - 4)
