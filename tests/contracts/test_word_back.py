"""A Word file comes back: matched, compared, settled by a person, taken over."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from tests.contracts.browsers import browser_of, returned_supply, sent_supply
from tests.contracts.worlds import AT, DAY, kinds, last_entry
from zabota.contracts.actions import start_contract
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Attachment, Change, Contract, Draft, Version
from zabota.contracts.models.drafts import WordReturn
from zabota.contracts.reading.texts import version_text
from zabota.contracts.stored import flat, load_texts, nodes
from zabota.contracts.text.words import blocks_text
from zabota.home.world import World, reword
from zabota.journal.reading import read_lines

LONG = "не позже" + " и при любой погоде" * 9
OLD, NEW = "не позже", "не менее чем за месяц до"


def edited(data: bytes, *changes: tuple[str, str]) -> bytes:
    """The same Word file with other words in its body, as Word would leave everything else."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                text = part.decode()
                for old, new in changes:
                    assert old in text, old
                    text = text.replace(old, new, 1)
                part = text.encode()
            target.writestr(name, part)
    return out.getvalue()


def without_bookmarks(data: bytes) -> bytes:
    """As a program leaves it that drops hidden bookmarks."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                part = re.sub(r"<w:bookmark(Start|End)\b[^>]*/>", "", part)
            target.writestr(name, part.encode("utf-8", "surrogateescape"))
    return out.getvalue()


def bring(browser: Browser, base: str, data: bytes, name: str = "правка.docx") -> str:
    """Upload a file; the address of its page."""
    answer = browser.post(f"{base}/word/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, re.findall(r"field-error.*?</p>", answer.content.decode())
    return str(answer.headers["Location"])


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(seen)" value="([^"]*)"', page))


def take(browser: Browser, address: str, **more: str) -> tuple[int, str]:
    """Look at the page and press its button."""
    page = browser.get(address).content.decode()
    answer = browser.post(address, {**hidden(page), "verb": "take", **more}, follow=True)
    return answer.status_code, answer.content.decode()


def words(contract: Contract) -> str:
    work = open_draft(contract, "theirs")
    assert work is not None
    (text,) = load_texts(work.tree, more=work.wordings)
    return "\n".join(blocks_text(clause.blocks) for clause, _ in flat(text.document))


def setting(world: World, side: str = "room") -> tuple[Contract, Browser, str, bytes]:
    contract = returned_supply(world)
    browser = browser_of(world, "anna" if side == "room" else "manager")
    base = f"/{side}/contracts/{contract.pk}"
    return contract, browser, base, browser.get(f"{base}/text.docx").content


def test_the_file_becomes_the_clients_draft(world: World) -> None:
    contract, browser, base, data = setting(world)
    address = bring(browser, base, edited(data, (OLD, NEW)))
    page = browser.get(address).content.decode()
    assert "<ins>" in page and "месяц" in page and "Взять в мой черновик" in page
    assert words(contract).count(NEW) == 0
    status, page = take(browser, address)
    assert status == 200 and "Текст файла стал вашим черновиком" in page
    assert NEW in words(contract)
    draft = Draft.objects.get(contract=contract, side="theirs")
    assert draft.clauses.count() == 1, "only what was changed in Word is changed"
    before = {node["id"]: node["w"] for node in nodes(contract.version.tree)}
    row = draft.clauses.get()
    assert row.base_wording == before[row.clause]
    entry = last_entry("contract.docx_returned")
    assert (entry.audience, entry.facts["name"]) == ("theirs", "правка.docx")
    file = Attachment.objects.get(contract=contract)
    assert (file.audience, file.name) == ("theirs", "правка.docx")


def test_an_untouched_file_changes_nothing(world: World) -> None:
    contract, browser, base, data = setting(world)
    address = bring(browser, base, data)
    assert "Тексты совпадают" in browser.get(address).content.decode()
    take(browser, address)
    work = open_draft(contract, "theirs")
    assert work is not None and work.tree == contract.version.tree
    assert not work.draft.clauses.exists()


def test_values_come_back_from_their_places(world: World) -> None:
    contract, browser, base, data = setting(world)
    subject = contract.version.values["subject"]
    take(browser, bring(browser, base, edited(data, (f">{subject}<", ">насосы ручные<"))))
    assert Draft.objects.get(contract=contract).values["subject"] == "насосы ручные"


def test_without_bookmarks_words_tell_and_a_person_confirms(world: World) -> None:
    contract, browser, base, data = setting(world)
    changed = without_bookmarks(edited(data, (OLD, NEW)))
    address = bring(browser, base, changed)
    page = browser.get(address).content.decode()
    doubts = re.findall(r'<select id="(match-\w+)".*?<option value="(\w+)">да', page, re.S)
    if doubts:
        status, page = take(browser, address)
        assert status == 422 and "сомнительный пункт" in page
    status, page = take(browser, address, **dict(doubts))
    assert "Текст файла стал вашим черновиком" in page
    assert NEW in words(contract)
    ids = {node["id"] for node in nodes(contract.version.tree)}
    work = open_draft(contract, "theirs")
    assert work is not None
    assert {node["id"] for node in nodes(work.tree)} == ids, "clauses keep their identity"


def test_a_doubtful_clause_may_be_a_new_one(world: World) -> None:
    contract, browser, base, data = setting(world)
    file = without_bookmarks(edited(data, (OLD, LONG)))
    address = bring(browser, base, file)
    page = browser.get(address).content.decode()
    doubts = re.findall(r'<select id="(match-\w+)"', page)
    assert doubts, "so much changed that a person is asked"
    take(browser, address, **dict.fromkeys(doubts, "new"))
    before = {node["id"] for node in nodes(contract.version.tree)}
    work = open_draft(contract, "theirs")
    assert work is not None
    after = {node["id"] for node in nodes(work.tree)}
    assert len(after - before) == len(before - after) == len(doubts)


MARK = 'w:id="900" w:author="Юрист Романов" w:date="2026-11-17T10:00:00Z"'
BEGIN, END = '<w:r><w:t xml:space="preserve">', "</w:t></w:r>"
TRACKED = (OLD, f"не{END}<w:ins {MARK}>{BEGIN} сильно{END}</w:ins>{BEGIN} позже")


def test_tracked_changes_become_proposals_with_their_authors(world: World) -> None:
    contract, browser, base, data = setting(world)
    address = bring(browser, base, edited(data, TRACKED))
    page = browser.get(address).content.decode()
    told_by = re.search(r"Юрист Романов, <time[^>]*>([^<]+)<", page)
    assert told_by and "17" in told_by[1] and re.search(r"<ins>[^<]*сильно", page)
    assert "требует внимания" not in page, "what was recorded is no finding"
    take(browser, address)
    assert "не сильно позже" in words(contract)
    row = WordReturn.objects.get(contract=contract)
    ((_clause, told),) = row.revisers.items()
    assert told == [["Юрист Романов", "2026-11-17T10:00:00+00:00"]]
    assert (row.recorded, row.findings, row.side, row.version) == (True, [], "theirs", None)
    page = browser.get(f"{base}/").content.decode()
    assert "Юрист Романов" in page, "the draft names who wrote it"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Выберите файл|пуст"),
        (b"plain words", "Word|DOCX|docx"),
        (b"PK\x03\x04 broken", "."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "doc"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(world: World, data: bytes, said: str) -> None:
    contract, browser, base, _ = setting(world)
    file = SimpleUploadedFile("текст.docx", data)
    answer = browser.post(f"{base}/word/", {"file": file})
    assert answer.status_code == 422
    found = re.search(r'id="file-error".*?<span>(.*?)</span>', answer.content.decode(), re.S)
    assert found and re.search(said, found[1]), found
    assert not Attachment.objects.filter(contract=contract).exists()


def test_ours_take_it_for_a_client_who_wrote_a_mail(world: World) -> None:
    contract, browser, base, data = setting(world, "desk")
    reword(contract, "7.2", lambda t: t + " Своё.", by=world.as_guest("anna"), at=AT + DAY)
    address = bring(browser, base, edited(data, (OLD, NEW)))
    page = browser.get(address).content.decode()
    assert "Своё" not in page and "Отправить как следующую редакцию клиента" in page
    _, page = take(browser, address)
    assert "от имени клиента" in page, re.findall(r"notice.*?</", page, re.S)
    last = Version.objects.filter(contract=contract).latest("number")
    assert (last.side, last.origin, last.made_by) == ("theirs", "word", world.staff["manager"].user)
    texts = version_text(last).text.document
    assert any(NEW in blocks_text(clause.blocks) for clause, _ in flat(texts))
    assert Change.objects.filter(version=last, kind="edited").count() == 1
    assert kinds(contract)[-2:] == ["docx_returned", "submitted"]
    (line,) = read_lines([last_entry("contract.docx_returned")], now=AT)
    assert "от имени клиента" in line.sentence
    kept = {row.audience: row.name for row in Attachment.objects.filter(contract=contract)}
    assert kept == {"both": "правка.docx", "theirs": "Ваш неотправленный черновик.docx"}


def test_only_in_turn_and_only_whoever_writes(world: World) -> None:
    sent = sent_supply(world)
    for who, side in (("anna", "room"), ("manager", "desk")):
        page = browser_of(world, who).get(f"/{side}/contracts/{sent.pk}/word/")
        assert page.status_code == 403, who
    returned = returned_supply(world)
    base = f"/room/contracts/{returned.pk}"
    assert browser_of(world, "vera").get(f"{base}/word/").status_code == 403
    data = browser_of(world, "anna").get(f"{base}/text.docx").content
    address = bring(browser_of(world, "anna"), base, data)
    assert browser_of(world, "boris").get(address).status_code == 404, "signed for one person"
    assert browser_of(world, "anna").get(f"{address[:-2]}x/").status_code == 404


def test_nothing_is_taken_over_a_text_that_moved(world: World) -> None:
    contract, browser, base, data = setting(world)
    address = bring(browser, base, edited(data, (OLD, NEW)))
    seen = hidden(browser.get(address).content.decode())
    reword(contract, "7.2", lambda t: t + " Своё.", by=world.as_guest("boris"), at=AT + DAY)
    answer = browser.post(address, {**seen, "verb": "take"})
    assert answer.status_code == 409 and "Посмотрите ещё раз" in answer.content.decode()
    assert "Своё." in words(contract) and NEW not in words(contract)


def test_ours_prepare_in_word(world: World) -> None:
    manager = world.as_staff("manager")
    contract = start_contract(
        world.forms["supply-ru"], world.clients["romashka"], by=manager, at=AT
    )
    browser, base = browser_of(world, "manager"), f"/desk/contracts/{contract.pk}"
    data = browser.get(f"{base}/text.docx").content
    take(browser, bring(browser, base, edited(data, ("не позднее", NEW))))
    work = open_draft(contract, "ours")
    assert work is not None and work.draft.clauses.count() == 1
    assert last_entry("contract.docx_returned").audience == "ours"
    assert Attachment.objects.get(contract=contract).audience == "ours"


def through_libreoffice(data: bytes, folder: Path) -> bytes:
    """The file as another program saves it; skipped where there is none."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (folder / "in").mkdir()
    source = folder / "in" / "text.docx"
    source.write_bytes(data)
    home = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"]
    subprocess.run([*command, str(folder), str(source)], capture_output=True, check=True)
    return (folder / "text.docx").read_bytes()


def test_another_program_may_have_saved_it(world: World, tmp_path: Path) -> None:
    """Bookkeeping of another program is no change: only the edited clause is drafted."""
    contract, browser, base, data = setting(world)
    saved = through_libreoffice(edited(data, (OLD, NEW)), tmp_path)
    _, page = take(browser, bring(browser, base, saved))
    assert "Текст файла стал вашим черновиком" in page
    draft = Draft.objects.get(contract=contract, side="theirs")
    before = {node["id"] for node in nodes(contract.version.tree)}
    work = open_draft(contract, "theirs")
    assert work is not None
    assert {node["id"] for node in nodes(work.tree)} == before
    assert NEW in words(contract)
    assert draft.clauses.count() == 1
    (finding,) = WordReturn.objects.get(contract=contract).findings
    assert finding["kind"] == "words", "that program raises no alarm of its own"
    assert finding["clause"] == draft.clauses.get().clause
