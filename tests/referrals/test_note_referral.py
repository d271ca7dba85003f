"""One of ours hears who recommended us, without any of our tools."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT
from tests.goodwill.given import a_person
from tests.referrals.brought import buys, came, fresh, opened
from tests.referrals.test_pages import now, page, signed_in
from tests.support.refused import refused
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.referrals.actions.note import note_referral
from zabota.referrals.models import Referral

__all__ = ["now"]


def test_what_is_heard_counts_as_any_recommendation(world: World) -> None:
    opened(world)
    friend, anna = a_person(world), world.guests["anna"]
    manager = world.as_staff("manager")
    noted = note_referral(friend.client, anna, by=manager, at=AT, shares="bought")
    kinds = Entry.objects.filter(stream=noted.case.stream_id).values_list("kind", flat=True)
    assert {"referral.noted", "referral.talked"} <= set(kinds)
    assert (noted.tool, noted.recommender, noted.was_client) == ("word", anna.client, False)
    with refused("came"):
        note_referral(friend.client, anna, by=manager, at=AT)
    with refused("same"):
        note_referral(anna.client, anna, by=manager, at=AT)
    buys(noted.case.client)
    assert fresh(noted).case.state == "bought"
    standing = page(signed_in(world, "anna"), "/room/recommend/")
    assert friend.name in standing, "as far as the friend consents"


def test_nobody_notes_it_where_it_is_not_opened(world: World) -> None:
    friend = a_person(world)
    with pytest.raises(PermissionDenied):
        note_referral(friend.client, world.guests["anna"], by=world.as_staff("manager"), at=AT)


def test_it_is_noted_from_the_clients_card(world: World) -> None:
    opened(world)
    friend, anna = a_person(world), world.guests["anna"]
    manager = signed_in(world, "manager")
    path = f"/desk/clients/{friend.client_id}/sent-by/"
    assert path in page(manager, f"/desk/clients/{friend.client_id}/")
    assert f"?who={anna.pk}" in page(manager, f"{path}?q=Крылова")
    chosen = f"{path}?who={anna.pk}"
    assert manager.post(chosen, {}).status_code == 422
    assert manager.post(chosen, {"shares": "nothing", "note": "Соседи"}).status_code == 302
    noted = Referral.objects.get()
    assert "устно" in page(manager, f"/desk/referrals/{noted.pk}/")
    assert path not in page(manager, f"/desk/clients/{friend.client_id}/")
    assert manager.get(f"{path}?who=0").status_code == 404


def test_no_page_is_led_to_that_its_reader_may_not_open(world: World) -> None:
    friend = came(world)
    case = f"/desk/referrals/{friend.pk}/"
    for card in (friend.recommender_id, friend.case.client_id):
        path = f"/desk/clients/{card}/"
        assert case in page(signed_in(world, "manager"), path)
        hidden = page(signed_in(world, "logist3"), path)
        assert case not in hidden and "Светлана Мороз" in hidden
