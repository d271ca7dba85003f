"""The client insists on its own wording: it returns to the draft, and to us when that is sent."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.disputes import OURS, THEIRS, in_dispute, open_seat, sent_back
from tests.contracts.worlds import AT, DAY, HOUR, approve, fresh_contract, load_blocks, send_back
from zabota.contracts.actions import (
    agree_with_answer,
    delete_clause,
    move_clause,
    reject_change,
    save_values,
    submit_contract,
)
from zabota.contracts.actions.disagreements import WordsMissing, insist_on_wording
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Change, Contract
from zabota.contracts.reading.disagreements import read_disagreements
from zabota.contracts.stored import node_of
from zabota.contracts.text.words import blocks_text
from zabota.home.in_world import clause_numbered
from zabota.home.world import World, begin

WHY = "У нас иначе встанет склад."
LATER = AT + DAY


def drafted(contract: Contract, clause: str) -> str:
    """The words of a clause in the client's draft; empty where it is not to stand."""
    work = open_draft(contract, "theirs")
    assert work is not None
    node = node_of(work.tree, clause)
    if node is None:
        return ""
    row = work.clauses.get(clause)
    return str(row.blocks) if row else blocks_text(load_blocks(node["w"]))


def test_their_wording_returns_and_is_sent_with_its_reason(world: World) -> None:
    contract, anna = sent_back(world), world.as_guest("anna")
    change = Change.objects.order_by("pk")[0]
    assert OURS in drafted(contract, change.clause)
    insist_on_wording(change, by=anna, at=LATER, words=WHY)
    assert THEIRS in drafted(contract, change.clause)
    submit_contract(contract, by=anna, at=LATER)
    again = Change.objects.filter(clause=change.clause).latest("pk")
    assert (again.state, again.reason) == ("open", WHY)
    assert Change.objects.get(pk=change.pk).state == "superseded"
    row = read_disagreements(fresh_contract(contract)).rows[0]
    assert row.standing == "open" and [old.pk for old in row.earlier] == [change.pk]


def test_it_says_why(world: World) -> None:
    sent_back(world)
    with pytest.raises(WordsMissing):
        insist_on_wording(
            Change.objects.order_by("pk")[0], by=world.as_guest("anna"), at=LATER, words="  "
        )


@pytest.mark.parametrize("who", ["vera", "alien"])
def test_whoever_may_not_edit_does_not_insist(world: World, who: str) -> None:
    sent_back(world)
    change = Change.objects.order_by("pk")[0]
    with pytest.raises(PermissionDenied):
        insist_on_wording(change, by=world.as_guest(who), at=LATER, words=WHY)
    with pytest.raises(PermissionDenied):
        insist_on_wording(change, by=world.as_staff("lawyer"), at=LATER, words=WHY)


def test_not_before_it_is_their_turn_nor_after_agreeing(world: World) -> None:
    contract, anna = in_dispute(world), world.as_guest("anna")
    change = Change.objects.order_by("pk")[0]
    with pytest.raises(PermissionDenied):
        insist_on_wording(change, by=anna, at=LATER, words=WHY)
    send_back(world, contract, "legal", "lawyer", AT + 2 * HOUR)
    agree_with_answer(change, by=anna, at=LATER)
    with pytest.raises(PermissionDenied):
        insist_on_wording(change, by=anna, at=LATER, words=WHY)


def refused(world: World, contract: Contract) -> Change:
    """The client's only change, refused and sent back."""
    submit_contract(contract, by=world.as_guest("anna"), at=AT)
    approve(world, contract, "manager", "manager")
    change = Change.objects.get(contract=contract)
    key, who = ("legal", "lawyer") if change.concern == "legal" else (change.concern, "finance")
    reject_change(change, by=world.as_staff(who), at=AT, reason="Нет")
    send_back(world, contract, key, who, AT + HOUR)
    return Change.objects.get(contract=contract)


def test_a_deletion_is_insisted_on(world: World) -> None:
    contract, anna = begin(world, "supply-ru", "anna", AT), world.as_guest("anna")
    clause = clause_numbered(contract, "8.2")
    delete_clause(contract, clause, by=anna, at=AT)
    change = refused(world, contract)
    assert drafted(contract, clause)
    insist_on_wording(change, by=anna, at=LATER, words=WHY)
    assert not drafted(contract, clause)
    submit_contract(contract, by=anna, at=LATER)
    assert Change.objects.latest("pk").kind == "deleted"


@pytest.mark.parametrize(("number", "step"), [("8.2", -1), ("8.1", 1)])
def test_a_move_is_insisted_on_and_stays_the_clauses_own(
    world: World, number: str, step: int
) -> None:
    contract, anna = begin(world, "supply-ru", "anna", AT), world.as_guest("anna")
    clause = clause_numbered(contract, number)
    move_clause(contract, clause, step, by=anna, at=AT)
    change = refused(world, contract)
    insist_on_wording(change, by=anna, at=LATER, words=WHY)
    submit_contract(contract, by=anna, at=LATER)
    again = Change.objects.latest("pk")
    assert (again.pk != change.pk, again.clause, again.kind) == (True, clause, "moved")


def test_a_value_is_insisted_on(world: World) -> None:
    contract, anna = sent_back(world), world.as_guest("anna")
    work = open_draft(contract, "theirs")
    assert work is not None
    name, old = next((n, v) for n, v in work.draft.values.items() if v.isdecimal())
    save_values(contract, {name: str(int(old) + 1)}, by=anna, at=LATER)
    submit_contract(contract, by=anna, at=LATER)
    change = Change.objects.get(kind="value")
    Change.objects.filter(pk=change.pk).update(state="rejected", answered_at=LATER)
    found = open_seat(world, contract)
    assert found is not None
    send_back(world, contract, *found, LATER)
    work = open_draft(contract, "theirs")
    assert work is not None and work.draft.values[name] == old
    insist_on_wording(change, by=anna, at=LATER, words=WHY)
    work = open_draft(contract, "theirs")
    assert work is not None and work.draft.values[name] == str(int(old) + 1)


def test_the_form_on_the_page(world: World) -> None:
    contract = sent_back(world)
    change = Change.objects.order_by("pk")[0]
    anna, base = browser_of(world, "anna"), f"/room/contracts/{contract.pk}"
    insist = f"{base}/changes/{change.pk}/insist/"
    long = anna.post(insist, {"words": "я" * 2001})
    assert long.status_code == 422 and "яяя" in long.content.decode()
    assert anna.post(insist, {"words": WHY}).status_code == 302
    page = anna.get(f"{base}/disagreements/").content.decode()
    assert WHY in page and "ещё не отправлена" in page
    assert browser_of(world, "alien").post(insist, {"words": WHY}).status_code == 404
    assert (
        WHY
        not in browser_of(world, "lawyer")
        .get(f"/desk/contracts/{contract.pk}/disagreements/")
        .content.decode()
    )


def test_agreeing_on_the_page_returns_to_the_table(world: World) -> None:
    contract = sent_back(world)
    change = Change.objects.order_by("pk")[0]
    anna, base = browser_of(world, "anna"), f"/room/contracts/{contract.pk}"
    answer = anna.post(f"{base}/changes/{change.pk}/agree/", {"back": "disagreements"})
    assert answer.headers["Location"] == f"{base}/disagreements/#r-{change.clause}"
    assert Change.objects.get(pk=change.pk).state == "agreed"
