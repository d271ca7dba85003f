"""Somebody who was sent to us leaves as much of themselves as they wish."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.contracts.worlds import AT, DAY
from tests.referrals.brought import FRIEND, came, fresh, in_days, linked
from zabota.cases.models import Holder
from zabota.clients.models import Client, Consent
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.models import Message
from zabota.people.refusal import Refused
from zabota.referrals.actions.links import revoke_link
from zabota.referrals.actions.receive import receive_friend
from zabota.referrals.models import Referral


def test_whoever_came_is_a_client_linked_to_who_recommended(world: World) -> None:
    referral = came(world)
    assert referral.case.client.name == FRIEND.name
    assert referral.case.client.kind == "person"
    assert referral.recommender_id == world.clients["romashka"].pk
    assert referral.case.owner_id == world.clients["romashka"].owner_id
    assert referral.is_new_card and not referral.was_client
    assert Entry.objects.filter(stream=referral.case.stream_id, kind="referral.received").exists()
    given = Consent.objects.filter(contact=referral.contact)
    assert [one.purpose for one in given] == ["referral_contact"]


def test_we_promise_to_get_in_touch_within_our_hours(world: World) -> None:
    referral = came(world)
    assert referral.promise is not None and referral.promise.due_at is not None
    # Eight working hours from Tuesday ten: Wednesday ten.
    assert referral.promise.due_at == AT + DAY
    holder = Holder.objects.get(promise=referral.promise)
    assert holder.employee_id == referral.case.owner_id and holder.rank_at is not None


def test_a_day_and_a_part_of_it_are_kept_to(world: World) -> None:
    friend = replace(FRIEND, wish="day", day=in_days(2), part="morning")
    referral = came(world, friend)
    assert referral.promise is not None
    # Before noon in Moscow, whatever the clock of the reader.
    assert referral.promise.due_at == AT + 2 * DAY + timedelta(hours=2)


def test_a_day_off_is_refused_with_a_word(world: World) -> None:
    friend = replace(FRIEND, wish="day", day=in_days(4))
    with pytest.raises(Refused) as refused:
        came(world, friend)
    assert refused.value.params["field"] == "day"
    assert not Client.objects.filter(name=FRIEND.name).exists()


def test_whoever_calls_themselves_is_promised_nothing(world: World) -> None:
    assert came(world, replace(FRIEND, wish="self")).promise is None


def test_a_company_is_a_company_with_its_person(world: World) -> None:
    referral = came(world, replace(FRIEND, company="ООО «Двор»", shares="bought", news=True))
    client = referral.case.client
    assert (client.kind, client.name) == ("company", "ООО «Двор»")
    purposes = set(
        Consent.objects.filter(contact=referral.contact).values_list("purpose", flat=True)
    )
    assert purposes == {"referral_contact", "referral_progress", "referral_news"}


def test_somebody_we_know_is_recognised_and_agrees_to_nothing_by_it(world: World) -> None:
    """Whoever types another's number says nothing in their name."""
    before = Client.objects.count()
    known = world.guests["john"]
    referral = came(world, replace(FRIEND, reached_by=("email", "john@vector.example")))
    assert referral.contact_id == known.pk and referral.was_client
    assert Client.objects.count() == before
    assert not Consent.objects.filter(contact=known, purpose__startswith="referral").exists()


def test_pressed_twice_it_is_one(world: World) -> None:
    first = came(world)
    again = receive_friend(first.link, FRIEND, by=None, at=AT + timedelta(seconds=5))
    assert again.pk == first.pk and Referral.objects.count() == 1


def test_a_revoked_link_takes_nobody(world: World) -> None:
    link = linked(world)
    revoke_link(link, by=world.as_guest("anna"), at=AT)
    with pytest.raises(Refused):
        receive_friend(link, FRIEND, by=None, at=AT)


def test_nobody_is_written_to(world: World) -> None:
    referral = came(world, replace(FRIEND, reached_by=("email", "svetlana@yard.example")))
    assert not Message.objects.filter(address="svetlana@yard.example").exists()
    assert fresh(referral).case.audience == "ours"
