"""The register of contracts in force: tried first, taken once, errors by row and column."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR, last_entry
from zabota.clients.models import Client
from zabota.contracts.actions.register import import_line
from zabota.contracts.models import Contract, ContractState
from zabota.contracts.register import Line, Unreadable, read_register
from zabota.home.work import run_once
from zabota.home.world import World

HEAD = ["Номер", "Дата", "ИНН", "Контрагент", "Предмет", "Сумма", "Срок", "Скан"]
GOOD = ["77/2025", "01.03.2025", "7707083893", "ПАО «Сбербанк»", "Аренда дирижаблей",
        "1 250 000,50", "31.12.2027", "Скан 77.pdf"]  # fmt: skip
PATH = "/desk/contracts/register/"


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


def xlsx(*rows: list[Any], head: list[str] = HEAD) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ([], ["Реестр договоров"], head, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sent_with(browser: Any, data: bytes, **files: bytes) -> Any:
    scans = [SimpleUploadedFile(name, content) for name, content in files.items()]
    return browser.post(PATH, {"register": SimpleUploadedFile("r.xlsx", data), "scans": scans})


def taken(browser: Any, answer: Any) -> Any:
    token = re.search(r'name="kept" value="([^"]+)"', answer.content.decode())
    assert token is not None
    return browser.post(PATH, {"kept": token[1], "take": "1"})


def test_rows_are_read_as_people_write_them() -> None:
    (line,) = read_register(xlsx(GOOD))
    assert (line.row, line.number, line.inn, str(line.sum)) == (
        4,
        "77/2025",
        "7707083893",
        "1250000.50",
    )
    assert (str(line.day), str(line.until), line.faults) == ("2025-03-01", "2027-12-31", [])
    (line,) = read_register(xlsx([7.0, "2025-03-01", 7707083893, "", "Аренда", 10, None, None]))
    assert (line.number, line.inn, line.until, line.faults) == ("7", "7707083893", None, [])


def test_each_fault_names_its_row_and_column() -> None:
    lines = read_register(
        xlsx(GOOD, GOOD, ["", "вчера", "7707083890", "", "", "много", "x", ""],
             ["1", "2025-03-01", "7707083893", "", "Аренда", -5, "2020-01-01", ""])
    )  # fmt: skip
    faults = {line.row: {(f.column, f.code) for f in line.faults} for line in lines}
    assert faults[4] == set()
    assert faults[5] == {("number", "repeated")}
    assert {("number", "required"), ("date", "date"), ("inn", "inn"), ("subject", "required"),
            ("sum", "sum"), ("term", "date")} <= faults[6]  # fmt: skip
    assert {("sum", "sum"), ("term", "before")} == faults[7]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 50_000_000)
    return out.getvalue()


def with_entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>')
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_xlsx"), (b"PK\x03\x04nonsense", "not_xlsx"), (bomb(), "bomb"),
        (with_entities(), "bomb"), (xlsx(GOOD, head=["a", "b"]), "no_head"),
        (xlsx(*([["x"]] * 600)), "too_many"), (b"P" * 6_000_000, "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_register_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as why:
        read_register(data)
    assert why.value.code == code


def test_a_try_takes_nothing_and_then_it_is_taken_once(world: World) -> None:
    admin = browser_of(world, "director")
    wrong = [*GOOD]
    wrong[2] = "123"
    answer = sent_with(admin, xlsx(GOOD, wrong), **{"скан 77.PDF": b"%PDF-1.4 scan"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "цифры ИНН не сходятся: «123»" in page
    assert "новый клиент" in page
    assert not Contract.objects.filter(registered_number="77/2025").exists()
    assert taken(admin, answer).status_code == 302
    contract = Contract.objects.select_related("case__client").get(registered_number="77/2025")
    assert contract.case.state == ContractState.SIGNED
    assert contract.case.client.inn == "7707083893"
    assert str(contract.sum) == "1250000.50"
    assert [row.name for row in contract.attachments.all()] == ["Скан 77.pdf"]
    assert last_entry("contract.imported").facts["contract"] == contract.pk
    taken(admin, sent_with(admin, xlsx(GOOD)))
    assert Contract.objects.filter(registered_number="77/2025").count() == 1
    assert contract.attachments.count() == 1
    assert Client.objects.filter(inn="7707083893").count() == 1
    for query in ("дирижабль", "77/2025", "сбербанк"):
        listed = admin.get("/desk/contracts/", {"q": query}).content.decode()
        assert f"/desk/contracts/{contract.pk}/" in listed, query
    for part in ("", "text.pdf", "text.docx", "current/", "dossier/", "obligations/"):
        assert admin.get(f"/desk/contracts/{contract.pk}/{part}").status_code == 200, part


def test_scans_come_in_a_zip(world: World) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("сканы/Скан 77.pdf", b"%PDF-1.4 zip")
    admin = browser_of(world, "director")
    taken(admin, sent_with(admin, xlsx(GOOD), **{"s.zip": out.getvalue()}))
    assert Contract.objects.get(registered_number="77/2025").attachments.count() == 1


def test_a_client_we_know_has_it_in_the_room(world: World) -> None:
    mine, admin = [*GOOD], browser_of(world, "director")
    mine[2] = world.clients["romashka"].inn
    taken(admin, sent_with(admin, xlsx(mine)))
    contract = Contract.objects.get(registered_number="77/2025")
    assert contract.case.client_id == world.clients["romashka"].pk
    path = f"/room/contracts/{contract.pk}/"
    assert browser_of(world, "anna").get(path).status_code == 200
    assert browser_of(world, "john").get(path).status_code == 404


def test_who_may_not(world: World) -> None:
    assert browser_of(world, "anna").get(PATH).status_code == 404
    assert browser_of(world, "stranger").get(PATH).status_code == 403
    (line,) = read_register(xlsx(GOOD))
    with pytest.raises(PermissionDenied):
        import_line(line, by=world.as_guest("anna"), at=AT, scans={})
    with pytest.raises(PermissionDenied):
        import_line(Line(1), by=world.as_staff("stranger"), at=AT, scans={})


def test_nonsense_is_answered_in_words(world: World) -> None:
    admin = browser_of(world, "director")
    for fields in ({}, {"kept": "x"}, {"register": SimpleUploadedFile("a.xlsx", b"no")}):
        answer = admin.post(PATH, fields)
        assert answer.status_code == 422
        assert "notice error" in answer.content.decode()


def test_the_end_of_an_imported_one_is_proposed(world: World) -> None:
    manager = world.as_staff("manager")
    (line,) = read_register(xlsx(GOOD))
    (over,) = read_register(xlsx(["78/2020", "01.03.2020", *GOOD[2:6], "31.12.2024", ""]))
    contract, _new = import_line(line, by=manager, at=AT, scans={})
    old, _new = import_line(over, by=manager, at=AT, scans={})
    run_once(AT + HOUR)
    row = contract.obligations.get()
    assert (row.what, str(row.due_on), row.state) == ("ending", "2027-12-31", "proposed")
    assert not old.obligations.exists(), "what is over needs no watching"
    run_once(AT + 2 * HOUR)
    assert contract.obligations.count() == 1
