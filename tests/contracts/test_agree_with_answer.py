"""The client agrees with our wording, or with our refusal."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, approve, last_entry, resent, send_back, sent, told
from tests.support.remembered import remembered
from zabota.contracts.actions import agree_with_answer, counter_change, reject_change
from zabota.contracts.models import Change, Contract
from zabota.home.world import World, reword


@pytest.fixture
@remembered
def countered(world: World) -> Change:
    contract = sent(world, "supply-ru", reworded={"8.1": lambda text: f"{text} Да."})
    approve(world, contract, "manager", "manager")
    counter_change(Change.objects.get(), {"0": "Иначе."}, by=world.as_staff("lawyer"), at=AT)
    return Change.objects.get()


def returned(world: World, change: Change) -> Contract:
    contract = Contract.objects.get(pk=change.contract_id)
    send_back(world, contract, "legal", "lawyer")
    return contract


def test_agreeing_is_remembered_and_told_to_whoever_is_in_charge(
    world: World, countered: Change
) -> None:
    returned(world, countered)
    agree_with_answer(countered, by=world.as_guest("boris"), at=AT)
    assert Change.objects.get().state == "agreed"
    assert last_entry("contract.answer_agreed").actor_id == world.guests["boris"].user_id
    assert told("contract.answer_agreed") == [("manager", "contract_news")]
    with pytest.raises(PermissionDenied):
        agree_with_answer(countered, by=world.as_guest("boris"), at=AT)


def test_it_is_not_answered_before_the_client_sees_it(world: World, countered: Change) -> None:
    with pytest.raises(PermissionDenied):
        agree_with_answer(countered, by=world.as_guest("anna"), at=AT)


@pytest.mark.parametrize("who", ["vera", "alien", "john"])
def test_whoever_may_not_edit_does_not_agree(world: World, countered: Change, who: str) -> None:
    returned(world, countered)
    with pytest.raises(PermissionDenied):
        agree_with_answer(countered, by=world.as_guest(who), at=AT)
    with pytest.raises(PermissionDenied):
        agree_with_answer(countered, by=world.as_staff("lawyer"), at=AT)


def test_one_who_agreed_may_still_change_the_clause(world: World, countered: Change) -> None:
    contract = returned(world, countered)
    agree_with_answer(countered, by=world.as_guest("anna"), at=AT)
    contract = resent(world, contract, "anna", AT + DAY, "8.1")
    rows = Change.objects.filter(contract=contract).order_by("pk")
    assert [row.state for row in rows] == ["agreed", "open"]


def test_a_refusal_may_be_agreed_with_too(world: World, countered: Change) -> None:
    reject_change(countered, by=world.as_staff("lawyer"), at=AT, reason="Нет")
    returned(world, countered)
    agree_with_answer(countered, by=world.as_guest("anna"), at=AT)
    assert Change.objects.get().state == "agreed"


@pytest.mark.parametrize(
    ("reply", "fate", "words"),
    [
        ("agree", "agreed", "вы согласились с нашим ответом"),
        ("reword", "again", "возвращаете со своей редакцией"),
        ("", "left", "остаётся, как мы ответили"),
    ],
)
def test_the_page_before_sending_shows_what_becomes_of_our_answers(
    world: World, countered: Change, reply: str, fate: str, words: str
) -> None:
    contract, by = returned(world, countered), world.as_guest("anna")
    if reply == "agree":
        agree_with_answer(Change.objects.get(), by=by, at=AT + DAY)
    elif reply == "reword":
        reword(contract, "8.1", lambda text: f"{text} И всё.", by=by, at=AT + DAY, reason="Надо")
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/submit/")
    assert [(one.number, one.fate) for one in page.context["replies"]] == [("8.1", fate)]
    told = page.content.decode()
    assert words in told and "Наш ответ: другая редакция" in told
    resent(world, contract, "anna", AT + 2 * DAY)
    state = Change.objects.order_by("pk")[0].state
    assert state == ("superseded" if fate == "again" else "agreed")
