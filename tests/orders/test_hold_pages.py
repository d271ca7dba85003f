"""Pages of goods kept for clients: on the desk, in the room, for a stranger, in both languages."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.contracts.browsers import browser_of
from tests.orders.held import again, held, invoice, kinds, store
from zabota.common import clock
from zabota.home.holds.work import check_holds
from zabota.home.world import World
from zabota.orders.models import Hold
from zabota.orders.reading.hold_rule import firm_day
from zabota.people.models import User

pytestmark = pytest.mark.django_db


def read(browser: Browser, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def day(days: int) -> str:
    return (firm_day(clock.now()) + timedelta(days=days)).isoformat()


def short(world: World) -> Hold:
    """Kept for ten days from today, and approved in three weeks."""
    at = clock.now()
    hold = held(world, at, client_until=firm_day(at) + timedelta(days=21))
    check_holds(at)
    return again(hold)


def test_before_it_is_promised_the_mismatch_is_shown(world: World) -> None:
    one, manager = invoice(world), browser_of(world, "manager")
    store(world)
    path = f"/desk/orders/invoices/{one.pk}/hold/"
    page = read(manager, path)
    assert "От счёта до товара" in page and "<svg" in page and "По правилу фирмы" in page
    given = {"store": store(world).pk, "until": day(10), "client_until": day(21), "look": "1"}
    looked = manager.post(path, given).content.decode()
    assert (
        "Резерва не хватает" in looked
        and "К концу резерва ещё идёт: согласование у клиента" in looked
    )
    assert "Так сказал клиент" in looked and not Hold.objects.exists()
    del given["look"]
    hold_page = manager.post(path, given, follow=True)
    hold = Hold.objects.get()
    assert hold_page.redirect_chain[-1][0] == f"/desk/orders/holds/{hold.pk}/"
    beyond = manager.post(path, given | {"until": day(40)})
    assert beyond.status_code == 422


def test_a_hold_on_the_desk_offers_the_next_step(world: World) -> None:
    hold, manager = short(world), browser_of(world, "manager")
    page = read(manager, f"/desk/orders/holds/{hold.pk}/")
    assert "Не хватит до оплаты: 14" in page and "Сверх правила, в ваших полномочиях" in page
    assert "Светильник LED 40 Вт" in page
    today = read(manager, "/desk/")
    assert "не хватает, нужно ещё 14" in today and f"/desk/orders/holds/{hold.pk}/" in today
    listed = read(manager, "/desk/orders/holds/")
    assert "не хватает 14 дней" in listed
    for query, found in (("q=светильник", 1), ("q=опора", 0), (f"store={hold.store_id}", 1)):
        rows = manager.get(f"/desk/orders/holds/?{query}").context["list"].rows
        assert len(rows) == found, query
    path = f"/desk/orders/holds/{hold.pk}/step/prolong/"
    assert "Слово клиенту" in read(manager, path)
    silent = manager.post(path, {"until": day(26), "cost": "900"})
    assert silent.status_code == 422
    manager.post(
        path, {"until": day(26), "cost": "900", "reason": "ВНУТРИ-ПОЧЕМУ", "told": "Ждём вас."}
    )
    assert kinds(hold)[-1] == "hold.prolonged" and again(hold).short == 0
    assert "не хватает, нужно ещё" not in read(manager, "/desk/")
    room = read(browser_of(world, "anna"), f"/room/orders/holds/{hold.pk}/")
    assert "Ждём вас." in room and "ВНУТРИ-ПОЧЕМУ" not in room


def test_the_client_keeps_it_for_longer_by_a_tap(world: World) -> None:
    hold, anna = held(world, clock.now()), browser_of(world, "anna")
    first = read(anna, "/room/")
    assert "Держим для вас" in first and f"/room/orders/holds/{hold.pk}/" in first
    path = f"/room/orders/holds/{hold.pk}/"
    assert "Продлить на 5 дней" in read(anna, path)
    anna.post(f"{path}prolong/")
    assert again(hold).own_times == 1
    assert anna.post(f"{path}said/", {"day": "нет"}).status_code == 422
    anna.post(f"{path}said/", {"day": day(30)})
    assert "К вашему сроку резерв уже истечёт" in read(anna, path)
    # Whoever only looks in the room of their company presses nothing.
    vera = browser_of(world, "vera")
    assert "Продлить на" not in read(vera, path)
    assert vera.post(f"{path}prolong/").status_code == 403
    anna.post(f"{path}release/")
    assert "Снят" in read(anna, path) and "Снят" in read(anna, "/room/orders/holds/")
    assert "Держим для вас" not in read(anna, "/room/").partition("<main")[2]
    ended = read(browser_of(world, "manager"), "/desk/orders/holds/?state=ended")
    assert "Снят" in ended


def test_a_stranger_finds_nothing(world: World) -> None:
    hold, alien = held(world, clock.now()), browser_of(world, "alien")
    path = f"/room/orders/holds/{hold.pk}/"
    assert alien.get(path).status_code == 404
    for verb in ("prolong", "said", "release"):
        assert alien.post(f"{path}{verb}/").status_code == 404
    # A colleague who has nothing to do with it does not see it either.
    other = browser_of(world, "logist1")
    assert other.get(f"/desk/orders/holds/{hold.pk}/").status_code == 404
    assert other.get(f"/desk/orders/holds/{hold.pk}/step/prolong/").status_code == 404


def test_what_the_client_said_and_letting_go_on_the_desk(world: World) -> None:
    hold, manager = held(world, clock.now()), browser_of(world, "manager")
    path = f"/desk/orders/holds/{hold.pk}/"
    assert "Клиент согласует к" in read(manager, f"{path}said/")
    manager.post(f"{path}said/", {"day": day(5)})
    assert kinds(hold)[-1] == "hold.client_said"
    assert manager.post(f"{path}release/", {"reason": ""}).status_code == 422
    manager.post(f"{path}release/", {"reason": "Заказ отменили"})
    assert again(hold).case.state == "released"
    assert "Заказ отменили" in read(manager, path)
    assert read(manager, f"{path}step/nothing/", 404)


def test_the_firm_sets_its_rule(world: World) -> None:
    director = browser_of(world, "director")
    page = read(director, "/desk/firm/holds/")
    assert "Клиент продлевает, раз" in page
    fields = {
        "first_days": 5, "longest_days": 20, "staff_days": 3, "client_times": 1, "client_days": 2,
        "warn_days": 1, "client_takes": 5, "ours_takes": 2, "payment_takes": 2, "delivery_takes": 3,
        "day_cost": "0,25",
    }  # fmt: skip
    assert director.post("/desk/firm/holds/", fields).status_code == 302
    assert director.post("/desk/firm/holds/", fields | {"longest_days": 1}).status_code == 422
    assert browser_of(world, "manager").get("/desk/firm/holds/").status_code == 403


def test_in_english(world: World) -> None:
    User.objects.update(language="en")
    hold = short(world)
    page = read(browser_of(world, "manager"), f"/desk/orders/holds/{hold.pk}/")
    assert "The hold lapses 14" in page and "Not over by then: the client’s approval" in page
    room = read(browser_of(world, "anna"), f"/room/orders/holds/{hold.pk}/")
    assert "Keep it 5 days longer" in room
