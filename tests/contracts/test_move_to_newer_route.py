"""A contract under way follows a newer edition of its route, with a reason."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    approve,
    fresh_contract,
    holders,
    last_entry,
    open_now,
    outcomes,
    person,
    route,
    send_back,
    sent,
    stage,
    step,
    told,
)
from tests.support.refused import refused
from tests.support.remembered import remembered
from zabota.contracts.actions import move_to_newer_route
from zabota.contracts.models import Contract
from zabota.home.world import World


@pytest.fixture
@remembered
def contract(world: World) -> Contract:
    """Agreed by the lawyer, before finance; then finance is asked twice by a newer edition."""
    legal = step("legal", "legal", [person(world, "lawyer")])
    route(world, legal, step("finance", "finance", [person(world, "finance")], 2), form="supply-ru")
    made = sent(world, "supply-ru", reworded={"8.1": lambda text: f"{text} Да."})
    approve(world, made, "legal", "lawyer", AT + HOUR)
    route(
        world, legal, step("finance", "finance", [person(world, "logist1")], 2),
        step("director", "director", [person(world, "director")], 3), form="supply-ru",
    )  # fmt: skip
    return made


def test_what_was_agreed_stands_and_the_rest_is_asked_as_it_is_now(
    world: World, contract: Contract
) -> None:
    due = fresh_contract(contract).agreeing.due_at  # type: ignore[union-attr]
    assert holders(contract, "finance") == {"finance"}
    move_to_newer_route(contract, by=world.as_staff("lawyer"), at=AT + DAY, reason="Новый порядок")
    contract = fresh_contract(contract)
    assert outcomes(contract) == {
        "legal": ("dropped", "stands"), "finance": ("running", ""), "director": ("planned", ""),
    }  # fmt: skip
    assert holders(contract, "finance") == {"logist1"}
    assert contract.agreeing is not None
    assert contract.agreeing.due_at == due
    entry = last_entry("contract.route_moved")
    assert (entry.audience, entry.facts["edition"], entry.facts["reason"]) == (
        "ours", 2, "Новый порядок",
    )  # fmt: skip
    assert told("contract.route_moved") == [("logist1", "contract_task")]
    approve(world, contract, "finance", "logist1", AT + DAY)
    assert approve(world, contract, "director", "director", AT + DAY).agreed


def test_it_wants_a_reason_and_a_newer_edition(world: World, contract: Contract) -> None:
    lawyer = world.as_staff("lawyer")
    with refused("reason_wanted"):
        move_to_newer_route(contract, by=lawyer, at=AT, reason=" ")
    move_to_newer_route(contract, by=lawyer, at=AT, reason="Да")
    with refused("already_newest"):
        move_to_newer_route(contract, by=lawyer, at=AT, reason="Ещё")


@pytest.mark.parametrize("who", ["finance", "manager", "stranger"])
def test_only_with_the_power_to_edit_routes(world: World, contract: Contract, who: str) -> None:
    with pytest.raises(PermissionDenied):
        move_to_newer_route(contract, by=world.as_staff(who), at=AT, reason="x")
    assert open_now(contract) == {"finance"}


def test_only_while_it_is_under_way(world: World, contract: Contract) -> None:
    send_back(world, contract, "finance", "finance")
    with pytest.raises(PermissionDenied):
        move_to_newer_route(contract, by=world.as_staff("lawyer"), at=AT, reason="x")


def test_nobody_is_left_to_decide_is_refused(world: World, contract: Contract) -> None:
    route(world, step("legal", "legal", [person(world, "lawyer")]), form="supply-ru")
    with refused("nobody_left"):
        move_to_newer_route(contract, by=world.as_staff("lawyer"), at=AT, reason="x")


def test_the_step_of_a_decided_stage_is_not_repeated(world: World, contract: Contract) -> None:
    first = stage(contract, "legal")
    move_to_newer_route(contract, by=world.as_staff("lawyer"), at=AT + DAY, reason="Да")
    assert stage(contract, "legal").stands_since == first


def test_what_stands_says_who_agreed_and_on_which_version(world: World, contract: Contract) -> None:
    move_to_newer_route(contract, by=world.as_staff("lawyer"), at=AT + DAY, reason="Новый порядок")
    for who, side in (("anna", "room"), ("lawyer", "desk")):
        browser, base = browser_of(world, who), f"/{side}/contracts/{contract.pk}/"
        (row,) = [
            row for row in browser.get(f"{base}approval-sheet/").context["rows"]
            if row.decision == "согласовано ранее, в силе"
        ]  # fmt: skip
        assert (row.name, row.version, row.at) == (world.staff["lawyer"].name, 1, AT + HOUR)
        rail = browser.get(base).context["rail"]
        (stands,) = [one for step in rail.steps for one in step.stages if one.stands]
        assert (stands.version, stands.faces[0].name) == (1, world.staff["lawyer"].name)
