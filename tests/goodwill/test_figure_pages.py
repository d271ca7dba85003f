"""Pages of what gifts brought, reviews and bonuses: what stands there, and for whom."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client as Browser

from tests.clients.test_pages import browser_of
from tests.goodwill.played_year import AT, BASE, Played, played, year
from zabota.clients.models import PurchaseFit
from zabota.goodwill.actions import set_bonuses
from zabota.goodwill.models import Budget, Gift, ReviewLine
from zabota.journal.models import Entry
from zabota.people.models import User

__all__ = ["played", "year"]

OWN, FIRM, REVIEW, BONUSES = (
    f"/desk/goodwill/{name}/" for name in ("brought", "brought/firm", "review", "bonuses")
)


def browser(played: Played, who: str, language: str = "en") -> Browser:
    user = played.staff.user(who)
    User.objects.filter(pk=user.pk).update(language=language)
    return browser_of(User.objects.get(pk=user.pk))


@pytest.fixture(autouse=True)
def at_that_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zabota.common.clock.now", lambda: AT + timedelta(minutes=5))


def read(found: Browser, path: str) -> str:
    answer = found.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_everybody_sees_their_own_figures_only(played: Played) -> None:
    page = read(browser(played, "lawyer"), OWN)
    assert "of 60" in page
    assert "more than gifts here usually bring" in page
    assert " pp" in page
    for other in (played.idle, played.usual):
        assert other.name not in page
    few = read(browser(played, "owner"), OWN)
    assert "Data are few" in few
    assert "of 5" in few
    russian = read(browser(played, "owner", "ru"), OWN)
    assert "Данных мало" in russian


@pytest.mark.parametrize("path", [FIRM, REVIEW, BONUSES, "/desk/goodwill/bonuses/terms/"])
def test_the_firms_figures_are_for_whoever_may(played: Played, path: str) -> None:
    assert browser(played, "lawyer").get(path).status_code == 403
    assert browser(played, "owner").get(path).status_code == 200


def test_the_model_stands_with_its_back_test(played: Played) -> None:
    page = read(browser(played, "owner"), FIRM)
    assert "BG/NBD" in page
    assert "Fitted without the last 13 weeks" in page
    assert "7+" in page
    assert "of 185" in page
    assert "Reckon anew" not in page, "it was reckoned today"
    assert "185 of 185 gifts" in page


def test_a_fit_asked_for_shows_how_far_it_is(played: Played) -> None:
    PurchaseFit.objects.update(day=AT.date() - timedelta(days=1))
    owner = browser(played, "owner")
    assert "Reckon anew" in read(owner, FIRM)
    assert browser(played, "lawyer").post("/desk/goodwill/brought/refit/").status_code == 403
    owner.post("/desk/goodwill/brought/refit/")
    fit = PurchaseFit.objects.latest("day")
    assert "step 0 of 4" in read(owner, FIRM)
    seen = f"{fit.pk}-0-waiting"
    assert owner.get(f"{FIRM}?seen={seen}").status_code == 204
    PurchaseFit.objects.filter(pk=fit.pk).update(done=2)
    moved = owner.get(f"{FIRM}?seen={seen}")
    assert (moved.status_code, "step 2 of 4" in moved.content.decode()) == (200, True)


def test_a_review_is_decided_on_its_page(played: Played) -> None:
    owner = browser(played, "owner")
    page = read(owner, REVIEW)
    names = re.findall(r"<h2>(.*?)</h2>", page)
    assert len(names) == 4
    assert names[:3] == sorted(names[:3]), "by name, never by figures"
    assert "No proposal, too few gifts: 1 employee" in page
    line = ReviewLine.objects.get(employee=played.useful)
    path = f"/desk/goodwill/review/{line.pk}/"
    assert browser(played, "lawyer").post(path).status_code == 403
    wrong = owner.post(path, {f"line{line.pk}-sum": "100", f"line{line.pk}-words": "Берегу"})
    assert wrong.status_code == 422
    assert "Берегу" in wrong.content.decode()
    assert owner.post(path, {f"line{line.pk}-sum": "3300"}).status_code == 302
    assert Budget.objects.get(employee=played.useful).sum == 3300
    kept = ReviewLine.objects.get(employee=played.usual)
    owner.post(f"/desk/goodwill/review/{kept.pk}/", {f"line{kept.pk}-sum": str(BASE)})
    assert Entry.objects.latest("pk").kind == "goodwill.budget_kept"
    assert "Decided:" in read(owner, REVIEW)


def test_bonuses_are_counted_and_taken_along(played: Played) -> None:
    owner = browser(played, "owner")
    assert "No bonuses are set" in read(owner, BONUSES)
    told = {"returned_sum": "200", "new_share": "5", "received_sum": "50"}
    assert owner.post("/desk/goodwill/bonuses/terms/", told).status_code == 302
    both = owner.post("/desk/goodwill/bonuses/terms/", told | {"returned_share": "3"})
    assert both.status_code == 422
    month = Gift.objects.earliest("given_at").given_at + timedelta(days=32)
    page = read(owner, f"{BONUSES}?month={month:%Y-%m}")
    assert played.useful.name in page
    file = owner.get(f"{BONUSES}?month={month:%Y-%m}&file=csv")
    text = file.content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Employee,E-mail,Month,Clients that returned")
    assert len(text.splitlines()) == 5, "everybody who works here"
    assert owner.get(f"{BONUSES}?file=xlsx").content.startswith(b"PK")


def test_terms_of_bonuses_are_remembered(played: Played) -> None:
    set_bonuses({"said_sum": Decimal(30)}, by=played.staff.user("owner"), at=AT)
    assert Entry.objects.latest("pk").kind == "goodwill.bonuses_set"
