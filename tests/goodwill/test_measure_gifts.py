"""What gifts brought, from rows to figures: a played year; too few data; nothing counted twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from tests.goodwill.played_year import AT, BASE, TODAY, Played, played, work, year
from tests.people.test_employees import notices
from tests.support.refused import refused
from zabota.clients.actions import ask_fit, fit_daily, take_back_purchase
from zabota.clients.models import FitBasis, FitState, Purchase, PurchaseFit
from zabota.goodwill.actions import (
    decide_budget,
    measure_gifts,
    open_review,
)
from zabota.goodwill.models import (
    Brought,
    Budget,
    GiftOutcome,
    Measured,
    Review,
    ReviewLine,
)
from zabota.goodwill.reading.figures import reason_words
from zabota.journal.models import Entry

__all__ = ["played", "year"]


def brought(employee: object) -> Brought:
    return Brought.objects.get(employee=employee)


def line(employee: object) -> ReviewLine:
    return ReviewLine.objects.select_related("figures", "employee").get(employee=employee)


def test_the_model_is_fitted_and_kept(played: Played) -> None:
    fit = PurchaseFit.objects.get()
    assert (fit.state, fit.basis, fit.done) == (FitState.DONE, FitBasis.MODEL, PurchaseFit.STEPS)
    assert fit.clients == 600
    assert fit.figures["hold_out"]["weeks"] == 13
    actual, expected = (fit.figures["hold_out"][name] for name in ("actual", "expected"))
    assert expected == pytest.approx(actual, rel=0.3)
    assert fit_daily(by=None, at=AT + timedelta(hours=2)) == 0
    assert fit_daily(by=None, at=AT + timedelta(days=1)) == 0, "nothing new was bought"


def test_the_useful_are_told_from_those_who_give_to_the_loyal(played: Played) -> None:
    useful, idle, usual = (brought(one) for one in (played.useful, played.idle, played.usual))
    assert [row.gifts for row in (useful, idle, usual)] == [60, 60, 60]
    assert idle.came > idle.gifts * 0.4, "raw repeat rates would praise them"
    assert useful.low > 0
    assert idle.mean < 0
    assert idle.above_typical < 0.2
    assert idle.low < idle.mean < idle.high
    assert useful.back is not None
    assert useful.cost == 6000
    together = Brought.objects.get(employee=None, kind="")
    assert together.gifts == 185
    assert Brought.objects.get(employee=None, kind="flowers").gifts == 185
    measured = Measured.objects.get()
    assert (measured.gifts, measured.watched, measured.basis) == (185, 185, FitBasis.MODEL)
    assert 0 < measured.doubt < 0.15
    assert measure_gifts(by=None, at=AT + timedelta(hours=1)) == 0, "once a day"


def test_budgets_are_proposed_with_the_reason_in_words(played: Played) -> None:
    raised, cut, few = (line(one) for one in (played.useful, played.idle, played.new))
    assert (raised.step, cut.step, few.step) == ("raise", "cut", "few")
    assert BASE < raised.proposed <= BASE * Decimal("1.2")
    assert BASE * Decimal("0.8") <= cut.proposed < BASE
    assert few.proposed == BASE
    with override("en"):
        assert reason_words(few).startswith("5 gifts whose weeks are over: from 10 on")
        assert "more than gifts here usually bring" in reason_words(raised)
        assert reason_words(cut).startswith("Of 60 gifts")
    with override("ru"):
        assert reason_words(few).startswith("Срок наблюдения прошёл у 5 подарков")
        assert "меньше, чем подарки у нас обычно дают" in reason_words(cut)
    assert Review.objects.get().starts == date(2026, 10, 1)
    opened = Entry.objects.get(kind="goodwill.review_opened")
    assert opened.facts["steps"] == 2
    assert notices("goodwill.review_opened") == [played.staff.owner.user_id]
    assert open_review(by=None, at=AT) == 0


def test_a_person_decides_and_the_budget_follows(played: Played) -> None:
    by = played.staff.user("owner")
    with pytest.raises(PermissionDenied):
        decide_budget(line(played.useful), BASE, by=played.staff.user("lawyer"), at=AT)
    raised = line(played.useful)
    decided = decide_budget(raised, raised.proposed, by=by, at=AT, words="Молодец")
    assert decided.decided == raised.proposed
    assert Budget.objects.get(employee=played.useful).sum == raised.proposed
    with refused("decided"):
        decide_budget(decided, BASE, by=by, at=AT)
    with refused("floor"):
        decide_budget(line(played.idle), Decimal(1000), by=by, at=AT)
    kept = decide_budget(line(played.new), BASE, by=by, at=AT)
    assert kept.decided == BASE
    assert not Budget.objects.filter(employee=played.new).exists()


def test_it_is_fitted_anew_once_a_day_by_whoever_may(played: Played) -> None:
    with pytest.raises(PermissionDenied):
        ask_fit(by=played.staff.user("clerk"), at=AT)
    with refused("today"):
        ask_fit(by=played.staff.user("owner"), at=AT)
    later = AT + timedelta(days=1)
    asked = ask_fit(by=played.staff.user("owner"), at=later)
    assert asked.state == FitState.WAITING
    assert measure_gifts(by=None, at=later) == 0, "the fit under way is waited for"
    assert fit_daily(by=None, at=later) == 1
    assert measure_gifts(by=None, at=later) == 185


def test_what_was_brought_back_was_not_bought(played: Played) -> None:
    """A client's only purchase after the gift comes back whole: it did not come."""
    outcome = GiftOutcome.objects.filter(came=True, purchases=1).select_related("gift")[0]
    day = outcome.gift.given_at.date()
    bought = Purchase.objects.get(
        client=outcome.gift.client, day__gt=day, day__lte=day + timedelta(weeks=13)
    )
    take_back_purchase(bought, sum=bought.sum, mark="back", by=None, at=AT, day=TODAY)
    later = AT + timedelta(days=1)
    work(later)
    assert not GiftOutcome.objects.get(gift=outcome.gift).came
