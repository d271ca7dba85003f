"""The button «Согласовать»: what it answers to whom."""

import re

import pytest
from django.test import Client as Browser

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, approve, sent, stage
from zabota.contracts.models import Decision
from zabota.home.world import World


def post(world: World, who: str, pk: int, *, htmx: bool = True) -> int:
    browser = Browser()
    browser.force_login(world.as_staff(who).user)
    headers = {"HX-Request": "true"} if htmx else {}
    return browser.post(f"/desk/stages/{pk}/approve/", headers=headers).status_code


def test_the_stage_is_approved_from_a_page_with_and_without_htmx(world: World) -> None:
    first, second = sent(world), sent(world)
    assert post(world, "manager", stage(first, "manager").pk) == 200
    assert post(world, "manager", stage(second, "manager").pk, htmx=False) == 302
    assert Decision.objects.count() == 2


def test_a_stranger_finds_nothing_and_a_colleague_may_not(world: World) -> None:
    pk = stage(sent(world), "manager").pk
    assert post(world, "stranger", pk) == 404
    assert post(world, "lawyer2", pk) == 403
    assert post(world, "lawyer", pk + 1) == 403
    assert Browser().post(f"/desk/stages/{pk}/approve/").status_code == 302
    guest = Browser()
    guest.force_login(world.as_guest("anna").user)
    assert guest.post(f"/desk/stages/{pk}/approve/").status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["lawyer", "stranger"])
def test_there_is_no_such_stage(world: World, who: str) -> None:
    assert post(world, who, 999_999) == 404


def test_the_second_click_gets_a_notice(world: World) -> None:
    contract = sent(world)
    approve(world, contract, "manager", "manager", AT)
    assert post(world, "manager", stage(contract, "manager").pk) == 409
    assert Decision.objects.count() == 1


def test_a_remark_has_a_button_of_its_own_and_is_asked_for(world: World) -> None:
    browser = Browser()
    browser.force_login(world.as_staff("manager").user)
    contract = sent(world)
    pk = stage(contract, "manager").pk
    page = browser.get(f"/desk/contracts/{contract.pk}/").content.decode()
    for verb in ("Согласовать", "Согласовать с замечаниями", "Вернуть на доработку"):
        assert re.search(rf">\s*{verb}</(button|summary|a)>", page), verb
    for headers in ({}, {"HX-Request": "true"}):
        answer = browser.post(
            f"/desk/stages/{pk}/approve-with-remark/", {"remark": "  "}, headers=headers
        )
        assert answer.status_code == 422
        assert "Напишите замечание" in answer.content.decode()
    assert not Decision.objects.exists()
    done = {"remark": "Следить за сроком", "next": f"/desk/contracts/{contract.pk}/"}
    assert browser.post(f"/desk/stages/{pk}/approve-with-remark/", done).status_code == 302
    decision = Decision.objects.get()
    assert (decision.verdict, decision.remark) == ("remarked", "Следить за сроком")
    again = browser.post(f"/desk/stages/{pk}/approve-with-remark/", done, follow=True)
    assert "Ваше замечание: «Следить за сроком»" in again.content.decode()


def test_the_plain_verb_takes_no_remark(world: World) -> None:
    browser = Browser()
    browser.force_login(world.as_staff("manager").user)
    pk = stage(sent(world), "manager").pk
    browser.post(f"/desk/stages/{pk}/approve/", {"remark": "тайком"})
    assert Decision.objects.get().verdict == "approved"


def test_who_is_not_concerned_reads_so(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"8.1": lambda text: f"{text} Да."})
    page = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/").content.decode()
    assert "По вашему направлению правок нет" in page
    assert "рассмотрены" not in page
