"""Approving: a seat is settled, the next stage opens, with the last one the contract is agreed."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.preparing import prepared
from tests.contracts.worlds import (
    AT,
    HOUR,
    approve,
    holders,
    kinds,
    last_entry,
    open_now,
    outcomes,
    person,
    route,
    seat,
    sent,
    stage,
    step,
    told,
)
from zabota.cases.models import Case, Holder
from zabota.contracts.actions import approve_stage, reject_change
from zabota.contracts.actions.approve import RefusalsWait
from zabota.contracts.actions.settle import AlreadyDecided
from zabota.contracts.models import Change, Contract, Decision
from zabota.home.world import World


def test_stages_follow_one_another_until_agreed(world: World) -> None:
    contract = sent(world, "supply-ru")
    assert open_now(contract) == {"manager"}
    approve(world, contract, "manager", "manager", AT + HOUR)
    assert open_now(contract) == {"legal"}
    approve(world, contract, "legal", "lawyer", AT + 2 * HOUR)
    assert open_now(contract) == {"finance", "logistics"}
    approve(world, contract, "finance", "finance", AT + 3 * HOUR)
    assert open_now(contract) == {"logistics"}
    approve(world, contract, "logistics", "logist1", AT + 3 * HOUR)
    assert open_now(contract) == {"logistics"}
    approve(world, contract, "logistics", "logist2", AT + 4 * HOUR)
    assert open_now(contract) == {"director"}
    done = approve(world, contract, "director", "director", AT + 5 * HOUR)
    assert done.agreed
    contract = Contract.objects.select_related("case", "agreeing").get(pk=contract.pk)
    assert contract.case.state == "agreed"
    assert contract.agreed_at == AT + 5 * HOUR
    assert contract.agreeing is not None
    assert contract.agreeing.state == "kept"
    assert not Holder.objects.filter(case=contract.case, rank_at__isnull=False).exists()
    assert kinds(contract) == [
        "started", "submitted", *["stage_approved"] * 3, "stage_voted", *["stage_approved"] * 2,
        "agreed",
    ]  # fmt: skip


def test_an_approval_is_remembered_with_everything(world: World) -> None:
    contract = sent(world, "supply-ru")
    approve(world, contract, "manager", "manager", AT + HOUR)
    entry = last_entry("contract.stage_approved")
    assert entry.audience == "both"
    assert entry.actor_id == world.staff["manager"].user_id
    assert entry.acted_for_id is None
    assert entry.at == AT + HOUR
    assert entry.facts["contract"] == contract.pk
    assert entry.facts["opened"] == [stage(contract, "legal").pk]
    decision = Decision.objects.get()
    assert (decision.by, decision.verdict, decision.version) == (
        world.staff["manager"], "approved", contract.version,
    )  # fmt: skip
    assert told("contract.stage_approved") == [
        ("anna", "contract_news"),
        ("boris", "contract_news"),
        ("lawyer", "contract_task"),
        ("vera", "contract_news"),
    ]


def test_a_remark_is_for_colleagues_only(world: World) -> None:
    contract = sent(world)
    approve_stage(
        stage(contract, "manager").pk,
        by=world.as_staff("manager"),
        at=AT,
        remark="Следить за сроком",
    )
    entry = last_entry("contract.stage_remarked")
    assert entry.audience == "ours"
    assert "Следить" not in last_entry("contract.stage_approved").canonical
    assert Decision.objects.get().verdict == "remarked"


@pytest.mark.parametrize("who", ["stranger", "lawyer2", "finance", "director"])
def test_who_holds_no_seat_is_refused(world: World, who: str) -> None:
    contract = sent(world)
    with pytest.raises(PermissionDenied):
        approve(world, contract, "manager", who)
    assert not Decision.objects.exists()


def test_nobody_approves_before_their_turn_or_only_looking(world: World) -> None:
    contract = sent(world)
    with pytest.raises(PermissionDenied):
        approve(world, contract, "legal", "lawyer")
    manager = world.as_staff("manager")
    looking = type(manager)(manager.user, manager.employee, read_only=True)
    with pytest.raises(PermissionDenied):
        approve_stage(stage(contract, "manager").pk, by=looking, at=AT)
    with pytest.raises(PermissionDenied):
        approve_stage(stage(contract, "manager").pk, by=world.as_guest("anna"), at=AT)  # type: ignore[arg-type]


def test_a_seat_is_decided_once(world: World) -> None:
    contract = sent(world)
    approve(world, contract, "manager", "manager")
    with pytest.raises(AlreadyDecided) as late:
        approve(world, contract, "manager", "manager")
    assert late.value.who == "Игорь Ким"
    assert Decision.objects.count() == 1
    assert kinds(contract).count("stage_approved") == 1


def test_one_person_does_not_make_a_quorum_alone(world: World) -> None:
    team = seat("team", world.teams["logistics"].pk)
    route(world, step("logistics", "logistics", [team] * 3, rule="quorum", quorum=2))
    contract = sent(world)
    approve(world, contract, "logistics", "logist1")
    with pytest.raises(AlreadyDecided):
        approve(world, contract, "logistics", "logist1")
    assert Decision.objects.count() == 1
    assert approve(world, contract, "logistics", "logist3").agreed
    with pytest.raises(AlreadyDecided):
        approve(world, contract, "logistics", "logist2")


def test_all_of_a_team_and_any_of_two(world: World) -> None:
    team = seat("team", world.teams["logistics"].pk)
    route(
        world,
        step("all", "logistics", [team] * 2, rule="all"),
        step("any", "legal", [person(world, "lawyer"), person(world, "lawyer2")], 2, rule="any"),
    )
    contract = sent(world)
    approve(world, contract, "all", "logist1")
    assert open_now(contract) == {"all"}
    approve(world, contract, "all", "logist2")
    assert open_now(contract) == {"any"}
    assert approve(world, contract, "any", "lawyer2").agreed


def test_strangers_see_nothing_holders_see_theirs(world: World) -> None:
    contract = sent(world)
    visible = {
        who: Case.objects.visible_to(world.as_staff(who)).filter(pk=contract.pk).exists()
        for who in ("stranger", "manager", "lawyer2", "logist1")
    }
    assert visible == {"stranger": False, "manager": True, "lawyer2": True, "logist1": False}
    guests = {
        who: Case.objects.visible_to(world.as_guest(who)).filter(pk=contract.pk).exists()
        for who in ("alien", "anna", "john")
    }
    assert guests == {"alien": False, "anna": True, "john": False}


def test_approving_accepts_what_is_open_of_its_direction(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"7.2": lambda text: f"{text} Но не более 10 %."})
    change = Change.objects.get()
    assert change.concern == "legal"
    approve(world, contract, "manager", "manager")
    assert Change.objects.get().state == "open"
    approve(world, contract, "legal", "lawyer", AT + HOUR)
    change.refresh_from_db()
    assert (change.state, change.answered_by, change.answered_at) == (
        "accepted", world.staff["lawyer"], AT + HOUR,
    )  # fmt: skip


def test_what_was_refused_goes_back_before_anything_is_agreed(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"7.2": lambda text: f"{text} Но не более 10 %."})
    approve(world, contract, "manager", "manager")
    reject_change(Change.objects.get(), by=world.as_staff("lawyer"), at=AT, reason="Нельзя")
    with pytest.raises(RefusalsWait):
        approve(world, contract, "legal", "lawyer")
    assert open_now(contract) == {"legal"}


def test_a_refusal_of_a_direction_without_a_stage_is_not_lost(world: World) -> None:
    """The short route has nobody for finance: the client must see the answer."""
    route(world, step("manager", "general", [seat("owner")]), form="supply-ru")
    contract = sent(world, "supply-ru", reworded={"5.1": lambda text: f"{text} Без процентов."})
    change = Change.objects.get()
    assert change.concern not in ("general",)
    reject_change(change, by=world.as_staff("manager"), at=AT, reason="Нельзя")
    with pytest.raises(RefusalsWait):
        approve(world, contract, "manager", "manager")
    assert Contract.objects.get(pk=contract.pk).agreed_at is None


def test_an_open_change_of_a_direction_without_a_stage_is_answered_by_the_last(
    world: World,
) -> None:
    route(world, step("manager", "general", [seat("owner")]), form="supply-ru")
    contract = sent(world, "supply-ru", reworded={"5.1": lambda text: f"{text} Без процентов."})
    assert approve(world, contract, "manager", "manager").agreed
    assert Change.objects.get().state == "accepted"


def test_nobody_approves_alone_what_they_wrote(world: World) -> None:
    """The owner prepared the text for the client: their own seat falls to their lead."""
    contract = prepared(world, "nda-ru", "manager")
    assert holders(contract, "manager") == {"director"}
    with pytest.raises(PermissionDenied):
        approve(world, contract, "manager", "manager")
    approve(world, contract, "manager", "director")
    assert open_now(contract) == {"legal"}


def test_the_last_resort_is_flagged(world: World) -> None:
    """The only administrator wrote it: so the route still ends, in sight."""
    route(world, step("director", "director", [person(world, "director"), seat("owner")]))
    contract = prepared(world, "nda-ru", "director")
    assert holders(contract, "director") == {"director"}
    approve(world, contract, "director", "director")
    turns = Holder.objects.filter(promise=stage(contract, "director").promise, outcome="")
    assert [row.rank_at is not None for row in turns] == [True], "the second seat is nobody's turn"
    assert approve(world, contract, "director", "director").agreed
    assert list(Decision.objects.values_list("last_resort", flat=True)) == [True, True]
    assert outcomes(contract) == {"director": ("kept", "approved")}
