"""Taking back: nothing more is asked of anybody; the text and its history stay."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.preparing import begun
from tests.contracts.worlds import (
    AT,
    HOUR,
    approve,
    fresh_contract,
    last_entry,
    send_back,
    sent,
    told,
)
from zabota.cases.models import Holder, Promise
from zabota.contracts.actions import approve_stage, submit_contract, withdraw_contract
from zabota.contracts.actions.settle import AlreadyDecided
from zabota.contracts.models import Stage, Version
from zabota.home.world import World, begin


def test_everything_open_is_dropped(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"5.1": lambda text: f"{text} Да."})
    withdraw_contract(contract, by=world.as_guest("boris"), at=AT + HOUR, reason="Передумали")
    contract = fresh_contract(contract)
    assert (contract.case.state, contract.case.closed_at) == ("withdrawn", AT + HOUR)
    assert set(Promise.objects.values_list("state", flat=True)) == {"dropped"}
    assert not Holder.objects.filter(rank_at__isnull=False).exists()
    assert Version.objects.count() == 1
    entry = last_entry("contract.withdrawn")
    assert (entry.audience, entry.facts["reason"]) == ("both", "Передумали")
    assert told("contract.withdrawn") == [
        ("anna", "contract_news"), ("manager", "contract_news"), ("vera", "contract_news"),
    ]  # fmt: skip
    with pytest.raises(PermissionDenied):
        withdraw_contract(contract, by=world.as_guest("boris"), at=AT, reason="x")
    with pytest.raises(AlreadyDecided):
        approve_stage(
            Stage.objects.get(contract=contract, key="manager").pk,
            by=world.as_staff("manager"), at=AT,
        )  # fmt: skip


def test_a_returned_one_may_be_taken_back_too(world: World) -> None:
    contract = sent(world)
    send_back(world, contract, "manager", "manager")
    withdraw_contract(contract, by=world.as_guest("anna"), at=AT, reason="x")
    assert set(Promise.objects.filter(settled_at=None)) == set()
    with pytest.raises(PermissionDenied):
        submit_contract(contract, by=world.as_guest("anna"), at=AT)


@pytest.mark.parametrize("who", ["vera", "alien"])
def test_who_may_not_edit_does_not_take_back(world: World, who: str) -> None:
    contract = sent(world)
    with pytest.raises(PermissionDenied):
        withdraw_contract(contract, by=world.as_guest(who), at=AT, reason="x")
    with pytest.raises(PermissionDenied):
        withdraw_contract(contract, by=world.as_staff("manager"), at=AT, reason="x")


def test_an_agreed_one_is_not_taken_back(world: World) -> None:
    contract = sent(world)
    for key, who in (("manager", "manager"), ("legal", "lawyer")):
        last = approve(world, contract, key, who)
    if not last.agreed:
        pytest.skip("the form follows the long route")
    with pytest.raises(PermissionDenied):
        withdraw_contract(contract, by=world.as_guest("anna"), at=AT, reason="x")


def test_what_we_only_prepared_is_taken_back_unheard(world: World) -> None:
    contract = begun(world, "nda-ru", "manager")
    with pytest.raises(PermissionDenied):
        withdraw_contract(contract, by=world.as_guest("anna"), at=AT, reason="x")
    withdraw_contract(contract, by=world.as_staff("manager"), at=AT, reason="Не нужен")
    assert last_entry("contract.withdrawn").audience == "ours"
    assert told("contract.withdrawn") == []


def test_a_draft_nobody_sent_is_taken_back(world: World) -> None:
    contract = begin(world, "nda-ru", "anna", AT)
    withdraw_contract(contract, by=world.as_guest("anna"), at=AT, reason="")
    assert fresh_contract(contract).case.state == "withdrawn"
