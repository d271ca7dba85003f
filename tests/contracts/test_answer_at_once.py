"""Two answer one change at once: one answer stands, the other person is told whose."""

import pytest
from django.test import Client as Browser

from tests.contracts.worlds import AT, HOUR, approve, kinds, sent
from zabota.contracts.actions import accept_change, reject_change
from zabota.contracts.actions.answer import AnsweredMeanwhile
from zabota.contracts.models import Change, Contract
from zabota.home.world import World


@pytest.fixture
def contract(world: World) -> Contract:
    made = sent(world, "supply-ru", reworded={"8.1": lambda text: f"{text} И точка."})
    approve(world, made, "manager", "manager")
    return made


def browser(world: World) -> Browser:
    found = Browser()
    found.force_login(world.as_staff("lawyer").user)
    return found


def test_nobody_answers_over_an_answer_they_have_not_seen(world: World, contract: Contract) -> None:
    mine, theirs = Change.objects.get(contract=contract), Change.objects.get(contract=contract)
    accept_change(mine, by=world.as_staff("lawyer"), at=AT)
    with pytest.raises(AnsweredMeanwhile):
        reject_change(theirs, by=world.as_staff("lawyer"), at=AT + HOUR, reason="Нет.")
    assert Change.objects.get(contract=contract).state == "accepted"
    assert "contract.change_rejected" not in kinds(contract)
    seen = Change.objects.get(contract=contract)
    reject_change(seen, by=world.as_staff("lawyer"), at=AT + HOUR, reason="Нет.")
    assert Change.objects.get(contract=contract).state == "rejected"


@pytest.mark.parametrize("verb", ["reject", "counter"])
def test_the_page_says_who_answered_meanwhile(world: World, contract: Contract, verb: str) -> None:
    change = Change.objects.get(contract=contract)
    seen = change.mark
    accept_change(change, by=world.as_staff("lawyer"), at=AT)
    told = {"seen": seen, "reason": "Так нельзя.", "part-0": "Наши слова."}
    page = browser(world).post(f"/desk/changes/{change.pk}/{verb}/", told, follow=True)
    text = page.content.decode()
    assert "Ольга Петрова" in text
    assert "ответ уже дан" in text
    if verb == "counter":
        assert page.status_code == 422
        assert "Наши слова." in text
        assert "Так нельзя." in text
    assert Change.objects.get(pk=change.pk).state == "accepted"


def test_who_has_seen_the_answer_may_replace_it(world: World, contract: Contract) -> None:
    change = Change.objects.get(contract=contract)
    answered = accept_change(change, by=world.as_staff("lawyer"), at=AT)
    told = {"seen": answered.mark, "reason": "Передумали."}
    browser(world).post(f"/desk/changes/{change.pk}/reject/", told)
    assert Change.objects.get(pk=change.pk).state == "rejected"
