"""Whose weeks a purchase belongs to; and that nothing is claimed where data are few."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.goodwill.played_year import AT, BASE, TODAY, gift, make_clients, work
from tests.people.conftest import Staff, make_staff
from tests.support.refused import refused
from zabota.clients.models import FitBasis, Purchase, PurchaseFit
from zabota.goodwill.actions import open_allowances, open_review, set_bonuses, set_terms
from zabota.goodwill.models import Allowance, Brought, Gift, Measured, ReviewLine, SaidThanks
from zabota.goodwill.reading.bonuses import earned
from zabota.goodwill.reading.own import own_gifts
from zabota.goodwill.reading.watching import watched_gifts


@pytest.fixture
def small(db: None) -> Staff:
    """Three clients, two gifts to one of them within the same weeks, one taken back."""
    staff = make_staff()
    set_terms({"base": BASE}, by=None, at=AT - timedelta(days=400))
    open_allowances(by=None, at=AT - timedelta(days=40))
    one, other, third = make_clients(["Один", "Другая", "Третья"], staff.clerk)
    day = TODAY - timedelta(weeks=30)
    Gift.objects.bulk_create([
        gift(staff.clerk, one, day, 1),
        gift(staff.lawyer, one, day + timedelta(weeks=5), 2),
        gift(staff.lawyer, one, day + timedelta(weeks=14), 3),
        gift(staff.clerk, other, day, 4, state="withdrawn", withdrawn_at=AT),
        gift(staff.clerk, third, TODAY - timedelta(weeks=2), 5),
    ])  # fmt: skip
    return staff


def test_a_clients_weeks_belong_to_one_gift(small: Staff) -> None:
    watched = watched_gifts(13, at=AT)
    numbers = dict(Gift.objects.values_list("pk", "number"))
    assert [(numbers[one.gift], one.over) for one in watched] == [
        ("П-1", True), ("П-3", True), ("П-5", False),
    ]  # fmt: skip


def test_where_data_are_few_nothing_is_claimed(small: Staff) -> None:
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


def test_a_strangers_first_purchase_stands_at_once(small: Staff) -> None:
    """Claimed and bought on one day: it is in the giver's own figures, and the client is new."""
    stranger, known = make_clients(["Гость", "Своя"], small.clerk)
    Gift.objects.bulk_create([
        gift(small.clerk, stranger, TODAY, 6, to_stranger=True, state="claimed", claimed_at=AT),
        gift(small.clerk, known, TODAY, 7),
    ])  # fmt: skip
    for client in (stranger, known):
        Purchase.objects.create(client=client, day=TODAY, sum=1000, mark=f"one:{client.pk}")
    rows = {row.gift.number: row for row in own_gifts(small.clerk, at=AT)}
    assert (rows["П-6"].purchases, rows["П-6"].sum, rows["П-6"].over) == (1, 1000, False)
    assert rows["П-7"].purchases == 0, "whoever is known bought before the gift that day"
    set_bonuses({"new_share": Decimal(3), "returned_sum": Decimal(200)}, by=None, at=AT)
    (own,) = earned(TODAY.replace(day=1), TODAY + timedelta(days=1), of=small.clerk)
    assert (own.counts["new"], own.counts["returned"], own.total) == (1, 0, 30)


def test_thanks_count_once_opened_and_per_case(small: Staff) -> None:
    (client,) = make_clients(["Один"], small.clerk)
    for place, opened in enumerate((AT, AT, None)):
        purchase = Purchase.objects.create(client=client, day=TODAY, sum=500, mark=f"s{place}")
        SaidThanks.objects.create(
            purchase=purchase, client=client, employee=small.clerk, words="Спасибо", said_at=AT,
            opened_at=opened,
        )  # fmt: skip
    set_bonuses({"said_share": Decimal(10)}, by=None, at=AT)
    (own,) = earned(TODAY.replace(day=1), TODAY + timedelta(days=1), of=small.clerk)
    assert (own.counts["said"], own.sums["said"], own.total) == (2, 100, 100)
    with refused("both"):
        set_bonuses({"said_sum": Decimal(1)}, by=None, at=AT)
