"""What becomes of the table when all of it is agreed: the clean text, or a signed annex."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.disputes import OURS, agree_all, in_dispute, sent_back
from tests.contracts.test_download_paper import pdf_text
from tests.contracts.worlds import AT, DAY, fresh_contract, last_entry, sent, told
from zabota.contracts.actions import register_contract
from zabota.contracts.actions.disagreements import choose_ending
from zabota.contracts.models import Contract
from zabota.contracts.reading.disagreements import annexed_text
from zabota.contracts.text.words import plain_text
from zabota.home.world import World
from zabota.journal.models import Entry


def annexed(world: World) -> Contract:
    contract = sent_back(world)
    choose_ending(contract, "annex", by=world.as_staff("manager"), at=AT)
    return agree_all(world, contract)


def test_the_choice_is_remembered_and_told_to_the_client(world: World) -> None:
    contract = in_dispute(world)
    choose_ending(contract, "annex", by=world.as_staff("lawyer"), at=AT)
    assert fresh_contract(contract).ending == "annex"
    entry = last_entry("contract.ending_chosen")
    assert entry.audience == "both" and "приложением" in entry.facts["ending"]["ru"]
    assert ("anna", "contract_news") in told("contract.ending_chosen")
    choose_ending(contract, "annex", by=world.as_staff("lawyer"), at=AT)
    assert Entry.objects.filter(kind="contract.ending_chosen").count() == 1


@pytest.mark.parametrize("who", ["finance", "anna"])
def test_others_do_not_choose(world: World, who: str) -> None:
    contract = in_dispute(world)
    by = world.as_guest(who) if who in world.guests else world.as_staff(who)
    with pytest.raises(PermissionDenied):
        choose_ending(contract, "annex", by=by, at=AT)


def test_a_registered_contract_stays_as_it_is(world: World) -> None:
    contract = agree_all(world, sent_back(world))
    register_contract(contract, by=world.as_staff("manager"), at=AT + 3 * DAY)
    with pytest.raises(PermissionDenied):
        choose_ending(contract, "annex", by=world.as_staff("manager"), at=AT + 3 * DAY)


def test_by_default_the_agreed_wordings_stand_in_the_text(world: World, tmp_path: Path) -> None:
    contract = agree_all(world, sent_back(world))
    assert annexed_text(contract) is None
    room = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/text.pdf")
    text = pdf_text(room.content, tmp_path)
    assert OURS in text and "Протокол разногласий" not in text


def test_with_an_annex_the_text_stays_as_it_was(world: World) -> None:
    contract = annexed(world)
    chosen = annexed_text(contract)
    assert chosen is not None and contract.case.state == "agreed"
    form = sent(world, "supply-ru")
    assert form.version is not None
    lines = plain_text(chosen.text.document).splitlines()
    said = next(line for line in lines if line.startswith("Заключено с протоколом"))
    assert said.endswith("действуют пункты: 8.1, 8.2.")
    annex = lines.index("Приложение")
    assert OURS not in "\n".join(lines[:annex]) and OURS in "\n".join(lines[annex:])


def test_the_papers_of_the_contract_carry_it_last(world: World, tmp_path: Path) -> None:
    contract = annexed(world)
    base = f"/room/contracts/{contract.pk}"
    anna = browser_of(world, "anna")
    text = pdf_text(anna.get(f"{base}/text.pdf").content, tmp_path)
    assert "Заключено с протоколом" in text and "Согласованная" in text
    assert text.index("Заключено с протоколом") < text.index("Протокол разногласий № 1")
    clean = pdf_text(anna.get(f"{base}/text.pdf?version=2").content, tmp_path)
    assert OURS in clean and "Протокол разногласий" not in clean
    with zipfile.ZipFile(io.BytesIO(anna.get(f"{base}/text.docx").content)) as archive:
        words = re.sub("<[^>]+>", "", archive.read("word/document.xml").decode())
    assert "Протокол разногласий № 1" in words and "Редакция Поставщика" in words


def test_the_client_sees_what_was_chosen(world: World) -> None:
    contract = sent_back(world)
    lawyer, base = browser_of(world, "manager"), f"/desk/contracts/{contract.pk}/disagreements/"
    assert lawyer.post(f"{base}ending/", {"ending": "annex"}).status_code == 302
    assert lawyer.post(f"{base}ending/", {"ending": "other"}).status_code == 404
    room = browser_of(world, "anna").get(base.replace("/desk/", "/room/")).content.decode()
    assert "протокол становится приложением" in room and 'name="ending"' not in room
