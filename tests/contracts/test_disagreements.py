"""«Протокол разногласий»: what its rows say, and who may read and take it."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of
from tests.contracts.disputes import CLAUSES, OURS, THEIRS, agree_all, in_dispute, sent_back
from tests.contracts.test_download_paper import inside, pdf_text, plant, shows_teams
from tests.contracts.worlds import AT, approve, fresh_contract, send_back, sent
from zabota.contracts.actions import counter_change
from zabota.contracts.models import Change, Contract
from zabota.contracts.reading.disagreements import (
    Disagreements,
    paper_docx,
    paper_pdf,
    read_disagreements,
    read_paper,
    said,
)
from zabota.contracts.reading.disagreements.views import row_views
from zabota.contracts.text.words import blocks_text
from zabota.home.world import World


def words(contract: Contract, found: Disagreements, place: int) -> tuple[str, str, str]:
    row = found.rows[place]
    ours, theirs, agreed = (
        blocks_text(said(contract, row, wish, found)) for wish in (row.ours, row.theirs, row.agreed)
    )
    return ours, theirs, agreed


def test_each_clause_in_dispute_has_a_row(world: World) -> None:
    contract = in_dispute(world)
    found = read_disagreements(contract)
    assert [row.number for row in found.rows] == list(CLAUSES)
    assert [row.standing for row in found.rows] == ["ours", "ours"]
    assert words(contract, found, 0) == (OURS, THEIRS, "")
    ours, theirs, agreed = words(contract, found, 1)
    assert theirs == f"{ours} Да." and not agreed
    assert not found.is_settled


def test_an_open_change_stands_against_our_form(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"8.1": lambda _text: THEIRS})
    found = read_disagreements(contract)
    assert found.rows[0].standing == "open"
    assert words(contract, found, 0)[1] == THEIRS
    assert words(contract, found, 0)[0] not in ("", THEIRS)


def test_what_is_agreed_stands_in_the_last_column(world: World) -> None:
    contract = agree_all(world, sent_back(world))
    assert contract.case.state == "agreed"
    found = read_disagreements(contract)
    assert found.is_settled and found.is_final
    form, theirs, agreed = words(contract, found, 0)
    assert (theirs, agreed) == (THEIRS, OURS) and form not in (THEIRS, OURS)
    kept, _theirs, agreed = words(contract, found, 1)
    assert agreed == kept


def test_without_changes_there_is_no_table(world: World) -> None:
    contract = sent(world, "nda-ru")
    assert read_disagreements(contract).rows == []
    base = f"/room/contracts/{contract.pk}"
    anna = browser_of(world, "anna")
    assert anna.get(f"{base}/disagreements/").status_code == 200
    assert anna.get(f"{base}/disagreements.pdf").status_code == 404


def test_the_sides_are_called_as_in_the_text(world: World) -> None:
    contract = in_dispute(world)
    paper = read_paper(contract, read_disagreements(contract))
    assert paper.columns == (
        "Пункт", "Редакция Поставщика", "Редакция Покупателя", "Согласованная редакция",
    )  # fmt: skip
    assert re.match(r"Протокол разногласий № 1 к Договору № \S+ от \d+\s\w+\s\d{4}", paper.title)


def test_in_english_too(world: World) -> None:
    contract = sent(world, "supply-en", guest="john", reworded={"8.1": lambda _t: "Ten days."})
    paper = read_paper(contract, read_disagreements(contract))
    assert paper.columns == (
        "Clause", "Wording of the Supplier", "Wording of the Buyer", "Agreed wording",
    )  # fmt: skip
    assert paper.title.startswith("Table of disagreements No. 1 to Contract No. ")


def test_both_papers_say_the_same(world: World, tmp_path: Path) -> None:
    contract = in_dispute(world)
    paper = read_paper(contract, read_disagreements(contract))
    pdf = inside(paper_pdf(paper, at=AT), tmp_path)
    with zipfile.ZipFile(io.BytesIO(paper_docx(paper))) as archive:
        docx = "".join(re.findall(r"<w:t[ >][^<]*", archive.read("word/document.xml").decode()))
    values = contract.version.values if contract.version else {}
    names = [values[f"{side}.signatory"] for side in ("firm", "client")]
    assert "Редакция Поставщика" in docx and "8.1" in docx and "8.2" in docx
    # In a narrow column words break: each is looked for by itself.
    for word in " ".join((THEIRS, OURS, *names)).split():
        assert word.strip(".") in docx and word.strip(".") in pdf, word


@pytest.mark.parametrize(("who", "side"), [("anna", "room"), ("lawyer", "desk")])
def test_both_sides_read_the_page(world: World, who: str, side: str) -> None:
    contract = in_dispute(world)
    page = browser_of(world, who).get(f"/{side}/contracts/{contract.pk}/disagreements/")
    text = page.content.decode()
    assert page.status_code == 200 and "Редакция Поставщика" in text
    clause = Change.objects.order_by("pk")[0].clause
    assert f"/{side}/contracts/{contract.pk}/#c-{clause}" in text
    buttons = re.findall(r"/desk/changes/\d+/accept/", text)
    assert bool(buttons) == (side == "desk")


def test_only_those_of_the_direction_have_buttons(world: World) -> None:
    contract = in_dispute(world)
    base = f"/desk/contracts/{contract.pk}/disagreements/"
    seen = {
        who: "/accept/" in browser_of(world, who).get(base).content.decode()
        for who in ("lawyer", "manager")
    }
    assert seen == {"lawyer": True, "manager": False}


@pytest.mark.parametrize(
    "tail", ["disagreements/", "disagreements.pdf", "disagreements.docx", "disagreements/1.pdf"]
)
def test_a_stranger_finds_nothing(world: World, tail: str) -> None:
    contract = in_dispute(world)
    alien = browser_of(world, "alien")
    assert alien.get(f"/room/contracts/{contract.pk}/{tail}").status_code == 404


def test_as_many_queries_for_one_row_as_for_ten(world: World) -> None:
    one = sent(world, "supply-ru", reworded={"8.1": lambda text: f"{text} Да."})
    more = {f"{part}.{n}": (lambda text: f"{text} Да.") for part in (2, 3) for n in (1, 2, 3)}
    many = sent(world, "supply-ru", reworded={**more, "8.1": lambda text: f"{text} Да."})
    lawyer = browser_of(world, "lawyer")
    counts = []
    for contract in (one, one, many):
        with CaptureQueriesContext(connection) as caught:
            lawyer.get(f"/desk/contracts/{contract.pk}/disagreements/")
        counts.append(len(caught))
    assert counts[1] == counts[2]


def test_what_is_internal_never_crosses(world: World, tmp_path: Path) -> None:
    contract = sent_back(world)
    ours, theirs = plant(world, contract)
    shows_teams(world)
    anna, lawyer = browser_of(world, "anna"), browser_of(world, "lawyer")
    tails = ("disagreements/", "disagreements.pdf", "disagreements.docx")

    def all_of(browser: object, base: str) -> str:
        answers = [browser.get(f"{base}/{tail}") for tail in tails]  # type: ignore[attr-defined]
        assert {answer.status_code for answer in answers} == {200}
        return "\n".join(inside(answer.content, tmp_path) for answer in answers)

    room = all_of(anna, f"/room/contracts/{contract.pk}")
    people = [who.user.name for key, who in world.staff.items() if who.user]
    signs = str(contract.version.values["firm.signatory"]) if contract.version else ""
    assert ours not in room
    assert not [name for name in people if name in room and name != signs]
    desk = all_of(lawyer, f"/desk/contracts/{contract.pk}")
    assert theirs not in desk
    assert world.staff["lawyer"].name in desk


def test_the_files_name_nobody(world: World, tmp_path: Path) -> None:
    contract = sent_back(world)
    base = f"/desk/contracts/{contract.pk}/disagreements"
    lawyer = browser_of(world, "lawyer")
    pdf = pdf_text(lawyer.get(f"{base}.pdf").content, tmp_path)
    assert "Протокол" in pdf and world.staff["lawyer"].name not in pdf
    assert not re.search(r"(?m)^Author: +\S", pdf)
    docx = lawyer.get(f"{base}.docx").content
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert world.staff["lawyer"].name not in inside(docx, tmp_path)
    assert not re.search(r"<(dc:creator|cp:lastModifiedBy)>[^<]", core)


def test_the_client_reads_our_answers_in_the_table(world: World) -> None:
    contract = sent_back(world)
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/disagreements/")
    text = page.content.decode()
    assert "Так успеем" in text and "Нельзя" in text
    assert len(re.findall(r"/changes/\d+/insist/", text)) == 2
    assert "Ваш ход" in text


def test_a_value_stays_in_their_column_when_our_wording_drops_its_field(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"7.2": lambda text: f"{text} Не более."})
    change = Change.objects.get(contract=contract)
    before = words(contract, read_disagreements(contract), 0)[1]
    assert "10" in before and "____" not in before
    approve(world, contract, "manager", "manager")
    counter_change(change, {"0": OURS}, by=world.as_staff("lawyer"), at=AT)
    send_back(world, contract, "legal", "lawyer")
    agreed = agree_all(world, fresh_contract(contract))
    assert words(agreed, read_disagreements(agreed), 0)[1:] == (before, OURS)


def test_each_column_marks_what_the_other_lacks(world: World) -> None:
    """A client who only strikes words out leaves nothing to mark in their own column."""
    contract = sent(world, "supply-ru", reworded={"8.1": lambda text: text.rsplit(" ", 2)[0] + "."})
    found = read_disagreements(contract)
    (view,) = row_views(contract, found, answerable=(), repliable=(), work=None)
    assert "<ins" in view.ours and "<ins" not in view.theirs
