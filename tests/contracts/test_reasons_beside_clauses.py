"""Why a clause was returned stands beside it, for both sides, while the client has the contract."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of
from tests.contracts.test_download_paper import shows_teams
from tests.contracts.worlds import AT, DAY, approve, resent, sent, stage
from tests.support.remembered import remembered
from zabota.contracts.actions import return_stage
from zabota.contracts.models import Contract
from zabota.home.world import World, clause_numbered

WHY = "Уточните срок хранения."


@remembered
def returned(world: World, *numbers: str) -> Contract:
    contract = sent(world, "supply-ru")
    approve(world, contract, "manager", "manager")
    reasons = [{"clause": clause_numbered(contract, number), "text": WHY} for number in numbers]
    return_stage(
        stage(contract, "legal").pk,
        by=world.as_staff("lawyer"),
        at=AT,
        asked="Ответьте",
        reasons=reasons,
    )
    return contract


def page(world: World, who: str, contract: Contract, show: str = "") -> str:
    door = "desk" if who in world.staff else "room"
    address = f"/{door}/contracts/{contract.pk}/{show}"
    return browser_of(world, who).get(address).content.decode()


def article(text: str, clause: str) -> str:
    found = re.search(rf'<article[^>]*id="c-{clause}".*?</article>', text, re.DOTALL)
    assert found is not None, clause
    return found[0]


@pytest.mark.parametrize("who", ["anna", "manager"])
def test_a_reason_stands_beside_its_clause(world: World, who: str) -> None:
    contract = returned(world, "8.1")
    clause = clause_numbered(contract, "8.1")
    text = page(world, who, contract)
    assert text.count(WHY) == 1
    beside = article(text, clause)
    assert WHY in beside
    assert f"{world.staff['lawyer'].name}: возвращено на доработку" in beside
    assert f'<a href="#c-{clause}">8.1</a>' in text
    folded = page(world, who, contract, "?show=changed")
    assert WHY in re.sub(r'<details class="away">.*?</details>', "", folded, flags=re.DOTALL)


def test_the_client_reads_no_name_where_the_firm_prefers_it(world: World) -> None:
    shows_teams(world)
    contract = returned(world, "8.1")
    beside = article(page(world, "anna", contract), clause_numbered(contract, "8.1"))
    assert world.staff["lawyer"].name not in beside
    assert f"{stage(contract, 'legal').title('ru')}: возвращено на доработку" in beside


def test_it_is_gone_once_the_client_has_answered(world: World) -> None:
    contract = returned(world, "8.1")
    contract = resent(world, contract, "anna", AT + DAY, "8.1")
    for who in ("anna", "manager"):
        assert WHY not in page(world, who, contract)


def test_many_reasons_cost_what_one_does(world: World) -> None:
    asked = []
    for numbers in (("8.1",), ("8.1", "8.2", "5.1", "5.2")):
        contract = returned(world, *numbers)
        page(world, "anna", contract)
        with CaptureQueriesContext(connection) as found:
            page(world, "anna", contract)
        asked.append(len(found))
    assert asked[0] == asked[1]
