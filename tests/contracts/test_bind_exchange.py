"""Exchange through an operator without keys: PDF and card go out, the archive comes back."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.signing import agreed, begun
from tests.contracts.worlds import AT, HOUR, fresh_contract, kinds, last_entry
from zabota.cases.models import Promise
from zabota.common.files import read_file
from zabota.contracts.actions import bind_exchange, send_original
from zabota.contracts.exchange import MOST_PARTS, ExchangeRefused, read_exchange
from zabota.contracts.models import Signing, SigningFile
from zabota.contracts.reading.signing.card import operator_card
from zabota.home.world import World

NOON = AT + 2 * HOUR
MCHD = "ON_EMCHD_20260201_0c1d.xml"


def zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


def archive_of(signing: Signing, **more: bytes) -> bytes:
    """As an operator gives it: the document, both signatures, a power of attorney, a protocol."""
    parts = {
        "Договор/Договор.pdf": read_file(signing.pdf),
        "Договор/Договор.pdf.1.sig": b"signature of ours",
        "Договор/Договор.pdf.2.sig": b"signature of theirs",
        f"Договор/{MCHD}": b"<mchd/>",
        "Протокол передачи.pdf": b"%PDF protocol",
    }
    return zipped({**parts, **more})


def refused(signing: Signing, data: bytes, world: World) -> str:
    with pytest.raises(ExchangeRefused) as found:
        bind_exchange(signing, "a.zip", data, by=world.as_staff("manager"), at=NOON)
    assert not SigningFile.objects.exists()
    return found.value.code


@pytest.fixture
def signing(world: World) -> Signing:
    return begun(world, way="operator")


def test_it_goes_out_comes_back_and_the_contract_is_in_force(
    world: World, signing: Signing
) -> None:
    manager = world.as_staff("manager")
    send_original(signing, by=manager, at=NOON, carrier="Диадок", tracking="7f3a")
    waiting = Promise.objects.get(case=signing.contract_id, state="running")
    assert (waiting.turn, waiting.words_ru) == ("theirs", "Ваша подпись у оператора ЭДО")
    bind_exchange(signing, "Архив.zip", archive_of(signing), by=manager, at=NOON + HOUR)
    rows = dict(SigningFile.objects.values_list("name", "kind"))
    assert rows == {
        "Архив.zip": "archive", "Договор.pdf": "document", "Договор.pdf.1.sig": "signature",
        "Договор.pdf.2.sig": "signature", MCHD: "proxy", "Протокол передачи.pdf": "other",
    }  # fmt: skip
    document = SigningFile.objects.get(kind="document")
    assert document.file == signing.pdf, "the very file that was given"
    assert kinds(signing.contract)[-2:] == ["exchange_bound", "in_force"]
    assert last_entry("contract.exchange_bound").facts["signatures"] == 2
    assert fresh_contract(signing.contract).case.state == "signed"
    assert not Promise.objects.filter(case=signing.contract_id, settled_at=None).exists()
    with pytest.raises(PermissionDenied):
        bind_exchange(signing, "a.zip", archive_of(signing), by=manager, at=NOON + 2 * HOUR)


def test_one_signature_is_kept_and_the_other_awaited(world: World, signing: Signing) -> None:
    manager = world.as_staff("manager")
    parts = {"a.pdf": read_file(signing.pdf), "a.pdf.sig": b"ours"}
    for _ in range(2):
        bind_exchange(signing, "a.zip", zipped(parts), by=manager, at=NOON)
    assert fresh_contract(signing.contract).case.state == "signing"
    bind_exchange(signing, "b.zip", zipped({**parts, "b.sig": b"theirs"}), by=manager, at=NOON)
    assert fresh_contract(signing.contract).case.state == "signed"


def test_a_document_that_differs_by_one_byte_is_refused(world: World, signing: Signing) -> None:
    other = read_file(signing.pdf)[:-1] + b"!"
    parts = {"a.pdf": other, "a.pdf.sig": b"x"}
    assert refused(signing, zipped(parts), world) == "other_document"
    assert refused(signing, zipped({"a.sig": b"x"}), world) == "no_document"
    assert refused(signing, zipped({"a.pdf": read_file(signing.pdf)}), world) == "no_signatures"


def test_hostile_archives_are_refused_before_they_are_opened(
    world: World, signing: Signing
) -> None:
    pdf = {"a.pdf": read_file(signing.pdf), "a.sig": b"x"}
    many = {f"{number}.sig": b"x" for number in range(MOST_PARTS)}
    assert refused(signing, b"%PDF-1.7", world) == "not_a_zip"
    assert refused(signing, archive_of(signing)[:-30], world) == "damaged"
    assert refused(signing, zipped({**pdf, **many}), world) == "too_many"
    assert refused(signing, zipped({**pdf, "big": bytes(20_000_000)}), world) == "zip_bomb"
    assert refused(signing, zipped({**pdf, "../up.sig": b"x"}), world) == "bad_name"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for words in (data, b"PK" + data, zipped({"a.pdf": data})):
        with pytest.raises(ExchangeRefused):
            read_exchange(words, "0" * 64)


@pytest.mark.parametrize("who", ["lawyer", "stranger", "anna", "alien"])
def test_only_who_answers_for_it_brings_it_back(world: World, signing: Signing, who: str) -> None:
    by = world.as_staff(who) if who in world.staff else world.as_guest(who)
    with pytest.raises(PermissionDenied):
        bind_exchange(signing, "a.zip", archive_of(signing), by=by, at=NOON)


def test_the_card_has_what_an_operator_asks(world: World, signing: Signing) -> None:
    words = " ".join(value for _, value in operator_card(signing))
    contract = fresh_contract(signing.contract)
    assert contract.registered_number in words
    for detail in ("7704123450 / 770401001", "7729567898 / 772901001", signing.pdf.digest):
        assert detail in words


def test_the_pages(world: World) -> None:
    contract = agreed(world, at=timezone.now())
    signing = begun(world, contract, way="operator", at=timezone.now())
    manager, desk = browser_of(world, "manager"), f"/desk/contracts/{contract.pk}/signing/"
    page = manager.get(desk).content.decode()
    assert "7704123450 / 770401001" in page and "Вернуть архив" in page
    package = manager.get(f"{desk}operator.zip").content
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        inside = {name.rsplit(".", 1)[1]: archive.read(name) for name in archive.namelist()}
    assert inside["pdf"] == read_file(signing.pdf)
    assert signing.pdf.digest in inside["txt"].decode()
    wrong = SimpleUploadedFile("a.zip", zipped({"a.pdf": b"%PDF other", "a.sig": b"x"}))
    answer = manager.post(f"{desk}exchange/", {"file": wrong})
    assert answer.status_code == 422
    assert "отличается побайтно" in answer.content.decode()
    first = SimpleUploadedFile(
        "a.zip", zipped({"a.pdf": read_file(signing.pdf), "a.sig": b"ours alone"})
    )
    page = manager.post(f"{desk}exchange/", {"file": first}, follow=True).content.decode()
    assert "Подписей получено: 1 из 2." in page
    right = SimpleUploadedFile("Архив.zip", archive_of(signing))
    assert manager.post(f"{desk}exchange/", {"file": right}).status_code == 302
    room = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/signing/")
    assert "хранится, здесь не проверена" in room.content.decode()
    assert "Вернуть архив" not in room.content.decode()
    assert browser_of(world, "lawyer").post(f"{desk}exchange/").status_code == 403
    for verb in ("exchange/", "operator.zip"):
        assert browser_of(world, "stranger").get(f"{desk}{verb}").status_code in (404, 405)
    assert browser_of(world, "stranger").post(f"{desk}exchange/").status_code == 404
