"""Every page that shows rows takes as many statements for one of each as for many."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of, returned_supply
from tests.contracts.worlds import AT, DAY, HOUR, fresh_contract, resent, send_back
from tests.home.crowd import copies_of
from zabota.clients.actions import invite_contact
from zabota.contracts.actions import ask_colleague, comment
from zabota.contracts.actions.talk import attach_file
from zabota.contracts.models import Contract
from zabota.home.world import World
from zabota.people.actions import grant_power, hire_employee, open_team, plan_absence
from zabota.people.actions.firm import set_special_day

ONE = "contracts/{contract}"
PAGES = [
    ("director", "/desk/"),
    ("director", f"/desk/{ONE}/"),
    ("director", f"/desk/{ONE}/as-client/"),
    ("director", f"/desk/{ONE}/live/"),
    ("director", f"/desk/{ONE}/versions/"),
    ("director", f"/desk/{ONE}/approval-sheet/"),
    ("director", f"/desk/{ONE}/dossier/"),
    ("director", f"/desk/{ONE}/compare/?a=1&b=2"),
    ("director", "/desk/contracts/"),
    ("director", "/desk/contracts/new/"),
    ("director", "/desk/contracts/new/?client={client}"),
    ("director", "/desk/clients/"),
    ("director", "/desk/clients/{client}/"),
    ("director", "/desk/people/"),
    ("director", "/desk/people/{lawyer}/"),
    ("director", "/desk/people/{lawyer}/edit/"),
    ("director", "/desk/people/{lawyer}/substitute/"),
    ("director", "/desk/teams/"),
    ("director", "/desk/firm/"),
    ("director", "/desk/firm/days/"),
    ("director", "/desk/forms/"),
    ("director", "/desk/forms/{form}/"),
    ("director", "/desk/routes/"),
    ("director", "/desk/routes/{route}/"),
    ("anna", "/room/"),
    ("anna", f"/room/{ONE}/"),
    ("anna", f"/room/{ONE}/live/"),
    ("anna", f"/room/{ONE}/versions/"),
    ("anna", f"/room/{ONE}/approval-sheet/"),
    ("anna", f"/room/{ONE}/dossier/"),
    ("anna", f"/room/{ONE}/own/"),
    ("anna", "/room/contracts/"),
    ("anna", "/room/contracts/new/"),
    ("anna", "/room/people/"),
    ("anna", "/room/profile/"),
]


def add(world: World, contract: Contract, first: int, last: int) -> None:
    """So many of everything a page may show."""
    manager, anna = world.as_staff("manager"), world.as_guest("anna")
    director = world.staff["director"].user
    for number in range(first, last):
        at = AT + 2 * DAY + number * timedelta(minutes=1)
        for who, audience in ((manager, "ours"), (manager, "both"), (anna, "theirs")):
            comment(contract, f"Слово {number}", by=who, at=at, audience=audience)
        attach_file(
            contract, f"{number}.txt", str(number).encode(), "text/plain",
            by=anna, at=at, audience="both",
        )  # fmt: skip
        ask_colleague(contract, f"Юрист {number}", f"j{number}@x.example", by=anna, at=at)
        invite_contact(
            world.clients["romashka"], f"Имя {number}", f"c{number}@romashka.example", "sees",
            by=director, at=at,
        )  # fmt: skip
        open_team(f"Отдел {number}", by=director, at=at)
        hire_employee(
            f"e{number}@firm.example",
            f"Сотрудник {number}",
            by=director,
            at=at,
            position_ru="Юрист",
        )
        lawyer = world.staff["lawyer"]
        grant_power(
            lawyer, "approve", by=director, at=at, concern="legal", limit=Decimal(number + 1)
        )
        plan_absence(
            lawyer, at + number * 2 * DAY, at + (number * 2 + 1) * DAY,
            by=director, at=at,
        )  # fmt: skip
        set_special_day(date(2026, 12, 1) + timedelta(days=number), "off", by=director, at=at)


def rounds(world: World, contract: Contract, first: int, last: int) -> Contract:
    """Returned and sent again so many times, with another change each time."""
    for number in range(first, last):
        at = AT + DAY + number * 3 * HOUR
        contract = resent(world, contract, "anna", at, "3.3", "7.2")
        send_back(world, contract, "manager", "manager", at + HOUR, f"Вопрос {number}")
    return fresh_contract(contract)


def costs(
    world: World, contract: Contract, browsers: dict[str, Browser], *, warm: bool
) -> dict[str, int]:
    """Statements of every page; `warm`: what a process learns once has been asked before."""
    places = {
        "contract": contract.pk, "client": world.clients["romashka"].pk,
        "lawyer": world.staff["lawyer"].pk, "form": world.forms["supply-ru"].template_id,
        "route": next(iter(world.routes.values())).pk,
    }  # fmt: skip
    found, come = {}, set[str]()
    for who, page in PAGES:
        browser = browsers.setdefault(who, browser_of(world, who))
        path = page.format(**places)
        if not warm or who not in come:
            browser.get(path)
        come.add(who)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code == 200, path
        found[page] = len(asked)
    return found


@pytest.mark.parametrize("many", [6])
def test_every_page_costs_the_same_for_one_and_for_many(world: World, many: int) -> None:
    contract = rounds(world, returned_supply(world), 0, 2)
    add(world, contract, 0, 2)
    copies_of(contract, 2, AT)
    browsers: dict[str, Browser] = {}
    few = costs(world, contract, browsers, warm=False)
    contract = rounds(world, contract, 2, 4)
    add(world, contract, 2, many)
    copies_of(contract, 30, AT)
    more = costs(world, contract, browsers, warm=True)
    assert {page: (few[page], more[page]) for page in few if more[page] != few[page]} == {}
