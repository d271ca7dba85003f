"""Points in the room and on the desk."""

from decimal import Decimal

import pytest

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY
from tests.loyalty.shop import TODAY, Shop
from zabota.clients.models import Contact
from zabota.home.world import World
from zabota.loyalty.actions import give_points, set_reward, switch_expiry_on
from zabota.loyalty.models import Card, Claim, EarnRule, Expiry, Reward, Tier, Transfer, Unit
from zabota.people.actions import change_firm

ROOM = "/room/points/"


def buyer_of(shop: Shop) -> object:
    shop.world.guests["lidia"] = shop.person
    return browser_of(shop.world, "lidia")


def reward(shop: Shop, price: int = 100) -> Reward:
    given = {
        "kind": "goods", "name_ru": "Фонарик", "name_en": "Torch", "words_ru": "", "words_en": "",
        "after_ru": "У входа.", "after_en": "", "unit": shop.unit, "price": price, "stock": 2,
        "from_day": TODAY - 300 * DAY, "until_day": None, "early_tier": None, "early_day": None,
    }  # fmt: skip
    return set_reward(None, given, by=None, at=AT)  # type: ignore[arg-type]


def test_the_room_of_a_person(shop: Shop) -> None:
    shop.rule("birthday")
    give_points(shop.buyer, 250, mark="g", by=None, at=AT)
    switch_expiry_on(
        months=6, notices=2, lead_days=30, reason_ru="Так велит учёт.", at=AT,
        by=shop.world.staff["director"].user,
    )  # fmt: skip
    give_points(shop.buyer, 50, mark="h", by=None, at=AT)
    near, far = reward(shop), reward(shop, 900)
    lidia = buyer_of(shop)
    page = lidia.get(ROOM).content.decode().replace("\u00a0", " ")  # type: ignore[attr-defined]
    for words in ("300", "17.05.2027", "бессрочно", "Так велит учёт.", "не хватает: 600 баллов"):
        assert words in page, words
    assert Card.objects.get().number in page and "<svg" in page
    lidia.post(f"{ROOM}rewards/{near.pk}/take/", {"shown": ""})  # type: ignore[attr-defined]
    claim = Claim.objects.get()
    page = lidia.get(ROOM).content.decode()  # type: ignore[attr-defined]
    assert claim.code in page and "У входа." in page and shop.left() == 200
    lidia.post(f"{ROOM}rewards/{far.pk}/take/", {"shown": ""})  # type: ignore[attr-defined]
    lidia.post(f"{ROOM}claims/{claim.pk}/call-back/")  # type: ignore[attr-defined]
    assert shop.left() == 300 and Claim.objects.count() == 1
    before = Card.objects.get().number
    lidia.post(f"{ROOM}card/")  # type: ignore[attr-defined]
    assert Card.objects.get(ended_at=None).number != before
    day = {"date": "8", "month": "3", "agreed": "on"}
    assert lidia.post(f"{ROOM}birthday/", day | {"agreed": ""}).status_code == 422  # type: ignore[attr-defined]
    assert lidia.post(f"{ROOM}birthday/", day).status_code == 302  # type: ignore[attr-defined]
    assert Contact.objects.get(pk=shop.person.pk).birthday == "03-08"
    assert "selected" in lidia.get(ROOM).content.decode()  # type: ignore[attr-defined]
    # Every batch is there, however many, with what was told of each.
    for number in range(60):
        give_points(shop.buyer, 1, mark=f"m{number}", by=None, at=AT)
    older = lidia.get(f"{ROOM}batches/").context["leaf"].older  # type: ignore[attr-defined]
    pages = [lidia.get(f"{ROOM}batches/{query}").context["lots"] for query in ("", older)]  # type: ignore[attr-defined]
    assert sum(len(lots) for lots in pages) == 62 and pages[1][-1].counted == "250\u00a0баллов"
    desk = browser_of(shop.world, "manager").get(f"/desk/clients/{shop.buyer.pk}/points/batches/")
    assert desk.context["lots"] == pages[0]
    # And so is all that happened.
    older = lidia.get(f"{ROOM}moves/").context["leaf"].older  # type: ignore[attr-defined]
    moves = [lidia.get(f"{ROOM}moves/{query}").context["moves"] for query in ("", older)]  # type: ignore[attr-defined]
    assert len(moves[0]) == 50 and sum(len(some) for some in moves) == Transfer.objects.count()
    assert lidia.get(f"{ROOM}moves/?after=2026-11-17T00:00:00%2B00:00~7").status_code == 200  # type: ignore[attr-defined]
    desk = browser_of(shop.world, "manager").get(f"/desk/clients/{shop.buyer.pk}/points/moves/")
    assert desk.context["moves"] == moves[0]


def test_of_a_company_its_owner_of_the_room(shop: Shop) -> None:
    anna, boris = (browser_of(shop.world, key) for key in ("anna", "boris"))
    give_points(shop.world.clients["romashka"], 90, mark="r", by=None, at=AT)
    assert anna.get(ROOM).status_code == 200 and ROOM in anna.get("/room/").content.decode()
    assert boris.get(ROOM).status_code == 404 and ROOM not in boris.get("/room/").content.decode()
    change_firm({"thanks_companies": False}, by=None, at=AT)
    assert anna.get(ROOM).status_code == 404 and ROOM not in anna.get("/room/").content.decode()


def test_a_stranger_finds_nothing(shop: Shop) -> None:
    give_points(shop.buyer, 250, mark="g", by=None, at=AT)
    buyer_of(shop).post(f"{ROOM}rewards/{reward(shop).pk}/take/", {"shown": ""})  # type: ignore[attr-defined]
    alien = browser_of(shop.world, "alien")
    assert alien.post(f"{ROOM}claims/{Claim.objects.get().pk}/call-back/").status_code == 404


def test_a_firm_without_points_has_no_section(world: World) -> None:
    for who, page in (("anna", "/room/"), ("manager", "/desk/")):
        told = browser_of(world, who).get(page).content.decode()
        assert "/points/" not in told and "/till/" not in told


def test_the_desk_sets_everything(shop: Shop) -> None:
    director = browser_of(shop.world, "director")
    cups = {
        "name_ru": "Чашки", "name_en": "Cups", "one_ru": "чашка", "few_ru": "чашки",
        "many_ru": "чашек", "one_en": "cup", "many_en": "cups", "pays": "", "pays_share": "100",
    }  # fmt: skip
    assert director.post("/desk/points/units/add/", cups).status_code == 302
    unit = Unit.objects.get(name_en="Cups")
    director.post(f"/desk/points/units/{unit.pk}/", cups | {"name_en": "Mugs"})
    tier = {"name_ru": "Золотой", "name_en": "Gold", "least": "500 000"}
    assert director.post("/desk/points/tiers/add/", tier).status_code == 302
    assert director.post("/desk/points/tiers/add/", tier).status_code == 422
    rule = {
        "occasion": "purchase", "unit": unit.pk, "rate": "", "amount": "1", "least": "200",
        "place": "", "tier": Tier.objects.get().pk, "from_day": "2026-11-01", "until_day": "",
    }  # fmt: skip
    assert director.post("/desk/points/rules/", rule).status_code == 302
    assert director.post("/desk/points/rules/", rule | {"amount": ""}).status_code == 422
    page = director.get("/desk/points/rules/").content.decode().replace("\u00a0", " ")
    assert "1 чашка" in page and "для уровня «Золотой» и выше" in page and "от 200 ₽" in page
    director.post(f"/desk/points/rules/{EarnRule.objects.get().pk}/end/")
    new = {
        "kind": "offer", "name_ru": "Распродажа", "unit": unit.pk, "price": "3", "stock": "",
        "from_day": "2026-11-20", "until_day": "", "early_tier": Tier.objects.get().pk,
        "early_day": "2026-11-10",
    }  # fmt: skip
    assert director.post("/desk/points/rewards/add/", new).status_code == 302
    assert director.post("/desk/points/rewards/add/", new | {"early_day": ""}).status_code == 422
    made = Reward.objects.get()
    assert "Распродажа" in director.get("/desk/points/rewards/").content.decode()
    assert director.get(f"/desk/points/rewards/{made.pk}/").status_code == 200
    director.post(f"/desk/points/rewards/{made.pk}/close/")
    director.post(f"/desk/points/tiers/{Tier.objects.get().pk}/close/")
    director.post(f"/desk/points/units/{unit.pk}/close/")
    assert not Unit.objects.in_use().filter(pk=unit.pk).exists()
    give_points(shop.buyer, 4321, mark="g", by=None, at=AT)
    told = director.get("/desk/points/").content.decode().replace("\u00a0", " ")
    assert told.count("4 321") >= 2
    assert director.get(f"/desk/clients/{shop.buyer.pk}/points/").status_code == 200
    manager = browser_of(shop.world, "manager")
    assert manager.get(f"/desk/clients/{shop.buyer.pk}/points/").status_code == 200
    assert manager.get("/desk/points/").status_code == 403


def test_the_switch_of_expiry(shop: Shop) -> None:
    director, manager = (browser_of(shop.world, key) for key in ("director", "manager"))
    terms = {"months": "6", "notices": "2", "lead_days": "30", "reason_ru": "Учёт", "reason_en": ""}
    assert manager.post("/desk/points/expiry/", terms).status_code == 403
    assert director.post("/desk/points/expiry/", terms | {"reason_ru": ""}).status_code == 422
    assert director.post("/desk/points/expiry/", terms).status_code == 302
    assert "Учёт" in director.get("/desk/points/expiry/").content.decode()
    director.post("/desk/points/expiry/off/")
    assert Expiry.objects.get().ended_at is not None


@pytest.mark.parametrize("path", ["points/", "points/rules/", "points/rewards/", "till/"])
def test_an_english_reader(shop: Shop, path: str) -> None:
    shop.rule(least=Decimal(5))
    director = browser_of(shop.world, "director")

    assert director.get(f"/desk/{path}").status_code == 200
