"""What must always hold of working time, also against an oracle that walks by minutes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from zabota.common.working_time import (
    Calendar,
    DaySpec,
    Interval,
    add,
    between,
    is_working,
    next_opening,
    subtract,
    with_absences,
    working_days_between,
)

ZONES = [
    "Europe/Moscow",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
]
SWITCHES = [
    datetime(2026, 3, 29, tzinfo=UTC),
    datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2026, 3, 8, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC),
    datetime(2026, 4, 4, tzinfo=UTC),
    datetime(2026, 12, 31, tzinfo=UTC),
]
MINUTE = timedelta(minutes=1)
WINDOW = timedelta(days=5)
law = settings(deadline=None)  # the machine may be busy; speed is measured elsewhere


def wall(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


@st.composite
def hours(draw: st.DrawFn, least: int = 0) -> tuple[Interval, ...]:
    count = draw(st.integers(least, 3))
    edges = draw(st.lists(st.integers(0, 96), min_size=2 * count, max_size=2 * count, unique=True))
    cuts = sorted(15 * edge for edge in edges)
    return tuple(
        Interval(wall(start), wall(end)) for start, end in zip(cuts[::2], cuts[1::2], strict=True)
    )


moments = st.builds(
    lambda near, minutes: near + timedelta(minutes=minutes),
    st.sampled_from(SWITCHES),
    st.integers(-3 * 1440, 3 * 1440),
)
amounts = st.timedeltas(timedelta(), timedelta(days=40))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    week = {weekday: draw(hours()) for weekday in range(6)} | {6: draw(hours(least=1))}
    near = draw(st.sampled_from(SWITCHES)).date()
    special: dict[date, DaySpec] = {}
    for shift in draw(st.lists(st.integers(-4, 4), max_size=3)):
        special[near + timedelta(days=shift)] = draw(
            st.one_of(
                st.just(DaySpec("off")),
                st.builds(DaySpec, st.just("working"), st.none() | hours()),
                st.builds(DaySpec, st.just("short"), st.none() | hours(), st.integers(0, 500)),
            )
        )
    calendar = Calendar(draw(st.sampled_from(ZONES)), week, special)
    away = [
        (start, start + timedelta(minutes=length))
        for start, length in draw(st.lists(st.tuples(moments, st.integers(0, 3000)), max_size=2))
    ]
    return with_absences(calendar, away)


@law
@given(calendars(), moments, amounts, amounts)
def test_adding_is_additive(calendar: Calendar, at: datetime, a: timedelta, b: timedelta) -> None:
    assert add(calendar, at, a + b) == add(calendar, add(calendar, at, a), b)
    assert subtract(calendar, at, a + b) == subtract(calendar, subtract(calendar, at, a), b)


@law
@given(calendars(), moments, moments, amounts, amounts)
def test_clocks_are_monotone(
    calendar: Calendar, at: datetime, later: datetime, a: timedelta, b: timedelta
) -> None:
    at, later = sorted((at, later))
    a, b = sorted((a, b))
    assert at <= add(calendar, at, a) <= add(calendar, at, b)
    assert add(calendar, at, a) <= add(calendar, later, a)
    assert at >= subtract(calendar, at, a) >= subtract(calendar, at, b)
    assert subtract(calendar, at, a) <= subtract(calendar, later, a)
    assert timedelta() <= between(calendar, at, later) <= later - at


@law
@given(calendars(), moments, amounts.filter(bool))
def test_measuring_and_taking_invert_adding(
    calendar: Calendar, at: datetime, working: timedelta
) -> None:
    due = add(calendar, at, working)
    assert between(calendar, at, due) == working
    assert subtract(calendar, due, working) == next_opening(calendar, at)
    begin = subtract(calendar, at, working)
    assert between(calendar, begin, at) == working
    assert is_working(calendar, begin)
    assert add(calendar, begin, working) <= at
    assert between(calendar, add(calendar, begin, working), at) == timedelta()


@law
@given(calendars(), moments, moments, moments)
def test_spans_add_up(calendar: Calendar, a: datetime, b: datetime, c: datetime) -> None:
    assert between(calendar, a, c) == between(calendar, a, b) + between(calendar, b, c)
    assert between(calendar, a, b) == -between(calendar, b, a)


def oracle(calendar: Calendar, start: datetime, minutes: int) -> list[bool]:
    """For each minute: is work on? By the definition alone, walking the wall clock."""
    zone = ZoneInfo(calendar.zone)
    margin = 3 * 1440
    times = [start + number * MINUTE for number in range(-margin, minutes)]
    open_now: set[tuple[datetime, datetime]] = set()
    answers, reached = [], datetime(1, 1, 1)  # noqa: DTZ001 a wall clock
    for at in times:
        shown = at.astimezone(zone).replace(tzinfo=None)
        reached = max(reached, shown)  # a clock put back opens and closes nothing again
        midnight = datetime.combine(reached.date(), time())
        open_now = {
            (opens, closes)
            for opens, closes in (
                (midnight + opens, midnight + closes)
                for opens, closes in calendar.wall_hours(reached.date())
            )
            if opens <= reached < closes
        }
        away = any(gone <= at < back for gone, back in calendar.absences)
        answers.append(bool(open_now) and not away)
    return answers[margin:]


@settings(max_examples=40, deadline=None)
@given(calendars(), moments, st.integers(1, 3000))
def test_a_walk_by_minutes_agrees(calendar: Calendar, start: datetime, amount: int) -> None:
    minutes = int(WINDOW / MINUTE)
    working = oracle(calendar, start, minutes)
    passed = 0
    for number in range(0, minutes, 13):
        at = start + number * MINUTE
        assert is_working(calendar, at) == working[number]
        passed = sum(working[:number])
        assert between(calendar, start, at) == passed * MINUTE
    if passed >= amount:
        due = next(n for n in range(minutes) if sum(working[: n + 1]) == amount) + 1
        assert add(calendar, start, amount * MINUTE) == start + due * MINUTE
    end = start + minutes * MINUTE
    if passed >= amount:
        begin = next(n for n in range(minutes, -1, -1) if sum(working[n:]) == amount)
        assert subtract(calendar, end, amount * MINUTE) == start + begin * MINUTE
    if any(working):
        assert next_opening(calendar, start) == start + working.index(True) * MINUTE


@law
@given(calendars(), moments, moments)
def test_working_days_are_those_with_work_ahead(
    calendar: Calendar, a: datetime, b: datetime
) -> None:
    a, b = sorted((a, b))
    zone = ZoneInfo(calendar.zone)
    first, last = a.astimezone(zone).date(), b.astimezone(zone).date()
    expected = 0
    for shift in range((last - first).days + 1):
        day = first + timedelta(days=shift)
        midnight, next_midnight = (calendar.moment(day + timedelta(days=n)) for n in (0, 1))
        expected += between(calendar, max(a, midnight), next_midnight) > timedelta()
    assert working_days_between(calendar, a, b) == expected
