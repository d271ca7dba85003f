"""After one's own decision the line on top and the rail follow, and nothing is called news."""

import re

import pytest

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR, approve, sent, stage
from zabota.contracts.actions import comment
from zabota.home.world import World


def seen_on(page: str) -> str:
    """Where the contract's page asks what is new; calls of the desk have a place of their own."""
    found = re.search(r'data-live="([^"]*/contracts/[^"]*)"', page)
    assert found
    return found[1]


def test_the_page_follows_ones_own_click(world: World) -> None:
    contract, browser = sent(world), browser_of(world, "manager")
    live = seen_on(browser.get(f"/desk/contracts/{contract.pk}/").content.decode())
    pk = stage(contract, "manager").pk
    browser.post(f"/desk/stages/{pk}/approve/", headers={"HX-Request": "true"})
    page = browser.get(f"{live}&own=1").content.decode()
    assert 'id="rail"' in page and 'id="now-line"' in page and 'id="stale"' not in page
    line = page[page.index('id="now-line"') :]
    assert world.staff["manager"].name not in line
    assert browser.get(seen_on(page)).status_code == 204


@pytest.mark.parametrize("own", ["", "&own=1"])
def test_what_others_did_is_still_told(world: World, own: str) -> None:
    contract, browser = sent(world), browser_of(world, "manager")
    live = seen_on(browser.get(f"/desk/contracts/{contract.pk}/").content.decode())
    comment(contract, text="Ждём", by=world.as_guest("anna"), at=AT + HOUR, audience="both")
    approve(world, contract, "manager", "manager", AT + HOUR)
    assert 'id="stale"' in browser.get(live + own).content.decode()


def test_another_tab_of_ones_own_is_told_too(world: World) -> None:
    contract, browser = sent(world), browser_of(world, "manager")
    live = seen_on(browser.get(f"/desk/contracts/{contract.pk}/").content.decode())
    approve(world, contract, "manager", "manager", AT + HOUR)
    assert 'id="stale"' in browser.get(live).content.decode()


def test_late_is_said_as_one_says_it(world: World) -> None:
    """No «с сегодня», no «до вчера»."""
    contract = sent(world)
    for key, path in (("manager", "desk"), ("anna", "room")):
        page = browser_of(world, key).get(f"/{path}/contracts/{contract.pk}/").content.decode()
        words = re.sub(r"<[^>]*>", "", page)
        assert not re.search(r"(?<!\w)(с|до) (сегодня|вчера|завтра)", words)
