"""«Проверка подписи»: whether this is the text that was signed, by whom and when; nothing else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from tests.contracts.signing import begun, sign, signed
from tests.contracts.worlds import AT, HOUR, fresh_contract
from zabota.common.files import read_file
from zabota.contracts.actions import receive_original
from zabota.contracts.models import Signing
from zabota.contracts.pages.check_signature import MOST_TRIES
from zabota.contracts.reading.signing.check import clean_digest, find_signed
from zabota.contracts.reading.signing.text import check_address
from zabota.home.world import World

NO = "Такого подписанного текста нет."
YES = "Да, это тот самый подписанный текст."


def asked(browser: Browser, **typed: object) -> str:
    answer = browser.post("/check/", typed)
    assert answer.status_code in (200, 422)
    return answer.content.decode()


def test_by_file_by_digest_and_by_the_printed_code(world: World) -> None:
    signing = signed(world)
    assert signing.signed_pdf is not None
    nobody = Browser()
    for file in (signing.pdf, signing.signed_pdf):
        page = asked(nobody, file=SimpleUploadedFile("a.pdf", read_file(file)))
        assert YES in page
        assert "Анна Крылова" in page and "Елена Орлова" in page
        assert YES in asked(nobody, digest=file.digest.upper())
    printed = nobody.get(check_address(signing.digest).replace("http://testserver", ""))
    assert YES in printed.content.decode()
    assert "noindex" in printed.headers["X-Robots-Tag"]


def test_nothing_else_is_told(world: World) -> None:
    signing = signed(world)
    contract = fresh_contract(signing.contract)
    page = asked(Browser(), digest=signing.digest)
    for secret in (
        contract.case.title, contract.registered_number, contract.case.number,
        "anna@romashka.example", f"/contracts/{contract.pk}", "7729567898",
    ):  # fmt: skip
        assert secret not in page


def test_what_is_not_signed_by_both_is_unknown(world: World) -> None:
    signing = begun(world)
    sign(world, signing, "theirs")
    other = read_file(signing.pdf) + b"\n"
    for typed in (
        {"digest": signing.digest},
        {"digest": signing.pdf.digest},
        {"digest": "0" * 64},
        {"file": SimpleUploadedFile("a.pdf", other)},
    ):
        page = asked(Browser(), **typed)
        assert NO in page
        assert "Крылова" not in page
    assert find_signed("") is None


@pytest.mark.parametrize("typed", ["", "abc", "z" * 64, "0" * 63])
def test_a_digest_is_a_digest(world: World, typed: str) -> None:
    answer = Browser().post("/check/", {"digest": typed})
    assert answer.status_code == 422
    assert clean_digest(typed) == ""


def test_who_asks_too_often_is_told_to_come_back(world: World) -> None:
    signing, nobody = signed(world), Browser()
    for _ in range(MOST_TRIES):
        assert NO in asked(nobody, digest="0" * 64)
    for answer in (
        nobody.post("/check/", {"digest": signing.digest}),
        nobody.get(f"/check/{signing.digest}/"),
    ):
        assert answer.status_code == 429
        assert "Крылова" not in answer.content.decode()


def test_on_paper_it_tells_when_the_original_came(world: World) -> None:
    signing = begun(world, way="paper")
    receive_original(signing, by=world.as_staff("manager"), at=AT + 2 * HOUR)
    page = asked(Browser(), digest=Signing.objects.get(pk=signing.pk).digest)
    assert YES in page
    assert "оригинал получен" in page
