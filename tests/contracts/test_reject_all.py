"""«Отклонить все с одной причиной»: whose changes, what each of them bears, who may not."""

import pytest

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR, approve, fresh_contract, kinds, sent
from tests.support.remembered import remembered
from zabota.contracts.actions.answer import ReasonMissing
from zabota.contracts.actions.answer_all import reject_all_changes
from zabota.contracts.models import Change, Contract
from zabota.home.world import World


@pytest.fixture
@remembered
def contract(world: World) -> Contract:
    """Two legal changes and one of finance; the lawyer's turn."""
    more = dict.fromkeys(("8.1", "8.2", "5.1"), lambda text: f"{text} И точка.")
    made = sent(world, "supply-ru", reworded=more)
    approve(world, made, "manager", "manager")
    return fresh_contract(made)


def states(contract: Contract) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in Change.objects.filter(contract=contract).order_by("pk"):
        found.setdefault(row.concern, []).append(row.state)
    return found


def test_ones_own_are_refused_each_with_its_entry(world: World, contract: Contract) -> None:
    before = states(contract)
    mine = len(before["legal"])
    assert mine >= 1 and "finance" in before
    lawyer = world.as_staff("lawyer")
    done = reject_all_changes(contract, by=lawyer, at=AT + HOUR, reason="Так принято")
    assert done == mine
    after = states(contract)
    assert set(after["legal"]) == {"rejected"} and set(after["finance"]) == {"open"}
    assert kinds(contract).count("change_rejected") == mine
    answers = Change.objects.filter(contract=contract, concern="legal")
    assert {(row.answer, row.answered_by) for row in answers} == {("Так принято", lawyer.employee)}
    # What was answered is not answered over by the same click once more.
    assert reject_all_changes(contract, by=lawyer, at=AT + HOUR, reason="Иначе") == 0
    assert set(Change.objects.filter(concern="legal").values_list("answer", flat=True)) == {
        "Так принято"
    }


def test_a_reason_is_asked_for_and_whoever_has_nothing_refuses_nothing(
    world: World, contract: Contract
) -> None:
    with pytest.raises(ReasonMissing):
        reject_all_changes(contract, by=world.as_staff("lawyer"), at=AT, reason=" ")
    for by in (world.as_staff("stranger"), world.as_guest("anna")):
        assert reject_all_changes(contract, by=by, at=AT, reason="x") == 0
    assert "change_rejected" not in kinds(contract)


def test_the_page_shows_directions_and_keeps_what_was_typed(
    world: World, contract: Contract
) -> None:
    browser, base = browser_of(world, "lawyer"), f"/desk/contracts/{contract.pk}/"
    page = browser.get(base)
    mine = page.context["open_mine"]
    assert {change.row.concern for change in mine} == {"legal"}
    told = page.content.decode()
    assert (
        f"8.1</a>&nbsp;· {mine[0].direction}" in told and "Отклонить все с одной причиной" in told
    )
    for typed, words in (("", "Напишите, почему"), ("щ" * 2001, "Не больше 2000 знаков")):
        answer = browser.post(f"{base}reject-all/", {"reason": typed})
        assert answer.status_code == 422
        assert words in answer.content.decode() and typed in answer.content.decode()
    done = browser.post(f"{base}reject-all/", {"reason": "Так принято"}, follow=True)
    assert "отклонен" in done.content.decode()
    assert browser_of(world, "stranger").post(f"{base}reject-all/", {}).status_code == 404
