"""A month of bonuses is closed for payroll: what was taken along stands."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.goodwill.played_year import AT, Played, played, year
from tests.goodwill.test_figure_pages import BONUSES, browser, read
from zabota.clients.actions import take_back_purchase
from zabota.clients.models import Purchase
from zabota.goodwill.actions import close_bonuses, set_bonuses
from zabota.goodwill.models import SaidThanks
from zabota.goodwill.reading.months import read_month
from zabota.journal.models import Entry
from zabota.people.refusal import Refused

__all__ = ["played", "year"]

SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (9, 10, 11))


@pytest.fixture(autouse=True)
def at_that_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zabota.common.clock.now", lambda: AT + timedelta(minutes=5))


def thanked(played: Played) -> Purchase:
    """The lawyer thanked a buyer in September, who opened it: ten percent of the purchase."""
    set_bonuses({"said_share": Decimal(10)}, by=None, at=AT)
    purchase = Purchase.objects.filter(day__lt=SEPTEMBER).latest("pk")
    SaidThanks.objects.create(
        purchase=purchase, client=purchase.client, employee=played.useful, words="Спасибо!",
        said_at=AT - timedelta(days=60), opened_at=AT - timedelta(days=60),
    )  # fmt: skip
    return purchase


def of_useful(played: Played, month: date) -> dict[date, Decimal]:
    (row,) = [one for one in read_month(month).rows if one.employee == played.useful]
    return {month: row.own, **row.later}


def test_what_changes_after_closing_goes_to_the_next_month(played: Played) -> None:
    purchase, owner = thanked(played), played.staff.user("owner")
    earned = purchase.sum / 10
    close_bonuses(SEPTEMBER, by=owner, at=AT)
    entry = Entry.objects.latest("pk")
    assert (entry.kind, entry.facts["users"]) == (
        "goodwill.bonuses_closed",
        [played.useful.user_id],
    )
    set_bonuses({"said_share": Decimal(50)}, by=owner, at=AT)
    assert of_useful(played, SEPTEMBER) == {SEPTEMBER: earned}, "its own terms stay"
    take_back_purchase(purchase, sum=purchase.sum, mark="back:1", day=AT.date(), by=None, at=AT)
    assert of_useful(played, SEPTEMBER) == {SEPTEMBER: earned}, "what was paid stands"
    assert of_useful(played, OCTOBER) == {OCTOBER: 0, SEPTEMBER: -earned}
    assert of_useful(played, NOVEMBER) == {NOVEMBER: 0}, "and stands in one month only"
    close_bonuses(OCTOBER, by=owner, at=AT)
    assert of_useful(played, NOVEMBER) == {NOVEMBER: 0}, "it was taken back once"
    page = read(browser(played, "owner"), f"{BONUSES}?month=2026-10")
    assert "Closed for payroll" in page
    assert "Changes of closed months" in page
    assert "Bonuses closed for payroll" in read(
        browser(played, "lawyer"), "/desk/goodwill/brought/"
    )


def test_months_are_closed_once_in_order_and_when_over(played: Played) -> None:
    thanked(played)
    owner = played.staff.user("owner")
    with pytest.raises(PermissionDenied):
        close_bonuses(SEPTEMBER, by=played.staff.user("lawyer"), at=AT)
    with pytest.raises(Refused):
        close_bonuses(NOVEMBER, by=owner, at=AT)
    close_bonuses(date(2026, 8, 1), by=owner, at=AT)
    with pytest.raises(Refused):
        close_bonuses(OCTOBER, by=owner, at=AT)
    with pytest.raises(Refused):
        close_bonuses(date(2026, 8, 1), by=owner, at=AT)
    close_bonuses(SEPTEMBER, by=owner, at=AT)


def test_a_month_is_closed_by_its_button(played: Played) -> None:
    thanked(played)
    owner = browser(played, "owner")
    open_file = owner.get(f"{BONUSES}?month=2026-09&file=csv")
    assert "not closed" in open_file["Content-Disposition"]
    assert (
        browser(played, "lawyer").post(f"{BONUSES}close/", {"month": "2026-09"}).status_code == 403
    )
    assert "Close for payroll" in read(owner, f"{BONUSES}?month=2026-09"), "a lawyer closed nothing"
    owner.post(f"{BONUSES}close/", {"month": "2026-09"})
    closed = owner.get(f"{BONUSES}?month=2026-09&file=csv")
    assert "not closed" not in closed["Content-Disposition"]
    assert len(closed.content.decode("utf-8-sig").splitlines()) == 3, "whoever has something"
