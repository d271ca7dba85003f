"""The text read for errors: shown beside the clauses, to each side its own, and a bar if so set."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of, sent_supply
from tests.contracts.worlds import AT, HOUR, fresh_contract, last_entry
from zabota.contracts.actions import submit_contract
from zabota.contracts.actions.submit import NotReady
from zabota.contracts.models import Contract
from zabota.home.world import World, begin, reword
from zabota.people.actions import change_firm
from zabota.people.firm import current_firm

PART = {"HTTP_HX_REQUEST": "true"}


def contract_with_error(world: World) -> Contract:
    """A draft of Anna's in which a sum of days is one thing in figures and another in words."""
    contract = begin(world, "supply-ru", "anna", AT)
    by = world.as_guest("anna")
    reword(contract, "5.1", lambda t: t.replace("5 (пяти)", "5 (шести)"), by=by, at=AT)
    return contract


def bar(world: World, *kinds: str) -> None:
    change_firm({"blocking_errors": list(kinds)}, by=None, at=AT)


def test_an_error_stands_on_top_and_beside_its_clause(world: World) -> None:
    contract = contract_with_error(world)
    anna = browser_of(world, "anna")
    page = anna.get(f"/room/contracts/{contract.pk}/").content.decode()
    assert f'hx-get="/room/contracts/{contract.pk}/check/"' in page
    part = anna.get(f"/room/contracts/{contract.pk}/check/", **PART).content.decode()
    assert "Проверка текста: 1 замечание" in part
    assert "«5 (шести)»" in part
    assert part.count("hx-swap-oob=") == 1


def test_without_scripts_the_check_is_a_page(world: World) -> None:
    contract = contract_with_error(world)
    anna = browser_of(world, "anna")
    answer = anna.get(f"/room/contracts/{contract.pk}/check/")
    assert answer.status_code == 200
    assert "«5 (шести)»" in answer.content.decode()
    assert "hx-swap-oob" not in answer.content.decode()


def test_a_text_as_our_form_has_it_is_without_remarks(world: World) -> None:
    contract = begin(world, "supply-ru", "anna", AT)
    part = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/check/", **PART)
    assert "замечаний нет" in part.content.decode()


def test_what_is_wrong_with_our_card_is_ours_alone(world: World) -> None:
    details = {**current_firm().details, "inn": ""}
    change_firm({"details": details}, by=None, at=AT)
    contract = begin(world, "supply-ru", "anna", AT)
    anna = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/check/", **PART)
    assert "замечаний нет" in anna.content.decode()
    submit_contract(contract, by=world.as_guest("anna"), at=AT + HOUR)
    ours = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/check/", **PART)
    assert "Заполните поле «ИНН" in ours.content.decode()


def test_the_client_is_shown_nothing_of_a_text_it_cannot_mend(world: World) -> None:
    contract = contract_with_error(world)
    submit_contract(contract, by=world.as_guest("anna"), at=AT + HOUR)
    anna = browser_of(world, "anna")
    assert "/check/" not in anna.get(f"/room/contracts/{contract.pk}/").content.decode()
    part = anna.get(f"/room/contracts/{contract.pk}/check/", **PART).content.decode()
    assert "шести" not in part
    desk = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/check/", **PART)
    assert "«5 (шести)»" in desk.content.decode()


def test_a_stranger_gets_404(world: World) -> None:
    contract = sent_supply(world)
    stranger = browser_of(world, "john")
    assert stranger.get(f"/room/contracts/{contract.pk}/check/").status_code == 404


def test_an_error_of_a_barred_kind_stops_sending_and_keeps_everything(world: World) -> None:
    contract = contract_with_error(world)
    bar(world, "sums")
    with pytest.raises(NotReady) as refused:
        submit_contract(contract, by=world.as_guest("anna"), at=AT + HOUR)
    assert [fault.code for fault in refused.value.faults] == ["error_in_text"]
    anna = browser_of(world, "anna")
    answer = anna.post(
        f"/room/contracts/{contract.pk}/submit/",
        {"client_number": "77/Б", "needed_by": "2026-12-20"},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Цифры и слова расходятся: «5 (шести)»." in text
    assert "77/Б" in text and "2026-12-20" in text
    assert fresh_contract(contract).case.state == "draft"


def test_other_kinds_are_only_pointed_out(world: World) -> None:
    contract = contract_with_error(world)
    bar(world, "vat", "dates")
    assert submit_contract(contract, by=world.as_guest("anna"), at=AT + HOUR).number == 1


def test_the_firm_marks_what_bars_sending(world: World) -> None:
    director = browser_of(world, "admin" if "admin" in world.staff else "director")
    page = director.get("/desk/forms/check/")
    assert page.status_code == 200
    assert "Реквизиты сторон" in page.content.decode()
    director.post("/desk/forms/check/", {"kinds": ["vat", "sums"]})
    assert current_firm().blocking_errors == ["sums", "vat"]
    entry = last_entry("people.firm_changed")
    assert entry.facts["after"] == {"blocking_errors": ["sums", "vat"]}
    wrong = director.post("/desk/forms/check/", {"kinds": ["nonsense"]})
    assert wrong.status_code == 422
    assert current_firm().blocking_errors == ["sums", "vat"]


def test_who_may_not_change_the_firm_does_not_mark_it(world: World) -> None:
    assert browser_of(world, "manager").get("/desk/forms/check/").status_code == 403
    with pytest.raises(PermissionDenied):
        change_firm({"blocking_errors": ["vat"]}, by=world.staff["manager"].user, at=AT)


def test_remarks_are_asked_for_on_the_page_before_sending(world: World) -> None:
    """The clauses are not on that page: nothing is put beside them."""
    contract, anna = contract_with_error(world), browser_of(world, "anna")
    page = anna.get(f"/room/contracts/{contract.pk}/submit/").content.decode()
    alone = f"/room/contracts/{contract.pk}/check/?alone=1"
    assert f'hx-get="{alone}"' in page
    part = anna.get(alone, **PART).content.decode()
    assert "«5 (шести)»" in part and "hx-swap-oob" not in part
