"""What came back in a Word file is answered together: what was recorded, and the rest."""

import re

import pytest
from django.test import Client as Browser

from tests.contracts.browsers import browser_of
from tests.contracts.test_word_back import TRACKED, bring, edited, setting, take
from tests.contracts.test_word_review import second_change, send
from tests.contracts.worlds import AT, DAY, approve, fresh_contract, kinds, open_now, stage
from tests.support.remembered import remembered
from zabota.cases.models import Holder
from zabota.contracts.actions.answer import accept_change
from zabota.contracts.actions.answer_all import accept_recorded_changes
from zabota.contracts.actions.approve import UntrackedWait
from zabota.contracts.models import Change, Contract
from zabota.contracts.models.drafts import WordReturn
from zabota.home.world import World

LATER = AT + 3 * DAY


@pytest.fixture
@remembered
def contract(world: World) -> Contract:
    """One clause changed with a record, another without; both wait for whoever they concern."""
    contract, browser, base, data = setting(world)
    take(browser, bring(browser, base, edited(data, TRACKED, second_change(data))))
    send(world, contract)
    return fresh_contract(contract)


def holder(world: World, contract: Contract) -> str:
    """One of ours who may answer both changes: of one direction, whoever that is."""
    Change.objects.filter(contract=contract).update(concern="legal")
    approve(world, contract, "manager", "manager")
    return "lawyer"


def states(contract: Contract) -> dict[str, str]:
    row = WordReturn.objects.get(contract=contract)
    return {
        "recorded" if change.clause in row.recorded_clauses else "quiet": change.state
        for change in Change.objects.filter(contract=contract, version=contract.version)
    }


def press(browser: Browser, contract: Contract, **told: str) -> tuple[int, str]:
    answer = browser.post(f"/desk/contracts/{contract.pk}/answer-word/", told, follow=True)
    return answer.status_code, answer.content.decode()


def test_what_was_not_recorded_is_never_accepted_unseen(world: World, contract: Contract) -> None:
    browser = browser_of(world, holder(world, contract))
    page = browser.get(f"/desk/contracts/{contract.pk}/").content.decode()
    panel = re.search(r'id="word-answers".*?</section>', page, re.S)
    assert panel and "Принять записанные" in panel[0] and "без записи" in panel[0]
    assert "/accept-all/" not in page, "one way to answer together, not two"
    status, page = press(browser, contract, verb="accept")
    assert status == 200 and "Принята 1 правка" in page
    assert states(contract) == {"recorded": "accepted", "quiet": "open"}
    assert kinds(contract).count("change_accepted") == 1


def test_the_rest_is_refused_with_the_same_click(world: World, contract: Contract) -> None:
    browser = browser_of(world, holder(world, contract))
    press(browser, contract, verb="divide", reason="Без записи не берём")
    assert states(contract) == {"recorded": "accepted", "quiet": "rejected"}
    told = kinds(contract)
    assert (told.count("change_accepted"), told.count("change_rejected")) == (1, 1)
    assert Change.objects.get(contract=contract, state="rejected").answer == "Без записи не берём"
    page = browser.get(f"/desk/contracts/{contract.pk}/").content.decode()
    assert 'id="word-answers"' not in page, "nothing waits any more"


def test_all_are_refused_with_one_reason_that_is_asked_for(
    world: World, contract: Contract
) -> None:
    browser = browser_of(world, holder(world, contract))
    for verb in ("divide", "reject"):
        status, page = press(browser, contract, verb=verb, reason=" ")
        assert status == 422 and "Напишите, почему" in page
    status, page = press(browser, contract, verb="reject", reason="щ" * 2001)
    assert status == 422 and "щ" * 2001 in page
    assert set(states(contract).values()) == {"open"}
    press(browser, contract, verb="reject", reason="Нельзя")
    assert set(states(contract).values()) == {"rejected"}
    assert press(browser, contract, verb="other")[0] == 404


def test_others_answer_nothing(world: World, contract: Contract) -> None:
    holder(world, contract)
    for by in (world.as_staff("stranger"), world.as_guest("anna")):
        assert accept_recorded_changes(contract, by=by, at=LATER, otherwise="x") == (0, 0)
    assert set(states(contract).values()) == {"open"}
    assert press(browser_of(world, "stranger"), contract, verb="accept")[0] == 404


def test_approving_stops_at_what_was_not_recorded(world: World, contract: Contract) -> None:
    who = holder(world, contract)
    browser, pk = browser_of(world, who), stage(contract, "legal").pk
    page = browser.get(f"/desk/contracts/{contract.pk}/").content.decode()
    assert f"/desk/stages/{pk}/approve/" not in page and "без записи исправлений" in page
    page = browser.post(f"/desk/stages/{pk}/approve/", follow=True).content.decode()
    assert "1 правка сделана в Word без записи исправлений" in page
    assert "Сначала ответьте на неё" in page
    answer = browser.post(
        f"/desk/stages/{pk}/approve-with-remark/",
        {"remark": "Берём <b>"},
        headers={"HX-Request": "true"},
    )
    assert answer.headers["HX-Redirect"] == f"/desk/contracts/{contract.pk}/#decision"
    page = browser.get(f"/desk/contracts/{contract.pk}/").content.decode()
    assert "Берём &lt;b&gt;" in page, "what was typed is not lost"
    assert stage(contract, "legal").promise.state == "running"
    assert set(states(contract).values()) == {"open"}
    press(browser, contract, verb="divide", reason="Без записи не берём")
    assert states(contract) == {"recorded": "accepted", "quiet": "rejected"}


def test_what_was_recorded_is_still_accepted_by_approving(world: World, contract: Contract) -> None:
    who = holder(world, contract)
    quiet = next(
        change
        for change in Change.objects.filter(contract=contract)
        if change.clause not in WordReturn.objects.get(contract=contract).recorded_clauses
    )
    accept_change(quiet, by=world.as_staff(who), at=LATER)
    approve(world, contract, "legal", who, LATER)
    assert states(contract) == {"recorded": "accepted", "quiet": "accepted"}


def test_nothing_is_agreed_over_what_nobody_was_asked_about(
    world: World, contract: Contract
) -> None:
    """A direction that no stage looks at is settled with the last decision, never unseen."""
    Change.objects.filter(contract=contract).update(concern="logistics")
    while open_now(contract):
        key = sorted(open_now(contract))[0]
        row = Holder.objects.filter(promise=stage(contract, key).promise, outcome="")[0]
        who = next(k for k, told in world.staff.items() if told.pk == row.employee_id)
        try:
            approve(world, contract, key, who, LATER)
        except UntrackedWait as waiting:
            assert [change.state for change in waiting.changes] == ["open"]
            break
    else:
        raise AssertionError("agreed over a change that nobody answered")
    assert fresh_contract(contract).agreed_at is None
