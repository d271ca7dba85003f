"""Only those whose clauses changed are asked again; whoever's words are not as they were, is."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    WHY,
    approve,
    fresh_contract,
    open_now,
    outcomes,
    person,
    resent,
    route,
    seat,
    send_back,
    sent,
    stage,
    step,
)
from tests.support.remembered import remembered
from zabota.clients.actions import change_client
from zabota.contracts.actions import (
    add_clause,
    counter_change,
    delete_clause,
    move_clause,
    move_to_newer_route,
    reject_change,
    save_clause,
    save_values,
    submit_contract,
)
from zabota.contracts.models import Change, Contract, Draft
from zabota.contracts.reading.approvals import read_approvals
from zabota.contracts.stored import load_texts, node_of, nodes
from zabota.contracts.surgery import remove
from zabota.home.world import World, clause_numbered, reword

STANDS = ("dropped", "stands")


@remembered
def three(world: World, *more: dict[str, object], last: str = "finance") -> None:
    """Legal, then logistics, then finance; nobody answers for the whole text."""
    people = {"legal": "lawyer", "logistics": "logist1", "finance": "finance"}
    route(
        world,
        *(
            step(key, key, [person(world, people[key])], group + (key == last) * 5)
            for group, key in enumerate(people, 1)
        ),
        *more,
        form="supply-ru",
    )


def again(
    world: World, contract: Contract, change: Callable[[Contract], object], days: int = 1
) -> Contract:
    """Finance returns it, the client does this to the draft and sends it."""
    send_back(world, contract, "finance", "finance", AT + days * DAY)
    change(contract)
    submit_contract(contract, by=world.as_guest("anna"), at=AT + days * DAY + HOUR)
    return fresh_contract(contract)


@remembered
def agreed_but_finance(world: World) -> Contract:
    contract = sent(world, "supply-ru", reworded={"8.1": lambda text: f"{text} Да."})
    approve(world, contract, "legal", "lawyer")
    approve(world, contract, "logistics", "logist1")
    return contract


def test_a_value_touches_every_direction_that_shows_it(world: World) -> None:
    """The price stands in a clause of finance first and in the annex of logistics."""
    three(world)
    contract = agreed_but_finance(world)
    by = world.as_guest("anna")
    contract = again(
        world,
        contract,
        lambda found: save_values(found, {"price": "777000.00"}, by=by, at=AT + DAY),
    )
    assert outcomes(contract)["legal"] == STANDS
    assert open_now(contract) == {"logistics"}


def test_our_own_words_are_asked_about_like_the_clients(world: World) -> None:
    """A second lawyer answers with other words after the first has agreed."""
    second = step("second", "legal", [person(world, "director")], 9)
    three(world, second)
    contract = agreed_but_finance(world)
    approve(world, contract, "finance", "finance")
    change = Change.objects.get(concern="legal")
    # The first lawyer has accepted it; the second one has not.
    counter_change(change, {"0": "Иначе."}, by=world.as_staff("director"), at=AT)
    send_back(world, contract, "second", "director", AT + HOUR)
    contract = resent(world, contract, "anna", AT + DAY)
    found = outcomes(contract)
    assert found["legal"] == ("running", "")
    assert (found["logistics"], found["finance"]) == (STANDS, STANDS)


def test_a_refused_addition_asks_again_who_agreed_to_it(world: World) -> None:
    second = step("second", "legal", [person(world, "director")], 9)
    three(world, second)
    contract = agreed_but_finance(world)
    approve(world, contract, "finance", "finance")
    change, director = Change.objects.get(), world.as_staff("director")
    reject_change(change, by=director, at=AT, reason="Нет")
    send_back(world, contract, "second", "director", AT + HOUR)
    contract = resent(world, contract, "anna", AT + DAY)
    assert open_now(contract) == {"legal"}


def test_a_new_clause_touches_the_direction_it_stands_in(world: World) -> None:
    three(world)
    contract = agreed_but_finance(world)
    by = world.as_guest("anna")

    def add(found: Contract) -> None:
        new = add_clause(found, clause_numbered(found, "7.4"), by=by, at=AT + DAY)
        save_clause(found, new, {"0": "Новое."}, by=by, at=AT + DAY)

    contract = again(world, contract, add)
    assert open_now(contract) == {"legal"}
    assert outcomes(contract)["logistics"] == STANDS


def test_a_deleted_clause_touches_whoever_refers_to_it(world: World) -> None:
    """A reference of one direction to a clause of another leads nowhere after that is deleted."""
    three(world)
    contract = agreed_but_finance(world)
    assert contract.version is not None
    (text,) = load_texts(contract.version.tree)
    by = world.as_guest("anna")
    clause = clause_numbered(contract, "6.1")

    def delete(found: Contract) -> None:
        delete_clause(found, clause, by=by, at=AT + DAY, reason=WHY)

    contract = again(world, contract, delete)
    refers = any(
        "#" + clause in str(node)
        for node in nodes(contract.version.tree)  # type: ignore[union-attr]
    )
    assert text.attributes[clause].concern == "logistics"
    assert outcomes(contract)["legal"] == (("running", "") if refers else STANDS)
    assert outcomes(contract)["logistics"] != STANDS


def test_a_move_touches_the_moved_clause_alone(world: World) -> None:
    """8.3 of finance goes up past 8.2 of legal: numbers of legal clauses change, words do not."""
    three(world)
    contract = agreed_but_finance(world)
    by = world.as_guest("anna")

    def move(found: Contract) -> None:
        move_clause(found, clause_numbered(found, "8.3"), -1, by=by, at=AT + DAY)

    contract = again(world, contract, move)
    assert (outcomes(contract)["legal"], outcomes(contract)["logistics"]) == (STANDS, STANDS)
    assert open_now(contract) == {"finance"}


def test_a_move_of_ones_own_clause_asks_again(world: World) -> None:
    three(world)
    contract = agreed_but_finance(world)
    by = world.as_guest("anna")

    def move(found: Contract) -> None:
        move_clause(found, clause_numbered(found, "8.2"), 1, by=by, at=AT + DAY)

    contract = again(world, contract, move)
    assert open_now(contract) == {"legal"}


def test_words_taken_back_need_nobody_anew(world: World) -> None:
    """Round 2 touches logistics and is returned before they look; round 3 takes it back."""
    three(world)
    contract = agreed_but_finance(world)
    first = {key: stage(contract, key) for key in ("legal", "logistics")}
    by = world.as_guest("anna")
    was = contract.version.tree  # type: ignore[union-attr]
    contract = again(
        world, contract, lambda found: reword(found, "6.1", str.upper, by=by, at=AT + DAY)
    )
    assert outcomes(contract)["logistics"] == ("running", "")
    approve(world, contract, "logistics", "logist1", AT + DAY + HOUR)

    def back(found: Contract) -> None:
        reword(found, "6.1", lambda _: before, by=by, at=AT + 2 * DAY)

    clause = clause_numbered(contract, "6.1")
    before = plain(was, clause)
    contract = again(world, contract, back, days=2)
    assert {key: stage(contract, key).stands_since for key in first} == first
    # Taken back it is a change like any other, and answered: they have agreed to these words.
    change = Change.objects.filter(clause=clause).latest("pk")
    assert (change.state, change.answered_by) == ("accepted", world.staff["logist1"])


def plain(tree: dict[str, object], clause: str) -> str:
    (text,) = load_texts(tree)
    from_tree = next(c for c in walk(text.document.clauses) if c.id == clause)
    return "".join(run.text for run in from_tree.blocks[0].runs)


def walk(clauses: object) -> object:
    for clause in clauses:  # type: ignore[attr-defined]
        yield clause
        yield from walk(clause.children)  # type: ignore[misc]


def test_what_stood_and_is_touched_later_is_asked(world: World) -> None:
    three(world)
    contract = agreed_but_finance(world)
    contract = again(world, contract, lambda _: None)
    assert outcomes(contract)["legal"] == STANDS
    by = world.as_guest("anna")

    def change(found: Contract) -> None:
        reword(found, "8.2", lambda text: f"{text} Да.", by=by, at=AT + DAY)

    contract = again(world, contract, change, days=2)
    assert open_now(contract) == {"legal"}
    assert outcomes(contract)["logistics"] == STANDS


def test_what_no_stage_answers_for_is_seen_by_who_comes_last(world: World) -> None:
    """Security has no stage of its own: nothing is agreed that nobody has looked at."""
    three(world, last="legal")
    contract = sent(world, "supply-ru")
    approve(world, contract, "logistics", "logist1")
    approve(world, contract, "finance", "finance")
    send_back(world, contract, "legal", "lawyer")
    contract = resent(world, contract, "anna", AT + DAY, "10.1")
    assert open_now(contract) == {"legal"}
    assert outcomes(contract)["finance"] == STANDS


def with_manager(world: World) -> None:
    """The manager begins with the general direction; then legal, logistics, finance."""
    three(world, step("manager", "general", [person(world, "manager")], 0))


def agreed_by_manager(world: World) -> Contract:
    with_manager(world)
    contract = sent(world, "supply-ru")
    for key, who in (("manager", "manager"), ("legal", "lawyer"), ("logistics", "logist1")):
        approve(world, contract, key, who)
    send_back(world, contract, "finance", "finance", AT + HOUR)
    return fresh_contract(contract)


@pytest.mark.parametrize(
    ("clause", "asked"),
    [("7.2", {"legal"}), ("1.4", {"legal"}), ("1.2", {"manager"}), ("10.1", {"manager"})],
)
def test_a_return_begins_where_the_text_differs(world: World, clause: str, asked: set[str]) -> None:
    """A clause of law does not ask the manager anew; a general one, and what nobody else answers
    for (security), does.
    """
    contract = resent(world, agreed_by_manager(world), "anna", AT + DAY, clause)
    assert open_now(contract) == asked
    assert (outcomes(contract)["manager"] == STANDS) == (asked == {"legal"})


def test_the_director_answers_for_the_whole(world: World) -> None:
    three(world, step("director", "director", [person(world, "director")], 9))
    contract = sent(world, "supply-ru")
    for key, who in (
        ("legal", "lawyer"), ("logistics", "logist1"), ("finance", "finance"),
    ):  # fmt: skip
        approve(world, contract, key, who)
    send_back(world, contract, "director", "director", AT + HOUR)
    contract = resent(world, contract, "anna", AT + DAY, "7.2")
    approve(world, contract, "legal", "lawyer", AT + DAY)
    assert open_now(contract) == {"director"}


def test_a_refused_new_clause_keeps_what_was_moved_into_it(world: World) -> None:
    """5.6 is put into a new clause after it; the new clause is refused, 5.6 stays in the text."""
    three(world)
    contract = agreed_but_finance(world)
    clause, by = clause_numbered(contract, "5.6"), world.as_guest("anna")

    def wrap(found: Contract) -> None:
        new = add_clause(found, clause, by=by, at=AT + DAY)
        draft = Draft.objects.get(contract=found)
        inner = node_of(draft.tree, clause)
        draft.tree = remove(draft.tree, clause)
        node_of(draft.tree, new)["ch"] = [inner]  # type: ignore[index]
        draft.save()

    contract = again(world, contract, wrap)
    finance = world.as_staff("finance")
    change = Change.objects.get(kind="added")
    reject_change(change, by=finance, at=AT + DAY, reason="Не нужно")
    send_back(world, contract, "finance", "finance", AT + 2 * DAY)
    tree = fresh_contract(contract).version.tree  # type: ignore[union-attr]
    assert (node_of(tree, change.clause), bool(node_of(tree, clause))) == (None, True)


def test_a_stage_no_longer_needed_does_not_let_a_change_through_unseen(world: World) -> None:
    dear = [{"field": "deferral_days", "op": "ge", "value": "300"}]
    three(world, step("long", "director", [person(world, "director")], 9, conditions=dear))
    contract = sent(world, "supply-ru", at=AT)
    by = world.as_guest("anna")
    for key, who in (("legal", "lawyer"), ("logistics", "logist1")):
        approve(world, contract, key, who)
    send_back(world, contract, "finance", "finance")
    save_values(contract, {"deferral_days": "360"}, by=by, at=AT)
    submit_contract(contract, by=by, at=AT)
    approve(world, contract, "finance", "finance")
    assert open_now(contract) == {"long"}
    send_back(world, contract, "long", "director")
    save_values(contract, {"deferral_days": "10"}, by=by, at=AT)
    reword(contract, "10.1", str.upper, by=by, at=AT, reason=WHY)
    submit_contract(contract, by=by, at=AT)
    contract = fresh_contract(contract)
    assert contract.case.state == "review"
    assert open_now(contract) == {"finance"}


def test_an_approver_named_by_a_field_is_asked_when_it_names_another(world: World) -> None:
    own = step("own", "legal", [seat("field", "subject")], 1)
    fin = step("finance", "finance", [person(world, "finance")], 2)
    route(world, own, fin, form="supply-ru")
    contract = sent(world, "supply-ru")
    by = world.as_guest("anna")
    who = stage(contract, "own").promise.holders.get().employee.user.email.split("@")[0]
    approve(world, contract, "own", who)
    lawyer = str(world.staff["lawyer"].pk)
    contract = again(
        world, contract, lambda c: save_values(c, {"subject": lawyer}, by=by, at=AT + DAY)
    )
    assert open_now(contract) == {"own"}


def test_what_a_condition_asks_reopens_its_stage(world: World) -> None:
    """Legal is asked because of the sum: another sum is another question."""
    dear = [{"field": "sum", "op": "ge", "value": "100"}]
    route(
        world,
        step("legal", "legal", [person(world, "lawyer")], 1),
        step("dear", "legal", [person(world, "director")], 2, conditions=dear),
        step("finance", "finance", [person(world, "finance")], 3),
        form="supply-ru",
    )
    contract = sent(world, "supply-ru")
    approve(world, contract, "legal", "lawyer")
    approve(world, contract, "dear", "director")
    by = world.as_guest("anna")
    contract = again(
        world, contract, lambda c: save_values(c, {"price": "900.00"}, by=by, at=AT + DAY)
    )
    assert (outcomes(contract)["legal"], open_now(contract)) == (STANDS, {"dear"})


def test_off_and_on_again_is_not_asked_twice_about_the_same_words(world: World) -> None:
    dear = [{"field": "sum", "op": "ge", "value": "1000"}]
    three(world, step("dear", "legal", [person(world, "director")], 2, conditions=dear))
    contract = sent(world, "supply-ru")
    price = contract.version.values["price"]  # type: ignore[union-attr]
    by = world.as_guest("anna")
    for key, who in (("legal", "lawyer"), ("logistics", "logist1"), ("dear", "director")):
        approve(world, contract, key, who)

    def cost(sum_: str) -> Callable[[Contract], object]:
        return lambda found: save_values(found, {"price": sum_}, by=by, at=AT + DAY)

    contract = again(world, contract, cost("5.00"))
    assert "dear" not in outcomes(contract)
    approve(world, contract, "logistics", "logist1")
    contract = again(world, contract, cost(price), days=2)
    assert outcomes(contract)["dear"] == STANDS
    assert outcomes(contract)["logistics"] == STANDS


def test_a_detail_on_a_card_touches_who_sees_it(world: World) -> None:
    three(world)
    contract = agreed_but_finance(world)
    signatory = "Петров Пётр Петрович"

    def card(_: Contract) -> None:
        change_client(world.clients["romashka"], {"signatory": signatory}, by=None, at=AT + DAY)

    contract = again(world, contract, card)
    # The signatory stands in the annex of logistics; the lawyer's clauses do not name them.
    assert (outcomes(contract)["legal"], open_now(contract)) == (STANDS, {"logistics"})


def test_a_newer_route_with_other_people_asks_them(world: World) -> None:
    three(world)
    contract = agreed_but_finance(world)
    legal = step("legal", "legal", [person(world, "lawyer"), person(world, "director")], 1)
    logistics = step("logistics", "logistics", [person(world, "logist1")], 2)
    route(
        world,
        legal,
        logistics,
        step("finance", "finance", [person(world, "finance")], 3),
        form="supply-ru",
    )
    editor = world.as_staff("lawyer")
    move_to_newer_route(contract, by=editor, at=AT + DAY, reason="Порядок")
    assert outcomes(contract)["legal"] == ("running", "")
    assert outcomes(contract)["logistics"] == STANDS


@pytest.fixture
def standing(world: World) -> Contract:
    """Legal stands on version 1; finance's 5.1 and 5.2 were changed since."""
    three(world)
    contract = agreed_but_finance(world)
    send_back(world, contract, "finance", "finance", AT + DAY)
    return resent(world, contract, "anna", AT + DAY + HOUR, "5.1", "5.2")


def test_the_sheet_says_why_a_decision_stands(world: World, standing: Contract) -> None:
    assert stage(standing, "legal").standing["version"] == 1
    page = browser_of(world, "lawyer").get(f"/desk/contracts/{standing.pk}/approval-sheet/")
    words = page.content.decode()
    assert (
        "Решение от 17\u00a0ноября 2026\u00a0года по редакции 1 стоит: с тех пор изменены только "
        "п. 5.1, 5.2 (финансы)." in words
    )
    assert f"/desk/contracts/{standing.pk}/compare/?a=1&amp;b=2&amp;concern=legal" in words


def test_the_sheet_says_so_on_paper_with_a_link(
    world: World, standing: Contract, tmp_path: Path
) -> None:
    sheet = f"/desk/contracts/{standing.pk}/approval-sheet.pdf"
    data = browser_of(world, "lawyer").get(sheet).content
    file = tmp_path / "sheet.pdf"
    file.write_bytes(data)
    raw = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True)
    words = re.sub(r"[-‐\u00ad] ", "", " ".join(raw.stdout.decode().split()))
    assert "по редакции 1 стоит: с тех пор изменены только п. 5.1, 5.2 (финансы)." in words
    links = subprocess.run(["pdfinfo", "-url", file], capture_output=True, check=True)
    address = f"/desk/contracts/{standing.pk}/compare/?a=1&b=2&concern=legal"
    assert address in links.stdout.decode()


def test_the_sheet_says_it_in_english(world: World, standing: Contract) -> None:
    firm, lawyer = world.firm, world.as_staff("lawyer")
    with translation.override("en"):
        rows = read_approvals(standing, lawyer, firm, "en")
    (why,) = [row.why.words for row in rows if row.why and row.stage.startswith("legal")]
    assert why == (
        "The decision of 17\u00a0November 2026 on version 1 stands: since then only "
        "cl. 5.1, 5.2 (finance) changed."
    )


def test_the_client_reads_the_reason_without_our_directions(
    world: World, standing: Contract
) -> None:
    words = (
        browser_of(world, "anna")
        .get(f"/room/contracts/{standing.pk}/approval-sheet/")
        .content.decode()
    )
    assert "с тех пор изменены только п. 5.1, 5.2." in words
    assert "финансы" not in words
    assert "concern=" not in words


def test_the_compared_text_of_one_direction(world: World, standing: Contract) -> None:
    browser, base = browser_of(world, "lawyer"), f"/desk/contracts/{standing.pk}/compare/"
    mine = browser.get(f"{base}?a=1&b=2&concern=legal")
    assert mine.context["found"].steps == 0
    assert "Пункты направления «Право» не изменились" in mine.content.decode()
    theirs = browser.get(f"{base}?a=1&b=2&concern=finance")
    assert theirs.context["found"].steps == 2
    assert browser.get(f"{base}?a=1&b=2&concern=nobody").status_code == 404
    assert browser.get(f"{base}?a=1&b=2").context["found"].steps == 2
    room = f"/room/contracts/{standing.pk}/compare/?a=1&b=2&concern=legal"
    assert browser_of(world, "anna").get(room).status_code == 404


def test_a_decision_landed_before_facts_were_kept_is_compared_by_its_version(
    world: World,
) -> None:
    dear = [{"field": "sum", "op": "ge", "value": "100"}]
    three(world, step("dear", "legal", [person(world, "director")], 2, conditions=dear))
    contract = sent(world, "supply-ru")
    for key, who in (("legal", "lawyer"), ("logistics", "logist1"), ("dear", "director")):
        approve(world, contract, key, who)
    contract.stages.update(facts={})
    by = world.as_guest("anna")
    contract = again(world, contract, lambda c: save_values(c, {"price": "900.00"}, by=by, at=AT))
    assert "dear" in open_now(contract)
