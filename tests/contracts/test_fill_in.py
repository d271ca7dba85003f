"""Filling in: what is wrong or empty is named and led to, hints stand beside fields, every limit
says what it is, and whatever was typed stays."""

import re
from html import unescape

import pytest

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, fresh_contract
from zabota.contracts.actions import save_values
from zabota.contracts.drafts import open_draft
from zabota.contracts.lint import lint
from zabota.contracts.models import Contract, Draft
from zabota.contracts.parties import is_asked
from zabota.contracts.stored import load_texts
from zabota.contracts.text.tree import Clause, Document, Field, Paragraph, Text
from zabota.home.world import World, begin, clause_numbered

JSON = {"accept": "application/json"}


@pytest.fixture
def contract(world: World) -> Contract:
    return begin(world, "supply-ru", "anna", AT)


def page_of(answer: object) -> str:
    return unescape(answer.content.decode())  # type: ignore[attr-defined]


def typed(contract: Contract) -> dict[str, str]:
    return dict(Draft.objects.get(contract=contract).values)


def spec(contract: Contract, kind: str) -> str:
    return next(
        str(one["name"]) for one in contract.edition.fields
        if one["type"] == kind and is_asked(one["name"]) and one.get("required", True)
    )  # fmt: skip


def test_the_fold_names_what_is_wrong_and_leads_there(world: World, contract: Contract) -> None:
    money, text, anna = spec(contract, "money"), spec(contract, "text"), browser_of(world, "anna")
    url = f"/room/contracts/{contract.pk}/"
    whole = page_of(anna.get(url))
    assert "с ошибкой" not in whole and "не заполнено" not in whole
    save_values(contract, {money: "много", text: ""}, by=world.as_guest("anna"), at=AT)
    page = page_of(anna.get(url))
    assert re.search(r'<details class="fold" open>.*1 с ошибкой.*не заполнено: 1', page, re.S)
    assert f'<a href="#f-{money}">К первой ошибке' in page
    assert f'<a href="#f-{text}">К первому пустому полю' in page
    told = anna.post(f"{url}values/", {f"f:{money}": "100"}, headers=JSON).json()
    assert "с ошибкой" not in told["tally"] and "не заполнено: 1" in told["tally"]


def test_a_form_not_begun_reproaches_nobody(world: World, contract: Contract) -> None:
    Draft.objects.filter(contract=contract).update(values={})
    page = page_of(browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/"))
    assert "не заполнено" not in page


def test_a_value_too_long_is_kept_whole_and_its_limit_named(
    world: World, contract: Contract
) -> None:
    text, long = spec(contract, "text"), "Ё" * 50_000
    anna, url = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/"
    told = anna.post(f"{url}values/", {f"f:{text}": long}, headers=JSON).json()
    assert "500" in told["problems"][text]
    assert typed(contract)[text] == long and long in page_of(anna.get(url))
    assert anna.post(f"{url}submit/", {"client_number": "7"}).status_code == 422


def test_the_clients_number_too_long_loses_nothing(world: World, contract: Contract) -> None:
    anna, url = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/submit/"
    for number in ("Ж" * 61, "Ж" * 200):
        answer = anna.post(url, {"client_number": number, "needed_by": "2026-12-24"})
        page = page_of(answer)
        assert answer.status_code == 422 and "60" in page
        assert number in page and "2026-12-24" in page
    assert "maxlength" not in page
    assert fresh_contract(contract).case.state == "draft"


def test_a_reason_to_withdraw_too_long_is_kept(world: World, contract: Contract) -> None:
    anna, url = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/"
    assert anna.post(f"{url}submit/", {}).status_code == 302
    answer = anna.post(f"{url}withdraw/", {"reason": "Ж" * 1001})
    assert answer.status_code == 422 and "Ж" * 1001 in page_of(answer)
    assert fresh_contract(contract).case.state == "review"


def test_fifty_thousand_letters_in_a_clause_are_refused_and_kept(
    world: World, contract: Contract
) -> None:
    clause, long = clause_numbered(contract, "5.1"), "Слово " * 9000
    url = f"/room/contracts/{contract.pk}/clauses/{clause}/"
    answer = browser_of(world, "anna").post(url, {"part-0": long, "revision-0": ""})
    assert answer.status_code in (409, 422) and long in page_of(answer)
    answer = browser_of(world, "anna").post(url, {"part-0": long})
    page = page_of(answer)
    assert answer.status_code == 422 and long in page
    assert re.search(r"\b20\s?000\b", page)


def test_a_reason_for_a_locked_clause_too_long_is_kept(world: World, contract: Contract) -> None:
    (text,) = load_texts(contract.edition.tree)
    clause = next(name for name, told in text.attributes.items() if told.locked)
    url, reason = f"/room/contracts/{contract.pk}/clauses/{clause}/", "Так надо. " * 250
    answer = browser_of(world, "anna").post(url, {"part-0": "Иначе.", "reason": reason})
    page = page_of(answer)
    assert answer.status_code == 422 and reason.strip() in page and ">\nИначе.</textarea>" in page
    assert re.search(r"\b2\s?000\b", page)


ODD = "😀 \u202eнаоборот\u202c «Word»\u00a0— текст\u00ad с\u200bпробелом\vстрока\u2028ещё \ufeff"


def test_odd_letters_and_word_text_go_through_and_back(world: World, contract: Contract) -> None:
    clause, anna = clause_numbered(contract, "5.1"), browser_of(world, "anna")
    url = f"/room/contracts/{contract.pk}/"
    assert anna.post(f"{url}clauses/{clause}/", {"part-0": ODD}).status_code == 302
    page = page_of(anna.get(f"{url}?edit={clause}"))
    kept = re.search(r">\n([^<]*😀[^<]*)</textarea>", page)
    assert kept is not None
    saved = open_draft(contract, "theirs")
    assert saved is not None
    before = saved.clauses[clause].blocks
    assert anna.post(f"{url}clauses/{clause}/", {"part-0": kept[1]}).status_code == 302
    again = open_draft(contract, "theirs")
    assert again is not None and again.clauses[clause].blocks == before


# Hints: a finding knows the fields whose values it is about.


def told(line: Paragraph, values: dict[str, str], types: dict[str, str]) -> list[tuple[str, ...]]:
    fields = [{"name": name, "type": kind} for name, kind in types.items()]
    document = Document((Clause("c", (line,)),))
    found = lint(document, language="ru", shown=values, values=values, fields=fields)
    return [one.fields for one in found if one.code in CODES]


CODES = ("sum_differs", "vat_sum", "date_before_contract")


def test_a_sum_against_its_words_names_its_field() -> None:
    line = Paragraph((Text("Цена "), Field("price"), Text(" (Три тысячи) рублей.")))
    assert told(line, {"price": "2 000"}, {"price": "money"}) == [("price",)]


def test_a_term_before_the_contract_names_its_field() -> None:
    line = Paragraph((Text("Договор действует до "), Field("until"), Text(".")))
    values = {"until": "01.02.2020", "contract_date": "2026-11-17"}
    assert told(line, values, {"until": "date", "contract_date": "date"}) == [("until",)]


def test_a_tax_that_does_not_follow_names_its_field(world: World, contract: Contract) -> None:
    values = {"price": "120000", "vat_rate": "20%", "vat_amount": "24000"}
    names = {one["name"] for one in contract.edition.fields}
    assert set(values) <= names
    save_values(contract, values, by=world.as_guest("anna"), at=AT)
    anna, url = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/check/"
    part = page_of(anna.get(url, headers={"hx-request": "true"}))
    assert "beforeend:[id='f-vat_amount']" in part
    assert '<div hx-swap-oob="delete:.finding">' not in part
    again = page_of(anna.get(f"{url}?again=1", headers={"hx-request": "true"}))
    assert '<div hx-swap-oob="delete:.finding">' in again
    assert f'href="/room/contracts/{contract.pk}/#f-vat_amount"' in page_of(anna.get(url))


def test_an_empty_field_is_named_where_sending_is_refused_and_beside_it(
    world: World, contract: Contract
) -> None:
    """The list leads to the field, and there stands by its label what is awaited."""
    draft = Draft.objects.get(contract=contract)
    Draft.objects.filter(pk=draft.pk).update(values={**draft.values, "subject": ""})
    browser, base = browser_of(world, "anna"), f"/room/contracts/{contract.pk}"
    labels = {spec["name"]: spec.get("label", "") for spec in contract.edition.fields}
    refused = browser.post(f"{base}/submit/")
    link = re.search(r'<a href="([^"]*)#f-subject">([^<]*)</a>', refused.content.decode())
    assert refused.status_code == 422 and link and link[2] == labels["subject"]
    page = browser.get(link[1]).content.decode()
    error = re.search(r'<p class="field-error" id="q-subject-help"[^>]*>([^<]*)</p>', page)
    assert error and error[1] == f"Заполните поле «{labels['subject']}»."
    assert page.count("Заполните поле") == 1
    assert "Заполните поле" not in browser.get(f"{base}/").content.decode()
