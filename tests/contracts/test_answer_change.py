"""Answering the client's changes: accepted, refused, other words; what becomes of each."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    WHY,
    approve,
    fresh_contract,
    last_entry,
    load_blocks,
    resent,
    route,
    seat,
    send_back,
    sent,
    step,
    told,
)
from tests.support.remembered import remembered
from zabota.cases.models import Promise
from zabota.contracts.actions import (
    accept_change,
    add_clause,
    counter_change,
    delete_clause,
    move_clause,
    reject_change,
    save_clause,
    save_values,
    submit_contract,
)
from zabota.contracts.actions.answer import ReasonMissing
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Change, Contract
from zabota.contracts.stored import node_of, nodes
from zabota.contracts.text.edit import EditProblem
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.fields import FieldProblem
from zabota.home.world import World, begin, clause_numbered


def more(text: str) -> str:
    return f"{text} И точка."


@pytest.fixture
@remembered
def contract(world: World) -> Contract:
    """Two changes, legal and finance; the lawyer's turn."""
    made = sent(world, "supply-ru", reworded={"8.1": more, "5.1": more})
    approve(world, made, "manager", "manager")
    return made


def change(contract: Contract, concern: str = "legal") -> Change:
    return Change.objects.exclude(state="superseded").get(contract=contract, concern=concern)


def words_of(contract: Contract, clause: str) -> str:
    now = fresh_contract(contract)
    assert now.version is not None
    node = node_of(now.version.tree, clause)
    assert node is not None
    return "\n".join(plain_parts(load_blocks(node["w"])).values())


def test_accepting_is_remembered_and_told_to_its_writer(world: World, contract: Contract) -> None:
    accept_change(change(contract), by=world.as_staff("lawyer"), at=AT + HOUR)
    found = change(contract)
    assert (found.state, found.answered_by, found.answered_at) == (
        "accepted", world.staff["lawyer"], AT + HOUR,
    )  # fmt: skip
    entry = last_entry("contract.change_accepted")
    assert (entry.audience, entry.facts["clause"], entry.facts["change"]) == (
        "both",
        "8.1",
        found.pk,
    )
    assert told("contract.change_accepted") == [("anna", "contract_answers")]


def test_refusing_wants_a_reason_and_returns_the_former_words(
    world: World, contract: Contract
) -> None:
    lawyer, found = world.as_staff("lawyer"), change(contract)
    with pytest.raises(ReasonMissing):
        reject_change(found, by=lawyer, at=AT, reason="  ")
    reject_change(found, by=lawyer, at=AT, reason="Противоречит закону")
    assert last_entry("contract.change_rejected").facts["reason"] == "Противоречит закону"
    assert words_of(contract, found.clause).endswith("И точка.")
    send_back(world, contract, "legal", "lawyer")
    assert not words_of(contract, found.clause).endswith("И точка.")
    other = change(contract, "finance")
    assert words_of(contract, other.clause).endswith("И точка.")
    assert (other.state, other.sent_at) == ("open", None)


def test_other_words_stand_in_our_version_only_when_returned(
    world: World, contract: Contract
) -> None:
    found = change(contract)
    counter_change(found, {"0": "Наши слова."}, by=world.as_staff("lawyer"), at=AT, reason="Так")
    assert words_of(contract, found.clause).endswith("И точка.")
    send_back(world, contract, "legal", "lawyer", AT + HOUR)
    assert words_of(contract, found.clause) == "Наши слова."
    found.refresh_from_db()
    assert found.sent_at == AT + HOUR
    assert told("contract.change_countered") == [("anna", "contract_answers")]


def test_an_answer_may_be_changed_until_it_is_sent(world: World, contract: Contract) -> None:
    lawyer, found = world.as_staff("lawyer"), change(contract)
    found = counter_change(found, {"0": "Наши слова."}, by=lawyer, at=AT)
    accept_change(found, by=lawyer, at=AT)
    found.refresh_from_db()
    assert (found.state, found.counter_wording) == ("accepted", "")
    approve(world, contract, "legal", "lawyer")
    with pytest.raises(PermissionDenied):
        accept_change(found, by=lawyer, at=AT)


def test_broken_tokens_in_our_words_are_refused(world: World, contract: Contract) -> None:
    with pytest.raises(EditProblem):
        counter_change(
            change(contract), {"0": "Цена {{no.such}}."}, by=world.as_staff("lawyer"), at=AT
        )
    assert change(contract).state == "open"


@pytest.mark.parametrize("who", ["stranger", "finance", "manager", "director", "lawyer2"])
def test_others_do_not_answer(world: World, contract: Contract, who: str) -> None:
    for verb in (accept_change, lambda c, **k: reject_change(c, reason="нет", **k)):
        with pytest.raises(PermissionDenied):
            verb(change(contract), by=world.as_staff(who), at=AT)
    with pytest.raises(PermissionDenied):
        counter_change(change(contract), {"0": "x"}, by=world.as_guest("anna"), at=AT)


def test_a_direction_without_a_stage_is_answered_by_whoever_is_in_charge(world: World) -> None:
    made = sent(world, "supply-ru", reworded={"10.1": more})
    assert change(made, "security").state == "open"
    with pytest.raises(PermissionDenied):
        accept_change(change(made, "security"), by=world.as_staff("lawyer"), at=AT)
    accept_change(change(made, "security"), by=world.as_staff("manager"), at=AT)


def test_the_promise_to_answer_is_kept_with_the_last_answer(
    world: World, contract: Contract
) -> None:
    def state() -> str:
        return Promise.objects.get(pk=contract.answering_id).state

    assert state() == "running"
    promise = Promise.objects.get(pk=contract.answering_id)
    assert promise.moment_id == "contract_answer"
    assert {h.employee for h in promise.holders.all()} == {
        world.staff["lawyer"], world.staff["finance"],
    }  # fmt: skip
    accept_change(change(contract), by=world.as_staff("lawyer"), at=AT)
    assert state() == "running"
    approve(world, contract, "legal", "lawyer")
    approve(world, contract, "finance", "finance", AT + HOUR)
    assert state() == "kept"
    assert Promise.objects.get(pk=contract.answering_id).settled_at == AT + HOUR


def structural(world: World) -> tuple[Contract, dict[str, str]]:
    """A value changed, a clause added, one deleted, one moved, in a second version."""
    route(world, step("legal", "legal", [seat("owner")]), form="supply-ru")
    contract = sent(world, "supply-ru")
    send_back(world, contract, "legal", "manager")
    by = world.as_guest("anna")
    found = {name: clause_numbered(contract, name) for name in ("13.2", "13.3", "8.1")}
    save_values(contract, {"deferral_days": "90"}, by=by, at=AT)
    added = add_clause(contract, found["8.1"], by=by, at=AT)
    save_clause(contract, added, {"0": "Новое условие."}, by=by, at=AT)
    delete_clause(contract, found["13.2"], by=by, at=AT, reason=WHY)
    move_clause(contract, found["13.3"], 1, by=by, at=AT)
    submit_contract(contract, by=by, at=AT + DAY)
    return fresh_contract(contract), {**found, "added": added}


def by_kind(contract: Contract) -> dict[str, Change]:
    return {row.kind: row for row in Change.objects.filter(contract=contract, state="open")}


def test_every_kind_of_change_is_a_row(world: World) -> None:
    contract, clauses = structural(world)
    rows = by_kind(contract)
    assert set(rows) == {"value", "added", "deleted", "moved"}
    assert (rows["value"].field, rows["value"].old_value, rows["value"].new_value) == (
        "deferral_days", contract.versions.get(number=1).values["deferral_days"], "90",
    )  # fmt: skip
    assert rows["added"].clause == clauses["added"]
    assert (rows["deleted"].clause, rows["deleted"].reason) == (clauses["13.2"], WHY)
    assert rows["moved"].place is not None


def test_refusals_of_every_kind_give_back_the_text_as_it_was(world: World) -> None:
    contract, _ = structural(world)
    before = contract.versions.get(number=1)
    for row in by_kind(contract).values():
        reject_change(row, by=world.as_staff("manager"), at=AT + DAY, reason="Нет")
    send_back(world, contract, "legal", "manager", AT + DAY)
    now = fresh_contract(contract).version
    assert now is not None
    assert [(n["id"], n["w"]) for n in nodes(now.tree)] == [
        (n["id"], n["w"]) for n in nodes(before.tree)
    ]
    typed = {key: text for key, text in now.values.items() if "." not in key}
    assert typed == {key: text for key, text in before.values.items() if "." not in key}


def test_our_value_instead_of_theirs(world: World) -> None:
    contract, _ = structural(world)
    row, manager = by_kind(contract)["value"], world.as_staff("manager")
    with pytest.raises(FieldProblem):
        counter_change(row, {}, by=manager, at=AT, value="много")
    counter_change(row, {}, by=manager, at=AT + DAY, value="45")
    send_back(world, contract, "legal", "manager", AT + DAY)
    now = fresh_contract(contract)
    assert now.version is not None
    assert now.version.values["deferral_days"] == "45"
    assert now.sum == Decimal(now.version.values["price"])


def test_our_words_for_a_deleted_clause_bring_it_back_so_worded(world: World) -> None:
    contract, clauses = structural(world)
    row = by_kind(contract)["deleted"]
    counter_change(row, {"0": "Мягче."}, by=world.as_staff("manager"), at=AT + DAY)
    send_back(world, contract, "legal", "manager", AT + DAY)
    assert words_of(contract, clauses["13.2"]) == "Мягче."


def test_answers_left_alone_count_as_agreed_and_changed_ones_begin_anew(
    world: World, contract: Contract
) -> None:
    lawyer = world.as_staff("lawyer")
    counter_change(change(contract), {"0": "Наши слова."}, by=lawyer, at=AT)
    send_back(world, contract, "legal", "lawyer")
    first = change(contract)
    contract = resent(world, contract, "anna", AT + DAY, "8.1")
    first.refresh_from_db()
    assert first.state == "superseded"
    assert change(contract).state == "open"
    reject_change(change(contract), by=lawyer, at=AT + DAY, reason="Нет")
    send_back(world, contract, "legal", "lawyer", AT + DAY)
    second = change(contract)
    resent(world, contract, "anna", AT + 2 * DAY)
    second.refresh_from_db()
    assert second.state == "agreed"
    open_ones = Change.objects.filter(contract=contract, state="open")
    assert [row.concern for row in open_ones] == ["finance"]


def test_nothing_is_a_change_of_a_draft_just_begun(world: World) -> None:
    contract = begin(world, "supply-ru", "anna", AT)
    work = open_draft(contract, "theirs")
    assert work is not None
    assert work.tree == contract.edition.tree
