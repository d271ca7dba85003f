"""Medians, deciles and shares are exact; of few no more is said than is known."""

import math
import statistics
from datetime import UTC, date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zabota.insight.charts import Given, lay_bars, lay_columns
from zabota.insight.figures import ENOUGH, Counted, Share
from zabota.insight.periods import period_from

TODAY = date(2026, 11, 17)


@given(st.lists(st.integers(0, 9000), min_size=1, max_size=60))
def test_the_median_and_the_ninth_decile_are_those_of_the_list(minutes: list[int]) -> None:
    counted = Counted()
    for one in minutes:
        counted.add(one, 1)
    assert counted.median == math.floor(statistics.median(minutes) + 0.5)
    within = sorted(minutes)[math.ceil(len(minutes) * 0.9) - 1]
    assert counted.ninth == (within if len(minutes) >= ENOUGH else None)
    if counted.ninth is not None:
        # Nine of ten fall within it, and within nothing shorter.
        assert sum(one <= counted.ninth for one in minutes) * 10 >= 9 * len(minutes)
        assert sum(one < counted.ninth for one in minutes) * 10 < 9 * len(minutes)


def test_of_nothing_nothing_is_told() -> None:
    assert (Counted().median, Counted().ninth, Share(0, 0).percent) == (None, None, None)


def test_almost_all_is_not_all() -> None:
    assert (Share(999, 1000).percent, Share(1, 1000).percent) == (99, 1)
    assert (Share(10, 10).percent, Share(0, 10).percent) == (100, 0)
    assert Share(3, 4).few and not Share(3, 10).few


@given(st.dates(date(2019, 1, 1), date(2030, 12, 31)))
def test_periods_are_whole_days_that_hold_their_ends(today: date) -> None:
    for kind in ("month", "last", "quarter", "before", "nonsense"):
        period = period_from({"period": kind}, today, UTC)
        assert period.until - period.since == (period.last - period.first + timedelta(days=1))
        assert period.first.day == 1 and (period.last + timedelta(days=1)).day == 1
        assert (period.first <= today <= period.last) is (kind not in ("last", "before"))


def test_the_quarter_before_is_found_over_the_new_year() -> None:
    before = period_from({"period": "before"}, date(2027, 1, 11), UTC)
    assert (before.first, before.last) == (date(2026, 10, 1), date(2026, 12, 31))


def test_own_dates_are_put_right_and_nonsense_is_this_month() -> None:
    own = period_from({"period": "own", "from": "2026-11-10", "to": "2026-11-02"}, TODAY, UTC)
    assert (own.first, own.last) == (date(2026, 11, 2), date(2026, 11, 10))
    for wrong in ({"from": "x", "to": "2026-11-02"}, {"from": "9999-01-01", "to": "0001-01-01"}):
        assert period_from({"period": "own", **wrong}, TODAY, UTC).kind == "month"
    long = period_from({"period": "own", "from": "2001-01-01", "to": "2026-11-02"}, TODAY, UTC)
    assert long.last - long.first == timedelta(days=3 * 366)


@given(st.lists(st.integers(0, 100_000), max_size=40))
def test_nothing_drawn_leaves_its_drawing(values: list[int]) -> None:
    bars = lay_bars("x", "t", "a", [Given(str(v), v, str(v), v / 2) for v in values])
    assert all(0 <= float(bar.width) <= bars.width for bar in bars.bars)
    assert all(float(bar.y) + bars.thick <= bars.height for bar in bars.bars)
    columns = lay_columns("x", "t", "a", [(str(v), v, str(v)) for v in values])
    for one in columns.columns:
        assert float(one.x) >= 0 and float(one.x) + float(one.width) <= columns.width
        assert float(one.y) >= 0 and float(one.height) >= 0
