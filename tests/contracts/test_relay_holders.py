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
    relay_all_holders,
    relay_holders,
)
from zabota.contracts.models import Decision
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
