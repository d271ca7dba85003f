"""Moving a clause: the move is the clause's that its writer moved, not its neighbour's."""

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR, fresh_contract, send_back
from zabota.contracts.actions import move_clause, submit_contract
from zabota.contracts.compare.align import rising, steady
from zabota.contracts.models import Change, Draft
from zabota.contracts.reading.compared import compare_texts
from zabota.contracts.reading.texts import Chosen, choose_text
from zabota.contracts.reading.tracked import Names, Wanted, tracked_docx
from zabota.contracts.stored import flat
from zabota.contracts.text.words import blocks_text
from zabota.home.world import World, begin, clause_numbered


@pytest.mark.parametrize(("number", "step", "now"), [("5.2", -1, "5.1"), ("5.1", 1, "5.2")])
def test_the_move_is_the_clauses_that_was_moved(
    world: World, number: str, step: int, now: str
) -> None:
    by, contract = world.as_guest("anna"), begin(world, "supply-ru", "anna", AT)
    clause = clause_numbered(contract, number)
    move_clause(contract, clause, step, by=by, at=AT)
    browser = browser_of(world, "anna")
    page = browser.get(f"/room/contracts/{contract.pk}/submit/")
    assert [view.id for view in page.context["sheet"].rewritten] == [clause]
    assert f"Перенесён: был {number}, стал {now}" in page.content.decode()
    compared = browser.get(f"/room/contracts/{contract.pk}/compare/?a=0&b=draft")
    assert compared.context["found"].moved == 1
    version = submit_contract(contract, by=by, at=AT + HOUR)
    change = Change.objects.get()
    assert (change.clause, change.kind, change.number) == (clause, "moved", now)
    assert "moved" not in version.tree
    desk = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/")
    assert [row.clause for row in desk.context["departures"]] == [clause]


def test_the_later_of_two_moves_counts_and_one_taken_back_does_not(world: World) -> None:
    by, contract = world.as_guest("anna"), begin(world, "supply-ru", "anna", AT)
    first, second = (clause_numbered(contract, number) for number in ("5.1", "5.2"))
    before = Draft.objects.get(contract=contract).tree
    for clause, step in ((first, 1), (first, -1)):
        move_clause(contract, clause, step, by=by, at=AT)
    assert Draft.objects.get(contract=contract).tree == before
    move_clause(contract, second, -1, by=by, at=AT)
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/submit/")
    assert [view.id for view in page.context["sheet"].rewritten] == [second]


@given(st.permutations(range(7)), st.lists(st.integers(0, 3), min_size=7, max_size=7))
def test_as_many_stay_as_can_whoever_is_known_to_have_moved(
    order: list[int], costs: list[int]
) -> None:
    stayed = steady(order, costs)
    assert len(stayed) == len(rising(order)) and stayed == sorted(stayed)
    kept = [order[index] for index in stayed]
    assert kept == sorted(kept)


@pytest.mark.parametrize(("number", "step"), [("5.2", -1), ("5.1", 1)])
def test_two_sent_versions_know_the_move_from_the_record(
    world: World, number: str, step: int
) -> None:
    """On the page, in print and in Word it is the clause that its writer moved, also backwards."""
    by, contract = world.as_guest("anna"), begin(world, "supply-ru", "anna", AT)
    submit_contract(contract, by=by, at=AT)
    send_back(world, contract, "manager", "manager", AT + HOUR)
    clause = clause_numbered(contract, number)
    move_clause(contract, clause, step, by=by, at=AT + 2 * HOUR)
    submit_contract(contract, by=by, at=AT + 3 * HOUR)
    contract = fresh_contract(contract)
    old, new = (
        choose_text(contract, by, world.firm, str(number))
        for number in contract.versions.order_by("number").values_list("number", flat=True)
    )
    assert old is not None and new is not None
    for pair in ((old, new), (new, old)):
        found, _, _ = compare_texts(contract, *pair)
        assert {one.id for one in found.clauses if one.kind == "moved"} == {clause}
    made = tracked_docx(contract, Wanted(old, new, by, Names({}, "мы", "вы"), "Договор", "—"), AT)
    assert made.kinds.get("moved") == 1
    assert moved_words(made.data, old, clause)


def moved_words(data: bytes, text: Chosen, clause: str) -> bool:
    """Whether the clause struck out at its old place is this one."""
    wording = next(one.blocks for one, _ in flat(text.text.document) if one.id == clause)
    said = blocks_text(wording)[:25]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    gone = re.findall(r"<w:delText[^>]*>([^<]*)", body)
    return said[:15] in "".join(gone)
