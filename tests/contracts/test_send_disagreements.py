"""The table of disagreements is sent: its number, its fixed files, who may and who is told."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.disputes import agree_all, in_dispute, sent_back
from tests.contracts.worlds import AT, DAY, HOUR, fresh_contract, last_entry, sent, told
from zabota.common.files import read_file
from zabota.contracts.actions import accept_change
from zabota.contracts.actions.disagreements import NothingToSend, send_disagreements
from zabota.contracts.models import Change, SentTable
from zabota.home.world import World

NOW = AT + 3 * HOUR


def test_sending_is_remembered_and_told_to_the_client(world: World) -> None:
    contract = in_dispute(world)
    row = send_disagreements(contract, by=world.as_staff("lawyer"), at=NOW)
    assert (row.number, row.rows, row.agreed) == (1, 2, 0)
    assert hashlib.sha256(read_file(row.pdf)).hexdigest() == row.pdf.digest
    entry = last_entry("contract.disagreements_sent")
    assert (entry.audience, entry.facts["number"]) == ("both", 1)
    assert ("anna", "contract_news") in told("contract.disagreements_sent")


def test_the_same_table_is_not_sent_twice(world: World) -> None:
    contract = in_dispute(world)
    send_disagreements(contract, by=world.as_staff("lawyer"), at=NOW)
    with pytest.raises(NothingToSend):
        send_disagreements(contract, by=world.as_staff("lawyer"), at=NOW)
    assert SentTable.objects.count() == 1


def test_what_was_sent_stays_whatever_is_answered_later(world: World) -> None:
    contract = in_dispute(world)
    lawyer = world.as_staff("lawyer")
    send_disagreements(contract, by=lawyer, at=NOW)
    base = f"/room/contracts/{contract.pk}/disagreements/1.pdf"
    anna = browser_of(world, "anna")
    before = anna.get(base).content
    accept_change(Change.objects.order_by("pk")[0], by=lawyer, at=NOW)
    row = send_disagreements(contract, by=lawyer, at=NOW + HOUR)
    assert (row.number, row.agreed) == (2, 1)
    assert anna.get(base).content == before
    assert anna.get(base.replace("/1.", "/2.")).content != before
    assert browser_of(world, "alien").get(base).status_code == 404


@pytest.mark.parametrize("who", ["logist1", "finance"])
def test_whoever_has_no_part_in_it_does_not_send(world: World, who: str) -> None:
    contract = in_dispute(world)
    with pytest.raises(PermissionDenied):
        send_disagreements(contract, by=world.as_staff(who), at=NOW)


def test_the_client_does_not_send_ours(world: World) -> None:
    with pytest.raises(PermissionDenied):
        send_disagreements(in_dispute(world), by=world.as_guest("anna"), at=NOW)


def test_nothing_in_dispute_is_not_sent(world: World) -> None:
    with pytest.raises(NothingToSend):
        send_disagreements(sent(world, "nda-ru"), by=world.as_staff("manager"), at=NOW)


def test_the_final_table_has_a_number_of_its_own(world: World) -> None:
    contract = sent_back(world)
    manager = world.as_staff("manager")
    send_disagreements(contract, by=manager, at=NOW)
    contract = agree_all(world, contract)
    row = send_disagreements(contract, by=manager, at=AT + 3 * DAY)
    assert (row.number, row.agreed, row.rows) == (2, 2, 2)


def test_the_button_sends_and_shows_what_was_sent(world: World) -> None:
    contract = in_dispute(world)
    lawyer, base = browser_of(world, "lawyer"), f"/desk/contracts/{contract.pk}/disagreements/"
    assert f"{base}send/" in lawyer.get(base).content.decode()
    assert lawyer.post(f"{base}send/").status_code == 302
    page = lawyer.get(base).content.decode()
    assert f"{base}send/" not in page and f"{base}1.pdf" in page
    assert f"{base}1.docx" in lawyer.get(f"/desk/contracts/{contract.pk}/dossier/").content.decode()
    assert fresh_contract(contract).sent_tables.count() == 1
