"""What is not in the text but still spoken of stands struck out where it stood."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR, approve, fresh_contract, send_back
from tests.support.remembered import remembered
from zabota.contracts.actions import (
    accept_change,
    add_clause,
    delete_clause,
    reject_change,
    save_clause,
    submit_contract,
)
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Change, Contract
from zabota.contracts.stored import node_of, nodes
from zabota.home.world import World, begin, clause_numbered

NEW, REFUSAL = "Покупатель вправе осмотреть товар.", "Осмотр не нужен."


@remembered
def before_us(world: World, *, delete: bool) -> tuple[Contract, str, Change]:
    """Anna adds a clause below 8.1, or deletes 8.2, and sends it; with the clause before it."""
    anna = world.as_guest("anna")
    contract = begin(world, "supply-ru", "anna", AT)
    first = clause_numbered(contract, "8.1")
    if delete:
        delete_clause(contract, clause_numbered(contract, "8.2"), by=anna, at=AT, reason="Лишнее")
    else:
        new = add_clause(contract, first, by=anna, at=AT)
        save_clause(contract, new, {"0": NEW}, by=anna, at=AT)
    submit_contract(contract, by=anna, at=AT)
    approve(world, contract, "manager", "manager")
    change = Change.objects.get(kind="deleted" if delete else "added")
    return fresh_contract(contract), first, change


@remembered
def refused(world: World) -> tuple[Contract, str, Change]:
    contract, first, change = before_us(world, delete=False)
    reject_change(change, by=world.as_staff("lawyer"), at=AT, reason=REFUSAL)
    send_back(world, contract, "legal", "lawyer", AT + HOUR)
    return fresh_contract(contract), first, change


def page(world: World, who: str, contract: Contract) -> str:
    door = "desk" if who in world.staff else "room"
    return browser_of(world, who).get(f"/{door}/contracts/{contract.pk}/").content.decode()


def struck_below(text: str, clause: str, above: str) -> str:
    """The struck-out clause, if it stands right below another."""
    found = re.findall(r'<article class="([^"]*)"[^>]*id="c-([^"]*)">(.*?)</article>', text, re.S)
    order = [name for _, name, _ in found]
    assert order[order.index(above) + 1] == clause
    classes, _, words = found[order.index(clause)]
    assert "deleted" in classes.split()
    return words


@pytest.mark.parametrize("who", ["anna", "manager"])
def test_an_added_clause_we_refused_stands_struck_out_with_our_reason(
    world: World, who: str
) -> None:
    contract, first, change = refused(world)
    words = struck_below(page(world, who, contract), change.clause, first)
    for told in (NEW, REFUSAL, "Не принято"):
        assert told in words
    for verb in ("agree", "insist"):
        assert (f"/changes/{change.pk}/{verb}/" in words) == (who == "anna")


def test_the_client_agrees_that_it_goes(world: World) -> None:
    contract, _, change = refused(world)
    base = f"/room/contracts/{contract.pk}"
    browser_of(world, "anna").post(f"{base}/changes/{change.pk}/agree/")
    assert Change.objects.get(pk=change.pk).state == "agreed"
    assert f'id="c-{change.clause}"' not in page(world, "anna", contract)


def test_the_client_puts_its_clause_back_with_its_words(world: World) -> None:
    contract, first, change = refused(world)
    base = f"/room/contracts/{contract.pk}"
    answer = browser_of(world, "anna").post(
        f"{base}/changes/{change.pk}/insist/", {"words": "Нужен осмотр", "back": "contract"}
    )
    assert answer["Location"] == f"{base}/#c-{change.clause}"
    work = open_draft(contract, "theirs")
    assert work is not None
    node = node_of(work.tree, change.clause)
    assert node is not None
    assert node["w"] == change.new_wording
    order = [found["id"] for found in nodes(work.tree)]
    assert order[order.index(first) + 1] == change.clause
    text = page(world, "anna", contract)
    assert text.count(f'id="c-{change.clause}"') == 1
    submit_contract(contract, by=world.as_guest("anna"), at=AT + DAY)
    rows = Change.objects.filter(clause=change.clause).order_by("pk")
    assert [row.state for row in rows] == ["superseded", "open"]


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("returned", [True, False])
def test_a_deletion_stands_struck_out_for_both_sides(
    world: World, accepted: bool, returned: bool
) -> None:
    contract, first, change = before_us(world, delete=True)
    if accepted:
        accept_change(change, by=world.as_staff("lawyer"), at=AT)
    if returned:
        send_back(world, contract, "legal", "lawyer", AT + HOUR)
    for who in ("anna", "manager"):
        words = struck_below(page(world, who, contract), change.clause, first)
        assert ("Принято" in words) == accepted


def test_many_struck_clauses_cost_what_one_does(world: World) -> None:
    anna, asked = world.as_guest("anna"), []
    for numbers in (("8.2",), ("8.2", "5.1", "5.2")):
        contract = begin(world, "supply-ru", "anna", AT)
        for clause in [clause_numbered(contract, number) for number in numbers]:
            delete_clause(contract, clause, by=anna, at=AT, reason="Лишнее")
        submit_contract(contract, by=anna, at=AT)
        send_back(world, contract, "manager", "manager", AT + HOUR)
        assert page(world, "anna", contract).count("Предложено удалить") == len(numbers)
        with CaptureQueriesContext(connection) as found:
            page(world, "anna", contract)
        asked.append(len(found))
    assert asked[0] == asked[1]
