"""Every limit answers with what it is, and whatever was typed stays on the page."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from tests.contracts.browsers import browser_of, sent_supply
from tests.contracts.worlds import AT, HOUR, fresh_contract, resent, send_back, sent, stage
from zabota.contracts.actions import talk
from zabota.contracts.models import Attachment, Change, Comment, Contract
from zabota.home.world import World, begin, clause_numbered

LETTER = "Ё"
LONG_FILE = "д" * 250
ODD = "Смайл 😀, ещё \u202eнаоборот\u202c, 𝕏 и ё"


def page_of(answer: object) -> str:
    return unescape(answer.content.decode())  # type: ignore[attr-defined]


NAMES = [
    ("manager", "/desk/clients/add/", "name", 300),
    ("manager", "/desk/clients/{client}/contacts/add/", "name", 200),
    ("director", "/desk/people/hire/", "name", 200),
    ("director", "/desk/teams/", "name_ru", 120),
    ("lawyer", "/desk/forms/{form}/card/", "title_ru", 200),
    ("lawyer", "/desk/routes/new/", "name_ru", 160),
    ("anna", "/room/people/invite/", "name", 200),
]


@pytest.mark.parametrize(("who", "path", "field", "limit"), NAMES, ids=lambda part: str(part))
def test_a_name_too_long_is_told_its_limit_and_kept(
    world: World, who: str, path: str, field: str, limit: int
) -> None:
    browser = browser_of(world, who)
    path = path.format(client=world.clients["romashka"].pk, form=world.forms["nda-ru"].template_id)
    typed = LETTER * (limit + 1)
    # The editor of routes has several buttons; elsewhere nobody reads which was pressed.
    save = {"do": "save"}
    answer = browser.post(path, {field: typed, **save})
    page = page_of(answer)
    assert answer.status_code in (200, 422)
    assert typed in page, "what was typed is lost"
    assert re.search(rf"\b{limit}\b", page), "the limit is not named"
    # Exactly so many letters are no fault of the name's.
    fits = page_of(browser.post(path, {field: LETTER * limit, **save}))
    assert f"не более {limit} " not in fits and f"не больше {limit} " not in fits


def comment_on(browser: Browser, contract: Contract, text: str, to: str = "ours") -> object:
    path = f"/room/contracts/{contract.pk}/comments/"
    return browser.post(path, {"text": text, "audience": to})


def test_a_comment_too_long_stays_in_its_box_for_whom_it_was_meant(world: World) -> None:
    contract, anna = sent_supply(world), browser_of(world, "anna")
    for to, other in (("ours", "both"), ("both", "ours")):
        answer = comment_on(anna, contract, LETTER * (talk.LONGEST + 1), to)
        page = page_of(answer)
        assert answer.status_code == 422  # type: ignore[attr-defined]
        assert LETTER * (talk.LONGEST + 1) in page
        assert re.search(r"5\s?000 знаков|5\s?000 символов", page)
        assert f'value="{to}" checked' in page and f'value="{other}" checked' not in page
    assert not Comment.objects.exists()
    path = f"/desk/contracts/{contract.pk}/comments/"
    text = "Ъ" * (talk.LONGEST + 1)
    ours = page_of(browser_of(world, "manager").post(path, {"text": text, "audience": "ours"}))
    assert text in ours and 'value="ours" checked' in ours and 'value="both">' in ours


def test_lines_of_a_comment_count_as_the_browser_counts_them(world: World) -> None:
    contract, anna = sent_supply(world), browser_of(world, "anna")
    text = "\n".join(["строка"] * 700)[: talk.LONGEST - 1] + "."
    assert comment_on(anna, contract, text.replace("\n", "\r\n")).status_code == 302  # type: ignore[attr-defined]
    assert Comment.objects.get().text == text


def test_odd_letters_are_kept_and_nul_is_left_out(world: World) -> None:
    contract, anna = sent_supply(world), browser_of(world, "anna")
    comment_on(anna, contract, ODD)
    assert Comment.objects.get().text == ODD
    assert ODD in page_of(anna.get(f"/room/contracts/{contract.pk}/?say=all"))
    comment_on(anna, contract, "до\x00после")
    assert Comment.objects.latest("pk").text == "допосле"
    for path in ("contracts/?q=%00", "contracts/?after=%00&client=%00"):
        assert anna.get(f"/room/{path}").status_code == 200


def attach(browser: Browser, contract: Contract, name: str, data: bytes) -> str:
    path = f"/room/contracts/{contract.pk}/files/"
    file = SimpleUploadedFile(name, data, "application/octet-stream")
    return page_of(browser.post(path, {"file": file, "audience": "both"}, follow=True))


def test_a_long_file_name_is_cut_and_keeps_its_ending(world: World) -> None:
    contract, anna = sent_supply(world), browser_of(world, "anna")
    page = attach(anna, contract, f"{LONG_FILE}.txt", "текст в КОИ-8".encode("koi8-r"))
    row = Attachment.objects.get()
    assert len(row.name) == 200 and row.name.endswith("д.txt")
    assert row.name in page
    given = anna.get(f"/room/contracts/{contract.pk}/files/{row.pk}/")
    assert given.content == "текст в КОИ-8".encode("koi8-r")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("evil.exe", b"MZ\x90"), ("смета.pdf.exe", b"%PDF-1.7"), ("page.html", b"<script>"),
        ("смета.txt", b"MZ\x90\x00"), ("run.txt", b"\x7fELF"), ("без-вида", b"x"), (".exe", b"x"),
    ],
)  # fmt: skip
def test_a_program_has_no_place_in_a_dossier(world: World, name: str, data: bytes) -> None:
    contract = sent_supply(world)
    assert "Такие файлы не принимаем" in attach(browser_of(world, "anna"), contract, name, data)
    assert not Attachment.objects.exists()


def test_files_are_refused_with_what_the_limit_is(
    world: World, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract, anna = sent_supply(world), browser_of(world, "anna")
    # Fifty megabytes as they are, in the settings as they are.
    page = attach(anna, contract, "большой.txt", bytes(50 * 1024 * 1024))
    assert re.search(r"50(,0)?\sМБ", page) and re.search(r"20(,0)?\sМБ", page)
    assert ".docx" in attach(anna, contract, "не-ворд.docx", b"%PDF-1.7")
    monkeypatch.setattr(talk, "MOST_FILES", 2)
    monkeypatch.setattr(talk.TooMany, "limit", 2)
    for number in range(3):
        page = attach(anna, contract, f"{number}.txt", str(number).encode())
    assert re.search(r"не больше 2\sфайлов|не более 2\sфайлов", page)
    assert Attachment.objects.count() == 2


@pytest.mark.parametrize("data", [b"%PDF-1.7", "просто текст".encode("koi8-r"), bytes(50 << 20)])
def test_a_paper_that_is_no_word_file_keeps_the_number_typed(world: World, data: bytes) -> None:
    anna = browser_of(world, "anna")
    file = SimpleUploadedFile("договор.docx", data, "application/octet-stream")
    answer = anna.post("/room/contracts/new/paper/", {"file": file, "client_number": "77/А-5"})
    page = page_of(answer)
    assert answer.status_code == 422
    assert 'value="77/А-5"' in page
    assert len(data) < 99 or re.search(r"\d+(,\d)?\sМБ", page)


def test_reasons_for_a_return_stay_when_it_is_not_taken(world: World) -> None:
    """A second return of an unchanged clause needs a reason; the other reasons are not lost."""
    contract = sent_supply(world)
    clause = clause_numbered(contract, "3.3")
    send_back(world, contract, "manager", "manager", AT + 2 * HOUR, clauses=(clause,))
    contract = resent(world, contract, "anna", AT + 3 * HOUR, "7.2")
    other = clause_numbered(contract, "7.2")
    held = stage(contract, "manager")
    typed = {"asked": "", f"reason-{other}": "   "}
    answer = browser_of(world, "manager").post(f"/desk/stages/{held.pk}/return/", typed)
    assert answer.status_code == 422
    assert f'name="reason-{other}" rows="2" maxlength="1000">   </textarea>' in page_of(answer)


def too_much(limit: int) -> str:
    """One letter too many, in two lines."""
    return f"{LETTER * (limit // 2)}\r\n{LETTER * (limit // 2)}"


def fits(limit: int) -> str:
    """As many letters as a browser lets be typed, the line's end counted once."""
    return f"{LETTER * (limit // 2)}\r\n{LETTER * (limit // 2 - 1)}"


def box_of(page: str, name: str) -> str:
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>([^<]*)</textarea>', page)
    assert found is not None, name
    return found[1].replace("\r\n", "\n").strip("\n")


LONG = [
    ("manager", "/desk/stages/{stage}/approve-with-remark/", "remark", 2000),
    ("manager", "/desk/stages/{stage}/return/", "asked", 2000),
    ("manager", "/desk/stages/{stage}/return/", "reason-{clause}", 1000),
    ("director", "/desk/stages/{stage}/reassign/", "reason", 1000),
    ("manager", "/desk/changes/{change}/counter/", "reason", 2000),
    ("anna", "/room/contracts/{contract}/sooner/", "reason", 1000),
]


@pytest.mark.parametrize(("who", "path", "name", "limit"), LONG, ids=lambda part: str(part))
def test_words_too_long_are_refused_whole_and_stay_typed(
    world: World, who: str, path: str, name: str, limit: int
) -> None:
    contract, browser = sent_supply(world), browser_of(world, who)
    change = Change.objects.filter(contract=contract).order_by("pk")[0]
    places = {
        "contract": contract.pk, "stage": stage(contract, "manager").pk,
        "change": change.pk, "clause": change.clause,
    }  # fmt: skip
    path, name = path.format(**places), name.format(**places)
    colleague = {"to": world.staff["lawyer"].pk} if "reassign" in path else {}
    answer = browser.post(path, {name: too_much(limit), **colleague})
    page = page_of(answer)
    assert answer.status_code == 422
    assert box_of(page, name) == too_much(limit).replace("\r\n", "\n")
    assert f"Не больше {limit} знаков" in page, "the limit is not named"
    assert fresh_contract(contract).case.state == "review"
    if "counter" not in path:
        assert browser.post(path, {name: fits(limit), **colleague}).status_code == 302


def test_a_remark_too_long_is_refused_in_the_part_that_was_asked_for(world: World) -> None:
    contract, manager = sent_supply(world), browser_of(world, "manager")
    path = f"/desk/stages/{stage(contract, 'manager').pk}/approve-with-remark/"
    answer = manager.post(path, {"remark": too_much(2000)}, headers={"HX-Request": "true"})
    page = page_of(answer)
    assert answer.status_code == 422
    assert "<html" not in page and 'id="decision"' in page
    assert box_of(page, "remark") == too_much(2000).replace("\r\n", "\n")


def test_a_refusal_and_an_answer_too_long_stay_in_their_boxes(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"7.2": lambda text: f"{text} Но не более 10 %."})
    change = Change.objects.filter(contract=contract).order_by("pk")[0]
    answer = browser_of(world, "lawyer").post(
        f"/desk/changes/{change.pk}/reject/", {"reason": too_much(2000)}
    )
    assert answer.status_code == 422
    assert box_of(page_of(answer), "reason") == too_much(2000).replace("\r\n", "\n")
    change.refresh_from_db()
    assert change.state == "open"
    browser_of(world, "anna").post(f"/room/contracts/{contract.pk}/sooner/", {"reason": "Скоро"})
    manager = browser_of(world, "manager")
    path = f"/desk/contracts/{contract.pk}/answer-sooner/"
    refused = manager.post(path, {"answer": too_much(2000)})
    assert refused.status_code == 422
    assert box_of(page_of(refused), "answer") == too_much(2000).replace("\r\n", "\n")
    assert manager.post(path, {"answer": fits(2000)}).status_code == 302


def test_a_number_of_the_clients_too_long_is_not_cut(world: World) -> None:
    contract, anna = begin(world, "nda-ru", "anna", AT), browser_of(world, "anna")
    path = f"/room/contracts/{contract.pk}/submit/"
    answer = anna.post(path, {"client_number": LETTER * 61})
    assert answer.status_code == 422
    assert LETTER * 61 in page_of(answer)
    assert fresh_contract(contract).case.state == "draft"
    assert anna.post(path, {"client_number": LETTER * 60}).status_code == 302
    assert fresh_contract(contract).case.client_number == LETTER * 60
