"""Gifts through pages: on a phone, without JavaScript, for the giver, the stranger, the client."""

import re
from decimal import Decimal

import pytest
from django.test import Client as Browser

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT
from tests.goodwill.given import a_person, code, fresh, gave, with_terms
from zabota.clients.models import Client
from zabota.common import clock
from zabota.goodwill.actions import GoodFields, Taken, claim_gift, set_good
from zabota.goodwill.models import Gift, GiftState
from zabota.home.world import World
from zabota.outreach.tokens import link_token

GIVE = "/desk/goodwill/give/"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, page
    return found[1]


def test_from_a_tile_to_the_code(world: World) -> None:
    with_terms(world)
    set_good(None, GoodFields("Кружка", Decimal(350)), by=None, at=AT)
    browser = browser_of(world, "finance")
    tiles = browser.get(GIVE).content.decode()
    assert "?kind=goods" in tiles and "?kind=points" not in tiles
    page = browser.get(f"{GIVE}?kind=flowers").content.decode()
    told = {"cost": "1 500,50", "occasion": "в парке", "once": hidden(page, "once")}
    answer = browser.post(f"{GIVE}?kind=flowers", told)
    gift = Gift.objects.get()
    assert answer.headers["Location"] == f"/desk/goodwill/gifts/{gift.pk}/"
    assert browser.post(f"{GIVE}?kind=flowers", told).status_code == 302
    assert Gift.objects.count() == 1 and gift.cost == Decimal("1500.50")
    shown = browser.get(f"/desk/goodwill/gifts/{gift.pk}/").content.decode()
    assert f"{code(gift)[:5]}-{code(gift)[5:]}" in shown and "<svg" in shown
    assert browser_of(world, "manager").get(f"/desk/goodwill/gifts/{gift.pk}/").status_code == 404
    mine = browser.get("/desk/goodwill/").content.decode()
    assert "3&nbsp;499,50" in mine or "3\xa0499,50" in mine


def test_what_is_wrong_is_said_on_the_form(world: World) -> None:
    with_terms(world)
    answer = browser_of(world, "finance").post(
        f"{GIVE}?kind=delivery", {"cost": "9000", "occasion": "за идею", "once": "a1"}
    )
    assert answer.status_code == 422 and "бюджете заботы" in answer.content.decode()


def test_a_stranger_takes_it_and_nobody_else(world: World) -> None:
    with_terms(world)
    gift = gave(world, at=clock.now(), words="Спасибо, что подсказали!")
    stranger, address = Browser(), f"/g/{code(gift)}/"
    page = stranger.get(address).content.decode()
    assert "Спасибо, что подсказали!" in page and "Павел Серов" in page
    assert str(gift.cost) not in page and "<script>" not in page
    told = {"key": hidden(page, "key"), "name": "Лев", "email": "lev@mail.example"}
    assert stranger.post(address, told).status_code == 422
    answer = stranger.post(address, told | {"consent": "on", "thanks": "Ого!"}, follow=True)
    assert code(gift)[:5] in answer.content.decode() and "<svg" in answer.content.decode()
    now = fresh(gift)
    assert now.client is not None and now.client.owner == world.staff["finance"]
    other = Browser()
    gone = other.get(address).content.decode()
    assert "уже приняли" in gone and f"{code(gift)[:5]}-" not in gone
    assert other.post(address, {"key": "x"}).status_code == 409
    assert Client.objects.filter(name="Лев").count() == 1


def test_whoever_took_it_and_got_no_answer_has_it(world: World) -> None:
    """The server died between the taking and its answer: the same is sent again, or looked for."""
    with_terms(world)
    gift = gave(world, at=clock.now())
    stranger, address = Browser(), f"/g/{code(gift)}/"
    told = {"key": hidden(stranger.get(address).content.decode(), "key"), "thanks": "Ого!"}
    claim_gift(gift, Taken(**told), by=None, at=clock.now())
    assert code(gift)[:5] in stranger.get(address).content.decode()
    again = stranger.post(address, told, follow=True)
    assert (again.status_code, fresh(gift).thanks) == (200, "Ого!")
    assert code(gift)[:5] in again.content.decode()
    assert Browser().post(address, {"key": "x"}).status_code == 409


def test_wrong_codes_find_nothing_and_are_counted(world: World) -> None:
    browser = Browser()
    assert browser.get("/g/?code=abc").status_code == 200
    assert browser.get("/g/?code=AAAAA-AAAAA").headers["Location"] == "/g/AAAAAAAAAA/"
    answers = [browser.get("/g/AAAAAAAAAA/").status_code for _try in range(22)]
    assert answers[0] == 404 and answers[-1] == 429


def test_who_works_here_takes_no_gift(world: World) -> None:
    with_terms(world)
    gift = gave(world, at=clock.now())
    browser = browser_of(world, "manager")
    page = browser.get(f"/g/{code(gift)}/").content.decode()
    assert "для клиентов" in page
    browser.post(f"/g/{code(gift)}/", {"key": "k"})
    assert fresh(gift).state == GiftState.GIVEN


def test_in_the_room_one_sees_and_takes_ones_own(world: World) -> None:
    with_terms(world)
    person = a_person(world)
    world.guests["raisa"] = person
    browser = browser_of(world, "raisa")
    assert "/room/goodwill/" not in browser.get("/room/").content.decode()
    gift = gave(world, at=clock.now(), client=person.client, contact=person)
    assert "/room/goodwill/" in browser.get("/room/").content.decode()
    assert f"/room/goodwill/{gift.pk}/" in browser.get("/room/goodwill/").content.decode()
    browser.post(f"/room/goodwill/{gift.pk}/", {"thanks": "Чудо"})
    page = browser.get(f"/room/goodwill/{gift.pk}/").content.decode()
    assert code(gift)[:5] in page and fresh(gift).thanks == "Чудо"
    assert browser_of(world, "anna").get(f"/room/goodwill/{gift.pk}/").status_code == 404


def test_a_letters_link_leads_back_to_the_gift(world: World) -> None:
    with_terms(world)
    gift = gave(world, at=clock.now())
    browser = Browser()
    link = f"/gifts/{link_token('gift', gift.pk)}/"
    page = browser.get(link, follow=True).content.decode()
    browser.post(f"/g/{code(gift)}/", {"key": hidden(page, "key")})
    assert code(gift)[:5] in Browser().get(link, follow=True).content.decode()
    assert Browser().get("/gifts/1-nonsense/").status_code == 404


def test_taken_back_and_handed_over_by_hand(world: World) -> None:
    with_terms(world)
    one, other = gave(world, at=clock.now()), gave(world, at=clock.now())
    browser = browser_of(world, "finance")
    browser.post(f"/desk/goodwill/gifts/{one.pk}/withdraw/")
    browser.post(f"/desk/goodwill/gifts/{other.pk}/hand-over/")
    assert (fresh(one).state, fresh(other).state) == ("withdrawn", "used")


@pytest.mark.parametrize("who", ["finance", "director"])
def test_the_firms_terms_are_set_by_power(world: World, who: str) -> None:
    browser = browser_of(world, who)
    addresses = ("", "terms/", "goods/new/", "limits/new/", f"budgets/{world.staff['finance'].pk}/")
    answers = {browser.get(f"/desk/firm/goodwill/{one}").status_code for one in addresses}
    assert answers == ({200} if who == "director" else {403})
    if who != "director":
        return
    told = {
        "base": "3000", "currency": "RUB", "period": "month", "unspent": "lapse",
        "point_cost": "1", "claim_days": "30", "use_days": "90",
    }  # fmt: skip
    assert browser.post("/desk/firm/goodwill/terms/", told).status_code == 302
    good = {"name_ru": "Кружка", "cost": "350", "stock": "5"}
    assert browser.post("/desk/firm/goodwill/goods/new/", good).status_code == 302
    limit = {
        "who": "person", "span": "gift", "most": "1", "currency": "RUB", "since": "2027-01-01",
        "source_ru": "Закон",
    }  # fmt: skip
    assert browser.post("/desk/firm/goodwill/limits/new/", limit).status_code == 302
    budget = f"/desk/firm/goodwill/budgets/{world.staff['finance'].pk}/"
    assert browser.post(budget, {"sum": "7000", "reason": "вырос"}).status_code == 302
    page = browser.get("/desk/firm/goodwill/").content.decode()
    assert "Кружка" in page and "вырос" in page and "217" in page


def test_the_balance_stands_in_the_corner_by_one_query(world: World) -> None:
    assert "goodwill-left" not in browser_of(world, "finance").get("/desk/").content.decode()
    with_terms(world)
    gave(world, at=clock.now())
    assert "goodwill-left" in browser_of(world, "finance").get("/desk/").content.decode()


def test_a_stranger_who_left_an_address_is_invited_by_one_tap(world: World) -> None:
    with_terms(world)
    gift, finance = gave(world), browser_of(world, "finance")
    page = f"/desk/goodwill/gifts/{gift.pk}/"
    assert "/g/" in finance.get(page).content.decode()
    assert finance.post(f"{page}invite/").status_code == 403, "nobody has taken it yet"
    told = Taken("k", "Лев", "lev@mail.example", consent="gift:1")
    claim_gift(gift, told, by=None, at=AT)
    assert f"{page}invite/" in finance.get(page).content.decode()
    assert finance.post(f"{page}invite/").status_code == 302
    person = fresh(gift).contact
    assert person is not None and person.user is not None
    assert (person.user.email, person.role) == ("lev@mail.example", "owner")
    assert f"{page}invite/" not in finance.get(page).content.decode()
    card = finance.get(f"/desk/clients/{person.client_id}/").content.decode()
    assert page in card and "В этом году: 500" in card
