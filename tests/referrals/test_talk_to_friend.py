"""What becomes of whoever came: we talked, nothing came of it, they take everything back."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, HOUR
from tests.referrals.brought import FRIEND, came, fresh
from zabota.cases.models import PromiseState
from zabota.clients.models import Client, Consent
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.people.refusal import Refused
from zabota.referrals.actions.talk import (
    choose_shares,
    end_referral,
    talk_to_friend,
    withdraw_friend,
)
from zabota.referrals.entries import SHARES_CHOSEN
from zabota.referrals.models import Referral, ReferralState
from zabota.referrals.reading.room import read_standing


def kinds(referral: Referral) -> list[str]:
    """What its history says, in order."""
    rows = Entry.objects.filter(stream=referral.case.stream_id).order_by("seq")
    return [row.kind.removeprefix("referral.") for row in rows]


def test_talking_keeps_the_promise_and_is_remembered(world: World) -> None:
    referral = came(world)
    talk_to_friend(referral, by=world.as_staff("manager"), at=AT + HOUR, shares="talked")
    referral = fresh(referral)
    assert referral.case.state == ReferralState.TALKED
    assert referral.promise is not None and referral.promise.state == PromiseState.KEPT
    assert kinds(referral) == ["received", "talked"]
    assert Consent.objects.filter(contact=referral.contact, purpose="referral_progress").exists()


def test_whoever_does_not_see_it_may_not(world: World) -> None:
    with pytest.raises(PermissionDenied):
        talk_to_friend(came(world), by=world.as_staff("stranger"), at=AT, shares="nothing")


def test_the_recommender_reads_nothing_before_we_heard_it_from_the_friend(world: World) -> None:
    """The page can be filled in by anybody: what is chosen there does not show a stranger's way."""
    referral = came(world, replace(FRIEND, shares="bought"))
    anna = world.as_guest("anna")
    assert read_standing(anna) == []
    talk_to_friend(referral, by=world.as_staff("manager"), at=AT + HOUR, shares="bought")
    (row,) = read_standing(anna)
    assert row.name == FRIEND.name and [step.on is not None for step in row.steps] == [True, False]
    assert read_standing(world.as_guest("boris")) == []


@pytest.mark.parametrize(("shares", "steps"), [("nothing", None), ("talked", 1), ("bought", 2)])
def test_as_far_as_the_friend_consents(world: World, shares: str, steps: int | None) -> None:
    referral = came(world)
    talk_to_friend(referral, by=world.as_staff("manager"), at=AT + HOUR, shares=shares)
    shown = read_standing(world.as_guest("anna"))
    assert [len(row.steps) for row in shown] == ([steps] if steps else [])


def test_less_may_be_shown_at_any_time(world: World) -> None:
    referral = came(world, replace(FRIEND, shares="talked"))
    talk_to_friend(referral, by=world.as_staff("manager"), at=AT + HOUR, shares="talked")
    choose_shares(referral, "nothing", by=None, at=AT + HOUR)
    assert read_standing(world.as_guest("anna")) == []
    last = Entry.objects.filter(stream=referral.case.stream_id).latest("seq")
    assert last.kind == SHARES_CHOSEN.name
    given = Consent.objects.get(contact=referral.contact, purpose="referral_progress")
    assert given.withdrawn_at == AT + HOUR


def test_nothing_came_of_it(world: World) -> None:
    referral = came(world)
    end_referral(referral, "not_now", by=world.as_staff("manager"), at=AT + HOUR)
    referral = fresh(referral)
    assert referral.case.state == ReferralState.ENDED and kinds(referral)[-1] == "ended"
    assert referral.promise is not None and referral.promise.state == PromiseState.DROPPED
    with pytest.raises(PermissionDenied):
        end_referral(referral, "not_now", by=world.as_staff("manager"), at=AT + HOUR)


def test_taken_back_it_is_erased(world: World) -> None:
    referral = came(world)
    withdraw_friend(referral, by=None, at=AT + HOUR)
    referral = fresh(referral)
    assert referral.ending == "withdrawn" and referral.contact.name == "—"
    assert not Client.objects.filter(name=FRIEND.name).exists()
    with pytest.raises(Refused):
        withdraw_friend(referral, by=None, at=AT + HOUR)


def test_somebody_we_knew_is_not_erased_by_it(world: World) -> None:
    referral = came(world, replace(FRIEND, reached_by=("email", "john@vector.example")))
    withdraw_friend(referral, by=None, at=AT + HOUR)
    assert fresh(referral).contact.name == "Джон Адамс"
