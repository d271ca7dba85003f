"""Any two texts of a contract as a Word file with tracked changes: for whom, whose, how fast."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client as Browser
from lxml import etree

from tests.contracts.browsers import browser_of, returned_supply, sent_supply
from tests.contracts.test_foreign_paper import started
from tests.contracts.worlds import AT, DAY, resent
from zabota.contracts import docx
from zabota.contracts.actions import comment, submit_contract
from zabota.contracts.docx.guard import inspect
from zabota.contracts.docx.track.proof import read_lines
from zabota.contracts.models import Contract
from zabota.contracts.reading.paper_out import DOCX
from zabota.home.world import World, reword
from zabota.people.models import Firm

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def body(data: bytes) -> etree._Element:
    return etree.fromstring(parts(data)["word/document.xml"].encode())


def download(browser: Browser, side: str, contract: Contract, a: str, b: str) -> bytes:
    answer = browser.get(f"/{side}/contracts/{contract.pk}/compare.docx?a={a}&b={b}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == DOCX
    assert answer.headers["Cache-Control"] == "private, no-store"
    inspect(answer.content)
    return answer.content


def hands(data: bytes) -> set[tuple[str, str]]:
    return {
        (str(x.get(f"{W}author")), str(x.get(f"{W}date")))
        for x in body(data).iter(f"{W}ins", f"{W}del")
    }


@pytest.mark.parametrize(("who", "side"), [("anna", "room"), ("manager", "desk")])
def test_both_sides_take_it_away_proved(world: World, who: str, side: str) -> None:
    returned, browser = returned_supply(world), browser_of(world, who)
    page = browser.get(f"/{side}/contracts/{returned.pk}/compare/?a=0&b=1").content.decode()
    assert "DOCX с правками" in page and "/compare.docx?a=0&amp;b=1" in page
    made = download(browser, side, returned, "0", "1")
    new = browser.get(f"/{side}/contracts/{returned.pk}/text.docx?version=1").content
    assert read_lines(made) == read_lines(new)
    assert "не позднее" in "\n".join(read_lines(made, accept=False))
    gone = ["".join(x.itertext()) for x in body(made).iter(f"{W}del") if len(x)]
    assert "позднее" in gone


def test_each_change_has_its_author_and_moment(world: World) -> None:
    contract = returned_supply(world)
    first = contract.version
    assert first is not None
    resent(world, contract, "anna", AT + DAY, "4.2")
    anna = world.guests["anna"].user
    assert anna is not None
    made = download(browser_of(world, "manager"), "desk", contract, "0", "2")
    moments = {first.made_at, AT + DAY}
    assert hands(made) == {
        (anna.shown_name, moment.strftime("%Y-%m-%dT%H:%M:%SZ")) for moment in moments
    }


def test_a_draft_goes_only_to_its_side(world: World) -> None:
    returned, at = returned_supply(world), AT + DAY + timedelta(minutes=7)
    by = world.as_guest("anna")
    reword(returned, "3.3", lambda text: text + " Тайная правка.", by=by, at=at)
    assert returned.version is not None
    tail = f"compare.docx?a={returned.version.number}&b=draft"
    theirs = browser_of(world, "anna").get(f"/room/contracts/{returned.pk}/{tail}")
    assert "Тайная правка" in parts(theirs.content)["word/document.xml"]
    assert (by.user.shown_name, "2026-11-18T07:07:00Z") in hands(theirs.content)
    ours = browser_of(world, "manager").get(f"/desk/contracts/{returned.pk}/{tail}")
    assert ours.status_code == 404


def test_what_is_not_there_is_not_found(world: World) -> None:
    sent = sent_supply(world)
    for query in ("", "a=0", "a=0&b=99", "a=nearest&b=1", "a=x&b=1"):
        path = f"/room/contracts/{sent.pk}/compare.docx?{query}"
        assert browser_of(world, "anna").get(path).status_code == 404, query
        assert Browser().get(path).status_code in (302, 404)


def test_nothing_of_ours_leaves_in_any_part(world: World) -> None:
    returned = returned_supply(world)
    clause = returned.version.tree["clauses"][0]["id"]  # type: ignore[union-attr]
    for audience, words in (("ours", "ТАЙНАНАША"), ("both", "ОБЩЕЕСЛОВО")):
        by = world.as_staff("lawyer")
        comment(returned, words, by=by, at=AT + DAY, audience=audience, clause=clause)
    guest = world.as_guest("anna")
    comment(returned, "ТАЙНАИХ", by=guest, at=AT + DAY, audience="theirs", clause=clause)
    Firm.objects.filter(pk=world.firm.pk).update(shows_people=False, version=99)
    lawyer = world.staff["lawyer"]
    for who, side, theirs in (("anna", "room", True), ("manager", "desk", False)):
        told = "\n".join(parts(download(browser_of(world, who), side, returned, "0", "1")).values())
        assert "ОБЩЕЕСЛОВО" in told
        assert "ТАЙНАНАША" not in told
        assert ("ТАЙНАИХ" in told) is theirs
        assert (lawyer.user.shown_name in told) is (side == "desk")
        if side == "room":
            assert not [one.user.name for one in world.staff.values() if one.user.name in told]
            assert 'w:author="Правовое согласование"' in told


def test_ours_see_it_as_the_client_does_without_what_is_only_theirs(world: World) -> None:
    returned = returned_supply(world)
    comment(returned, "ТАЙНАИХ", by=world.as_guest("anna"), at=AT + DAY, audience="theirs")
    path = f"/desk/contracts/{returned.pk}/as-client/compare.docx?a=0&b=1"
    answer = browser_of(world, "manager").get(path)
    assert answer.status_code == 200
    assert "ТАЙНАИХ" not in "\n".join(parts(answer.content).values())


def test_without_a_proof_it_is_said_and_nothing_is_given(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docx.track.ink.Ink, "_flat", lambda *_: [])
    sent = sent_supply(world)
    answer = browser_of(world, "anna").get(f"/room/contracts/{sent.pk}/compare.docx?a=0&b=1")
    assert answer.status_code == 409
    assert "не удалось доказать" in answer.content.decode()


def test_a_text_on_the_clients_paper_stands_beside_our_nearest_form(world: World) -> None:
    contract = started(world)
    submit_contract(contract, by=world.as_guest("anna"), at=AT + DAY)
    made = download(browser_of(world, "manager"), "desk", contract, "nearest", "1")
    theirs = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/text.docx?version=1")
    assert read_lines(made) == read_lines(theirs.content)
