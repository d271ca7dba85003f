"""Handing a seat over: one's own, or any with the power to."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    approve,
    holders,
    last_entry,
    person,
    resent,
    route,
    send_back,
    sent,
    stage,
    step,
    told,
)
from zabota.contracts.actions import reassign_stage
from zabota.contracts.actions.settle import AlreadyDecided
from zabota.contracts.models import Contract
from zabota.home.world import World
from zabota.people.actions import dismiss_employee


@pytest.fixture
def contract(world: World) -> Contract:
    route(
        world,
        step("legal", "legal", [person(world, "lawyer"), person(world, "lawyer2")]),
        step("finance", "finance", [person(world, "finance")], 2),
    )
    return sent(world)


def hand(
    world: World, contract: Contract, by: str, to: str, seat: int = 0, key: str = "legal"
) -> None:
    reassign_stage(
        stage(contract, key).pk,
        seat,
        world.staff[to],
        by=world.as_staff(by),
        at=AT,
        reason="Занята",
    )


def test_ones_own_seat_goes_to_a_colleague(world: World, contract: Contract) -> None:
    due = stage(contract, "legal").promise.due_at
    hand(world, contract, "lawyer", "logist1")
    assert holders(contract, "legal") == {"logist1", "lawyer2"}
    assert stage(contract, "legal").promise.due_at == due, "the clock goes on"
    entry = last_entry("contract.stage_reassigned")
    assert (entry.audience, entry.facts["reason"]) == ("ours", "Занята")
    assert entry.facts["to"] == {"user": world.staff["logist1"].user_id}
    assert ("logist1", "contract_task") in told("contract.stage_reassigned")
    with pytest.raises(PermissionDenied):
        approve(world, contract, "legal", "lawyer")
    approve(world, contract, "legal", "logist1")
    approve(world, contract, "legal", "lawyer2")
    assert stage(contract, "legal").promise.outcome == "approved"


def test_anothers_seat_only_with_the_power(world: World, contract: Contract) -> None:
    for who in ("finance", "stranger"):
        with pytest.raises(PermissionDenied):
            hand(world, contract, who, "logist1")
    hand(world, contract, "lawyer2", "logist1", seat=0)
    assert holders(contract, "legal") == {"logist1", "lawyer2"}


def test_a_decided_seat_or_one_that_is_not_there_is_not_handed_over(
    world: World, contract: Contract
) -> None:
    approve(world, contract, "legal", "lawyer")
    with pytest.raises(PermissionDenied):
        hand(world, contract, "lawyer", "logist1")
    for seat in (7, -1):
        with pytest.raises(PermissionDenied):
            hand(world, contract, "lawyer2", "logist1", seat=seat)
    approve(world, contract, "legal", "lawyer2")
    with pytest.raises((PermissionDenied, AlreadyDecided)):
        hand(world, contract, "director", "logist1", seat=1)


def test_nobody_who_left_gets_it(world: World, contract: Contract) -> None:
    dismiss_employee(world.staff["logist1"], by=None, at=AT)
    world.staff["logist1"].refresh_from_db()
    with pytest.raises(PermissionDenied):
        hand(world, contract, "lawyer", "logist1")


def test_whoever_has_decided_in_the_stage_does_not_get_another_seat(
    world: World, contract: Contract
) -> None:
    """It would fall to the lead at once, so it is said at once."""
    approve(world, contract, "legal", "lawyer2")
    with pytest.raises(PermissionDenied):
        hand(world, contract, "lawyer", "lawyer2", seat=0)
    assert holders(contract, "legal") == {"lawyer"}


def test_a_seat_may_be_handed_over_before_its_turn(world: World, contract: Contract) -> None:
    hand(world, contract, "finance", "logist2", key="finance")
    approve(world, contract, "legal", "lawyer")
    done = approve(world, contract, "legal", "lawyer2")
    assert [found.key for found in done.opened] == ["finance"]
    assert approve(world, contract, "finance", "logist2").agreed


def test_the_next_round_asks_who_the_route_names(world: World, contract: Contract) -> None:
    hand(world, contract, "lawyer", "logist1")
    send_back(world, contract, "legal", "logist1", AT + HOUR)
    contract = resent(world, contract, "anna", AT + DAY)
    assert holders(contract, "legal") == {"lawyer", "lawyer2"}
