"""Moving a clause: the move is the clause's that its writer moved, not its neighbour's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR
from zabota.contracts.actions import move_clause, submit_contract
from zabota.contracts.compare.align import rising, steady
from zabota.contracts.models import Change, Draft
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
