"""The pages of a signing: begun, signed by a code, refused; strangers find nothing."""

import pytest
from django.utils import timezone

from tests.contracts.browsers import browser_of
from tests.contracts.signing import agreed, begun, side, signed, today
from tests.contracts.worlds import AT, HOUR, fresh_contract
from tests.support.remembered import remembered
from zabota.contracts.actions import add_scan, refuse_signature, send_original
from zabota.contracts.models import Contract, Signing
from zabota.home.world import World
from zabota.people.models import SignInCode
from zabota.people.sign_in import code_digits


@pytest.fixture
@remembered
def contract(world: World) -> Contract:
    return agreed(world, at=timezone.now())


def page_of(signing: Signing, door: str) -> str:
    return f"/{door}/contracts/{signing.contract_id}/signing/"


def test_begun_on_the_desk(world: World, contract: Contract) -> None:
    manager, base = browser_of(world, "manager"), f"/desk/contracts/{contract.pk}/"
    assert "Начать подписание" in manager.get(base).content.decode()
    page = manager.get(f"{base}signing/begin/").content.decode()
    assert "Елена Орлова" in page and "Анна Крылова" in page
    assert manager.post(f"{base}signing/begin/", {"way": "code"}).status_code == 422
    answer = manager.post(
        f"{base}signing/begin/",
        {
            "way": "code", "order": "theirs", "lapses_on": today(),
            "ours": world.staff["director"].pk, "theirs": world.guests["anna"].pk,
        },
    )  # fmt: skip
    assert answer.status_code == 302
    page = manager.get(answer.headers["Location"]).content.decode()
    assert "Сначала клиент" in page or "сначала клиент" in page
    assert Signing.objects.get().digest in page
    assert manager.get(base).status_code == 200
    assert browser_of(world, "lawyer").get(f"{base}signing/begin/").status_code == 403


def test_signed_in_the_room_and_on_the_desk(world: World, contract: Contract) -> None:
    anna, base = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/"
    assert anna.post(f"{base}signing/begin/").status_code == 302
    page, thank = anna.get(base).content.decode(), f"/room/cases/{contract.pk}/thank/"
    assert "Сейчас у вас" in page and thank not in page
    assert "ждёт подписи с вашей стороны" in anna.get("/room/").content.decode()
    page = anna.get(f"{base}signing/").content.decode()
    assert "Соглашение о простой электронной подписи" in page
    assert "63-ФЗ" in page
    refused = anna.post(f"{base}signing/code/", {"ground": "charter"})
    assert refused.status_code == 422
    assert "Сначала примите соглашение" in refused.content.decode()
    assert (
        anna.post(f"{base}signing/code/", {"ground": "charter", "accepts": "on"}).status_code == 302
    )
    wrong = anna.post(f"{base}signing/sign/", {"digits": "12"})
    assert wrong.status_code == 422
    assert "Код не подошёл" in wrong.content.decode()
    digits = code_digits(SignInCode.objects.latest("pk"))
    assert anna.post(f"{base}signing/sign/", {"digits": digits}).status_code == 302
    assert "Наша подпись" in anna.get("/room/").content.decode()
    director, desk = browser_of(world, "director"), f"/desk/contracts/{contract.pk}/"
    assert f"{desk}signing/" in director.get("/desk/").content.decode()
    director.post(f"{desk}signing/code/", {"ground": "charter", "accepts": "on"})
    digits = code_digits(SignInCode.objects.latest("pk"))
    assert director.post(f"{desk}signing/sign/", {"digits": digits}).status_code == 302
    assert fresh_contract(contract).case.state == "signed"
    assert thank in anna.get(base).content.decode() and anna.get(thank).status_code == 200
    for browser, where in ((anna, base), (director, desk)):
        assert "Подписан обеими сторонами" in browser.get(where).content.decode()
        for name in ("text", "signed"):
            answer = browser.get(f"{where}signing/{name}.pdf")
            assert answer.headers["Content-Type"] == "application/pdf"
        assert browser.get(f"{where}signing/other.pdf").status_code == 404
    assert browser_of(world, "anna").get(f"{base}live/?seen=x").status_code == 286


def test_the_room_in_english(world: World, contract: Contract) -> None:
    signing = begun(world, contract, at=timezone.now())
    anna = browser_of(world, "anna")
    anna.post("/language/", {"language": "en", "next": "/room/"})
    page = anna.get(page_of(signing, "room")).content.decode()
    assert "Agreement on simple electronic signatures" in page
    assert "63-FZ" in page


def test_refused_and_called_off_by_pages(world: World, contract: Contract) -> None:
    signing = begun(world, contract, at=timezone.now())
    anna, manager = browser_of(world, "anna"), browser_of(world, "manager")
    room, desk = page_of(signing, "room"), page_of(signing, "desk")
    assert anna.post(f"{room}refuse/", {"reason": ""}).status_code == 422
    assert anna.post(f"{room}refuse/", {"reason": "Не та сумма"}).status_code == 302
    assert anna.get(room).status_code == 404
    assert "Не та сумма" in manager.get(f"/desk/contracts/{contract.pk}/").content.decode()
    signing = begun(world, fresh_contract(contract), at=timezone.now())
    assert manager.post(f"{desk}stop/", {"reason": "Ошиблись"}).status_code == 302
    assert manager.post(f"{desk}stop/", {"reason": "Ошиблись"}).status_code == 404


def test_who_may_not_and_who_finds_nothing(world: World, contract: Contract) -> None:
    signing = begun(world, contract, at=timezone.now())
    room, desk = page_of(signing, "room"), page_of(signing, "desk")
    vera = browser_of(world, "vera")
    assert vera.get(room).status_code == 200
    for verb in ("code", "sign", "refuse"):
        assert vera.post(f"{room}{verb}/", {"digits": "1"}).status_code == 403
        assert browser_of(world, "alien").post(f"{room}{verb}/").status_code == 404
        assert browser_of(world, "stranger").post(f"{desk}{verb}/").status_code == 404
    for path in (room, f"{room}text.pdf"):
        assert browser_of(world, "alien").get(path).status_code == 404
    eyes = f"/desk/contracts/{contract.pk}/as-client/signing/"
    seen = browser_of(world, "manager").get(eyes)
    assert seen.status_code == 200
    assert "Прислать код" not in seen.content.decode()


def test_the_lists_say_whose_turn_it_is(world: World, contract: Contract) -> None:
    begun(world, contract, at=timezone.now())
    manager = browser_of(world, "manager")
    assert contract.case.title in manager.get("/desk/contracts/?turn=theirs").content.decode()
    assert contract.case.title not in manager.get("/desk/contracts/?turn=ours").content.decode()
    assert "На подписи" in manager.get("/desk/contracts/?state=signing").content.decode()


def test_a_signed_contract_may_be_amended_and_not_withdrawn(world: World) -> None:
    signing = signed(world)
    anna = browser_of(world, "anna")
    page = f"/room/contracts/{signing.contract_id}/withdraw/"
    anna.post(page, {"reason": "x"})
    assert fresh_contract(signing.contract).case.state == "signed"
    assert side(signing, "theirs").signed_at


def test_the_dossier_keeps_who_signed_when_and_how(world: World) -> None:
    signing = signed(world)
    for who, door in (("anna", "room"), ("manager", "desk")):
        dossier = f"/{door}/contracts/{signing.contract_id}/dossier/"
        page = browser_of(world, who).get(dossier).content.decode()
        assert page.count("подписано кодом, отправленным на") == 2
        assert signing.digest in page
        for file in ("signed.pdf", "text.pdf"):
            assert f"/{door}/contracts/{signing.contract_id}/signing/{file}" in page
        assert "Страница подписания" in page


def test_the_dossier_keeps_scans_parcels_and_attempts_that_failed(world: World) -> None:
    refused = begun(world)
    refuse_signature(side(refused, "theirs"), by=world.as_guest("anna"), at=AT, reason="Рано")
    dossier = f"/desk/contracts/{refused.contract_id}/dossier/"
    manager = browser_of(world, "manager")
    page = manager.get(dossier).content.decode()
    assert "Подписание не состоялось:" in page and "Рано" in page
    paper = begun(world, fresh_contract(refused.contract), way="paper", order="ours")
    by = world.as_staff("manager")
    send_original(paper, by=by, at=AT + 2 * HOUR, carrier="Почта", tracking="80100000000017")
    add_scan(paper, "скан.pdf", b"%PDF-1.7", by=by, at=AT + 2 * HOUR)
    page = manager.get(dossier).content.decode()
    assert "скан.pdf" in page and "80100000000017" in page
