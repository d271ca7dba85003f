"""Whose weeks a purchase belongs to; and that nothing is claimed where data are few."""

from datetime import timedelta

import pytest

from tests.goodwill.played_year import AT, BASE, TODAY, gift, make_clients, work
from tests.people.conftest import make_staff
from zabota.clients.models import FitBasis, Purchase, PurchaseFit
from zabota.goodwill.actions import open_allowances, open_review, set_terms
from zabota.goodwill.models import Allowance, Brought, Gift, Measured, ReviewLine
from zabota.goodwill.reading.watching import watched_gifts


@pytest.fixture
def small(db: None) -> object:
    """Three clients, two gifts to one of them within the same weeks, one taken back."""
    staff = make_staff()
    set_terms({"base": BASE}, by=None, at=AT - timedelta(days=400))
    open_allowances(by=None, at=AT - timedelta(days=40))
    one, other, third = make_clients(3, staff.clerk)
    day = TODAY - timedelta(weeks=30)
    Gift.objects.bulk_create([
        gift(staff.clerk, one, day, 1),
        gift(staff.lawyer, one, day + timedelta(weeks=5), 2),
        gift(staff.lawyer, one, day + timedelta(weeks=14), 3),
        gift(staff.clerk, other, day, 4, state="withdrawn", withdrawn_at=AT),
        gift(staff.clerk, third, TODAY - timedelta(weeks=2), 5),
    ])  # fmt: skip
    return staff


def test_a_clients_weeks_belong_to_one_gift(small: object) -> None:
    watched = watched_gifts(13, at=AT)
    numbers = dict(Gift.objects.values_list("pk", "number"))
    assert [(numbers[one.gift], one.over) for one in watched] == [
        ("П-1", True), ("П-3", True), ("П-5", False),
    ]  # fmt: skip


def test_where_data_are_few_nothing_is_claimed(small: object) -> None:
    """Three clients bought once: no model, no base rates, no figures; the page can say so."""
    for place, client in enumerate(Gift.objects.values_list("client", flat=True).distinct()):
        Purchase.objects.create(client_id=client, day=TODAY, sum=10, mark=f"m{place}")
    work()
    assert PurchaseFit.objects.get().basis == FitBasis.NONE
    measured = Measured.objects.get()
    assert (measured.basis, measured.gifts, measured.watched) == (FitBasis.NONE, 0, 3)
    assert not Brought.objects.exists()
    assert open_review(by=None, at=AT) > 0
    assert set(ReviewLine.objects.values_list("step", flat=True)) == {"few"}
    assert Allowance.objects.exists()
