"""The registration number: the firm's pattern, gapless, once."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import (
    AT,
    approve,
    fresh_contract,
    last_entry,
    person,
    route,
    sent,
    step,
)
from tests.support.remembered import remembered
from zabota.contracts.actions import register_contract
from zabota.contracts.models import Contract, ContractTemplate
from zabota.home.world import World


@remembered
def agreed(world: World) -> Contract:
    contract = sent(world)
    assert approve(world, contract, "legal", "lawyer").agreed
    return contract


@pytest.fixture(autouse=True)
def one_stage(world: World) -> None:
    route(world, step("legal", "legal", [person(world, "lawyer")]))


def test_numbers_follow_one_another_without_a_gap(world: World) -> None:
    found = []
    for _ in range(3):
        contract = agreed(world)
        register_contract(contract, by=world.as_staff("manager"), at=AT)
        contract = fresh_contract(contract)
        assert contract.registered_number.casefold() in contract.case.search
        assert last_entry("contract.registered").facts["number"] == contract.registered_number
        found.append(contract.registered_number)
        with pytest.raises(PermissionDenied):
            register_contract(contract, by=world.as_staff("manager"), at=AT)
    firm = world.firm
    kind = world.forms["nda-ru"].template.kind
    assert found == [
        firm.number_pattern.format(year=2026, number=number, kind=kind) for number in (1, 2, 3)
    ]


def test_only_an_agreed_one_and_only_by_who_is_in_charge(world: World) -> None:
    with pytest.raises(PermissionDenied):
        register_contract(sent(world), by=world.as_staff("manager"), at=AT)
    contract = agreed(world)
    for by in (world.as_staff("lawyer"), world.as_staff("stranger"), world.as_guest("anna")):
        with pytest.raises(PermissionDenied):
            register_contract(contract, by=by, at=AT)
    register_contract(contract, by=world.as_staff("director"), at=AT)


def test_two_kinds_never_share_a_number(world: World) -> None:
    """The firm's own pattern tells no kinds apart: one row of numbers for all of them."""
    found = set()
    for kind in ("nda", "works"):
        ContractTemplate.objects.filter(editions=world.forms["nda-ru"]).update(kind=kind)
        contract = agreed(world)
        register_contract(contract, by=world.as_staff("manager"), at=AT)
        found.add(fresh_contract(contract).registered_number)
    assert len(found) == 2
