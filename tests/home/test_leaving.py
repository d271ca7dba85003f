"""Before somebody is dismissed: what passes on, and to whom."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of, sent_supply
from tests.contracts.worlds import AT, DAY
from zabota.clients.actions import add_client
from zabota.common import clock
from zabota.home.reading.leaving import read_leaving
from zabota.home.world import World
from zabota.people.actions import appoint_substitute, plan_absence
from zabota.people.models import Employee


def path_of(world: World, key: str = "manager") -> str:
    return f"/desk/people/{world.staff[key].pk}/dismiss/"


def test_what_passes_on_is_listed_and_counted(world: World) -> None:
    contract = sent_supply(world)
    page = browser_of(world, "director").get(path_of(world))
    text, leaving = page.content.decode(), page.context["leaving"]
    assert leaving.contracts.count == 1
    assert leaving.promises.count >= 1
    assert leaving.clients.count == len(world.clients)
    assert leaving.heir == world.staff["manager"].lead or leaving.heir.is_administrator
    for words in (contract.case.number, "Перейдёт 1 договор", leaving.heir.name, "обещано до"):
        assert words in text


def test_a_person_with_empty_hands(world: World) -> None:
    text = browser_of(world, "director").get(path_of(world, "stranger")).content.decode()
    assert "В работе ничего нет" in text


def test_it_is_told_in_english(world: World) -> None:
    sent_supply(world)
    browser = browser_of(world, "director")
    browser.post("/language/", {"language": "en"})
    text = browser.get(path_of(world)).content.decode()
    for words in ("1 contract passes on", "Unless you choose somebody"):
        assert words in text


def test_many_clients_are_counted_and_not_all_shown(world: World) -> None:
    owner = world.staff["manager"]
    browser = browser_of(world, "director")
    browser.get(path_of(world))
    with CaptureQueriesContext(connection) as few:
        browser.get(path_of(world))
    for number in range(20):
        add_client({"name": f"ООО «{number}»"}, owner=owner, by=None, at=AT)
    with CaptureQueriesContext(connection) as many:
        page = browser.get(path_of(world))
    assert len(many) == len(few)
    clients = page.context["leaving"].clients
    assert (len(clients.rows), clients.rest) == (5, clients.count - 5)
    assert f"и ещё {clients.rest}" in page.content.decode()


def test_dismissed_from_the_page(world: World) -> None:
    browser, person = browser_of(world, "director"), world.staff["manager"]
    assert browser.post(path_of(world), {}).status_code == 422
    assert browser.post(path_of(world), {"sure": "on"}).status_code == 302
    assert Employee.objects.get(pk=person.pk).dismissed_at is not None


@pytest.mark.parametrize(("who", "status"), [("lawyer", 403), ("anna", 404)])
def test_it_is_refused(world: World, who: str, status: int) -> None:
    assert browser_of(world, who).get(path_of(world)).status_code == status


def test_nobody_in_particular_signs_in_first(world: World) -> None:
    assert Browser().get(path_of(world)).status_code == 302


def test_who_stands_in_for_the_heir_is_named(world: World) -> None:
    heir, other = world.staff["director"], world.staff["logist1"]
    appoint_substitute(heir, other, AT - DAY, AT + 9 * DAY, by=None, at=AT - DAY)
    leaving = read_leaving(world.staff["lawyer"], world.as_staff("director"), AT)
    assert (leaving.heir, leaving.heir_is_here, leaving.hands) == (heir, True, [other.name])
    plan_absence(heir, AT - DAY, AT + DAY, by=None, at=AT - DAY)
    leaving = read_leaving(world.staff["lawyer"], world.as_staff("director"), AT)
    assert (leaving.heir_is_here, leaving.hands) == (False, [other.name])
    # Whoever leaves stands in for nobody any more.
    leaving = read_leaving(other, world.as_staff("director"), AT)
    assert (leaving.heir_is_here, leaving.hands) == (False, [])


def test_an_heir_who_is_away_is_told_on_the_page(world: World) -> None:
    heir, at = world.staff["lawyer"].lead, clock.now()
    assert heir is not None
    plan_absence(heir, at, at + 2 * DAY, by=None, at=at)
    path = path_of(world, "lawyer")
    assert "его никто не замещает" in browser_of(world, "director").get(path).content.decode()
    appoint_substitute(heir, world.staff["logist1"], at, at + 2 * DAY, by=None, at=at)
    text = browser_of(world, "director").get(path).content.decode()
    assert f"дела у замещающего — {world.staff['logist1'].name}." in text
