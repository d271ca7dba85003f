"""The history of a clause is one click away, and tells each side what it may read."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of, returned_supply, sent_supply
from tests.contracts.worlds import AT, DAY, HOUR, approve, fresh_contract, send_back, sent
from zabota.contracts.actions import comment, counter_change, reject_change, submit_contract
from zabota.contracts.models import Change, Contract
from zabota.home.world import World, reword

MOMENT = AT + timedelta(hours=2)


def changed_clause(contract: Contract) -> str:
    return Change.objects.filter(contract=contract).latest("pk").clause


def page(browser: Browser, side: str, contract: Contract, clause: str) -> str:
    answer = browser.get(f"/{side}/contracts/{contract.pk}/history/{clause}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def lawyers_turn(world: World) -> Contract:
    made = sent(world, "supply-ru", reworded={"8.1": lambda text: f"{text} И точка."})
    approve(world, made, "manager", "manager")
    return made


def refused_with_reason(world: World) -> tuple[Contract, str]:
    contract = lawyers_turn(world)
    change = Change.objects.get(contract=contract)
    reject_change(change, by=world.as_staff("lawyer"), at=MOMENT, reason="Суд не поймёт")
    send_back(world, contract, "legal", "lawyer", AT + 3 * HOUR, "Смотрите ответ")
    return fresh_contract(contract), change.clause


def test_wordings_by_version_with_answers_and_reasons(world: World) -> None:
    contract, clause = refused_with_reason(world)
    reword(contract, "8.1", lambda t: f"{t} И никак иначе.",
           by=world.as_guest("anna"), at=AT + DAY)  # fmt: skip
    submit_contract(contract, by=world.as_guest("anna"), at=AT + DAY + HOUR)
    for who, side in (("manager", "desk"), ("anna", "room")):
        told = page(browser_of(world, who), side, contract, clause)
        heads = re.findall(r"<h2>([^<]+)</h2>", told)
        assert heads[:4] == ["Редакция 3", "Редакция 2", "Редакция 1", "Наша форма"], heads
        assert "Суд не поймёт" in told and "изменено ещё раз" in told
        assert re.search(r"<ins>[^<]*никак", told)
        assert "принять</button>" not in told.lower(), "it is looked at, not answered, here"


def test_it_is_one_click_away(world: World) -> None:
    contract = sent_supply(world)
    clause = changed_clause(contract)
    for who, side in (("manager", "desk"), ("anna", "room")):
        base = f"/{side}/contracts/{contract.pk}"
        assert (
            f'href="{base}/history/{clause}/"'
            in browser_of(world, who).get(f"{base}/").content.decode()
        )


def test_each_side_reads_its_own_comments(world: World) -> None:
    contract = sent_supply(world)
    clause = changed_clause(contract)
    for who, words, audience in (
        ("lawyer", "наше внутреннее", "ours"),
        ("manager", "для обеих", "both"),
    ):
        comment(contract, words, by=world.as_staff(who), at=MOMENT, audience=audience,
                clause=clause)  # fmt: skip
    comment(contract, "их внутреннее", by=world.as_guest("anna"), at=MOMENT, audience="theirs",
            clause=clause)  # fmt: skip
    room = page(browser_of(world, "anna"), "room", contract, clause)
    desk = page(browser_of(world, "manager"), "desk", contract, clause)
    eyes = browser_of(world, "manager").get(
        f"/desk/contracts/{contract.pk}/as-client/history/{clause}/"
    )
    assert eyes.status_code == 200
    looked = eyes.content.decode()
    assert ("наше внутреннее" in room, "их внутреннее" in room, "для обеих" in room) == (
        False, True, True,
    )  # fmt: skip
    assert ("наше внутреннее" in desk, "их внутреннее" in desk) == (True, False)
    assert ("наше внутреннее" in looked, "их внутреннее" in looked) == (False, False)


def test_an_unsent_draft_is_not_told(world: World) -> None:
    contract = returned_supply(world)
    clause = changed_clause(contract)
    reword(contract, "3.3", lambda t: t + " Тайное.", by=world.as_guest("anna"), at=AT + DAY)
    assert "Тайное" not in page(browser_of(world, "manager"), "desk", contract, clause)


@pytest.mark.parametrize("who", ["stranger", "nothing"])
def test_strangers_and_unknown_clauses_are_404(world: World, who: str) -> None:
    contract = sent_supply(world)
    clause = changed_clause(contract)
    base = f"/room/contracts/{contract.pk}/history"
    if who == "nothing":
        assert browser_of(world, "anna").get(f"{base}/{'0' * 32}/").status_code == 404
        return
    foreign = next(
        key for key, guest in world.guests.items()
        if guest.client_id != contract.case.client_id
    )  # fmt: skip
    assert browser_of(world, foreign).get(f"{base}/{clause}/").status_code == 404
    assert Browser().get(f"{base}/{clause}/").status_code in (302, 404)


def test_cost_does_not_grow_with_versions(world: World) -> None:
    contract = lawyers_turn(world)
    clause = changed_clause(contract)
    few = cost(world, contract, clause)
    change = Change.objects.get(contract=contract)
    counter_change(change, {"0": "Иные слова"}, by=world.as_staff("lawyer"), at=MOMENT)
    send_back(world, contract, "legal", "lawyer", AT + 3 * HOUR, "Смотрите")
    contract = fresh_contract(contract)
    for who, words, audience in (("manager", "раз", "both"), ("manager", "два", "ours")):
        comment(contract, words, by=world.as_staff(who), at=MOMENT, audience=audience,
                clause=clause)  # fmt: skip
    assert cost(world, contract, clause) == few


def cost(world: World, contract: Contract, clause: str) -> int:
    browser = browser_of(world, "manager")
    page(browser, "desk", contract, clause)
    with CaptureQueriesContext(connection) as caught:
        page(browser, "desk", contract, clause)
    return len(caught)
