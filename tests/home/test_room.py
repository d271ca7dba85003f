"""«Обещания»: what a client sees first, and what they never see."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.contracts.browsers import browser_of, returned_supply, sent_supply
from tests.contracts.worlds import AT, HOUR, approve, sent
from tests.home.crowd import copies_of
from zabota.contracts.actions import ask_sooner, start_contract
from zabota.home.reading.room import Room, read_room
from zabota.home.world import World, begin

LIVE = {"X-Zabota-Live": "1"}


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


def room_of(world: World, key: str) -> Room:
    return read_room(world.as_guest(key), world.firm, at=AT + HOUR)


def page_of(world: World, key: str) -> str:
    return browser_of(world, key).get("/room/").content.decode()


def test_a_newcomer_is_led_to_choosing_a_form(world: World) -> None:
    page = page_of(world, "anna")
    assert "Выберите форму — и договор начат" in page
    assert 'href="/room/contracts/new/"' in page


def test_promises_stand_by_time_with_whoever_has_them(world: World) -> None:
    contract = sent(world)
    room = room_of(world, "anna")
    assert [one.words for one in room.promises] == [
        "Решение по этапу «Менеджер»",
        "Согласование договора целиком",
    ]
    assert room.promises[0].who == "Сейчас у нас: Игорь Ким"
    assert (room.promises[0].due, room.promises[0].until) == ("сегодня", "до 15:00")
    asked = [one.sooner_url for one in room.promises]
    assert len(set(asked)) == 2
    page = browser_of(world, "anna").get(asked[0]).content.decode()
    assert asked[0].startswith(f"/room/contracts/{contract.pk}/sooner/?promise=")
    assert "Решение по этапу «Менеджер»" in page and "Согласование договора целиком" not in page
    assert [row.who for row in room.under_way] == ["Игорь Ким"]
    ask_sooner(contract, None, by=world.as_guest("anna"), at=AT, reason="Стройка")
    assert not any(one.sooner_url for one in room_of(world, "anna").promises)


def test_the_only_contract_under_way_is_told_once(world: World) -> None:
    first = sent(world)
    page = page_of(world, "anna")
    assert 'class="now' in page
    assert "Договоры в работе" not in page
    second = sent(world, "supply-ru")
    page = page_of(world, "anna")
    assert "Договоры в работе" in page
    for one in (first, second):
        assert f'href="/room/contracts/{one.pk}/"' in page


def test_what_waits_for_the_client_stands_first_with_what_is_asked(world: World) -> None:
    returned_supply(world)
    room = room_of(world, "anna")
    assert [(one.asked, one.contract.turn) for one in room.turns] == [("Уточните срок", "theirs")]
    page = page_of(world, "anna")
    assert page.index("Уточните срок") < page.index("Мы обещали") if "Мы обещали" in page else True
    assert "Сейчас у вас" in page


def test_drafts_are_there_to_go_on_with(world: World) -> None:
    contract = begin(world, "nda-ru", "anna", AT)
    assert [row.pk for row in room_of(world, "anna").drafts] == [contract.pk]
    assert "Продолжить" in page_of(world, "anna")


def test_a_team_stage_shows_no_names_though_its_people_owe_an_answer(world: World) -> None:
    contract = sent_supply(world)
    approve(world, contract, "manager", "manager")
    page = page_of(world, "anna")
    assert "Ответ на ваши правки" in page
    for name in ("Волкова", "Асланов", "Нестерова"):
        assert name not in page
    approve(world, contract, "legal", "lawyer")
    who = {one.words: one.who for one in room_of(world, "anna").promises}
    assert who["Решение по этапу «Логистика»"] == "Сейчас у нас: Отдел логистики"
    assert "Волкова" not in page_of(world, "anna")


def test_where_the_firm_shows_no_people_there_are_none(world: World) -> None:
    sent(world)
    world.firm.shows_people = False
    room = read_room(world.as_guest("anna"), world.firm, at=AT)
    assert "Игорь Ким" not in " ".join(
        [*(p.who for p in room.promises), *(r.who for r in room.under_way)]
    )


def test_another_client_sees_none_of_it_and_what_we_prepare_is_not_there(world: World) -> None:
    contract = sent(world)
    ours = start_contract(
        world.forms["services-ru"], world.clients["romashka"], by=world.as_staff("manager"), at=AT
    )
    assert contract.case.number not in page_of(world, "john")
    assert ours.case.number not in page_of(world, "anna")
    assert browser_of(world, "manager").get("/room/").status_code == 404


def test_it_refreshes_when_something_happens_to_their_contracts(world: World) -> None:
    contract = sent(world)
    browser = browser_of(world, "anna")
    (url,) = re.findall(r'data-live="(\?[^"]*)"', browser.get("/room/").content.decode())
    assert browser.get(f"/room/{url}", headers=LIVE).status_code == 204
    sent(world, "supply-en", "john")
    assert browser.get(f"/room/{url}", headers=LIVE).status_code == 204
    approve(world, contract, "manager", "manager")
    fresh = browser.get(f"/room/{url}", headers=LIVE)
    assert fresh.content.decode().lstrip().startswith('<div id="promises"')
    assert "Правовое согласование" in fresh.content.decode()


def test_it_costs_the_same_with_one_contract_and_with_many(world: World) -> None:
    contract = sent(world)
    browser = browser_of(world, "anna")
    browser.get("/room/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/room/")
    copies_of(contract, 200, AT)
    with CaptureQueriesContext(connection) as many:
        browser.get("/room/")
    assert len(many) == len(few)
