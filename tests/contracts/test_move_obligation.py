"""The date of an obligation is moved: with a reason, in the open, one time of a series."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.test_obligations import in_force, in_moscow, terms
from tests.contracts.worlds import AT, DAY, kinds, last_entry, told
from zabota.cases.models import Promise
from zabota.contracts.actions.move_obligation import move_obligation
from zabota.contracts.actions.obligations import (
    AlreadySettled,
    add_obligation,
    end_obligation,
    meet_obligation,
)
from zabota.contracts.models import Obligation
from zabota.home.world import World
from zabota.people.refusal import Refused

LATER = date(2027, 1, 20)
__all__ = ["in_moscow"]


def added(world: World, **more: object) -> Obligation:
    return add_obligation(in_force(world), terms(**more), by=world.as_staff("manager"), at=AT)


def test_a_new_term_replaces_the_old_one_and_both_are_told(world: World) -> None:
    row, manager = added(world), world.as_staff("manager")
    old = row.terms.get().promise
    move_obligation(row, LATER, by=manager, at=AT + DAY, reason="Завод опаздывает")
    old.refresh_from_db()
    term = row.terms.get()
    assert (old.state, term.promise.state, term.due_on) == ("replaced", "running", LATER)
    assert (term.promise.replaces, term.promise.first_due_at) == (old, old.first_due_at)
    assert term.promise.agreed_at is None, "the client has not agreed to what we owe being late"
    assert term.promise.holders.get().employee == world.staff["manager"]
    assert Obligation.objects.get(pk=row.pk).due_on == LATER
    facts = last_entry("contract.obligation_moved").facts
    assert facts["reason"] == "Завод опаздывает"
    assert ("anna", "contract_news") in told("contract.obligation_moved")
    page = f"contracts/{row.contract_id}/obligations/"
    for who, door in (("anna", "room"), ("manager", "desk")):
        shown = browser_of(world, who).get(f"/{door}/{page}").content.decode()
        assert "перенесено, было до" in shown


def test_what_the_client_owes_is_moved_by_our_agreement(world: World) -> None:
    row = added(world, side="theirs")
    move_obligation(row, LATER, by=world.as_staff("manager"), at=AT, reason="Отсрочка")
    assert row.terms.get().promise.agreed_at == AT


def test_one_time_of_a_series_moves_the_rest_stays(world: World) -> None:
    manager = world.as_staff("manager")
    row = added(world, due_on=date(2027, 1, 31), every="month", until=date(2027, 4, 30))
    for day in (date(2027, 2, 28), date(2027, 3, 5)):
        with pytest.raises(Refused) as refused:
            move_obligation(row, day, by=manager, at=AT, reason="Так")
        assert refused.value.code == "next_time"
    move_obligation(row, date(2027, 2, 5), by=manager, at=AT, reason="Так")
    meet_obligation(row, by=manager, at=AT)
    assert row.terms.latest("due_on").due_on == date(2027, 2, 28)
    with pytest.raises(Refused):
        move_obligation(row, date(2027, 2, 5), by=manager, at=AT, reason="Так")


@pytest.mark.parametrize(
    ("day", "reason", "code"),
    [
        (LATER, "  ", "no_reason"),
        (date(2026, 12, 10), "Так", "bad_day"),
        (AT.date() - timedelta(days=1), "Так", "bad_day"),
    ],
)
def test_refused_without_a_reason_or_a_day(world: World, day: date, reason: str, code: str) -> None:
    row = added(world)
    with pytest.raises(Refused) as refused:
        move_obligation(row, day, by=world.as_staff("manager"), at=AT, reason=reason)
    assert refused.value.code == code
    assert Promise.objects.filter(moment="contract_duty").count() == 1


def test_who_may_not(world: World) -> None:
    row = added(world)
    for by in (world.as_guest("anna"), world.as_staff("lawyer"), world.as_staff("stranger")):
        with pytest.raises(PermissionDenied):
            move_obligation(row, LATER, by=by, at=AT, reason="Так")
    manager = world.as_staff("manager")
    end_obligation(row, by=manager, at=AT, reason="")
    with pytest.raises(AlreadySettled):
        move_obligation(row, LATER, by=manager, at=AT, reason="Так")


def test_the_page(world: World) -> None:
    row, desk = added(world), browser_of(world, "manager")
    path = f"/desk/contracts/{row.contract_id}/obligations/{row.pk}/move/"
    wrong = desk.post(path, {"due_on": "2027-01-20", "reason": ""})
    assert wrong.status_code == 422
    assert "2027-01-20" in wrong.content.decode()
    assert "obligation_moved" not in kinds(row.contract)
    assert desk.post(path, {"due_on": "2027-01-20", "reason": "Завод"}).status_code == 302
    assert row.terms.get().due_on == LATER
    assert browser_of(world, "stranger").post(path).status_code == 404
    again = {"due_on": "2027-01-21", "reason": "Завод"}
    assert browser_of(world, "lawyer").post(path, again).status_code == 403
    assert row.terms.get().due_on == LATER
