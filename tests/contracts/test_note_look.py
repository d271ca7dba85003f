"""A page that only a browser read, ahead of its person, is not yet before anybody's eyes."""

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import sent
from zabota.contracts.models import Look
from zabota.home.world import World


def test_a_page_fetched_ahead_counts_as_no_look(world: World) -> None:
    contract = sent(world)
    for who, side in (("anna", "room"), ("lawyer", "desk")):
        browser, url = browser_of(world, who), f"/{side}/contracts/{contract.pk}/"
        person = (world.as_guest(who) if side == "room" else world.as_staff(who)).user
        ahead = {"Sec-Purpose": "prefetch;prerender"}
        assert browser.get(url, headers=ahead).status_code == 200
        assert browser.head(url).status_code == 200
        assert not Look.objects.filter(user=person).exists()
        browser.get(url)
        assert Look.objects.filter(user=person).count() == 1
