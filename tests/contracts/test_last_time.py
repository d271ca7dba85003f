"""«Как в прошлый раз»: what was agreed in an earlier contract is the draft of the next."""

from typing import Any, cast

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    WHY,
    approve,
    fresh_contract,
    last_entry,
    sent,
    told,
)
from zabota.contracts.actions import (
    accept_agreed_before,
    add_clause,
    delete_clause,
    move_clause,
    put_in_force,
    register_contract,
    save_clause,
    save_values,
    start_contract,
    submit_contract,
    take_last_wording,
)
from zabota.contracts.drafts import open_draft
from zabota.contracts.last_time import LastTime, as_last_time, lay_last_time, words_of
from zabota.contracts.models import Change, Contract, TemplateEdition
from zabota.contracts.parties import is_asked
from zabota.contracts.stored import Tree, node_of, nodes
from zabota.contracts.surgery import insert_after, move, remove, with_wordings
from zabota.home.world import World, begin, clause_numbered, example_value, reword

NEW = "/room/contracts/new/"
LATER = AT + DAY
MORE = "И точка."


def more(text: str) -> str:
    return f"{text} {MORE}"


@pytest.fixture
def before(world: World) -> Contract:
    """Agreed and registered: one clause reworded, one added, one deleted, one moved, one locked."""
    by = world.as_guest("anna")
    contract = begin(world, "nda-ru", "anna", AT)
    reword(contract, "2.1", more, by=by, at=AT, reason=WHY)
    added = add_clause(contract, clause_numbered(contract, "2.1"), by=by, at=AT)
    save_clause(contract, added, {"0": "О дирижаблях отдельно."}, by=by, at=AT)
    delete_clause(contract, clause_numbered(contract, "3.2"), by=by, at=AT, reason=WHY)
    move_clause(contract, clause_numbered(contract, "7.1"), 1, by=by, at=AT)
    reword(contract, "4.2", more, by=by, at=AT, reason=WHY)
    submit_contract(contract, by=by, at=AT)
    approve(world, contract, "manager", "manager", AT + HOUR)
    approve(world, contract, "legal", "lawyer", AT + HOUR)
    return register_contract(contract, by=world.as_staff("manager"), at=AT + HOUR)


def again(world: World, like: Contract, who: str = "anna") -> Contract:
    """A contract begun like an earlier one, through the page, filled in."""
    form = TemplateEdition.objects.get(template=like.edition.template, state="in_force")
    browser_of(world, who).post(NEW, {"form": form.pk, "like": like.pk})
    contract = Contract.objects.select_related("case", "edition").latest("pk")
    fill(world, contract)
    return contract


def fill(world: World, contract: Contract) -> None:
    specs = [spec for spec in contract.edition.fields if is_asked(spec["name"])]
    values = {spec["name"]: example_value(spec) for spec in specs}
    save_values(contract, values, by=world.as_guest("anna"), at=LATER)


def draft_tree(contract: Contract) -> Tree:
    work = open_draft(contract, "theirs")
    assert work is not None
    return work.tree


def text_of(contract: Contract) -> Tree:
    version = fresh_contract(contract).version
    assert version is not None
    return cast(Tree, version.tree)


def new_edition(world: World, **words: str) -> TemplateEdition:
    """The form in a new edition: these clauses (by number) have the words of those."""
    form = world.forms["nda-ru"]
    contract = start_contract(form, world.clients["romashka"], by=world.as_guest("anna"), at=AT)
    known = words_of(form.tree)
    told = {
        clause_numbered(contract, number.removeprefix("n").replace("_", ".")): known[
            clause_numbered(contract, other)
        ]
        for number, other in words.items()
    }
    made = TemplateEdition.objects.create(
        template=form.template,
        number=form.number + 1,
        tree=with_wordings(form.tree, told),
        fields=form.fields,
        kept=form.kept,
        route=form.route,
        source=form.source,
        made_at=AT,
    )
    return put_in_force(made, by=world.as_staff("lawyer"), at=LATER)


def test_the_wording_agreed_last_time_is_the_draft_now(world: World, before: Contract) -> None:
    contract = again(world, before)
    assert words_of(draft_tree(contract)) == words_of(text_of(before))
    submit_contract(contract, by=world.as_guest("anna"), at=LATER)
    kinds = sorted(Change.objects.filter(contract=contract).values_list("kind", flat=True))
    assert kinds == sorted(Change.objects.filter(contract=before).values_list("kind", flat=True))
    proposed = Change.objects.get(contract=contract, kind="proposed")
    assert before.registered_number in proposed.reason
    assert "17\u00a0ноября 2026" in proposed.reason


def test_both_sides_read_beside_each_change_where_it_was_agreed(
    world: World, before: Contract
) -> None:
    contract = again(world, before)
    words = f"согласовано в № {before.registered_number} от 17.11.2026"
    room = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").content.decode()
    changed = as_last_time(
        LastTime(before, before.edition.tree, text_of(before)),
        contract.edition.tree,
        draft_tree(contract),
    )
    assert room.count(words) == len(changed) > 4
    submit_contract(contract, by=world.as_guest("anna"), at=LATER)
    for who, door in (("anna", "room"), ("lawyer", "desk")):
        page = browser_of(world, who).get(f"/{door}/contracts/{contract.pk}/").content.decode()
        assert page.count(words) == len(changed)
    page = browser_of(world, "lawyer").get(f"/desk/contracts/{contract.pk}/")
    assert {each.clause for each in page.context["departures"]} == changed
    assert all(each.as_before for each in page.context["departures"])


def test_a_change_of_the_taken_words_is_no_longer_as_agreed(world: World, before: Contract) -> None:
    contract = again(world, before)
    clause = reword(contract, "2.1", more, by=world.as_guest("anna"), at=LATER)
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/")
    marked = {view.id for view in page.context["sheet"].clauses if view.as_before}
    assert clause not in marked
    assert marked


def test_as_it_was_goes_back_to_the_words_of_the_form(world: World, before: Contract) -> None:
    contract = again(world, before)
    clause = clause_numbered(contract, "2.1")
    path = f"/room/contracts/{contract.pk}/clauses/{clause}/revert/"
    browser_of(world, "anna").post(path)
    assert words_of(draft_tree(contract))[clause] == words_of(contract.edition.tree)[clause]


def test_ours_accept_all_that_was_agreed_before_in_one_click(
    world: World, before: Contract
) -> None:
    contract = again(world, before)
    reword(contract, "5.1", more, by=world.as_guest("anna"), at=LATER, reason=WHY)
    submit_contract(contract, by=world.as_guest("anna"), at=LATER)
    approve(world, contract, "manager", "manager", LATER)
    browser = browser_of(world, "lawyer")
    path = f"/desk/contracts/{contract.pk}/"
    legal = [row for row in Change.objects.filter(contract=contract) if row.concern == "legal"]
    page = browser.get(path)
    offered = page.context["agreed_before"]
    assert offered
    assert "Принять согласованное раньше" in page.content.decode()
    assert browser.post(f"{path}accept-agreed/").status_code == 302
    states = dict(Change.objects.filter(contract=contract).values_list("clause", "state"))
    assert list(states.values()).count("accepted") == offered
    assert states[clause_numbered(contract, "5.1")] == "open"
    assert legal
    entry = last_entry("contract.agreed_before_accepted")
    assert entry.audience == "both"
    assert entry.facts["number"] == before.registered_number
    assert len(entry.facts["changes"]) == offered
    assert told("contract.agreed_before_accepted") == [("anna", "contract_answers")]
    assert not browser.get(path).context["agreed_before"]
    assert browser.post(f"{path}accept-agreed/").status_code == 403


def test_who_may_not_answer_may_not_accept_them_at_once(world: World, before: Contract) -> None:
    contract = again(world, before)
    submit_contract(contract, by=world.as_guest("anna"), at=LATER)
    with pytest.raises(PermissionDenied):
        accept_agreed_before(contract, by=world.as_staff("finance"), at=LATER)
    other = browser_of(world, "john").post(f"/room/contracts/{contract.pk}/accept-agreed/")
    assert other.status_code == 404
    assert not Change.objects.filter(contract=contract, state="accepted").exists()


def test_what_was_only_sent_is_taken_but_is_not_called_agreed(world: World) -> None:
    before = sent(world, reworded={"2.1": more})
    contract = again(world, before)
    assert words_of(draft_tree(contract)) == words_of(text_of(before))
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").content.decode()
    assert "согласовано в №" not in page
    assert f"как в № {before.case.number}, там не согласовано" in page
    submit_contract(contract, by=world.as_guest("anna"), at=LATER)
    with pytest.raises(PermissionDenied):
        accept_agreed_before(contract, by=world.as_staff("lawyer"), at=LATER)


def test_where_the_form_has_changed_its_new_words_stand_and_the_old_are_one_click_away(
    world: World, before: Contract
) -> None:
    form = new_edition(world, n2_1="2.2", n5_1="2.2")
    contract = again(world, before)
    changed = clause_numbered(contract, "2.1")
    assert words_of(draft_tree(contract))[changed] == words_of(form.tree)[changed]
    browser, path = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/"
    page = browser.get(path)
    views = {view.id: view for view in page.context["sheet"].clauses}
    assert MORE in views[changed].then.html
    shown = page.content.decode()
    assert shown.count(f"После договора № {before.registered_number} форма изменилась") == 2
    taken = f"{path}clauses/{changed}/last-time/"
    assert browser.post(taken)["Location"] == f"{path}#c-{changed}"
    assert words_of(draft_tree(contract))[changed] == words_of(text_of(before))[changed]
    view = next(v for v in browser.get(path).context["sheet"].clauses if v.id == changed)
    assert (view.as_before, view.then) == (True, None)
    for who in ("john", "manager"):
        assert browser_of(world, who).post(taken).status_code == 404


def test_a_clause_the_form_has_no_more_is_offered_and_comes_back(
    world: World, before: Contract
) -> None:
    form = world.forms["nda-ru"]
    lost = clause_numbered(before, "2.1")
    made = new_edition(world)
    TemplateEdition.objects.filter(pk=made.pk).update(tree=remove(form.tree, lost))
    contract = again(world, before)
    assert lost not in words_of(draft_tree(contract))
    browser, path = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/"
    assert [clause for clause, _ in browser.get(path).context["before"].lost] == [lost]
    browser.post(f"{path}clauses/{lost}/last-time/")
    tree = draft_tree(contract)
    assert words_of(tree)[lost] == words_of(text_of(before))[lost]
    assert browser.get(path).context["before"].lost == []
    assert browser.post(f"{path}clauses/nothing/last-time/").status_code == 302


def test_only_the_draft_of_ones_own_side_takes_old_words(world: World, before: Contract) -> None:
    contract = again(world, before)
    clause = clause_numbered(contract, "2.1")
    with pytest.raises(PermissionDenied):
        take_last_wording(contract, clause, by=world.as_staff("manager"), at=LATER)
    submit_contract(contract, by=world.as_guest("anna"), at=LATER)
    with pytest.raises(PermissionDenied):
        take_last_wording(contract, clause, by=world.as_guest("anna"), at=LATER)


def test_ours_begin_like_last_time_and_send_it_themselves(world: World, before: Contract) -> None:
    path = f"/desk/contracts/new/?client={world.clients['romashka'].pk}"
    form = world.forms["nda-ru"].pk
    browser = browser_of(world, "manager")
    browser.post(path, {"form": form, "like": before.pk})
    contract = Contract.objects.select_related("case", "edition").latest("pk")
    work = open_draft(contract, "ours")
    assert work is not None
    assert words_of(work.tree) == words_of(text_of(before))
    specs = [spec for spec in contract.edition.fields if is_asked(spec["name"])]
    by = world.as_staff("manager")
    save_values(contract, {s["name"]: example_value(s) for s in specs}, by=by, at=LATER)
    submit_contract(contract, by=by, at=LATER)
    page = browser_of(world, "lawyer").get(f"/desk/contracts/{contract.pk}/")
    assert "согласовано в №" in page.content.decode()
    assert all(each.as_before for each in page.context["departures"])


def test_a_form_of_another_kind_takes_no_words(world: World, before: Contract) -> None:
    form = world.forms["supply-ru"]
    by = world.as_guest("anna")
    contract = start_contract(form, by.client, by=by, at=LATER, like=before)
    assert words_of(draft_tree(contract)) == words_of(form.tree)


def test_the_page_asks_as_much_whatever_was_taken(
    world: World, before: Contract, django_assert_num_queries: Any
) -> None:
    plain = again(world, sent(world))
    much = again(world, before)
    browser = browser_of(world, "anna")
    browser.get(f"/room/contracts/{plain.pk}/")
    with CaptureQueriesContext(connection) as few:
        browser.get(f"/room/contracts/{plain.pk}/")
    with django_assert_num_queries(len(few)):
        browser.get(f"/room/contracts/{much.pk}/")


FORM: Tree = {
    "schemes": {},
    "clauses": [
        {"id": f"s{i}", "w": f"w{i}", "c": "legal", "ch": [
            {"id": f"s{i}{j}", "w": f"w{i}{j}", "c": "legal"} for j in range(3)
        ]}
        for i in range(3)
    ],
}  # fmt: skip
STEP = st.tuples(st.sampled_from(["edit", "add", "delete", "up", "down"]), st.integers(0, 40))


def worked(steps: list[tuple[str, int]]) -> Tree:
    """The form after somebody worked on it."""
    tree = FORM
    for number, (verb, pick) in enumerate(steps):
        known = list(words_of(tree))
        if not known:
            break
        clause = known[pick % len(known)]
        match verb:
            case "edit":
                tree = with_wordings(tree, {clause: f"new{number}"})
            case "add":
                node = {"id": f"added{number}", "w": f"added{number}", "c": "legal"}
                tree = insert_after(tree, clause, node)
            case "delete":
                tree = remove(tree, clause)
            case _:
                tree = move(tree, clause, -1 if verb == "up" else 1)
    return tree


def bare(tree: Tree) -> list[Any]:
    def shape(node: dict[str, Any]) -> Any:
        return (node["id"], node["w"], [shape(child) for child in node.get("ch", ())])

    return [shape(node) for node in tree["clauses"]]


@given(st.lists(STEP, max_size=12))
def test_over_the_same_form_it_is_exactly_the_text_of_last_time(
    steps: list[tuple[str, int]],
) -> None:
    last = worked(steps)
    laid = lay_last_time(LastTime(Contract(), FORM, last), FORM)
    now = with_wordings(laid.tree, dict(laid.words))
    assert bare(now) == bare(last)
    differing = {c for c, w in words_of(last).items() if words_of(FORM).get(c) != w}
    assert differing <= as_last_time(LastTime(Contract(), FORM, last), FORM, now)


@given(st.lists(STEP, max_size=12), st.sets(st.sampled_from(list(words_of(FORM)))))
def test_over_a_newer_form_nothing_doubles_and_new_words_stand(
    steps: list[tuple[str, int]], renewed: set[str]
) -> None:
    form = with_wordings(FORM, {clause: f"{clause}-renewed" for clause in renewed})
    laid = lay_last_time(LastTime(Contract(), FORM, worked(steps)), form)
    ids = [node["id"] for node in nodes(laid.tree)]
    assert len(ids) == len(set(ids))
    words = words_of(with_wordings(laid.tree, dict(laid.words)))
    assert all(words[clause] == f"{clause}-renewed" for clause in renewed)
    assert node_of(laid.tree, "nothing") is None
