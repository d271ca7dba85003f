"""Sending for approval: a version, its changes, a round; or everything that is missing at once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from tests.contracts.browsers import browser_of
from tests.contracts.preparing import begun, prepared
from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    approve,
    fresh_contract,
    kinds,
    last_entry,
    open_now,
    outcomes,
    person,
    route,
    send_back,
    sent,
    step,
    told,
)
from zabota.cases.models import Holder, Promise
from zabota.contracts.actions import save_values, submit_contract
from zabota.contracts.actions.submit import NoRoute, NotReady
from zabota.contracts.models import Change, Draft, Stage, TemplateEdition, Version, Wording
from zabota.home.world import World, begin, reword


def test_a_version_is_made_of_the_draft_and_the_draft_is_gone(world: World) -> None:
    contract = begin(world, "supply-ru", "anna", AT)
    clause = reword(contract, "5.1", lambda text: f"{text} Да.", by=world.as_guest("anna"), at=AT)
    version = submit_contract(
        contract, by=world.as_guest("anna"), at=AT + HOUR,
        needed_by=date(2026, 11, 25), client_number="77/2026",
    )  # fmt: skip
    assert (version.number, version.side, version.made_at) == (1, "theirs", AT + HOUR)
    assert not Draft.objects.exists()
    contract = fresh_contract(contract)
    assert (contract.case.state, contract.round, contract.submitted_at) == ("review", 1, AT + HOUR)
    assert (contract.case.needed_by, contract.case.client_number) == (date(2026, 11, 25), "77/2026")
    change = Change.objects.get()
    assert (change.clause, change.kind, change.concern, change.state) == (
        clause, "edited", "finance", "open",
    )  # fmt: skip
    assert Wording.objects.filter(digest=change.new_wording).exists()
    assert version.values["client.inn"] == "7729567898"
    assert contract.sum == 1_250_000
    assert kinds(contract) == ["started", "submitted"]
    entry = last_entry("contract.submitted")
    assert (entry.audience, entry.facts["version"], entry.facts["changes"]) == ("both", 1, 1)
    assert told("contract.submitted") == [("manager", "contract_task")]


def test_every_fault_is_named_at_once_and_nothing_is_lost(world: World) -> None:
    contract = begin(world, "supply-ru", "anna", AT)
    by = world.as_guest("anna")
    save_values(
        contract, {"price": "много", "delivery_date": "", "deferral_days": "-5"}, by=by, at=AT
    )
    with pytest.raises(NotReady) as found:
        submit_contract(contract, by=by, at=AT)
    assert {fault.where: fault.code for fault in found.value.faults} == {
        "price": "not_a_number",
        "delivery_date": "required",
        "deferral_days": "out_of_range",
    }
    assert Draft.objects.get().values["price"] == "много"
    assert not Version.objects.exists()
    assert kinds(contract) == ["started"]


def test_a_new_clause_that_is_empty_is_not_sent(world: World) -> None:
    contract, by = begin(world, "supply-ru", "anna", AT), world.as_guest("anna")
    beside = reword(contract, "5.1", lambda text: text, by=by, at=AT)
    url = f"/room/contracts/{contract.pk}/"
    answer = browser_of(world, "anna").post(f"{url}clauses/{beside}/add/")
    added = answer["Location"].partition("#c-")[2]
    assert answer["Location"] == f"{url}?edit={added}#c-{added}"
    with pytest.raises(NotReady) as found:
        submit_contract(contract, by=by, at=AT)
    assert [(f.where, f.code) for f in found.value.faults] == [(added, "blank_clause")]
    page = browser_of(world, "anna").get(f"{url}submit/").content.decode()
    assert "Новый пункт пуст: напишите его или удалите." in page


def test_a_proposal_to_a_locked_clause_says_why(world: World) -> None:
    contract = begin(world, "supply-ru", "anna", AT)
    by = world.as_guest("anna")
    clause = reword(contract, "7.2", lambda text: f"{text} Да.", by=by, at=AT)
    with pytest.raises(NotReady) as found:
        submit_contract(contract, by=by, at=AT)
    assert [(f.where, f.code) for f in found.value.faults] == [(clause, "locked_reason")]
    reword(contract, "7.2", lambda text: text, by=by, at=AT, reason="Так надо")
    submit_contract(contract, by=by, at=AT)
    change = Change.objects.get()
    assert (change.kind, change.reason) == ("proposed", "Так надо")


@pytest.mark.parametrize("who", ["vera", "alien", "john"])
def test_who_may_not_edit_does_not_send(world: World, who: str) -> None:
    contract = begin(world, "nda-ru", "anna", AT)
    with pytest.raises(PermissionDenied):
        submit_contract(contract, by=world.as_guest(who), at=AT)
    with pytest.raises(PermissionDenied):
        submit_contract(contract, by=world.as_staff("manager"), at=AT)
    assert not Version.objects.exists()


def test_it_is_sent_once(world: World) -> None:
    contract = sent(world)
    with pytest.raises(PermissionDenied):
        submit_contract(contract, by=world.as_guest("anna"), at=AT)
    assert Version.objects.count() == 1


def test_a_director_is_asked_only_about_large_sums(world: World) -> None:
    large = sent(world, "supply-ru")
    small = begin(world, "supply-ru", "anna", AT)
    by = world.as_guest("anna")
    save_values(small, {"price": "999 999,99"}, by=by, at=AT)
    submit_contract(small, by=by, at=AT)
    assert "director" in outcomes(large)
    assert "director" not in outcomes(small)


def test_where_nobody_is_to_be_asked_it_is_agreed_at_once(world: World) -> None:
    foreign = [{"field": "foreign_paper", "op": "eq", "value": True}]
    route(world, step("legal", "legal", [person(world, "lawyer")], conditions=foreign))
    contract = sent(world, reworded={"3.2": lambda text: f"{text} Да."})
    assert not outcomes(contract)
    assert contract.case.state == "agreed"
    assert contract.agreed_at == AT
    assert kinds(contract) == ["started", "submitted", "agreed"]
    assert Promise.objects.get(pk=contract.agreeing_id).state == "kept"
    assert Change.objects.get().state == "accepted"
    assert not Holder.objects.filter(rank_at__isnull=False).exists()


def test_a_form_without_a_route_is_not_sent(world: World) -> None:
    TemplateEdition.objects.filter(pk=world.forms["nda-ru"].pk).update(route=None)
    contract = begin(world, "nda-ru", "anna", AT)
    with pytest.raises(NoRoute):
        submit_contract(contract, by=world.as_guest("anna"), at=AT)
    assert Draft.objects.filter(contract=contract).exists()


def test_what_we_prepare_is_sent_by_us(world: World) -> None:
    contract = prepared(world, "nda-ru", "manager")
    assert (contract.case.state, contract.case.audience) == ("review", "both")
    assert not Change.objects.exists()
    with pytest.raises(PermissionDenied):
        submit_contract(begun(world, "nda-ru", "manager"), by=world.as_guest("anna"), at=AT)


def test_the_copy_of_the_route_stays_when_the_route_changes(world: World) -> None:
    contract = sent(world)
    edition = contract.route_id
    route(world, step("legal", "legal", [person(world, "lawyer2")]))
    approve(world, contract, "manager", "manager")
    assert open_now(contract) == {"legal"}
    assert fresh_contract(contract).route_id == edition
    assert {s["key"] for s in (contract.route_copy or {})["stages"]} == {"manager", "legal"} | (
        {"finance", "logistics", "director"}
        & {s["key"] for s in (contract.route_copy or {})["stages"]}
    )


def test_due_moments_are_computed_once(world: World) -> None:
    contract = sent(world, "supply-ru")
    before = dict(Promise.objects.filter(due_at__isnull=False).values_list("pk", "due_at"))
    approve(world, contract, "manager", "manager", AT + HOUR)
    send_back(world, contract, "legal", "lawyer", AT + 2 * HOUR, "", ("7.2",))
    after = dict(Promise.objects.filter(pk__in=before).values_list("pk", "due_at"))
    assert after == before


def test_a_version_and_a_decision_row_are_unique(world: World) -> None:
    contract = sent(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.create(contract=contract, number=1, tree={}, side="ours", made_at=AT + DAY)
    stages = Stage.objects.filter(contract=contract)
    with pytest.raises(DatabaseError), transaction.atomic():
        Promise.objects.filter(stage__in=stages).update(state="kept")
