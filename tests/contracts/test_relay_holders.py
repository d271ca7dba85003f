"""Who has it is laid anew: substitution, absence, dismissal, powers; a decided seat stays
decided.
"""

from datetime import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    approve,
    holders,
    kinds,
    last_entry,
    open_now,
    person,
    route,
    seat,
    send_back,
    sent,
    stage,
    step,
    told,
)
from zabota.cases.models import Case, Holder
from zabota.contracts.actions import (
    answer_sooner,
    ask_sooner,
    relay_all_holders,
    relay_holders,
)
from zabota.contracts.actions.settle import AlreadyDecided
from zabota.contracts.models import Contract, Decision
from zabota.home import work
from zabota.home.world import World
from zabota.journal.reading import read_lines
from zabota.people.actions import (
    appoint_substitute,
    dismiss_employee,
    grant_power,
    plan_absence,
    revoke_power,
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


def test_a_substitute_has_it_for_the_period_and_the_journal_names_both(world: World) -> None:
    contract = sent(world)
    approve(world, contract, "manager", "manager")
    plan_absence(world.staff["lawyer"], AT + DAY, AT + 3 * DAY, by=None, at=AT)
    lent(world, "lawyer", "logist1", AT + DAY, AT + 3 * DAY)
    work.run_once(AT + HOUR)
    assert holders(contract, "legal") == {"lawyer"}
    assert not Case.objects.visible_to(world.as_staff("logist1")).exists()
    work.run_once(AT + DAY)
    assert holders(contract, "legal") == {"logist1"}
    assert Case.objects.visible_to(world.as_staff("logist1")).get() == contract.case
    row = Holder.objects.get(promise=stage(contract, "legal").promise)
    assert (row.through, row.for_employee) == ("substitution", world.staff["lawyer"])
    with pytest.raises(PermissionDenied):
        approve(world, contract, "legal", "lawyer", AT + DAY)
    done = approve(world, contract, "legal", "logist1", AT + DAY)
    entry = last_entry("contract.stage_approved")
    assert entry.actor_id == world.staff["logist1"].user_id
    assert entry.acted_for_id == world.staff["lawyer"].user_id
    (line,) = read_lines([entry], now=AT + DAY)
    assert "Анна Волкова" in line.actor
    assert "Ольга Петрова" in line.actor
    decision = Decision.objects.get(stage=done.stage)
    assert (decision.by, decision.for_employee) == (world.staff["logist1"], world.staff["lawyer"])


def test_what_was_lent_returns_when_the_time_is_over(world: World) -> None:
    contract = sent(world)
    approve(world, contract, "manager", "manager")
    due = stage(contract, "legal").promise.due_at
    away(world, "lawyer", AT + HOUR, AT + DAY)
    lent(world, "lawyer", "logist1", AT + HOUR, AT + DAY)
    work.run_once(AT + 2 * HOUR)
    assert holders(contract, "legal") == {"logist1"}
    assert ("logist1", "contract_task") in told("contract.holders_relaid")
    work.run_once(AT + DAY)
    assert holders(contract, "legal") == {"lawyer"}
    assert ("lawyer", "contract_task") in told("contract.holders_relaid")
    assert stage(contract, "legal").promise.due_at == due, "no absence moves a promise"
    assert last_entry("contract.holders_relaid").audience == "ours"
    assert kinds(contract).count("holders_relaid") == 2


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


def test_who_leaves_passes_on_what_they_held(world: World) -> None:
    contract = sent(world, "supply-ru")
    approve(world, contract, "manager", "manager")
    dismiss_employee(world.staff["lawyer"], by=None, at=AT + HOUR)
    work.run_once(AT + HOUR)
    assert holders(contract, "legal") == {"director"}
    approve(world, contract, "legal", "director", AT + HOUR)
    assert open_now(contract) == {"finance", "logistics"}


def test_a_new_owner_has_the_seat_of_the_owner(world: World) -> None:
    contract = sent(world)
    dismiss_employee(world.staff["manager"], by=None, at=AT + HOUR, heir=world.staff["lawyer2"])
    work.run_once(AT + HOUR)
    assert Case.objects.get(pk=contract.pk).owner == world.staff["lawyer2"]
    assert holders(contract, "manager") == {"lawyer2"}
    agreeing = Holder.objects.get(promise=contract.agreeing_id)
    assert agreeing.employee == world.staff["lawyer2"]
    approve(world, contract, "manager", "lawyer2", AT + HOUR)


def test_a_decided_seat_keeps_its_decision_when_laid_anew(world: World) -> None:
    route(world, step("legal", "legal", [person(world, "lawyer"), person(world, "lawyer2")]))
    contract = sent(world)
    approve(world, contract, "legal", "lawyer")
    dismiss_employee(world.staff["lawyer"], by=None, at=AT + HOUR)
    work.run_once(AT + HOUR)
    rows = Holder.objects.filter(promise=stage(contract, "legal").promise).order_by("seat")
    assert [(row.employee, row.outcome) for row in rows] == [
        (world.staff["lawyer"], "approved"), (world.staff["lawyer2"], ""),
    ]  # fmt: skip
    assert approve(world, contract, "legal", "lawyer2", AT + HOUR).agreed


def test_a_power_gained_and_lost(world: World) -> None:
    route(world, step("finance", "finance", [seat("power")]))
    contract = sent(world)
    assert holders(contract, "finance") == {"finance"}
    power = grant_power(world.staff["logist1"], "approve", by=None, at=AT, concern="finance")
    work.run_once(AT)
    assert holders(contract, "finance") == {"finance", "logist1"}
    revoke_power(power, by=None, at=AT)
    work.run_once(AT)
    assert holders(contract, "finance") == {"finance"}


def test_a_power_up_to_a_sum_does_not_reach_beyond(world: World) -> None:
    revoke_power(world.staff["finance"].powers.get(kind="approve"), by=None, at=AT)
    for who, limit in (("logist1", Decimal(1_000_000)), ("logist2", Decimal(2_000_000))):
        grant_power(world.staff[who], "approve", by=None, at=AT, concern="finance", limit=limit)
    route(world, step("finance", "finance", [seat("power")]), form="supply-ru")
    assert holders(sent(world, "supply-ru"), "finance") == {"logist2"}


def test_laying_anew_twice_changes_and_writes_nothing(world: World) -> None:
    contract = sent(world)
    before = list(Holder.objects.order_by("pk").values())
    assert not relay_holders(contract.pk, by=None, at=AT)
    assert relay_all_holders(last_entry("contract.submitted"), by=None, at=AT) == 0
    assert list(Holder.objects.order_by("pk").values()) == before
    assert kinds(contract) == ["started", "submitted"]


def test_only_contracts_under_way_are_laid_anew(world: World) -> None:
    contract = sent(world)
    send_back(world, contract, "manager", "manager")
    dismiss_employee(world.staff["lawyer"], by=None, at=AT)
    assert not relay_holders(contract.pk, by=None, at=AT)


def test_everybody_is_away_and_it_still_falls_to_somebody(world: World) -> None:
    contract = sent(world)
    for who in ("manager", "director"):
        plan_absence(world.staff[who], AT + HOUR, AT + 9 * DAY, by=None, at=AT)
    work.run_once(AT + 2 * HOUR)
    assert holders(contract, "manager") == {"director"}
    assert Holder.objects.get(promise=stage(contract, "manager").promise).through == "last_resort"
    approve(world, contract, "manager", "director", AT + 2 * HOUR)
    assert Decision.objects.get().last_resort
