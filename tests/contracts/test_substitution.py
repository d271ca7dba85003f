"""An absence takes work away, a substitution alone adds a second pair of hands: of stages, of
what else was promised about a contract, and of what somebody who leaves passes on.
"""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    approve,
    holders,
    person,
    route,
    seat,
    send_back,
    sent,
    stage,
    step,
)
from zabota.cases.models import Case, Holder
from zabota.contracts.actions import answer_sooner, ask_sooner
from zabota.contracts.actions.settle import AlreadyDecided
from zabota.contracts.models import Contract, Decision
from zabota.home import work
from zabota.home.world import World
from zabota.people.actions import (
    appoint_substitute,
    dismiss_employee,
    grant_power,
    plan_absence,
)


def lent(world: World, who: str, to: str, since: datetime, until: datetime, *kinds: str) -> None:
    appoint_substitute(world.staff[who], world.staff[to], since, until, by=None, at=AT, kinds=kinds)


def away(world: World, who: str, since: datetime, until: datetime) -> None:
    plan_absence(world.staff[who], since, until, by=None, at=AT)


def rows_of(promise: int | None) -> set[tuple[str, str]]:
    """Who has a promise, and for whom."""
    rows = Holder.objects.filter(promise=promise, rank_at__isnull=False).values_list(
        "employee__user__email", "for_employee__user__email"
    )
    return {(mine.split("@")[0], (theirs or "").split("@")[0]) for mine, theirs in rows}


@pytest.mark.parametrize("kinds", [("routes",), ("people", "firm")])
def test_lending_something_else_takes_no_approval_away(world: World, kinds: tuple[str]) -> None:
    contract = sent(world)
    approve(world, contract, "manager", "manager")
    lent(world, "lawyer", "logist1", AT, AT + DAY, *kinds)
    work.run_once(AT + HOUR)
    assert rows_of(stage(contract, "legal").promise_id) == {("lawyer", "")}
    away(world, "lawyer", AT + HOUR, AT + DAY)
    work.run_once(AT + 2 * HOUR)
    assert holders(contract, "legal") == {"director"}, "it is nobody's who was not lent it"


@pytest.mark.parametrize("kinds", [(), ("approve",), ("approve", "routes")])
def test_lending_without_an_absence_adds_a_second_pair_of_hands(
    world: World, kinds: tuple[str]
) -> None:
    contract = sent(world)
    approve(world, contract, "manager", "manager")
    lent(world, "lawyer", "logist1", AT, AT + DAY, *kinds)
    work.run_once(AT + HOUR)
    legal = stage(contract, "legal").promise
    assert rows_of(legal.pk) == {("lawyer", ""), ("logist1", "lawyer")}
    done = approve(world, contract, "legal", "logist1", AT + HOUR)
    assert Decision.objects.get(stage=done.stage).for_employee == world.staff["lawyer"]
    with pytest.raises(AlreadyDecided):
        approve(world, contract, "legal", "lawyer", AT + HOUR)


@pytest.mark.parametrize("first", ["finance", "logist1"])
def test_the_two_of_them_have_one_voice(world: World, first: str) -> None:
    grant_power(world.staff["logist2"], "approve", by=None, at=AT, concern="finance")
    route(world, step("finance", "finance", [seat("power"), seat("power")]))
    contract = sent(world)
    lent(world, "finance", "logist1", AT, AT + DAY)
    work.run_once(AT)
    at_two_seats = {("finance", ""), ("logist2", ""), ("logist1", "finance")}
    assert rows_of(stage(contract, "finance").promise_id) == at_two_seats
    approve(world, contract, "finance", first)
    assert rows_of(stage(contract, "finance").promise_id) == {("logist2", "")}
    assert approve(world, contract, "finance", "logist2").agreed


@pytest.mark.parametrize("first", ["finance", "logist1"])
def test_who_may_take_two_seats_takes_the_one_no_other_could(world: World, first: str) -> None:
    grant_power(world.staff["logist2"], "approve", by=None, at=AT, concern="finance")
    route(world, step("finance", "finance", [seat("power"), person(world, "finance")]))
    contract = sent(world)
    lent(world, "finance", "logist1", AT, AT + DAY)
    work.run_once(AT)
    approve(world, contract, "finance", first)
    assert Decision.objects.get().seat == 1
    assert rows_of(stage(contract, "finance").promise_id) == {("logist2", "")}
    assert approve(world, contract, "finance", "logist2").agreed


def test_what_the_owner_promised_goes_with_their_absence(world: World) -> None:
    contract = sent(world)
    ask_sooner(contract, None, by=world.as_guest("anna"), at=AT, reason="Сроки горят")
    sooner = Contract.objects.get(pk=contract.pk).sooner
    assert sooner is not None
    lent(world, "manager", "lawyer2", AT, AT + 2 * DAY)
    work.run_once(AT)
    for promise in (sooner.pk, contract.agreeing_id):
        assert rows_of(promise) == {("manager", ""), ("lawyer2", "manager")}
    away(world, "manager", AT + HOUR, AT + 3 * DAY)
    work.run_once(AT + HOUR)
    for promise in (sooner.pk, contract.agreeing_id):
        assert rows_of(promise) == {("lawyer2", "manager")}
    work.run_once(AT + 2 * DAY)
    assert rows_of(sooner.pk) == {("director", "")}, "nobody stands in: it is the lead's"
    work.run_once(AT + 3 * DAY)
    assert rows_of(sooner.pk) == {("manager", "")}


def test_whoever_stands_in_answers_the_request_to_hurry(world: World) -> None:
    contract = sent(world)
    lent(world, "manager", "lawyer2", AT, AT + DAY)
    ask_sooner(contract, None, by=world.as_guest("anna"), at=AT, reason="Сроки горят")
    with pytest.raises(PermissionDenied):
        answer_sooner(contract, by=world.as_staff("logist1"), at=AT, answer="Завтра.")
    answer_sooner(contract, by=world.as_staff("lawyer2"), at=AT, answer="Завтра.")


def test_the_promise_to_answer_changes_goes_with_the_stage(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"8.1": lambda text: f"{text} И ещё."})
    promise = Contract.objects.get(pk=contract.pk).answering_id
    assert rows_of(promise) == {("lawyer", "")}
    lent(world, "lawyer", "logist1", AT, AT + 2 * DAY)
    work.run_once(AT)
    assert rows_of(promise) == {("lawyer", ""), ("logist1", "lawyer")}
    away(world, "lawyer", AT + HOUR, AT + 4 * DAY)
    work.run_once(AT + HOUR)
    assert rows_of(promise) == {("logist1", "lawyer")}
    work.run_once(AT + 2 * DAY)
    assert rows_of(promise) == {("director", "")}
    work.run_once(AT + 4 * DAY)
    assert rows_of(promise) == {("lawyer", "")}


def test_what_a_client_was_asked_waits_for_the_owners_substitute(world: World) -> None:
    contract = sent(world)
    send_back(world, contract, "manager", "manager")
    lent(world, "manager", "lawyer2", AT, AT + DAY)
    work.run_once(AT)
    assert rows_of(contract.agreeing_id) == {("manager", ""), ("lawyer2", "manager")}
    assert Case.objects.visible_to(world.as_staff("lawyer2")).get() == contract.case


def test_the_named_heir_has_the_seats_too(world: World) -> None:
    route(world, step("legal", "legal", [person(world, "lawyer")]))
    contract = sent(world)
    dismiss_employee(world.staff["lawyer"], by=None, at=AT, heir=world.staff["logist1"])
    work.run_once(AT)
    assert rows_of(stage(contract, "legal").promise_id) == {("logist1", "")}
    dismiss_employee(world.staff["logist1"], by=None, at=AT + HOUR, heir=world.staff["logist2"])
    work.run_once(AT + HOUR)
    assert rows_of(stage(contract, "legal").promise_id) == {("logist2", "")}


def test_an_heir_who_is_stood_in_for_has_it_beside_their_substitute(world: World) -> None:
    route(world, step("legal", "legal", [person(world, "lawyer")]))
    contract = sent(world)
    lent(world, "director", "logist2", AT, AT + 5 * DAY)
    dismiss_employee(world.staff["lawyer"], by=None, at=AT + HOUR)
    work.run_once(AT + HOUR)
    legal = stage(contract, "legal").promise_id
    assert rows_of(legal) == {("director", ""), ("logist2", "director")}
    away(world, "director", AT + 2 * HOUR, AT + DAY)
    work.run_once(AT + 2 * HOUR)
    assert rows_of(legal) == {("logist2", "director")}
    work.run_once(AT + DAY)
    assert rows_of(legal) == {("director", ""), ("logist2", "director")}


def test_what_one_had_for_a_colleague_returns_to_the_colleague(world: World) -> None:
    contract = sent(world)
    approve(world, contract, "manager", "manager")
    away(world, "lawyer", AT, AT + DAY)
    lent(world, "lawyer", "logist1", AT, AT + 5 * DAY)
    work.run_once(AT)
    dismiss_employee(world.staff["logist1"], by=None, at=AT, heir=world.staff["logist2"])
    work.run_once(AT)
    assert holders(contract, "legal") == {"director"}
    work.run_once(AT + DAY)
    assert holders(contract, "legal") == {"lawyer"}
