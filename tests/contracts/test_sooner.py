"""«Нужно раньше»: an answer is promised, the owner gives it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, HOUR, fresh_contract, last_entry, sent, told
from zabota.cases.models import Holder, Promise
from zabota.contracts.actions import answer_sooner, ask_sooner
from zabota.contracts.models import Contract
from zabota.home.world import World

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
