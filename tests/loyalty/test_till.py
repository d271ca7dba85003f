"""At the till: a receipt is rung up once, brought back with its points, by a page or a program."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY
from tests.loyalty.shop import CUPS, TODAY, Shop, books_are_right
from zabota.clients.actions import add_client, erase_person, export_person
from zabota.clients.actions.contacts import add_contact
from zabota.clients.models import Purchase
from zabota.home.work import react
from zabota.journal.models import Entry
from zabota.loyalty.actions import end_card, give_points, make_card, set_reward, take_reward
from zabota.loyalty.actions.till import Receipt, bring_back, ring_up
from zabota.loyalty.actions.units import set_unit
from zabota.loyalty.models import Batch, Card, Claim, Transfer
from zabota.loyalty.numbers import checksum, drawn_number
from zabota.loyalty.reading.at_till import find_at_till
from zabota.outreach.actions import announce_entries, send_waiting
from zabota.outreach.models import Message
from zabota.people.actions.programs import make_key
from zabota.people.models import Place
from zabota.people.refusal import Refused


def ring(shop: Shop, number: str = "77", sum_: int = 1000, spend: int = 0, **more: Any) -> Any:
    receipt = Receipt(number, Decimal(sum_), spend=spend, **more)
    return ring_up(shop.buyer, receipt, by=shop.cashier, at=AT)


def test_points_pay_a_part_and_the_rest_earns(shop: Shop) -> None:
    shop.rule()
    give_points(shop.buyer, 300, mark="g", by=None, at=AT)
    rung = ring(shop, spend=200)
    assert (rung.paid, [one.amount for one in rung.earned], rung.again) == (200, [80], False)
    assert Purchase.objects.get().sum == 800 and shop.left() == 180
    again = ring(shop, spend=200)
    assert again.again and again.earned == rung.earned and shop.left() == 180
    react(AT + timedelta(minutes=5))
    assert shop.left() == 180 and books_are_right()


@pytest.mark.parametrize(
    ("other", "code"),
    [({"sum_": 999}, "receipt_used"), ({"spend": 10}, "receipt_used"), ({"sum_": 0}, "sum"),
     ({"number": " "}, "receipt"), ({"number": "8", "spend": 501}, "too_many"),
     ({"number": "8", "spend": -1}, "spend"), ({"number": "8", "spend": 400}, "not_enough"),
     ({"number": "8", "day": TODAY + DAY}, "day")],
)  # fmt: skip
def test_what_a_till_is_told(shop: Shop, other: dict[str, Any], code: str) -> None:
    shop.rule()
    give_points(shop.buyer, 100, mark="g", by=None, at=AT)
    ring(shop)
    with pytest.raises(Refused) as refused:
        ring(shop, **other)
    assert refused.value.code == code
    assert Purchase.objects.count() == 1 and shop.left() == 200


def test_two_places_count_alike(shop: Shop) -> None:
    shop.rule()
    place = Place.objects.create(name="Шоурум")
    ring(shop)
    assert not ring(shop, place=place).again
    assert shop.left() == 200
    # A till that was cut off tells of yesterday's receipt today: by yesterday's rules.
    assert ring(shop, "78", day=TODAY - DAY).earned[0].amount == 100


def test_brought_back_in_parts(shop: Shop) -> None:
    shop.rule()
    give_points(shop.buyer, 300, mark="g", by=None, at=AT)
    ring(shop, spend=200)
    first = bring_back(None, "77", sum=Decimal(200), slip="1", by=shop.cashier, at=AT)
    assert (first.sum, first.taken, first.given) == (200, 20, 50)
    again = bring_back(None, "77", sum=Decimal(200), slip="1", by=shop.cashier, at=AT)
    assert (again.sum, again.taken, again.given) == (200, 0, 50) and shop.left() == 210
    rest = bring_back(None, "77", slip="2", by=shop.cashier, at=AT)
    assert (rest.sum, rest.taken, rest.given) == (600, 60, 150)
    assert shop.left() == 300 and books_are_right()
    react(AT + DAY)
    assert shop.left() == 300
    for number in ("77", "nobody's"):
        with pytest.raises(Refused):
            bring_back(None, number, slip="3", by=shop.cashier, at=AT)


def test_who_is_at_the_till(shop: Shop) -> None:
    stranger = shop.world.staff["stranger"].user
    with pytest.raises(PermissionDenied):
        ring_up(shop.buyer, Receipt("1", Decimal(1)), by=stranger, at=AT)
    with pytest.raises(PermissionDenied):
        bring_back(None, "1", by=stranger, at=AT)
    assert browser_of(shop.world, "stranger").get("/desk/till/").status_code == 403


def test_known_by_card_and_phone(shop: Shop) -> None:
    card = make_card(shop.buyer, by=shop.cashier, at=AT)
    spaced = " ".join(card.number[place : place + 4] for place in range(0, 16, 4))
    for words in (card.number, spaced, "8 (916) 200-30-40", "+79162003040"):
        assert find_at_till(words) == [shop.buyer], words
    twin = add_client({"name": "Сын", "kind": "person"}, owner=shop.world.staff["manager"],
                      by=None, at=AT)  # fmt: skip
    add_contact(twin, "Пётр Зорин", by=None, at=AT, phone="+7 916 200 30 40")
    assert {one.pk for one in find_at_till("89162003040")} == {shop.buyer.pk, twin.pk}
    other = make_card(shop.buyer, number="2900-1234", by=shop.cashier, at=AT)
    assert find_at_till(card.number) == [] and find_at_till("29001234") == [shop.buyer]
    with pytest.raises(Refused):
        make_card(twin, number="29001234", by=shop.cashier, at=AT)
    assert end_card(other, by=shop.cashier, at=AT) and not end_card(other, by=shop.cashier, at=AT)
    for words in ("29001234", "", "12", "\0", "x" * 60):
        assert find_at_till(words) == []
    for kind in ("loyalty.card_made", "loyalty.card_ended"):
        assert Entry.objects.filter(kind=kind).exists()


def test_a_number_typed_wrong_is_told_by_its_last_digit() -> None:
    for _ in range(20):
        number = drawn_number()
        assert len(number) == 16 and checksum(number) == 0
        wrong = str((int(number[3]) + 1) % 10)
        assert checksum(number[:3] + wrong + number[4:]) != 0


def test_the_page(shop: Shop) -> None:
    shop.rule()
    manager = browser_of(shop.world, "manager")
    found = manager.get("/desk/till/?q=89162003040")
    assert found.headers["Location"] == f"/desk/till/?client={shop.buyer.pk}"
    page = f"/desk/till/{shop.buyer.pk}/ring/"
    sent = {"receipt": "77", "sum": "1 259,90", "spend": ""}
    told = manager.post(page, sent, follow=True).content.decode()
    assert "начислено: 125" in told.replace("\u00a0", " ")
    by_script = manager.post(page, sent, headers={"X-Zabota-Till": "1"}).json()
    assert by_script["done"] and "дважды" in by_script["said"]
    wrong = manager.post(page, sent | {"sum": "2"})
    assert wrong.status_code == 422 and 'value="77"' in wrong.content.decode()
    refused = manager.post(page, sent | {"sum": "x"}, headers={"X-Zabota-Till": "1"})
    assert refused.status_code == 422 and not refused.json()["done"]
    back = {"back_receipt": "77", "back_sum": "", "slip": "", "client": shop.buyer.pk}
    manager.post("/desk/till/back/", back)
    assert shop.left() == 0 and shop.unit.counted(0, "ru") == "0\u00a0баллов"
    manager.post(f"/desk/till/{shop.buyer.pk}/card/", {"number": "2900777"})
    assert Card.objects.get(ended_at=None).number == "2900777"


def test_codes_and_rewards_at_the_till(shop: Shop) -> None:
    give_points(shop.buyer, 300, mark="g", by=None, at=AT)
    given = {
        "kind": "goods", "name_ru": "Фонарик", "name_en": "", "words_ru": "", "words_en": "",
        "after_ru": "", "after_en": "", "unit": shop.unit, "price": 100, "stock": 2,
        "from_day": TODAY - 300 * DAY, "until_day": None, "early_tier": None, "early_day": None,
    }  # fmt: skip
    torch = set_reward(None, given, by=None, at=AT)  # type: ignore[arg-type]
    claim = take_reward(torch, shop.buyer, by=shop.room(), at=AT)
    manager = browser_of(shop.world, "manager")
    assert "Фонарик" in manager.get(f"/desk/till/?client={shop.buyer.pk}").content.decode()
    sent = {"code": claim.code.lower(), "client": shop.buyer.pk}
    assert manager.post("/desk/till/code/", sent).status_code == 302
    assert Claim.objects.get().state == "given"
    assert manager.post("/desk/till/code/", sent).status_code == 422
    assert manager.post("/desk/till/code/", {"code": "НЕТТАКОГО"}).status_code == 422
    manager.post(f"/desk/till/{shop.buyer.pk}/rewards/{torch.pk}/", {"shown": ""})
    assert Claim.objects.filter(state="given").count() == 2 and shop.left() == 100


def test_a_program_does_the_same(shop: Shop) -> None:
    shop.rule()
    make_card(shop.buyer, number="29005555", by=None, at=AT)
    _, token = make_key(
        "Касса", ["till"], employee=shop.world.staff["manager"],
        by=shop.world.staff["director"].user, at=AT,
    )  # fmt: skip
    program = Browser(headers={"authorization": f"Bearer {token}"})

    def call(path: str, **sent: Any) -> Any:
        answer = program.post(f"/api/till/{path}/", sent, content_type="application/json")
        return answer.status_code, json.loads(answer.content)

    sent = {"card": "29005555", "receipt": 17, "sum": "1000.00"}
    status, told = call("receipts", **sent)
    assert (status, told["again"], told["balances"][0]["left"]) == (200, False, 100)
    assert call("receipts", **sent)[1]["again"]
    assert call("receipts", **sent | {"sum": "7"})[1]["error"]["code"] == "receipt_used"
    assert call("receipts", **sent | {"receipt": "18", "spend": 40})[1]["spent"] == 40
    known = program.get("/api/till/client/?phone=89162003040").json()
    assert known["client"]["id"] == shop.buyer.pk and known["balances"][0]["left"] == 156
    assert call("returns", receipt="17")[1] == {"sum": "1000.00", "taken": 100, "given": 0}
    for path, wrong, said in (
        ("receipts", {"receipt": "1", "sum": "5"}, 400),
        ("receipts", {"card": "0000000", "receipt": "1", "sum": "5"}, 404),
        ("receipts", sent | {"sum": "NaN"}, 400),
        ("receipts", sent | {"spend": "x"}, 400),
        ("receipts", sent | {"day": "вчера"}, 400),
        ("receipts", sent | {"unit": "nothing"}, 400),
        ("returns", {"receipt": "nobody's"}, 422),
        ("codes", {"code": "НЕТТАКОГО"}, 422),
    ):
        assert call(path, **wrong)[0] == said, (path, wrong)
    assert Browser().post("/api/till/receipts/").status_code == 401
    assert Transfer.objects.count() == 4 and Batch.objects.count() == 2 and books_are_right()


def test_a_receipt_is_one_letter(shop: Shop) -> None:
    cups = set_unit(None, CUPS, by=None, at=AT)
    shop.rule()
    shop.rule(unit=cups, amount=1, rate=None)
    shop.buys(5000, "before")
    Message.objects.all().delete()
    receipt = Receipt("7", Decimal(1000), spend=200, unit=shop.unit)
    ring_up(shop.buyer, receipt, by=shop.cashier, at=AT)
    while announce_entries(by=None, at=AT):
        pass
    Message.objects.exclude(purpose="points_news").delete()
    mail.outbox.clear()
    send_waiting(by=None, at=AT)
    (letter,) = [one for one in mail.outbox if one.to == ["lidia@buyers.example"]]
    assert letter.subject == "Северный свет: ваши баллы"
    for words in ("200", "80", "1 чашка"):
        assert words in str(letter.body).replace("\u00a0", " ")
    assert Message.objects.filter(state="sent").count() >= 3


def test_what_is_kept_of_a_person(shop: Shop) -> None:
    shop.rule()
    ring(shop, "1041")
    me = shop.room().user
    told = json.loads(export_person(shop.person, by=me, at=AT))
    assert told["points"][0]["earned"] == 100 and told["points_moved"][0]["receipt"] == "1041"
    card = Card.objects.get()
    assert told["cards"][0]["number"] == card.number
    erase_person(shop.person, by=None, at=AT)
    react(AT + timedelta(minutes=5))
    assert find_at_till(card.number) == []
    # Of a company, points are the company's.
    anna = shop.world.guests["anna"]
    told = json.loads(export_person(anna, by=shop.world.as_guest("anna").user, at=AT))
    assert "points" not in told
