"""Working time by example: what a due moment is, and what the clock on the wall does to it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from zabota.common.working_time import (
    BadCalendar,
    BadMoment,
    Calendar,
    DaySpec,
    Interval,
    NoWorkingTime,
    add,
    between,
    for_country,
    is_working,
    next_opening,
    subtract,
    with_absences,
    working_days_between,
)

MOSCOW = ZoneInfo("Europe/Moscow")
HOURS = (Interval(time(9), time(13)), Interval(time(14), time(18)))
WEEK = dict.fromkeys(range(5), HOURS)
FIRM = for_country("RU", range(2022, 2028), "Europe/Moscow", WEEK)
HOUR = timedelta(hours=1)


def msk(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW)


def test_a_promise_made_before_lunch_skips_lunch_and_the_night() -> None:
    assert add(FIRM, msk("2026-11-18 12:00"), 2 * HOUR) == msk("2026-11-18 15:00")
    assert add(FIRM, msk("2026-11-18 16:00"), 4 * HOUR) == msk("2026-11-19 11:00")


def test_a_due_moment_is_a_closing_and_its_beginning_an_opening() -> None:
    evening, morning = msk("2026-11-18 18:00"), msk("2026-11-19 09:00")
    assert add(FIRM, msk("2026-11-18 09:00"), 8 * HOUR) == evening
    assert subtract(FIRM, msk("2026-11-19 18:00"), 8 * HOUR) == morning
    assert add(FIRM, msk("2026-11-18 21:00"), timedelta()) == msk("2026-11-18 21:00")
    assert next_opening(FIRM, evening) == morning
    assert not is_working(FIRM, evening)
    assert is_working(FIRM, morning)


def test_results_are_in_utc() -> None:
    due = add(FIRM, msk("2026-11-18 09:00"), HOUR)
    assert due.tzinfo is UTC
    assert due.hour == 7


def test_new_year_is_jumped_over_and_the_eve_of_a_holiday_is_short() -> None:
    assert add(FIRM, msk("2025-12-30 17:00"), 2 * HOUR) == msk("2026-01-12 10:00")
    assert add(FIRM, msk("2026-04-30 16:00"), 2 * HOUR) == msk("2026-05-04 10:00")
    assert between(FIRM, msk("2026-04-30 00:00"), msk("2026-05-01 00:00")) == 7 * HOUR


def test_a_moved_saturday_is_worked_with_the_hours_of_a_usual_day() -> None:
    assert between(FIRM, msk("2024-04-27 00:00"), msk("2024-04-28 00:00")) == 8 * HOUR
    assert between(FIRM, msk("2024-11-02 00:00"), msk("2024-11-03 00:00")) == 7 * HOUR


def test_working_days_are_counted_as_a_person_counts() -> None:
    monday = msk("2026-11-16 10:00")
    assert working_days_between(FIRM, monday, msk("2026-11-16 11:00")) == 1
    assert working_days_between(FIRM, monday, msk("2026-11-18 08:00")) == 3
    assert working_days_between(FIRM, monday, msk("2026-11-22 12:00")) == 5
    assert working_days_between(FIRM, msk("2026-11-16 20:00"), msk("2026-11-17 10:00")) == 1
    assert working_days_between(FIRM, msk("2026-11-21 10:00"), msk("2026-11-22 10:00")) == 0
    assert working_days_between(FIRM, monday, msk("2026-11-15 10:00")) == 0
    assert working_days_between(FIRM, msk("2026-01-01 00:00"), msk("2026-12-31 23:00")) == 247


def test_an_absent_person_works_neither_on_leave_nor_at_the_dentist() -> None:
    person = with_absences(FIRM, [(date(2026, 11, 17), date(2026, 11, 18))])
    person = with_absences(person, [(msk("2026-11-19 09:00"), msk("2026-11-19 11:00"))])
    assert add(person, msk("2026-11-16 17:00"), 2 * HOUR) == msk("2026-11-19 12:00")
    assert working_days_between(person, msk("2026-11-16 10:00"), msk("2026-11-19 12:00")) == 2
    assert between(FIRM, msk("2026-11-16 17:00"), msk("2026-11-19 12:00")) == 20 * HOUR


def test_overlapping_absences_are_taken_once() -> None:
    away = [(date(2026, 11, 17), date(2026, 11, 18)), (date(2026, 11, 18), date(2026, 11, 20))]
    person = with_absences(FIRM, away)
    assert len(person.absences) == 1
    inside = with_absences(person, [(date(2026, 11, 18), date(2026, 11, 18))])
    assert inside.absences == person.absences
    assert next_opening(person, msk("2026-11-16 18:00")) == msk("2026-11-23 09:00")


def test_a_short_day_may_lose_more_than_its_last_interval() -> None:
    calendar = Calendar(
        "Europe/Moscow", WEEK, {date(2026, 11, 18): DaySpec("short", minutes_less=300)}
    )
    assert between(calendar, msk("2026-11-18 00:00"), msk("2026-11-19 00:00")) == 3 * HOUR
    assert not is_working(calendar, msk("2026-11-18 12:30"))


@pytest.mark.parametrize(
    ("zone", "day", "real"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("America/Havana", date(2026, 11, 1), 25),  # put back at 1:00 to midnight
        ("Asia/Beirut", date(2026, 3, 29), 23),  # put forward at midnight
        ("Pacific/Apia", date(2011, 12, 30), 0),  # a date that never was
        ("Europe/Moscow", date(2026, 3, 29), 24),
    ],
)
def test_a_day_round_the_clock_lasts_as_long_as_it_really_lasts(
    zone: str, day: date, real: int
) -> None:
    calendar = Calendar(zone, {weekday: (Interval(time(0), time(0)),) for weekday in range(7)})
    start, end = calendar.moment(day), calendar.moment(day + timedelta(days=1))
    assert between(calendar, start, end) == end - start == real * HOUR


def test_an_interval_that_starts_in_the_skipped_hour_starts_at_the_switch() -> None:
    zone = ZoneInfo("Europe/Berlin")
    calendar = Calendar("Europe/Berlin", {6: (Interval(time(2, 30), time(4)),)})
    opening = next_opening(calendar, datetime(2026, 3, 28, 12, tzinfo=zone))
    assert opening == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert between(calendar, opening, opening + 5 * HOUR) == HOUR


def test_an_interval_that_starts_in_the_repeated_hour_starts_at_its_first_showing() -> None:
    calendar = Calendar("Europe/Berlin", {6: (Interval(time(2, 30), time(4)),)})
    opening = next_opening(calendar, datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert opening == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert between(calendar, opening, opening + 5 * HOUR) == 2.5 * HOUR


def test_a_month_that_begins_twice_loses_nothing() -> None:
    # St John's put the clock back at 0:01, from 1 November into 31 October.
    round_the_clock = {weekday: (Interval(time(0), time(0)),) for weekday in range(7)}
    calendar = Calendar("America/St_Johns", round_the_clock)
    start = datetime(2009, 10, 31, tzinfo=UTC)
    for minutes in range(0, 3 * 24 * 60, 7):
        at = start + timedelta(minutes=minutes)
        assert between(calendar, start, at) == at - start


def test_a_calendar_without_work_says_so() -> None:
    idle = Calendar("Europe/Moscow", {})
    gone = with_absences(FIRM, [(date(2026, 1, 1), date.max)])
    for calendar in (idle, gone):
        with pytest.raises(NoWorkingTime):
            add(calendar, msk("2026-11-18 09:00"), HOUR)
        with pytest.raises(NoWorkingTime):
            next_opening(calendar, msk("2026-11-18 09:00"))
    with pytest.raises(NoWorkingTime):
        subtract(idle, msk("2026-11-18 09:00"), HOUR)
    assert subtract(gone, msk("2026-11-18 09:00"), HOUR) == msk("2025-12-30 17:00")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Interval(time(18), time(9)), "empty_interval"),
        (lambda: Calendar("Mars/Base", WEEK), "unknown_zone"),
        (lambda: Calendar("../etc", WEEK), "unknown_zone"),
        (lambda: Calendar("Europe/Moscow", {7: HOURS}), "bad_weekday"),
        (lambda: DaySpec("short", minutes_less=-1), "bad_minutes_less"),
        (
            lambda: Calendar("UTC", {0: (*HOURS, Interval(time(12), time(15)))}),
            "intervals_overlap",
        ),
        (lambda: Calendar("UTC", {}, {date(2026, 1, 1): DaySpec("working")}), "no_usual_hours"),
        (lambda: for_country("XX", [2026], "UTC", WEEK), "unknown_country"),
        (
            lambda: with_absences(FIRM, [(date(2026, 2, 1), date(2026, 1, 1))]),
            "absence_ends_before_start",
        ),
    ],
)
def test_a_calendar_that_cannot_be_meant_is_refused(make: Callable[[], object], code: str) -> None:
    with pytest.raises(BadCalendar) as refused:
        make()
    assert refused.value.code == code


def test_a_moment_without_a_zone_and_negative_work_are_refused() -> None:
    with pytest.raises(BadMoment):
        add(FIRM, datetime(2026, 11, 18), HOUR)  # noqa: DTZ001 the point of the test
    with pytest.raises(BadMoment):
        subtract(FIRM, msk("2026-11-18 09:00"), -HOUR)


def test_the_firm_may_correct_the_country() -> None:
    party = {date(2026, 11, 20): DaySpec("working", (Interval(time(9), time(12)),))}
    firm = for_country("RU", [2026], "Europe/Moscow", WEEK, party)
    assert add(firm, msk("2026-11-20 09:00"), 4 * HOUR) == msk("2026-11-23 10:00")
