"""The purchase model against what was published, and what must always hold of it."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import approx_fprime

from tests.support import cdnow
from zabota.clients.repeat import (
    Histories,
    TooFew,
    VisitModel,
    calibrate,
    evaluate,
    fit_spend,
    fit_visits,
    gather,
    hold_out,
    reckon_base_rates,
    spend,
    visits,
)
from zabota.clients.repeat.purchases import bought_after, histories

PUBLISHED = VisitModel(0.243, 4.414, 0.793, 2.426)
# Fader, Hardie, Lee 2005, figure 4 and their note on the model in Excel.
ACTUAL = (0.237, 0.697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359)
EXPECTED = (0.225, 0.523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157)

models = st.builds(
    VisitModel,
    r=st.floats(0.05, 5),
    alpha=st.floats(0.5, 50),
    a=st.floats(0.05, 5),
    b=st.floats(0.05, 8),
)


def one(again: float, last: float, age: float, mean: float = 0.0) -> Histories:
    """One client."""
    told = (np.array([value]) for value in (again, last, age, mean))
    return Histories(np.zeros(1, dtype=np.int64), *told)


def drawn(count: int, seed: int = 3) -> Histories:
    """Clients as the model itself makes them."""
    chance = np.random.default_rng(seed)
    rate, leaves = chance.gamma(0.8, 0.2, count), chance.beta(0.8, 2.5, count)
    age, again, last = chance.integers(70, 400, count) / 7, np.zeros(count), np.zeros(count)
    for place in range(count):
        at = 0.0
        while (at := at + chance.exponential(1 / rate[place])) <= age[place]:
            again[place], last[place] = again[place] + 1, round(at * 7) / 7
            if chance.random() < leaves[place]:
                break
    mean = np.where(again > 0, chance.gamma(6, 5, count), 0.0)
    return Histories(np.arange(count), again, last, age, mean)


def test_cdnow_is_fitted_as_published() -> None:
    found = evaluate(cdnow.purchases(), cdnow.END)
    told = found.visits
    assert (found.clients, found.again) == (2357, 946)
    assert [round(value, 3) for value in (told.r, told.alpha, told.a, told.b)] == [
        0.243, 4.414, 0.793, 2.426,
    ]  # fmt: skip
    assert round(told.loglik, 1) == -9582.4
    assert found.spend is not None
    assert (round(found.spend.p, 2), round(found.spend.q, 2)) == (6.25, 3.74)
    assert round(found.spend.gamma, 2) == 15.44
    assert not told.at_edge
    assert found.enough


def test_cdnow_is_foretold_as_published() -> None:
    held_out = evaluate(cdnow.purchases(), cdnow.END).held_out
    assert held_out is not None
    assert held_out.weeks == 39
    assert [round(row.actual, 3) for row in held_out.rows] == list(ACTUAL)
    assert [round(row.expected, 3) for row in held_out.rows] == list(EXPECTED)
    assert [row.clients for row in held_out.rows] == [1411, 439, 214, 100, 62, 38, 29, 64]


def test_one_client_of_the_published_note() -> None:
    """Client 1: two more purchases, the last after 30.43 weeks, in 38.86 weeks."""
    client = one(2, 30.43, 38.86)
    assert PUBLISHED.expected_after(client, 39)[0] == pytest.approx(1.226, abs=0.001)
    assert PUBLISHED.alive(client)[0] == pytest.approx(0.726, abs=0.002)


def test_the_middle_is_the_day_where_none_is_given() -> None:
    assert evaluate(cdnow.purchases()).until == cdnow.END


@pytest.mark.parametrize("engine", ["visits", "spend"])
def test_the_slope_is_that_of_the_curve(engine: str) -> None:
    of = drawn(200)
    if engine == "visits":
        curve, at = visits._curve(of), np.log([0.7, 6.0, 0.9, 2.0])
    else:
        some = of.only(of.again > 0)
        curve, at = spend._curve(some.again, some.mean), np.log([2.0, 3.0, 15.0])
    measured = approx_fprime(at, lambda where: curve(where)[0], 1e-7)
    assert curve(at)[1] == pytest.approx(measured, abs=1e-5)


def test_what_made_the_data_is_found_again() -> None:
    found = fit_visits(drawn(4000))
    assert found.r == pytest.approx(0.8, rel=0.25)
    assert found.alpha == pytest.approx(5.0, rel=0.25)
    assert found.a / (found.a + found.b) == pytest.approx(0.8 / 3.3, rel=0.25)


def test_nobody_left_is_at_the_edge_and_still_foretold() -> None:
    """Who buys every week to the end has not left: the data do not tell how one leaves."""
    of = Histories(np.arange(40), np.full(40, 20.0), np.full(40, 20.0), np.full(40, 20.2),
                   np.full(40, 5.0))  # fmt: skip
    found = fit_visits(of)
    assert found.at_edge
    assert found.expected_after(of, 10)[0] == pytest.approx(10, rel=0.15)
    assert fit_spend(of) is None


@settings(max_examples=60)
@given(models, st.integers(0, 300), st.floats(0, 1), st.floats(0.1, 500), st.floats(0, 500))
def test_what_is_expected_is_possible(
    model: VisitModel, again: int, share: float, age: float, weeks: float
) -> None:
    of = one(again, share * age if again else 0.0, age)
    expected, chance = model.expected_after(of, weeks)[0], model.chance_after(of, weeks)[0]
    alive = model.alive(of)[0]
    assert 0 <= alive <= 1
    assert 0 <= chance <= alive + 1e-12
    assert chance <= expected + 1e-6 + 1e-6 * expected
    assert expected <= model.expected_after(of, weeks + 10)[0] + 1e-6
    assert expected <= (model.r + again) / (model.alpha + age) * weeks + 1e-6


@settings(max_examples=15)
@given(models, st.floats(1, 100))
def test_a_new_client_buys_as_often_as_the_mean_over_all_rates(
    model: VisitModel, weeks: float
) -> None:
    """Against the expectation of one client, integrated over leaving: rate and chance to leave are
    two numbers, and within those the mean is (1 - exp(-rate × leave × weeks)) / leave.
    """
    grid = (np.arange(400) + 0.5) / 400
    chance = np.random.default_rng(1)
    rate = chance.gamma(model.r, 1 / model.alpha, (4000, 1))
    leaves = np.clip(chance.beta(model.a, model.b, (4000, 1)), 1e-9, 1)
    mean = float((-np.expm1(-rate * leaves * weeks) / leaves).mean())
    assert grid.size
    assert float(model.expected(weeks)) == pytest.approx(mean, rel=0.15, abs=0.05)


def test_the_chance_to_come_is_integrated_over_the_rates() -> None:
    client, weeks = one(2, 30.43, 38.86), 13.0
    shape, scale = PUBLISHED.r + 2, PUBLISHED.alpha + 38.86

    def none_in(rate: float) -> float:
        density = scale**shape * rate ** (shape - 1) * np.exp(-scale * rate)
        return float(density / np.exp(visits.gammaln(shape)) * np.exp(-rate * weeks))

    quiet = quad(none_in, 0, 3)[0]
    told = PUBLISHED.chance_after(client, weeks)[0]
    assert told == pytest.approx(PUBLISHED.alive(client)[0] * (1 - quiet), rel=1e-4)


def test_purchases_of_a_day_are_one_and_order_does_not_matter() -> None:
    day = date(2026, 3, 2)
    rows = [("b", day, 5.0), ("a", day + timedelta(14), 3.0), ("a", day, 1.0), ("a", day, 2.0)]
    for given_ in (rows, rows[::-1]):
        clients, days, sums = zip(*given_, strict=True)
        of = histories(gather(clients, days, sums), day + timedelta(21))
        assert list(of.again) == [1, 0]
        assert list(of.last) == [2, 0]
        assert list(of.age) == [3, 3]
        assert list(of.mean) == [3, 0]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 200)), min_size=1), st.integers(0, 220))
def test_before_and_after_a_day_is_all(rows: list[tuple[int, int]], cut: int) -> None:
    first = date(2026, 1, 1)
    purchases = gather([who for who, _ in rows], [first + timedelta(d) for _, d in rows],
                       [1.0] * len(rows))  # fmt: skip
    end = first + timedelta(cut)
    of = histories(purchases, end)
    after = bought_after(purchases, of, end, purchases.last_day)
    known = {who for who, day in rows if day <= cut}
    days = {(who, day) for who, day in rows if who in known}
    assert int((of.again + 1).sum() + after.sum()) == len(days)


def test_too_few_are_said_and_not_fitted() -> None:
    day = date(2026, 1, 1)
    with pytest.raises(TooFew) as raised:
        evaluate(gather(["a", "b"], [day, day], [1.0, 1.0]), day)
    assert (raised.value.clients, raised.value.again) == (2, 0)


def test_base_rates_stand_between_a_group_and_everybody() -> None:
    purchases = cdnow.purchases()
    rates = reckon_base_rates(purchases, cdnow.END, 13)
    assert rates is not None
    loyal, single = one(6, 12, 13), one(0, 0, 13)
    assert rates.chance_after(loyal, 13)[0] > 2 * rates.chance_after(single, 13)[0]
    assert 0 < rates.chance_after(loyal, 1)[0] < rates.chance_after(loyal, 13)[0] < 1
    few = gather(["a"] * 3, [date(2026, 1, day) for day in (1, 2, 3)], [1.0] * 3)
    assert reckon_base_rates(few, date(2026, 1, 3), 1) is None


def test_those_left_alone_put_the_model_right() -> None:
    """CDNOW sold less in spring: the model alone foretells a quarter too much."""
    purchases, cut = cdnow.purchases(), date(1998, 3, 31)
    model = fit_visits(histories(purchases, cut))
    right = calibrate(model, purchases, cut, 13)
    alone, beside = (hold_out(one_, purchases, cut, cut + timedelta(weeks=13))
                     for one_ in (model, right))  # fmt: skip
    assert alone is not None
    assert beside is not None
    assert alone.expected / alone.actual > 1.2
    assert beside.expected / beside.actual == pytest.approx(1, abs=0.05)
    assert beside.doubt < alone.doubt


def test_spend_is_drawn_to_everybodys() -> None:
    found = fit_spend(histories(cdnow.purchases(), cdnow.END))
    assert found is not None
    once, often = found.expected(one(1, 1, 2, 100.0))[0], found.expected(one(20, 1, 2, 100.0))[0]
    assert found.typical == pytest.approx(35.2, abs=0.2)
    assert found.typical < once < often < 100
