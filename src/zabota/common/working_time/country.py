"""Calendars of countries: days off from the `holidays` package, shortened days from our own table.

`holidays` has Russia's moved days off and working Saturdays, but not the days shortened by an hour:
those stand in `shortened_days.csv` (country, date), edited once a year when the government's decree
on moving days off is out. A day that is worked *instead of* the eve of a holiday is short too
(Order 588n of 13.08.2009).
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import holidays

from zabota.common.working_time.calendar import Calendar, DaySpec, Hours
from zabota.common.working_time.errors import BadCalendar

TABLE = Path(__file__).with_name("shortened_days.csv")


def for_country(
    country: str,
    years: Iterable[int],
    zone: str,
    week: Mapping[int, Hours],
    extra: Mapping[date, DaySpec] | None = None,
) -> Calendar:
    """The calendar of a firm in a country («RU», or with a region «DE-BY») for the given years.

    Days of `extra` (the firm's own holidays, corrections) win over the country's. Outside `years`
    the plain week is worked: give the years of every promise that may be asked about.
    """
    wanted = tuple(sorted(set(years)))
    special: dict[date, DaySpec] = dict(_country_days(country, wanted))
    special.update(extra or {})
    return Calendar(zone, week, special)


@lru_cache(maxsize=64)
def _country_days(country: str, years: tuple[int, ...]) -> Mapping[date, DaySpec]:
    code, _, region = country.partition("-")
    try:
        found = holidays.country_holidays(code, subdiv=region or None, years=years)
    except NotImplementedError as error:
        raise BadCalendar("unknown_country", {"country": country}) from error
    days = {day: DaySpec("off") for day in found}
    days.update((day, DaySpec("working")) for day in found.weekend_workdays if day.year in years)
    days.update((day, DaySpec("short")) for day in shortened_days(code) if day.year in years)
    return days


@lru_cache(maxsize=8)
def shortened_days(country: str) -> frozenset[date]:
    """Days on which a country works less than usual, of our own table (`shortened_days.csv`)."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return frozenset(
            date.fromisoformat(row["date"])
            for row in csv.DictReader(lines)
            if row["country"] == country
        )
