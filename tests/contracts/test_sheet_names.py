"""The approval sheet names who has what is not decided yet; a lettered clause has its bracket."""

import re

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import approve, fresh_contract, person, route, sent, step
from zabota.contracts.models import Contract
from zabota.contracts.reading.approvals import read_approvals
from zabota.contracts.rules import Viewer
from zabota.home.world import World
from zabota.people.models import Firm


def undecided(world: World, contract: Contract, viewer: Viewer) -> list[tuple[str, str]]:
    rows = read_approvals(fresh_contract(contract), viewer, world.firm, "ru")
    return [(row.stage, row.name) for row in rows if row.decision == "ещё не решено"]


def test_who_has_it_and_who_will_have_it_is_named(world: World) -> None:
    seats = [person(world, "logist1"), person(world, "logist2")]
    both = {**step("logistics", "logistics", seats), "rule": "all"}
    route(world, step("legal", "legal", [person(world, "lawyer")]), both, form="nda-ru")
    contract, manager = sent(world, "nda-ru"), world.as_staff("manager")
    legal, logistics = (row for row, _ in undecided(world, contract, manager))
    assert undecided(world, contract, manager) == [
        (legal, "Ольга Петрова"), (logistics, "Анна Волкова, Тимур Асланов"),
    ]  # fmt: skip
    anna = world.as_guest("anna")
    assert undecided(world, contract, anna) == undecided(world, contract, manager)
    approve(world, contract, "legal", "lawyer")
    approve(world, contract, "logistics", "logist1")
    assert undecided(world, contract, manager) == [(logistics, "Тимур Асланов")]
    # Where the firm shows no people, the client reads the team, here as before.
    Firm.objects.update(shows_people=False)
    world.firm.refresh_from_db()
    assert undecided(world, contract, anna) == [(logistics, "Отдел логистики")]
    page = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/approval-sheet/")
    assert "Тимур Асланов" in page.content.decode()
    approve(world, contract, "logistics", "logist2")
    assert undecided(world, contract, manager) == []


def test_a_letter_stands_with_its_bracket_as_on_paper(world: World) -> None:
    contract = sent(world, "nda-ru")
    for who, door in (("manager", "desk"), ("anna", "room")):
        page = browser_of(world, who).get(f"/{door}/contracts/{contract.pk}/").content.decode()
        beside = re.findall(r'<span class="n">([^<]*)', page)
        assert {"а)", "б)"} <= set(beside)
        assert not {"а", "б"} & set(beside)
    # Named in a sentence it has none.
    assert re.search(r"о пункте [\d.]+, б\b", page)
