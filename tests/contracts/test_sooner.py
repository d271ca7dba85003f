"""«Нужно раньше»: an answer is promised, the owner gives it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR, fresh_contract, last_entry, sent, stage, told
from zabota.cases.models import Holder, Promise
from zabota.contracts.actions import answer_sooner, ask_sooner
from zabota.contracts.models import Contract
from zabota.contracts.reading.hurry import read_hurry_answers
from zabota.home.world import World
from zabota.journal.reading import read_lines

DAY = date(2026, 11, 20)


@pytest.fixture
def contract(world: World) -> Contract:
    return sent(world)


def test_asking_promises_an_answer_within_two_working_hours(
    world: World, contract: Contract
) -> None:
    ask_sooner(contract, DAY, by=world.as_guest("vera"), at=AT + HOUR, reason="Отгрузка")
    promise = Promise.objects.get(moment="contract_sooner")
    assert (promise.state, promise.due_at) == ("running", AT + 3 * HOUR)
    assert Holder.objects.get(promise=promise).employee == world.staff["manager"]
    assert fresh_contract(contract).case.needed_by == DAY
    entry = last_entry("contract.sooner_asked")
    assert (entry.audience, entry.facts["reason"], entry.facts["day"]) == (
        "both", "Отгрузка", {"day": "2026-11-20"},
    )  # fmt: skip
    assert told("contract.sooner_asked") == [("manager", "contract_task")]
    with pytest.raises(PermissionDenied):
        ask_sooner(contract, DAY, by=world.as_guest("anna"), at=AT, reason="Ещё раз")


@pytest.mark.parametrize("who", ["manager", "director"])
def test_the_owner_or_the_lead_answers_once(world: World, contract: Contract, who: str) -> None:
    ask_sooner(contract, None, by=world.as_guest("anna"), at=AT, reason="Очень")
    with pytest.raises(PermissionDenied):
        answer_sooner(contract, by=world.as_staff(who), at=AT, answer="  ")
    answer_sooner(contract, by=world.as_staff(who), at=AT + HOUR, answer="К пятнице")
    promise = Promise.objects.get(moment="contract_sooner")
    assert (promise.state, promise.settled_at) == ("kept", AT + HOUR)
    assert not Holder.objects.filter(promise=promise, rank_at__isnull=False).exists()
    assert last_entry("contract.sooner_answered").facts["answer"] == "К пятнице"
    assert [who for who, _ in told("contract.sooner_answered")] == ["anna", "boris", "vera"]
    with pytest.raises(PermissionDenied):
        answer_sooner(contract, by=world.as_staff(who), at=AT, answer="Ещё")
    ask_sooner(contract, DAY, by=world.as_guest("anna"), at=AT + HOUR, reason="Всё же раньше")


@pytest.mark.parametrize("who", ["lawyer", "stranger"])
def test_others_do_not_answer(world: World, contract: Contract, who: str) -> None:
    ask_sooner(contract, DAY, by=world.as_guest("anna"), at=AT, reason="x")
    with pytest.raises(PermissionDenied):
        answer_sooner(contract, by=world.as_staff(who), at=AT, answer="x")
    with pytest.raises(PermissionDenied):
        answer_sooner(contract, by=world.as_guest("anna"), at=AT, answer="x")


def test_a_stranger_and_our_own_do_not_ask(world: World, contract: Contract) -> None:
    for by in (world.as_guest("alien"), world.as_staff("manager")):
        with pytest.raises(PermissionDenied):
            ask_sooner(contract, DAY, by=by, at=AT, reason="x")


def test_the_client_reads_the_answer_on_top_and_on_the_first_page(
    world: World, contract: Contract
) -> None:
    ask_sooner(contract, DAY, by=world.as_guest("anna"), at=AT, reason="Отгрузка")
    anna, page = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/"
    assert "Наш ответ на просьбу ускорить" not in anna.get(page).content.decode()
    answer_sooner(
        contract, by=world.as_staff("manager"), at=AT + HOUR, answer="К пятнице, не раньше"
    )
    for path in (page, "/room/"):
        told = anna.get(path).content.decode()
        place = told.index("Наш ответ на просьбу ускорить")
        assert "К пятнице, не раньше" in told[place : place + 300], path
        assert world.staff["manager"].name in told[place : place + 300], path
    told = anna.get(page).content.decode()
    assert "<dt>нужно к</dt>" in told
    world.firm.shows_people = False
    found = read_hurry_answers([contract.pk], world.as_guest("anna"), world.firm, "ru", at=AT)
    assert found[contract.pk].who != world.staff["manager"].name


def test_the_request_names_its_promise(world: World) -> None:
    contract = sent(world, "supply-ru")
    anna, other = browser_of(world, "anna"), sent(world, "nda-ru")
    legal = stage(contract, "manager").promise
    page = f"/room/contracts/{contract.pk}/sooner/"
    anna.post(f"{page}?promise={legal.pk}", {"reason": "Отгрузка", "day": ""})
    entry = last_entry("contract.sooner_asked")
    assert "О чём: «Менеджер»" in read_lines([entry], now=AT + HOUR)[0].sentence
    # Of another contract, or no number at all: the request is about the whole.
    page = f"/room/contracts/{other.pk}/sooner/"
    for key in (legal.pk, "x", "9" * 40):
        assert anna.get(f"{page}?promise={key}").context["about"] is None
    with pytest.raises(PermissionDenied):
        by = world.as_guest("anna")
        ask_sooner(other, None, by=by, at=AT, reason="x", about=legal)


def test_an_empty_request_asks_for_a_day_or_a_reason(world: World, contract: Contract) -> None:
    browser, path = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/sooner/"
    for typed in ({}, {"day": "", "reason": "  "}, {"day": "2026-02-31"}):
        answer = browser.post(path, typed)
        assert answer.status_code == 422
        assert "Укажите день или напишите, почему срочно" in answer.content.decode()
    assert not Promise.objects.filter(moment="contract_sooner").exists()
    assert browser.post(path, {"reason": "Отгрузка"}).status_code == 302
