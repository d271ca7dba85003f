"""A number that no row can have is an address that is not there, wherever it is written."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.contracts.browsers import browser_of, sent_supply
from zabota.common.ids import row_number
from zabota.home.world import World

LONG = "9" * 24


@pytest.mark.parametrize("number", [LONG, "9" * 20, "9" * 19, "9" * 18])
def test_a_page_of_a_row_that_cannot_be(world: World, number: str) -> None:
    for path in ("contracts", "clients", "cases", "forms", "people", "stages"):
        page = browser_of(world, "lawyer").get(f"/desk/{path}/{number}/")
        assert page.status_code == 404, path
    for path in ("contracts", "forms"):
        page = browser_of(world, "anna").get(f"/room/{path}/{number}/")
        assert page.status_code == 404, path


def test_a_number_in_a_query(world: World) -> None:
    browser = browser_of(world, "director")
    assert browser.get(f"/desk/contracts/new/?client={LONG}").status_code == 404
    for query in (f"client={LONG}", f"after={LONG}", f"before={LONG}"):
        assert browser.get(f"/desk/contracts/?{query}").status_code == 200, query
    assert browser.get(f"/desk/firm/undelivered/?before={LONG}").status_code == 200


def test_a_number_in_a_form(world: World) -> None:
    stage = sent_supply(world).stages.order_by("pk")[0]
    browser = browser_of(world, "director")
    page = browser.post(
        f"/desk/stages/{stage.pk}/reassign/", {"to": LONG, "seat": LONG, "reason": "x"}
    )
    assert page.status_code == 422


@pytest.mark.parametrize("text", ["", "-1", "٣", "1.0", "9" * 19, " 1"])
def test_no_row_has_it(text: str) -> None:
    assert row_number(text) is None


def test_every_number_in_an_address_is_bounded() -> None:
    """The plain converter reads digits without end."""

    def routes(found: list[URLPattern | URLResolver]) -> list[str]:
        return [
            route
            for one in found
            for route in (
                routes(one.url_patterns)
                if isinstance(one, URLResolver)
                else [str(one.pattern)]
                if "zabota" in one.lookup_str
                else []
            )
        ]

    assert [r for r in routes(get_resolver().url_patterns) if "<int:" in r] == []
