"""Taking a gift by its code, and using it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client as Browser

from tests.contracts.worlds import AT, DAY
from tests.goodwill.given import a_person, code, fresh, gave, last, with_terms
from tests.loyalty.shop import POINTS
from tests.support.refused import refused
from zabota.clients.models import Client, Consent
from zabota.goodwill.actions import (
    Taken,
    claim_gift,
    gift_by_code,
    lapse_gifts,
    redeem_gift,
    thank_for_gift,
    withdraw_gift,
)
from zabota.goodwill.models import GiftState
from zabota.home.world import World
from zabota.loyalty.actions.units import set_unit
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message

WHO = Taken("page-1", "Лев", "lev@mail.example", "+79161112233", "Спасибо!", "gift:1")


def test_a_stranger_becomes_a_client_of_whoever_gave_it(world: World) -> None:
    with_terms(world)
    gift = gave(world)
    claim_gift(gift, WHO, by=None, at=AT)
    now = fresh(gift)
    assert now.state == GiftState.CLAIMED and now.thanks == "Спасибо!"
    assert now.client is not None and now.client.owner == world.staff["finance"]
    assert now.client.kind == "person" and now.contact is not None
    consent = Consent.objects.get(contact=now.contact)
    assert (consent.purpose, consent.text_version) == ("gift", "gift:1")
    assert last().kind == "goodwill.gift_claimed" and last().stream_id == now.client.stream_id
    announce_entries(by=None, at=AT)
    told = Message.objects.get(entry=last())
    assert told.to == world.staff["finance"].user


def test_nothing_need_be_said(world: World) -> None:
    with_terms(world)
    gift, before = gave(world), Client.objects.count()
    claim_gift(gift, Taken("page-1"), by=None, at=AT)
    assert fresh(gift).client is None and Client.objects.count() == before
    thank_for_gift(gift, "Очень кстати", "page-1", by=None, at=AT)
    assert fresh(gift).thanks == "Очень кстати" and last().kind == "goodwill.gift_thanked"
    with refused("taken"):
        thank_for_gift(gift, "Ещё", "page-2", by=None, at=AT)


def test_a_code_is_taken_once_and_twice_by_the_same_page(world: World) -> None:
    with_terms(world)
    gift = gave(world)
    claim_gift(gift, WHO, by=None, at=AT)
    before = Client.objects.count()
    claim_gift(gift, WHO, by=None, at=AT)
    assert Client.objects.count() == before
    with refused("taken"):
        claim_gift(gift, Taken("page-2"), by=None, at=AT)


def test_what_is_kept_needs_consent(world: World) -> None:
    with_terms(world)
    with refused("consent"):
        claim_gift(gave(world), Taken("page-1", "Лев"), by=None, at=AT)


def test_an_official_takes_no_more_than_the_law_allows(world: World) -> None:
    with_terms(world)
    dear, usual = gave(world, cost=Decimal(3500)), gave(world, cost=Decimal(900))
    page, small = (Browser().get(f"/g/{code(one)}/").content.decode() for one in (dear, usual))
    assert 'name="official"' in page and 'name="official"' not in small
    with refused("law_gift"):
        claim_gift(dear, replace(WHO, official=True), by=None, at=AT)
    assert fresh(dear).state == GiftState.GIVEN and not Client.objects.filter(name="Лев").exists()
    claim_gift(usual, replace(WHO, official=True), by=None, at=AT)
    client = fresh(usual).client
    assert client is not None and client.recipient.official and client.recipient.set_by is None
    with refused("law_gift"):
        gave(world, client=client, cost=Decimal(3500))


def test_over_or_taken_back(world: World) -> None:
    with_terms(world)
    gift, other = gave(world), gave(world)
    withdraw_gift(gift, by=world.as_staff("finance"), at=AT)
    with refused("withdrawn"):
        claim_gift(gift, Taken("k"), by=None, at=AT)
    with refused("over"):
        claim_gift(other, Taken("k"), by=None, at=AT + 31 * DAY)


def test_wrong_codes_are_counted(world: World) -> None:
    with_terms(world)
    gift = gave(world)
    for _try in range(20):
        with refused("unknown"):
            gift_by_code("AAAAA-AAAAA", "10.0.0.1", by=None, at=AT)
    with refused("too_many"):
        gift_by_code(code(gift), "10.0.0.1", by=None, at=AT)
    assert gift_by_code(code(gift), "10.0.0.2", by=None, at=AT) == gift
    assert gift_by_code(code(gift), "10.0.0.1", by=None, at=AT + timedelta(hours=1)) == gift


def test_used_once_by_its_receipt(world: World) -> None:
    with_terms(world)
    gift, by = gave(world), world.staff["manager"].user
    client = a_person(world).client
    used = redeem_gift(code(gift), receipt="7-1", by=by, at=AT, client=client)
    assert used.state == GiftState.USED and fresh(gift).client == client
    assert last().kind == "goodwill.gift_used"
    assert redeem_gift(code(gift), receipt="7-1", by=by, at=AT).pk == gift.pk
    assert last().facts["receipt"] == "7-1"
    with refused("used"):
        redeem_gift(code(gift), receipt="7-2", by=by, at=AT)
    with refused("taken"):
        claim_gift(gift, Taken("k"), by=None, at=AT)


def test_taken_but_not_used_in_time(world: World) -> None:
    with_terms(world)
    gift = gave(world)
    claim_gift(gift, Taken("k"), by=None, at=AT)
    with refused("over"):
        redeem_gift(code(gift), receipt="1", by=None, at=AT + 91 * DAY)
    assert lapse_gifts(by=None, at=AT + 91 * DAY) == 1


def test_a_known_client_is_written_to_without_a_code(world: World) -> None:
    with_terms(world)
    person = a_person(world)
    gift = gave(world, client=person.client, contact=person, cost=Decimal(100))
    announce_entries(by=None, at=AT)
    message = Message.objects.get(purpose="gift")
    assert message.to == person.user and code(gift) not in str(vars(message))


def test_just_thanks_are_done_when_taken(world: World) -> None:
    with_terms(world)
    gift = gave(world, kind="thanks", cost=None)
    claim_gift(gift, Taken("k"), by=None, at=AT)
    assert fresh(gift).state == GiftState.USED


def test_points_need_somebody(world: World) -> None:
    with_terms(world)
    with refused("no_unit"):
        gave(world, kind="points", points=100, cost=None)
    set_unit(None, POINTS, by=None, at=AT)
    gift = gave(world, kind="points", points=100, cost=None)
    assert gift.cost == 100
    with refused("who"):
        claim_gift(gift, Taken("k"), by=None, at=AT)


@pytest.mark.parametrize("text", ["", "abc", "AAAAA-AAAAA-A", "%00", "ЖЖЖЖЖЖЖЖЖЖ"])
def test_what_cannot_be_a_code(world: World, text: str) -> None:
    with refused("unknown"):
        gift_by_code(text, "x", by=None, at=AT)
