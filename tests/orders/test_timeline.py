"""The line from a счёт to the goods: steps in order, ours by working hours, prolonging never
shortens.
"""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.common.test_working_time import FIRM
from zabota.orders.timeline import (
    Clock,
    Ends,
    Limits,
    Missed,
    Said,
    Step,
    Takes,
    draw,
    end_of_day,
    enough_until,
    lay_line,
    misses_of,
    prolonged,
    within_rule,
)

CALENDAR = FIRM
# A Tuesday, ten in the morning in Moscow.
AT = datetime(2026, 11, 17, 7, 0, tzinfo=UTC)
TODAY = date(2026, 11, 17)
LIMITS = Limits(first=10, longest=45, client_times=2, client_days=5, staff_days=7)

lengths = st.timedeltas(timedelta(), timedelta(days=30))
takes = st.builds(
    Takes,
    st.sampled_from(list(Step)),
    st.sampled_from(list(Clock)),
    st.sampled_from(list(Said)),
    st.one_of(lengths, lengths.map(lambda one: AT + one)),
    st.one_of(st.none(), lengths),
)  # fmt: skip


def days(count: int) -> timedelta:
    return timedelta(days=count)


def usual(client: timedelta | datetime = timedelta(days=4), ours: int = 16) -> list[Takes]:
    return [
        Takes(Step.CLIENT, Clock.CALENDAR, Said.TOLD, client),
        Takes(
            Step.OURS, Clock.WORKING, Said.HISTORY, timedelta(hours=ours), timedelta(hours=48), 12
        ),
        Takes(Step.PAYMENT, Clock.CALENDAR, Said.RULE, days(3)),
        Takes(Step.DELIVERY, Clock.WORKING, Said.RULE, timedelta(hours=32)),
    ]


@settings(max_examples=60)
@given(st.lists(takes, max_size=5))
def test_each_step_begins_when_the_one_before_ends(some: list[Takes]) -> None:
    line = lay_line(AT, some, CALENDAR)
    assert [one.step for one in line.steps] == [one.step for one in some]
    ends, late = AT, AT
    for one in line.steps:
        assert one.begins == ends <= one.ends <= one.ends_late
        assert one.ends_late >= late
        ends, late = one.ends, one.ends_late
    assert line.end == max([AT, *(one.ends_late for one in line.steps)])
    picture = draw(line, Ends(TODAY + days(10)), CALENDAR)
    assert len(picture.rows) == len(some) + 1
    for row in picture.rows:
        assert float(row.x) >= 0 and float(row.x) + float(row.width) <= picture.width + 1


@settings(max_examples=60)
@given(st.lists(takes, min_size=1, max_size=4), st.integers(0, 60))
def test_enough_is_enough_and_a_day_less_is_not(some: list[Takes], more: int) -> None:
    line = lay_line(AT, some, CALENDAR)
    enough = enough_until(line, CALENDAR)
    if enough is None:
        assert line.paid is None
        return
    held = [miss.what for miss in misses_of(line, Ends(enough + days(more)), CALENDAR)]
    assert Missed.HOLD not in held
    (miss,) = misses_of(line, Ends(enough - days(1)), CALENDAR)
    assert (miss.what, miss.days >= 1) == (Missed.HOLD, True)


@given(
    st.dates(TODAY, TODAY + days(90)), st.integers(0, 60), st.integers(-5, 60), st.integers(1, 90)
)
def test_prolonging_never_shortens(until: date, began: int, by: int, longest: int) -> None:
    limits = Limits(first=10, longest=longest, client_times=2, client_days=5, staff_days=7)
    begun = until - days(began)
    further = prolonged(until, begun, by, limits)
    assert until <= further <= max(until, begun + days(longest))
    assert further - until <= days(max(0, by))
    assert within_rule(until, until, begun, limits)


def test_ten_days_meet_three_weeks() -> None:
    approved = end_of_day(TODAY + days(21), CALENDAR)
    line = lay_line(AT, usual(approved), CALENDAR)
    first, *_rest = misses_of(line, Ends(hold=TODAY + days(10)), CALENDAR)
    assert (first.what, first.sure, first.at) == (Missed.HOLD, True, Step.CLIENT)
    # Until the 8th it is approved there, ours takes two working days, then it is paid.
    assert first.day == date(2026, 12, 13) and first.days == 16


def test_what_takes_long_is_said_to_be_less_sure() -> None:
    line = lay_line(AT, usual(), CALENDAR)
    paid = line.paid
    assert paid is not None and paid.ends < paid.ends_late
    until = CALENDAR.local(paid.ends).date()
    (miss,) = misses_of(line, Ends(hold=until), CALENDAR)
    assert not miss.sure and miss.at != Step.DELIVERY


def test_an_invoice_that_is_over_and_goods_that_come_too_late_are_found() -> None:
    line = lay_line(AT, usual(), CALENDAR)
    ends = Ends(hold=TODAY + days(40), invoice=TODAY + days(2), needed=TODAY + days(3))
    assert [miss.what for miss in misses_of(line, ends, CALENDAR)] == [
        Missed.INVOICE,
        Missed.NEEDED,
    ]


def test_a_truck_comes_when_it_comes() -> None:
    steps = [*usual()[:-1], Takes(
        Step.DELIVERY, Clock.WORKING, Said.RULE, timedelta(hours=8),
        not_before=end_of_day(date(2026, 12, 20), CALENDAR),
    )]  # fmt: skip
    delivery = lay_line(AT, steps, CALENDAR).after(Step.DELIVERY)
    assert delivery is not None
    assert delivery.begins == end_of_day(date(2026, 12, 20), CALENDAR)


def test_a_rule_says_how_far() -> None:
    assert within_rule(TODAY, TODAY + days(7), TODAY, LIMITS)
    assert not within_rule(TODAY, TODAY + days(8), TODAY, LIMITS)
    assert not within_rule(TODAY + days(44), TODAY + days(46), TODAY, LIMITS)


def test_what_should_be_over_by_now_ends_now() -> None:
    now = AT + days(9)
    line = lay_line(AT, usual(days(4)), CALENDAR, now=now)
    client, ours, *_rest = line.steps
    assert (client.begins, client.ends, ours.begins) == (AT, now, now)
    assert all(one.ends >= now for one in line.steps)
