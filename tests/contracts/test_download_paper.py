"""DOCX, PDF, the approval sheet and the dossier: who takes what away, and what never leaves."""

import io
import re
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of, returned_supply, sent_supply
from tests.contracts.worlds import AT, DAY, HOUR, approve, fresh_contract, last_entry
from zabota.clients.models import Client
from zabota.contracts.actions import ask_colleague, comment
from zabota.contracts.actions.own_route import answer_colleague
from zabota.contracts.actions.talk import attach_file
from zabota.contracts.docx.read import read
from zabota.contracts.models import Attachment, Contract, Decision
from zabota.home.world import World, reword
from zabota.people import firm as firm_cache
from zabota.people.models import Firm

PAGES = (
    "", "live/", "versions/", "compare/?a=0&b=1", "compare/?a=0&b=1&view=beside",
    "approval-sheet/", "dossier/",
)  # fmt: skip
FILES = ("text.docx", "text.pdf", "approval-sheet.pdf", "compare/?a=0&b=1&view=print")


def pdf_text(data: bytes, folder: Path) -> str:
    """Everything a reader or a search engine finds in a PDF, its metadata included."""
    file = folder / "one.pdf"
    file.write_bytes(data)
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    about = subprocess.run(["pdfinfo", "-meta", str(file)], capture_output=True, check=True)
    more = subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True)
    return (text.stdout + about.stdout + more.stdout).decode()


def inside(data: bytes, folder: Path) -> str:
    """The same of any file we hand out."""
    if data.startswith(b"%PDF"):
        return pdf_text(data, folder)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
    return data.decode()


def everything(browser: Browser, base: str, tails: tuple[str, ...], folder: Path) -> str:
    found = []
    for tail in tails:
        answer = browser.get(f"{base}/{tail}")
        assert answer.status_code == 200, tail
        told = "".join(f"{name}: {value}\n" for name, value in answer.items())
        found.append(told + inside(answer.content, folder))
    return "\n".join(found)


def shows_teams(world: World) -> None:
    Firm.objects.filter(pk=world.firm.pk).update(shows_people=False, version=99)
    firm_cache._kept.clear()


@pytest.mark.parametrize(("who", "side"), [("anna", "room"), ("manager", "desk")])
def test_both_sides_take_the_text_away(world: World, tmp_path: Path, who: str, side: str) -> None:
    contract, browser = sent_supply(world), browser_of(world, who)
    base = f"/{side}/contracts/{contract.pk}"
    word = browser.get(f"{base}/text.docx")
    assert word.headers["Cache-Control"] == "private, no-store"
    name = unquote(word.headers["Content-Disposition"].split("''")[1])
    assert name.startswith("Договор поставки № П-") and name.endswith(", редакция 1.docx")
    reading = read(word.content)
    assert reading.values["client.name"] == contract.case.client.name
    paper = browser.get(f"{base}/text.pdf?version=1")
    text = pdf_text(paper.content, tmp_path)
    assert contract.case.client.inn in text and "не позже" in text and "3.3" in text
    assert "ПРОЕКТ" not in text and "редакция 1" in text
    assert browser.get(f"{base}/text.pdf?version=7").status_code == 404


def test_a_draft_on_paper_says_so_and_is_theirs(world: World, tmp_path: Path) -> None:
    contract = returned_supply(world)
    reword(contract, "3.3", lambda t: t + " Тайна.", by=world.as_guest("anna"), at=AT + DAY)
    theirs = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/text.pdf")
    text = pdf_text(theirs.content, tmp_path)
    assert "Тайна" in text and ", черновик" in text
    ours = browser_of(world, "manager")
    assert "Тайна" not in pdf_text(
        ours.get(f"/desk/contracts/{contract.pk}/text.pdf").content, tmp_path
    )
    assert ours.get(f"/desk/contracts/{contract.pk}/text.docx?version=draft").status_code == 404


def test_the_approval_sheet_tells_all_rounds(world: World, tmp_path: Path) -> None:
    contract = returned_supply(world)
    for who, side in (("anna", "room"), ("manager", "desk")):
        page = browser_of(world, who).get(f"/{side}/contracts/{contract.pk}/approval-sheet/")
        assert world.staff["manager"].name in page.content.decode()
    sheet = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/approval-sheet.pdf")
    text = pdf_text(sheet.content, tmp_path)
    assert world.staff["manager"].name in text and "Уточните срок" in text
    subject = contract.version.values["subject"] if contract.version else ""
    assert subject and subject.split()[0] in text and "Замечание" in text
    room = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/approval-sheet.pdf")
    assert "Уточните срок" not in pdf_text(room.content, tmp_path)


def plant(world: World, contract: Contract) -> tuple[str, str]:
    """A marker in everything internal of ours, another in everything that is theirs alone."""
    ours, theirs = "ВНУТРИНАШЕ", "ВНУТРИИХ"
    manager, anna = world.as_staff("manager"), world.as_guest("anna")
    comment(contract, ours + " замечание", by=manager, at=AT + DAY, audience="ours")
    attach_file(
        contract,
        ours + ".txt",
        ours.encode(),
        "text/plain",
        by=manager,
        at=AT + DAY,
        audience="ours",
    )
    Client.objects.filter(pk=contract.case.client_id).update(note=ours)
    Decision.objects.filter(stage__contract=contract).update(remark=ours)
    comment(contract, theirs + " замечание", by=anna, at=AT + DAY, audience="theirs")
    attach_file(
        contract, theirs + ".txt", theirs.encode(), "text/plain",
        by=anna, at=AT + DAY, audience="theirs",
    )  # fmt: skip
    step = ask_colleague(
        contract, theirs, "jurist@romashka.example", by=anna, at=AT + DAY, role=theirs, asked=theirs
    )
    answer_colleague(step, by=None, at=AT + DAY + HOUR, agrees=False, words=theirs)
    return ours, theirs


def test_what_is_internal_never_crosses(world: World, tmp_path: Path) -> None:
    contract = sent_supply(world)
    approve(world, contract, "manager", "manager", AT + 2 * HOUR)
    ours, theirs = plant(world, contract)
    anna, manager = browser_of(world, "anna"), browser_of(world, "manager")
    room = everything(anna, f"/room/contracts/{contract.pk}", (*PAGES, *FILES, "own/"), tmp_path)
    assert ours not in room and theirs in room
    desk = everything(manager, f"/desk/contracts/{contract.pk}", (*PAGES, *FILES), tmp_path)
    assert theirs not in desk and ours in desk
    eyes = f"/desk/contracts/{contract.pk}/as-client"
    tails = ("", "versions/", "compare/?a=0&b=1", "dossier/", "approval-sheet/", *FILES)
    seen = everything(manager, eyes, tails, tmp_path)
    assert ours not in seen and theirs not in seen
    assert manager.get(f"{eyes}/own/").status_code == 404
    assert manager.get(f"/desk/contracts/{contract.pk}/own/").status_code == 404


def test_files_keep_to_their_audience(world: World) -> None:
    contract = sent_supply(world)
    plant(world, contract)
    ids = {row.audience: row.pk for row in Attachment.objects.filter(contract=contract)}
    anna, manager = browser_of(world, "anna"), browser_of(world, "manager")
    room, desk = f"/room/contracts/{contract.pk}/files", f"/desk/contracts/{contract.pk}/files"
    assert anna.get(f"{room}/{ids['ours']}/").status_code == 404
    assert manager.get(f"{desk}/{ids['theirs']}/").status_code == 404
    through = f"/desk/contracts/{contract.pk}/as-client/files/{ids['theirs']}/"
    assert manager.get(through).status_code == 404
    mine = anna.get(f"{room}/{ids['theirs']}/")
    assert mine.content.decode() == "ВНУТРИИХ"
    assert mine.headers["Content-Disposition"].startswith("attachment")
    assert anna.post(f"{room}/{ids['ours']}/remove/").status_code == 404
    assert browser_of(world, "boris").post(f"{room}/{ids['theirs']}/remove/").status_code == 403
    assert anna.post(f"{room}/{ids['theirs']}/remove/").status_code == 302
    assert last_entry("contract.file_removed").audience == "theirs"
    assert anna.get(f"{room}/{ids['theirs']}/").status_code == 404


def test_a_file_is_attached_for_whom_it_is_said(world: World, settings: object) -> None:
    contract, anna = sent_supply(world), browser_of(world, "anna")
    address = f"/room/contracts/{contract.pk}/files/"
    for audience, stamped in (("own", "theirs"), ("both", "both"), ("ours", "theirs")):
        file = SimpleUploadedFile("../договор\u202e.txt", b"<script>", "text/html")
        anna.post(address, {"file": file, "audience": audience})
        row = Attachment.objects.latest("pk")
        assert (row.audience, row.name) == (stamped, "договор.txt")
        sent = anna.get(f"{address}{row.pk}/")
        assert sent.headers["Content-Type"] == "application/octet-stream"
    settings.UPLOAD_LIMIT = 10  # type: ignore[attr-defined]
    file = SimpleUploadedFile("big.txt", b"x" * 11, "text/plain")
    page = anna.post(address, {"file": file}, follow=True).content.decode()
    assert re.search(r"Размер файла — 11.байт, принимаем не больше 10.байт", page)
    assert Attachment.objects.count() == 3
    assert "Выберите файл" in anna.post(address, follow=True).content.decode()


def test_names_stay_inside_where_the_firm_shows_teams(world: World, tmp_path: Path) -> None:
    contract = returned_supply(world)
    shows_teams(world)
    name = world.staff["manager"].name
    anna = browser_of(world, "anna")
    room = everything(
        anna,
        f"/room/contracts/{contract.pk}",
        ("versions/", "dossier/", "approval-sheet/", *FILES),
        tmp_path,
    )
    assert name not in room
    desk = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/dossier/")
    assert name in desk.content.decode()


def test_many_rows_of_the_dossier_take_no_more_queries(world: World) -> None:
    contract, anna = returned_supply(world), browser_of(world, "anna")
    viewer = world.as_guest("anna")
    address = f"/room/contracts/{contract.pk}/dossier/"

    def attach(count: int) -> None:
        for number in range(count):
            attach_file(
                contract, f"{number}.txt", str(number).encode(), "text/plain",
                by=viewer, at=AT + DAY + timedelta(minutes=number), audience="both",
            )  # fmt: skip

    attach(1)
    anna.get(address)
    with CaptureQueriesContext(connection) as few:
        anna.get(address)
    attach(20)
    with CaptureQueriesContext(connection) as many:
        anna.get(address)
    assert len(many) == len(few)
    assert fresh_contract(contract).attachments.count() == 21
