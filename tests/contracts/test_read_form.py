"""A form read before it is chosen: in the room and on the desk, by whom, what stands in it."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT
from zabota.contracts.actions import withdraw_edition
from zabota.contracts.models import Contract
from zabota.home.world import World


def path_of(world: World, slug: str = "supply-ru") -> str:
    return f"/room/forms/{world.forms[slug].pk}/"


def test_forms_side_by_side_lead_to_their_text(world: World) -> None:
    page = browser_of(world, "anna").get("/room/contracts/new/").content.decode()
    assert f'href="{path_of(world)}"' in page
    assert "Прочитать" in page


def test_a_form_is_read_before_it_is_chosen(world: World) -> None:
    page = browser_of(world, "anna").get(path_of(world))
    text = page.content.decode()
    # what it is for, and on which terms
    for words in ("Разовая покупка товара", "Предоплата и отсрочка", "7\xa0рабочих дней"):
        assert words in text
    # both parties' details stand in the text, what is typed is still blank
    for words in ("«Северный свет»", "7729567898", "Дата договора", "Спросим"):
        assert words in text
    assert 'class="field blank"' in text
    assert '<a href="/room/contracts/" aria-current="page">' in text
    assert f'name="form" value="{world.forms["supply-ru"].pk}"' in text


def test_the_button_begins_the_draft(world: World) -> None:
    browser = browser_of(world, "anna")
    browser.get(path_of(world))
    browser.post("/room/contracts/new/", {"form": world.forms["supply-ru"].pk})
    assert Contract.objects.latest("pk").edition_id == world.forms["supply-ru"].pk


def test_it_is_read_in_the_readers_language(world: World) -> None:
    browser = browser_of(world, "anna")
    browser.post("/language/", {"language": "en"})
    text = browser.get(path_of(world)).content.decode()
    for words in ("Begin with this form", "In short", "usually in", "A single purchase"):
        assert words in text


def test_the_page_asks_as_much_of_a_long_form_as_of_a_short_one(world: World) -> None:
    browser = browser_of(world, "anna")
    asked = []
    for slug in ("nda-ru", "supply-ru"):
        browser.get(path_of(world, slug))
        with CaptureQueriesContext(connection) as found:
            browser.get(path_of(world, slug))
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_what_is_not_offered_is_not_there(world: World) -> None:
    edition = world.forms["supply-ru"]
    browser = browser_of(world, "anna")
    assert browser.get("/room/forms/100500/").status_code == 404
    withdraw_edition(edition, by=world.as_staff("lawyer"), at=AT)
    assert browser.get(path_of(world)).status_code == 404


def test_it_is_refused_to_whom_cannot_begin(world: World) -> None:
    assert browser_of(world, "vera").get(path_of(world)).status_code == 403
    assert browser_of(world, "manager").get(path_of(world)).status_code == 404
    anonymous = Browser().get(path_of(world))
    assert (anonymous.status_code, "sign-in" in anonymous["Location"]) == (302, True)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_on_the_desk_it_leads_on_to_the_clients_contract(world: World, language: str) -> None:
    browser = browser_of(world, "manager")
    browser.post("/language/", {"language": language})
    edition, client = world.forms["supply-ru"], world.clients["romashka"]
    path = f"/desk/forms/editions/{edition.pk}/as-client/?client={client.pk}"
    start = f"/desk/contracts/new/?client={client.pk}"
    assert path.replace("&", "&amp;") in browser.get(start).content.decode()
    text = browser.get(path).content.decode()
    assert {"ru": "Начать с этой формы", "en": "Begin with this form"}[language] in text
    assert (client.inn in text, start in text) == (True, True)
    without = browser.get(path.partition("?")[0]).content.decode()
    assert "desk/contracts/new" not in without
    assert browser.get(path + "00500").status_code == 404
