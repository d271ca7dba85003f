"""A reference is edited under the number of its clause, and keeps meaning the clause."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR
from zabota.contracts.actions import move_clause, save_clause, submit_contract
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Change, Contract
from zabota.contracts.models.drafts import DraftClause
from zabota.contracts.reading.references import references_sent
from zabota.contracts.stored import node_of
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.json import blocks_from_json, blocks_to_json
from zabota.contracts.text.tree import Kept, Paragraph, Text
from zabota.home.world import World, begin, clause_numbered

NUMBER = "6.3"  # «Если в срок, указанный в пункте {{#6.2}}, Заказчик не подписал УПД …»


@pytest.fixture
def contract(world: World) -> Contract:
    return begin(world, "services-ru", "anna", AT)


def stored(contract: Contract, clause: str) -> str:
    """The words of a clause as the draft keeps them."""
    work = open_draft(contract, "theirs")
    assert work is not None
    node = node_of(work.tree, clause)
    assert node is not None
    return plain_parts(blocks_from_json(work.wordings[node["w"]]))["0"]


def opened(browser: Client, contract: Contract, clause: str, language: str = "ru") -> list[str]:
    """The text area of a clause and the names of its references, as the page gives them."""
    url = f"/room/contracts/{contract.pk}/clauses/{clause}/"
    headers = {"hx-request": "true", "accept-language": language}
    page = browser.get(url, headers=headers).content.decode()
    area = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    sent = re.search(r'name="references" value="(.*?)"', page)
    assert area and sent
    return [html.unescape(area[1]), html.unescape(sent[1])]


def post(browser: Client, contract: Contract, clause: str, **told: Any) -> Any:
    names = {name.replace("_", "-"): text for name, text in told.items()}
    return browser.post(f"/room/contracts/{contract.pk}/clauses/{clause}/", names)


def test_a_reference_stands_by_its_number_and_both_forms_are_read_back(
    world: World, contract: Contract
) -> None:
    browser, clause = browser_of(world, "anna"), clause_numbered(contract, NUMBER)
    target = clause_numbered(contract, "6.2")
    before = stored(contract, clause)
    assert f"{{{{#{target}}}}}" in before
    area, names = opened(browser, contract, clause)
    assert "{{п. 6.2}}, Заказчик" in area and target not in area
    for text in (f"Итак. {area}", f"Снова. {before}"):
        answer = post(browser, contract, clause, part_0=text, references=names)
        assert answer.status_code == 302
        assert stored(contract, clause) == f"{text.split()[0]} {before}"


def test_a_number_means_what_it_meant_when_the_page_was_opened(
    world: World, contract: Contract
) -> None:
    """Meanwhile the clause has moved: another one has its number by now."""
    browser, clause = browser_of(world, "anna"), clause_numbered(contract, NUMBER)
    target = clause_numbered(contract, "6.2")
    area, names = opened(browser, contract, clause)
    move_clause(contract, target, -1, by=world.as_guest("anna"), at=AT)
    answer = post(browser, contract, clause, part_0=f"Итак. {area}", references=names)
    assert answer.status_code == 302
    assert f"{{{{#{target}}}}}" in stored(contract, clause)
    assert "{{п. 6.1}}, Заказчик" in opened(browser, contract, clause)[0]


def test_only_what_stood_in_the_clause_can_be_named(world: World, contract: Contract) -> None:
    browser, clause = browser_of(world, "anna"), clause_numbered(contract, NUMBER)
    other, before = clause_numbered(contract, "5.1"), stored(contract, clause)
    names = json.dumps({f"#{other}": "п. 5.1"})
    answer = post(browser, contract, clause, part_0="По {{п. 5.1}}", references=names)
    assert answer.status_code == 422 and stored(contract, clause) == before
    assert "По {{п. 5.1}}</textarea>" in answer.content.decode(), "nothing typed is lost"


@pytest.mark.parametrize("sent", ["", "[]", "{", '{"price": "x"}', '{"#a": 1}', '{"#": "x"}', None])
def test_what_is_no_list_of_names_is_nothing(sent: str | None) -> None:
    assert references_sent(sent) == {}


def test_our_wording_names_references_the_same_way(world: World, contract: Contract) -> None:
    clause, target = clause_numbered(contract, NUMBER), clause_numbered(contract, "6.2")
    by = world.as_guest("anna")
    save_clause(contract, clause, {"0": f"Срок — в {{{{#{target}}}}}."}, by=by, at=AT)
    submit_contract(contract, by=by, at=AT + HOUR)
    change = Change.objects.get(clause=clause)
    browser = browser_of(world, "manager")
    url = f"/desk/changes/{change.pk}/counter/"
    page = browser.get(url).content.decode()
    assert "Срок — в {{п. 6.2}}.</textarea>" in page
    sent = re.search(r'name="references" value="(.*?)"', page)
    assert sent
    told = {"part-0": "Срок: {{п. 6.2}}.", "references": html.unescape(sent[1])}
    assert browser.post(url, told).status_code == 302
    change.refresh_from_db()
    assert change.counter_wording
    assert "Срок: {{п. 6.2}}.</textarea>" in browser.get(url).content.decode()


def test_the_live_redline_shows_the_number(world: World, contract: Contract) -> None:
    browser, clause = browser_of(world, "anna"), clause_numbered(contract, NUMBER)
    area, names = opened(browser, contract, clause)
    url = f"/room/contracts/{contract.pk}/clauses/{clause}/redline/"
    told = {"part-0": f"Итак. {area}", "references": names}
    assert re.search(r'<a class="ref"[^>]*>6.2</a>', browser.post(url, told).content.decode())


def test_what_is_kept_of_word_stands_by_what_it_is(world: World, contract: Contract) -> None:
    """A picture is no code to read, and comes back as what it was."""
    browser, clause = browser_of(world, "anna"), clause_numbered(contract, NUMBER)
    kept = (Kept("picture", "k1"), Kept("picture", "k2"), Kept("formula", "k3", "a + b"))
    blocks = (Paragraph((Text("Схема "), *kept, Text("."))),)
    by = world.as_guest("anna")
    save_clause(contract, clause, {"0": "Схема."}, by=by, at=AT)
    DraftClause.objects.filter(clause=clause).update(blocks=blocks_to_json(blocks))
    area, names = opened(browser, contract, clause)
    assert area == "Схема {{Рисунок (1)}}{{Рисунок (2)}}{{Формула: a + b}}."
    assert (
        post(browser, contract, clause, part_0=f"Итак. {area}", references=names).status_code == 302
    )
    assert stored(contract, clause) == "Итак. Схема {{!k1}}{{!k2}}{{!k3}}."
    row = DraftClause.objects.get(clause=clause)
    (paragraph,) = blocks_from_json(row.blocks)
    assert isinstance(paragraph, Paragraph)
    assert tuple(run for run in paragraph.runs if isinstance(run, Kept)) == kept
    page = browser.get(f"/room/contracts/{contract.pk}/").content.decode()
    assert 'data-kind="picture">Рисунок<' in page and "!picture" not in page
    answer = post(browser, contract, clause, part_0="{{Рисунок}} {{Рисунок (1)", references=names)
    assert answer.status_code == 422 and "{{Рисунок}} {{Рисунок (1)" in answer.content.decode()
