"""A contract signed on paper: sent, scanned, received; the promise stays open until then."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.contracts.browsers import browser_of
from tests.contracts.signing import agreed, begun
from tests.contracts.worlds import AT, DAY, HOUR, fresh_contract, kinds, last_entry, told
from tests.support.remembered import remembered
from zabota.cases.models import Holder, Promise
from zabota.common.uploads import NotWhatItSays
from zabota.contracts.actions import add_scan, receive_original, refuse_signature, send_original
from zabota.contracts.models import Signing, SigningFile
from zabota.home import work
from zabota.home.work import lapse_signings
from zabota.home.world import World
from zabota.people.actions import appoint_substitute, plan_absence
from zabota.people.refusal import Refused

PDF = b"%PDF-1.7 scan"


def open_promises(signing: Signing) -> list[tuple[str, str]]:
    rows = Promise.objects.filter(case=signing.contract_id, state="running").order_by("pk")
    return [(row.turn, row.words_ru) for row in rows]


@remembered
def on_paper(world: World, **more: str) -> Signing:
    return begun(world, way="paper", **{"order": "ours", **more})


def test_we_send_first_and_the_promise_is_open_until_the_original_is_here(world: World) -> None:
    signing, manager = on_paper(world), world.as_staff("manager")
    assert open_promises(signing) == [("ours", "Отправить вам подписанный оригинал")]
    held = Holder.objects.get(promise=Signing.objects.get(pk=signing.pk).sending)
    assert held.employee == world.staff["manager"]
    at = AT + 3 * HOUR
    send_original(signing, by=manager, at=at, carrier="Почта России", tracking="80100000000017")
    assert open_promises(signing) == [("theirs", "Подписанный оригинал от вас")]
    assert [purpose for _, purpose in told("contract.original_sent")] == ["contract_news"] * 3
    anna = world.as_guest("anna")
    add_scan(signing, "скан.pdf", PDF, by=anna, at=at)
    assert told("contract.scan_added") == [("manager", "contract_news")]
    send_original(signing, by=anna, at=at + DAY, carrier="Курьер")
    assert open_promises(signing) == [("ours", "Получить оригинал от вас")]
    assert fresh_contract(signing.contract).case.state == "signing"
    receive_original(signing, by=manager, at=at + 2 * DAY)
    assert open_promises(signing) == []
    contract = fresh_contract(signing.contract)
    assert contract.case.state == "signed"
    assert kinds(contract)[-5:] == [
        "original_sent", "scan_added", "original_sent", "original_received", "in_force",
    ]  # fmt: skip
    assert last_entry("contract.original_received").facts["signing"] == signing.pk
    with pytest.raises(PermissionDenied):
        receive_original(signing, by=manager, at=at + 3 * DAY)


def test_the_client_sends_first(world: World) -> None:
    signing = on_paper(world, order="theirs")
    assert open_promises(signing) == [("theirs", "Подписанный оригинал от вас")]
    assert told("contract.signing_begun") == [("anna", "contract_sign")]
    send_original(signing, by=world.as_guest("boris"), at=AT + 2 * HOUR, carrier="Лично")
    assert open_promises(signing) == [("ours", "Получить оригинал от вас")]


def test_who_sent_first_is_promised_their_copy_back(world: World) -> None:
    signing, manager = on_paper(world, order="theirs"), world.as_staff("manager")
    send_original(signing, by=world.as_guest("boris"), at=AT + 2 * HOUR, carrier="Лично")
    receive_original(signing, by=manager, at=AT + 3 * HOUR)
    assert fresh_contract(signing.contract).case.state == "signed"
    assert open_promises(signing) == [("ours", "Отправить вам ваш экземпляр")]
    promise = Promise.objects.get(case=signing.contract_id, state="running")
    assert Holder.objects.get(promise=promise).employee == world.staff["manager"]
    with pytest.raises(PermissionDenied):
        send_original(signing, by=world.as_guest("boris"), at=AT + 4 * HOUR, carrier="Лично")
    # Whoever stands in for the owner has it, although nothing is signed any more.
    plan_absence(world.staff["manager"], AT + 3 * HOUR, AT + 5 * DAY, by=None, at=AT + 3 * HOUR)
    work.run_once(AT + 4 * HOUR)
    assert not Holder.objects.filter(promise=promise, employee=world.staff["manager"]).exists()
    assert Holder.objects.filter(promise=promise).exists()
    send_original(signing, by=manager, at=AT + 4 * HOUR, carrier="Почта", tracking="801")
    assert open_promises(signing) == []
    assert Promise.objects.get(pk=promise.pk).state == "kept"
    assert fresh_contract(signing.contract).case.state == "signed"
    with pytest.raises(PermissionDenied):
        send_original(signing, by=manager, at=AT + 5 * HOUR, carrier="Почта")


def test_each_side_marks_it_once_and_says_by_whom(world: World) -> None:
    signing, manager = on_paper(world), world.as_staff("manager")
    with pytest.raises(Refused) as nothing:
        send_original(signing, by=manager, at=AT + 2 * HOUR, carrier="  ")
    assert nothing.value.code == "no_carrier"
    send_original(signing, by=manager, at=AT + 2 * HOUR, carrier="Почта")
    with pytest.raises(Refused) as again:
        send_original(signing, by=manager, at=AT + 2 * HOUR, carrier="Почта")
    assert again.value.code == "sent_already"


@pytest.mark.parametrize("who", ["lawyer", "stranger", "alien", "vera"])
def test_others_do_neither(world: World, who: str) -> None:
    signing = on_paper(world)
    by = world.as_staff(who) if who in world.staff else world.as_guest(who)
    with pytest.raises(PermissionDenied):
        send_original(signing, by=by, at=AT + 2 * HOUR, carrier="Почта")
    with pytest.raises(PermissionDenied):
        add_scan(signing, "a.pdf", PDF, by=by, at=AT + 2 * HOUR)
    with pytest.raises(PermissionDenied):
        receive_original(signing, by=by, at=AT + 2 * HOUR)
    with pytest.raises(PermissionDenied):
        receive_original(signing, by=world.as_guest("anna"), at=AT + 2 * HOUR)


def test_by_codes_nothing_goes_by_post(world: World) -> None:
    signing, manager = begun(world), world.as_staff("manager")
    with pytest.raises(PermissionDenied):
        send_original(signing, by=manager, at=AT + 2 * HOUR, carrier="Почта")
    with pytest.raises(PermissionDenied):
        receive_original(signing, by=manager, at=AT + 2 * HOUR)


def test_a_scan_is_what_it_says(world: World) -> None:
    signing, manager = on_paper(world), world.as_staff("manager")
    with pytest.raises(Refused) as other:
        add_scan(signing, "скан.exe", b"MZ", by=manager, at=AT + 2 * HOUR)
    assert other.value.code == "not_a_scan"
    with pytest.raises(NotWhatItSays):
        add_scan(signing, "скан.pdf", b"MZ", by=manager, at=AT + 2 * HOUR)
    for _ in range(2):
        add_scan(signing, "скан.pdf", PDF, by=manager, at=AT + 2 * HOUR)
    assert SigningFile.objects.count() == 1


def test_what_is_in_the_post_does_not_lapse_and_may_be_refused(world: World) -> None:
    signing = on_paper(world)
    assert lapse_signings(AT + 100 * DAY) == 0
    row = signing.signatories.get(side="theirs")
    refuse_signature(row, by=world.as_guest("anna"), at=AT + 2 * HOUR, reason="Не та сумма")
    assert open_promises(signing) == []
    assert fresh_contract(signing.contract).case.state == "agreed"


def test_the_pages_of_both_sides(world: World) -> None:
    contract = agreed(world, at=timezone.now())
    signing = begun(world, contract, way="paper", order="ours", at=timezone.now())
    manager, anna = browser_of(world, "manager"), browser_of(world, "anna")
    desk, room = (f"/{d}/contracts/{contract.pk}/signing/" for d in ("desk", "room"))
    page = manager.get(desk).content.decode()
    assert "QR-код" in page and "Отправить вам подписанный оригинал" in page
    assert f"{desk}" in manager.get("/desk/").content.decode()
    assert manager.post(f"{desk}sent/", {"carrier": ""}).status_code == 422
    told_how = {"carrier": "Почта России", "tracking": "80100000000017"}
    assert manager.post(f"{desk}sent/", told_how).status_code == 302
    page = anna.get(room).content.decode()
    assert "80100000000017" in page
    assert "Сейчас у вас" in anna.get(f"/room/contracts/{contract.pk}/").content.decode()
    assert anna.post(f"{room}scan/", {}).status_code == 422
    scan = SimpleUploadedFile("скан.pdf", PDF)
    assert anna.post(f"{room}scan/", {"file": scan}).status_code == 302
    row = SigningFile.objects.get()
    assert manager.get(f"{desk}files/{row.pk}/").content == PDF
    for path in (f"{room}files/{row.pk}/", room):
        assert browser_of(world, "alien").get(path).status_code == 404
    assert browser_of(world, "stranger").post(f"{desk}received/").status_code == 404
    assert browser_of(world, "lawyer").post(f"{desk}received/").status_code == 403
    assert manager.post(f"{desk}received/").status_code == 302
    page = anna.get(f"/room/contracts/{contract.pk}/").content.decode()
    assert "Подписан обеими сторонами" in page
    assert Signing.objects.get(pk=signing.pk).state == "signed"


def test_who_stands_in_for_the_owner_sends_and_receives(world: World) -> None:
    signing, lawyer = on_paper(world), world.as_staff("lawyer")
    manager, director = world.staff["manager"], world.as_staff("director").user
    with pytest.raises(PermissionDenied):
        send_original(signing, by=lawyer, at=AT + 2 * HOUR, carrier="Почта")
    plan_absence(manager, AT + HOUR, AT + 9 * DAY, by=director, at=AT + HOUR)
    appoint_substitute(
        manager, world.staff["lawyer"], AT + HOUR, AT + 9 * DAY, by=director, at=AT + HOUR
    )
    work.run_once(AT + 2 * HOUR)
    send_original(signing, by=lawyer, at=AT + 2 * HOUR, carrier="Почта")
    add_scan(signing, "скан.pdf", PDF, by=lawyer, at=AT + 3 * HOUR)
    # The client has not marked anything as sent, and the envelope is here.
    receive_original(signing, by=lawyer, at=AT + DAY)
    assert fresh_contract(signing.contract).case.state == "signed"
    assert last_entry("contract.original_received").actor_id == lawyer.user.pk


def test_the_page_offers_it_to_who_stands_in(world: World) -> None:
    now = timezone.now()
    signing = begun(world, agreed(world, at=now), way="paper", order="ours", at=now)
    page = f"/desk/contracts/{signing.contract_id}/signing/"
    lawyer, director = browser_of(world, "lawyer"), world.as_staff("director").user
    assert "Отметить отправленным" not in lawyer.get(page).content.decode()
    appoint_substitute(
        world.staff["manager"], world.staff["lawyer"], now - HOUR, now + DAY, by=director, at=now
    )
    assert "received/" in lawyer.get(page).content.decode()
    assert lawyer.post(f"{page}sent/", {"carrier": "Почта"}).status_code == 302
