"""Drafts: saved by clause, never over somebody's words; clauses added, deleted, put back, moved."""

import copy
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.preparing import begun
from tests.contracts.worlds import AT, HOUR, kinds, sent
from zabota.contracts import surgery
from zabota.contracts.actions import (
    add_clause,
    delete_clause,
    move_clause,
    restore_clause,
    revert_clause,
    save_clause,
    save_values,
)
from zabota.contracts.actions.draft import Gone, Stale
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Contract, Draft, DraftClause
from zabota.contracts.stored import node_of, nodes
from zabota.contracts.text.edit import EditProblem
from zabota.contracts.text.edit.places import plain_parts, revision_of
from zabota.contracts.text.json import blocks_from_json
from zabota.home.world import World, begin, clause_numbered


@pytest.fixture
def contract(world: World) -> Contract:
    return begin(world, "supply-ru", "anna", AT)


def words(contract: Contract, clause: str) -> dict[str, str]:
    work = open_draft(contract, "theirs")
    assert work is not None
    node = node_of(work.tree, clause)
    assert node is not None
    return plain_parts(blocks_from_json(work.wordings[node["w"]]))


def seen(contract: Contract, clause: str) -> dict[str, str]:
    return {place: revision_of(text) for place, text in words(contract, clause).items()}


def test_a_clause_is_saved_by_place_and_not_journaled(world: World, contract: Contract) -> None:
    clause = clause_numbered(contract, "5.1")
    save_clause(contract, clause, {"0": "Иначе."}, by=world.as_guest("anna"), at=AT + HOUR)
    assert words(contract, clause) == {"0": "Иначе."}
    row = DraftClause.objects.get()
    assert (row.saved_by_id, row.saved_at) == (world.guests["anna"].user_id, AT + HOUR)
    assert kinds(contract) == ["started"]
    revert_clause(contract, clause, by=world.as_guest("anna"), at=AT)
    assert not DraftClause.objects.exists()


def test_a_stale_save_gives_both_texts_and_loses_neither(world: World, contract: Contract) -> None:
    clause = clause_numbered(contract, "5.1")
    opened = seen(contract, clause)
    save_clause(contract, clause, {"0": "Анна."}, by=world.as_guest("anna"), at=AT, seen=opened)
    with pytest.raises(Stale) as late:
        save_clause(
            contract, clause, {"0": "Борис."}, by=world.as_guest("boris"), at=AT, seen=opened
        )
    assert (late.value.mine, late.value.saved) == ({"0": "Борис."}, {"0": "Анна."})
    assert late.value.saved_by == "Анна Крылова"
    assert words(contract, clause) == {"0": "Анна."}
    save_clause(
        contract,
        clause,
        {"0": "Оба."},
        by=world.as_guest("boris"),
        at=AT,
        seen=seen(contract, clause),
    )
    assert words(contract, clause) == {"0": "Оба."}


def test_the_same_words_twice_are_no_quarrel(world: World, contract: Contract) -> None:
    """A save that was repeated because its answer was lost on the way."""
    clause = clause_numbered(contract, "5.1")
    opened = seen(contract, clause)
    for _ in range(2):
        save_clause(contract, clause, {"0": "Да."}, by=world.as_guest("anna"), at=AT, seen=opened)
    assert words(contract, clause) == {"0": "Да."}


@pytest.mark.parametrize(
    "text", ["{{nothing}}", "Цена {{price", "{{#no-such-clause}}", "{{!gone}}"]
)
def test_a_token_that_is_unknown_or_broken_is_refused(
    world: World, contract: Contract, text: str
) -> None:
    clause = clause_numbered(contract, "5.1")
    before = words(contract, clause)
    with pytest.raises(EditProblem):
        save_clause(contract, clause, {"0": text}, by=world.as_guest("anna"), at=AT)
    assert words(contract, clause) == before


@pytest.mark.parametrize("who", ["vera", "alien", "john"])
def test_who_may_not_edit_saves_nothing(world: World, contract: Contract, who: str) -> None:
    clause, by = clause_numbered(contract, "5.1"), world.as_guest(who)
    for verb in (
        lambda: save_clause(contract, clause, {"0": "x"}, by=by, at=AT),
        lambda: save_values(contract, {"price": "1"}, by=by, at=AT),
        lambda: add_clause(contract, clause, by=by, at=AT),
        lambda: delete_clause(contract, clause, by=by, at=AT),
        lambda: move_clause(contract, clause, 1, by=by, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert not DraftClause.objects.exists()


def test_ours_do_not_write_in_the_clients_draft_nor_they_in_ours(world: World) -> None:
    theirs, ours = begin(world, "nda-ru", "anna", AT), begun(world, "nda-ru", "manager")
    with pytest.raises(PermissionDenied):
        save_values(theirs, {"venue": "x"}, by=world.as_staff("manager"), at=AT)
    with pytest.raises(PermissionDenied):
        save_values(ours, {"venue": "x"}, by=world.as_guest("anna"), at=AT)
    with pytest.raises(PermissionDenied):
        save_values(sent(world), {"venue": "x"}, by=world.as_guest("anna"), at=AT)


def test_only_fields_of_the_form_are_kept(world: World, contract: Contract) -> None:
    by = world.as_guest("anna")
    save_values(contract, {"price": "как-нибудь", "no_such": "x", "venue": ""}, by=by, at=AT)
    draft = Draft.objects.get()
    assert (draft.values["price"], draft.values["venue"]) == ("как-нибудь", "")
    assert "no_such" not in draft.values


def test_clauses_are_added_deleted_put_back_and_moved(world: World, contract: Contract) -> None:
    by = world.as_guest("anna")
    first, second = (clause_numbered(contract, number) for number in ("5.1", "5.2"))
    added = add_clause(contract, first, by=by, at=AT)
    assert clause_numbered(contract, "5.2") == added
    assert words(contract, added) == {"0": ""}
    delete_clause(contract, second, by=by, at=AT, reason="Лишнее")
    assert Draft.objects.get().reasons[second] == "Лишнее"
    with pytest.raises(Gone):
        delete_clause(contract, second, by=by, at=AT)
    with pytest.raises(Gone):
        save_clause(contract, second, {"0": "x"}, by=by, at=AT)
    for _ in range(2):
        restore_clause(contract, second, by=by, at=AT)
    assert [node["id"] for node in nodes(Draft.objects.get().tree)].count(second) == 1
    move_clause(contract, first, 1, by=by, at=AT)
    assert clause_numbered(contract, "5.1") != first
    with pytest.raises(Gone):
        add_clause(contract, "no-such", by=by, at=AT)


def test_changed_words_of_a_deleted_clause_come_back_with_it(
    world: World, contract: Contract
) -> None:
    by, clause = world.as_guest("anna"), clause_numbered(contract, "5.1")
    save_clause(contract, clause, {"0": "Мои слова."}, by=by, at=AT)
    delete_clause(contract, clause, by=by, at=AT)
    restore_clause(contract, clause, by=by, at=AT)
    assert words(contract, clause) == {"0": "Мои слова."}


# The order of clauses, as laws.

shapes = st.recursive(
    st.just([]), lambda inner: st.lists(inner, min_size=1, max_size=4), max_leaves=12
).filter(bool)


def tree_of(shape: list[Any]) -> dict[str, Any]:
    """A stored tree of this shape, its clauses named in reading order."""
    count = iter(range(1000))

    def node(inner: list[Any]) -> dict[str, Any]:
        found: dict[str, Any] = {"id": f"c{next(count)}", "w": "0"}
        if inner:
            found["ch"] = [node(one) for one in inner]
        return found

    return {"clauses": [node(one) for one in shape]}


def outline(tree: dict[str, Any]) -> list[Any]:
    """Ids with their children; an empty list of children is none."""

    def told(node: dict[str, Any]) -> list[Any]:
        return [node["id"], [told(child) for child in node.get("ch", ())]]

    return [told(node) for node in tree["clauses"]]


def ids(tree: dict[str, Any]) -> list[str]:
    return [node["id"] for node in nodes(tree)]


def depth(tree: dict[str, Any], clause: str) -> int:
    def found(branch: list[Any], level: int) -> int:
        for node in branch:
            if node["id"] == clause:
                return level
            if (below := found(node.get("ch", []), level + 1)) >= 0:
                return below
        return -1

    return found(tree["clauses"], 0)


@given(shapes, st.data())
def test_what_is_put_back_stands_where_it_stood(shape: list[Any], data: st.DataObject) -> None:
    tree = tree_of(shape)
    kept = copy.deepcopy(tree)
    clause = data.draw(st.sampled_from(ids(tree)))
    gone = surgery.remove(tree, clause)
    assert outline(surgery.restore(gone, tree, clause)) == outline(tree)
    assert tree == kept, "a tree is never changed in place"


@given(shapes, st.data())
def test_moves_lose_nothing_keep_the_depth_and_can_be_undone(
    shape: list[Any], data: st.DataObject
) -> None:
    tree = tree_of(shape)
    clause, step = data.draw(st.sampled_from(ids(tree))), data.draw(st.sampled_from([1, -1]))
    moved = surgery.move(tree, clause, step)
    assert sorted(ids(moved)) == sorted(ids(tree))
    assert depth(moved, clause) == depth(tree, clause)
    if outline(moved) != outline(tree):
        assert outline(surgery.move(moved, clause, -step)) == outline(tree)


@given(shapes, st.data())
def test_a_moved_clause_goes_back_to_its_place(shape: list[Any], data: st.DataObject) -> None:
    tree = tree_of(shape)
    moved, clause = tree, data.draw(st.sampled_from(ids(tree)))
    for step in data.draw(st.lists(st.sampled_from([1, -1]), max_size=4)):
        moved = surgery.move(moved, clause, step)
    assert outline(surgery.put_back(moved, tree, clause)) == outline(tree)


@given(shapes, st.data())
def test_many_deletions_put_back_in_any_order_lose_nothing(
    shape: list[Any], data: st.DataObject
) -> None:
    tree = tree_of(shape)
    gone, removed = tree, []
    for clause in data.draw(st.lists(st.sampled_from(ids(tree)), unique=True, max_size=5)):
        if node_of(gone, clause) is not None:
            gone = surgery.remove(gone, clause)
            removed.append(clause)
    for clause in data.draw(st.permutations(removed)):
        if node_of(gone, clause) is None:
            gone = surgery.restore(gone, tree, clause)
    assert sorted(ids(gone)) == sorted(ids(tree))
    assert all(sum(node["id"] == one for node in nodes(gone)) == 1 for one in ids(tree))


@given(shapes, st.data())
def test_a_new_clause_stands_right_below_at_the_same_depth(
    shape: list[Any], data: st.DataObject
) -> None:
    tree = tree_of(shape)
    clause = data.draw(st.sampled_from(ids(tree)))
    grown = surgery.insert_after(tree, clause, {"id": "new", "w": "0"})
    assert depth(grown, "new") == depth(tree, clause)
    assert surgery.place_of(grown, "new")["after"] == clause
    assert outline(surgery.remove(grown, "new")) == outline(tree)
