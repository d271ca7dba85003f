"""Taking back: nothing more is asked of anybody; the text and its history stay."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.preparing import begun
from tests.contracts.worlds import (
    AT,
    HOUR,
    approve,
    fresh_contract,
    last_entry,
    send_back,
    sent,
    told,
)
from zabota.cases.models import Holder, Promise
from zabota.contracts.actions import (
    approve_stage,
    ask_colleague,
    remind_colleague,
    submit_contract,
    withdraw_contract,
)
from zabota.contracts.actions.settle import AlreadyDecided
from zabota.contracts.models import Contract, Stage, Version
from zabota.home.world import World, begin, reword
from zabota.journal.models import Entry


def test_everything_open_is_dropped(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"5.1": lambda text: f"{text} Да."})
    withdraw_contract(contract, by=world.as_guest("boris"), at=AT + HOUR, reason="Передумали")
    contract = fresh_contract(contract)
    assert (contract.case.state, contract.case.closed_at) == ("withdrawn", AT + HOUR)
    assert set(Promise.objects.values_list("state", flat=True)) == {"dropped"}
    assert not Holder.objects.filter(rank_at__isnull=False).exists()
    assert Version.objects.count() == 1
    entry = last_entry("contract.withdrawn")
    assert (entry.audience, entry.facts["reason"]) == ("both", "Передумали")
    assert told("contract.withdrawn") == [
        ("anna", "contract_news"), ("finance", "contract_news"),
        ("manager", "contract_news"), ("vera", "contract_news"),
    ]  # fmt: skip
    with pytest.raises(PermissionDenied):
        withdraw_contract(contract, by=world.as_guest("boris"), at=AT, reason="x")
    with pytest.raises(AlreadyDecided):
        approve_stage(
            Stage.objects.get(contract=contract, key="manager").pk,
            by=world.as_staff("manager"), at=AT,
        )  # fmt: skip


def test_a_returned_one_may_be_taken_back_too(world: World) -> None:
    contract = sent(world)
    send_back(world, contract, "manager", "manager")
    withdraw_contract(contract, by=world.as_guest("anna"), at=AT, reason="x")
    assert set(Promise.objects.filter(settled_at=None)) == set()
    with pytest.raises(PermissionDenied):
        submit_contract(contract, by=world.as_guest("anna"), at=AT)


@pytest.mark.parametrize("who", ["vera", "alien"])
def test_who_may_not_edit_does_not_take_back(world: World, who: str) -> None:
    contract = sent(world)
    with pytest.raises(PermissionDenied):
        withdraw_contract(contract, by=world.as_guest(who), at=AT, reason="x")
    with pytest.raises(PermissionDenied):
        withdraw_contract(contract, by=world.as_staff("manager"), at=AT, reason="x")


def test_an_agreed_one_is_not_taken_back(world: World) -> None:
    contract = sent(world)
    for key, who in (("manager", "manager"), ("legal", "lawyer")):
        last = approve(world, contract, key, who)
    assert last.agreed
    with pytest.raises(PermissionDenied):
        withdraw_contract(contract, by=world.as_guest("anna"), at=AT, reason="x")


def test_what_we_only_prepared_is_taken_back_unheard(world: World) -> None:
    contract = begun(world, "nda-ru", "manager")
    with pytest.raises(PermissionDenied):
        withdraw_contract(contract, by=world.as_guest("anna"), at=AT, reason="x")
    withdraw_contract(contract, by=world.as_staff("manager"), at=AT, reason="Не нужен")
    assert last_entry("contract.withdrawn").audience == "ours"
    assert told("contract.withdrawn") == []


def test_a_draft_nobody_sent_is_taken_back(world: World) -> None:
    contract = begin(world, "nda-ru", "anna", AT)
    withdraw_contract(contract, by=world.as_guest("anna"), at=AT, reason="")
    assert fresh_contract(contract).case.state == "withdrawn"


def test_whose_turn_it_was_is_told(world: World) -> None:
    contract = sent(world, "supply-ru")
    approve(world, contract, "manager", "manager")
    withdraw_contract(contract, by=world.as_guest("anna"), at=AT + HOUR, reason="")
    assert {who for who, _ in told("contract.withdrawn")} >= {"manager", "lawyer", "boris"}
    assert "logist1" not in {who for who, _ in told("contract.withdrawn")}


def test_the_page_says_who_took_it_back_when_and_why(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"5.1": lambda text: f"{text} Да."})
    withdraw_contract(contract, by=world.as_guest("boris"), at=AT + HOUR, reason="Передумали")
    room = browser_of(world, "anna")
    page = room.get(f"/room/contracts/{contract.pk}/").text
    assert page.count("Передумали") >= 2
    assert "Вы отозвали договор" in page
    assert "не понадобилось: договор отозван" in page
    assert "в этом круге" not in page
    assert "Борис Ветров" in page
    desk = browser_of(world, "lawyer").get(f"/desk/contracts/{contract.pk}/").text
    assert "Передумали" in desk
    assert "Вы отозвали" not in desk
    sheet = room.get(f"/room/contracts/{contract.pk}/approval-sheet/").text
    assert "не понадобилось: договор отозван" in sheet
    assert "ещё не решено" not in sheet
    table = room.get(f"/room/contracts/{contract.pk}/disagreements/").text
    assert "ответов больше не будет" in table
    assert "ждёт нашего ответа" not in table


def test_a_new_one_begins_with_its_text(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"5.1": lambda text: f"{text} Да."})
    withdraw_contract(contract, by=world.as_guest("anna"), at=AT + HOUR, reason="")
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").text
    assert "Начать заново с этим текстом" in page
    chosen = {"like": contract.pk, "form": world.forms["supply-ru"].pk}
    answer = browser_of(world, "anna").post("/room/contracts/new/", chosen)
    again = Contract.objects.latest("pk")
    assert (answer.status_code, answer.url) == (302, f"/room/contracts/{again.pk}/")
    assert again.like_id == contract.pk
    assert "Да." in browser_of(world, "anna").get(answer.url).text
    # Who only reads does not begin, and on the desk it begins for the same client.
    assert (
        "Начать заново" not in browser_of(world, "vera").get(f"/room/contracts/{contract.pk}/").text
    )
    desk = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/").text
    assert f"/desk/contracts/new/?client={contract.case.client_id}" in desk


def test_what_was_typed_and_never_sent_stays_to_be_read(world: World) -> None:
    contract = begin(world, "nda-ru", "anna", AT)
    reword(contract, "1.1", lambda text: f"{text} Ни слова.", by=world.as_guest("anna"), at=AT)
    withdraw_contract(contract, by=world.as_guest("anna"), at=AT, reason="")
    room = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").text
    assert "Ни слова." in room
    assert "<textarea" not in room
    desk = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/").text
    assert "Ни слова." not in desk
    seen = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/as-client/").text
    assert "Ни слова." not in seen


def test_twice_is_said_calmly_and_a_long_reason_stays(world: World) -> None:
    contract = sent(world)
    room, url = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/withdraw/"
    answer = room.post(url, {"reason": "ы" * 1001})
    assert answer.status_code == 422
    assert "1000" in answer.text.replace("\xa0", "")
    assert "ы" * 1001 in answer.text
    assert room.post(url, {"reason": ""}).status_code == 302
    assert last_entry("contract.withdrawn").facts["reason"] == ""
    for again in (room.get(url, follow=True), room.post(url, {"reason": "x"}, follow=True)):
        assert "отзывать нечего" in again.text
    assert Entry.objects.filter(kind="contract.withdrawn").count() == 1
    assert browser_of(world, "vera").get(url).status_code == 302


def test_who_only_reads_is_not_asked_whether_to(world: World) -> None:
    contract = sent(world)
    url = f"/room/contracts/{contract.pk}/withdraw/"
    assert browser_of(world, "vera").get(url).status_code == 403


def test_colleagues_links_end_with_it(world: World) -> None:
    contract = sent(world)
    by = world.as_guest("anna")
    step = ask_colleague(contract, "Юрист", "law@romashka.example", by=by, at=AT)
    withdraw_contract(contract, by=by, at=AT, reason="")
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/own/").text
    assert "ссылки больше ничего не открывают" in page
    assert "Отправить ссылку" not in page
    assert "Напомнить" not in page
    with pytest.raises(PermissionDenied):
        remind_colleague(step, by=by, at=AT + 2 * HOUR)
