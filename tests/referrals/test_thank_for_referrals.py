"""Both are thanked once the goods have stayed; what a check finds waits for a person."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY
from tests.loyalty.shop import POINTS
from tests.referrals.brought import (
    FRIEND,
    TERMS,
    TODAY,
    buys,
    came,
    follow,
    fresh,
    linked,
    opened,
)
from zabota.cases.models import Holder
from zabota.clients.actions import change_client, merge_clients, take_back_purchase
from zabota.clients.models import Client, Purchase
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.loyalty.actions.units import make_rule, set_unit
from zabota.loyalty.models import Batch
from zabota.orders.models import Payment
from zabota.people.refusal import Refused
from zabota.referrals.actions.links import make_link
from zabota.referrals.actions.purchases import notice_table
from zabota.referrals.actions.receive import receive_friend
from zabota.referrals.actions.terms import set_terms
from zabota.referrals.actions.thanks import decide_thanks, say_thanks, thank_for_referrals
from zabota.referrals.entries import BECAME_PURCHASE, DECIDED, STOPPED, THANKED, WORDS_DUE
from zabota.referrals.models import Referral, ReferralState, Thanks
from zabota.referrals.reading.room import read_thanks

MATURE = AT + 16 * DAY


def state(referral: Referral) -> str:
    return fresh(referral).case.state


def points(world: World, amount: int = 300) -> None:
    """A recommendation brings points to persons."""
    unit = set_unit(None, POINTS, by=None, at=AT)
    make_rule(
        {
            "occasion": "referral", "unit": unit, "rate": None, "amount": amount,
            "least": Decimal(0), "place": None, "tier": None, "may_owe": False,
            "from_day": date(2026, 1, 1), "until_day": None,
        },
        by=None, at=AT,
    )  # fmt: skip


def a_person_recommends(world: World) -> None:
    """Anna’s company is a person in these tests: companies have no points by themselves."""
    Client.objects.filter(pk=world.clients["romashka"].pk).update(kind="person")


def test_a_purchase_is_noticed_and_waits_for_returns(world: World) -> None:
    referral = came(world)
    buys(referral.case.client)
    referral = fresh(referral)
    assert referral.case.state == ReferralState.BOUGHT
    assert referral.thanks_on == date(2026, 12, 2)
    told = Entry.objects.get(kind=BECAME_PURCHASE.name)
    assert told.facts["referral"] == referral.pk
    assert thank_for_referrals(by=None, at=AT + 10 * DAY) == 0


def test_too_small_a_purchase_does_not_count(world: World) -> None:
    referral = came(world)
    buys(referral.case.client, sum=999)
    assert state(referral) == ReferralState.RECEIVED
    buys(referral.case.client, sum=1000, mark="till:2")
    assert state(referral) == ReferralState.BOUGHT


def test_a_purchase_of_a_card_that_was_merged_counts(world: World) -> None:
    referral = came(world)
    into = world.clients["vector"]
    merge_clients(into, referral.case.client, by=None, at=AT, reason="Один и тот же")
    buys(into)
    assert state(referral) == ReferralState.BOUGHT


def test_both_have_points_once(world: World) -> None:
    points(world)
    a_person_recommends(world)
    referral = came(world)
    buys(referral.case.client)
    assert thank_for_referrals(by=None, at=MATURE) == 1
    assert thank_for_referrals(by=None, at=MATURE) == 0
    assert state(referral) == ReferralState.THANKED
    assert sorted(Batch.objects.values_list("amount", flat=True)) == [300, 300]
    assert Entry.objects.filter(kind=THANKED.name).count() == 1
    (row,) = read_thanks(world.as_guest("anna"))
    assert "300" in row.counted


def test_whoever_recommended_reads_no_name_in_their_history(world: World) -> None:
    points(world)
    a_person_recommends(world)
    buys(came(world).case.client)
    thank_for_referrals(by=None, at=MATURE)
    told = Entry.objects.get(kind="referral.recommender_thanked")
    assert told.stream_id == world.clients["romashka"].stream_id
    assert set(told.facts) == {"client", "contact", "counted"}
    assert Entry.objects.filter(kind="referral.friend_thanked").exists()


def test_where_there_are_no_points_a_person_says_it(world: World) -> None:
    """«Ромашка» is a company, and the firm thanks none by value."""
    referral = came(world)
    buys(referral.case.client)
    thank_for_referrals(by=None, at=MATURE)
    referral = fresh(referral)
    assert referral.case.state == ReferralState.WORDS
    assert Entry.objects.filter(kind=WORDS_DUE.name).exists()
    assert Holder.objects.get(promise=referral.task).employee_id == referral.case.owner_id
    say_thanks(referral, by=world.as_staff("manager"), at=MATURE)
    assert state(referral) == ReferralState.THANKED
    assert Thanks.objects.filter(batch=None).count() == 2
    with pytest.raises(Refused):
        say_thanks(referral, by=world.as_staff("manager"), at=MATURE)


def test_goods_that_came_back_undo_it(world: World) -> None:
    referral = came(world)
    purchase = buys(referral.case.client)
    take_back_purchase(
        purchase, sum=Decimal(4500), mark="back:1", by=None, at=AT + 2 * DAY, day=AT.date()
    )
    follow(AT + 2 * DAY)
    assert state(referral) == ReferralState.RECEIVED
    assert Entry.objects.filter(kind="referral.purchase_undone").exists()
    assert fresh(referral).purchase_id is None


def stopped(world: World, referral: Referral) -> list[str]:
    """Why its thanks wait for a person."""
    thank_for_referrals(by=None, at=MATURE)
    referral = fresh(referral)
    assert referral.case.state == ReferralState.STOPPED, referral.case.state
    assert not referral.thanks.exists()
    return [hit["code"] for hit in referral.hits]


def test_the_same_address_stops_it(world: World) -> None:
    referral = came(world)
    shared = {"inn": "7729567898", "address": world.clients["romashka"].address}
    change_client(referral.case.client, shared, by=None, at=AT)  # type: ignore[arg-type]
    buys(referral.case.client)
    assert stopped(world, referral) == ["inn", "address"]
    assert Entry.objects.filter(kind=STOPPED.name).exists()


def test_the_same_phone_stops_it(world: World) -> None:
    change_client(world.clients["romashka"], {"phone": "8 (916) 111-22-33"}, by=None, at=AT)
    referral = came(world)
    buys(referral.case.client)
    assert stopped(world, referral) == ["phone"]


def test_one_client_stops_it(world: World) -> None:
    referral = came(world, replace(FRIEND, reached_by=("email", "boris@romashka.example")))
    buys(world.clients["romashka"])
    assert "same" in stopped(world, referral)


def test_a_ring_stops_it(world: World) -> None:
    """Anna brings John, John brings somebody, who brings Anna’s company: she is thanked for
    herself.
    """
    first = came(world, replace(FRIEND, reached_by=("email", "john@vector.example")))
    assert first.case.client_id == world.clients["vector"].pk
    second = receive_friend(
        linked(world, "john"),
        replace(FRIEND, reached_by=("email", "anna@romashka.example")),
        by=None, at=AT,
    )  # fmt: skip
    buys(world.clients["romashka"])
    codes = stopped(world, second)
    assert "ring" in codes and "known" in codes


def test_a_limit_of_a_year_stops_it(world: World) -> None:
    first = came(world)
    set_terms(replace(TERMS, yearly_limit=1), by=world.as_staff("director"), at=AT)
    Thanks.objects.create(referral=first, side="recommender", client=first.recommender, at=AT)
    friend = replace(FRIEND, name="Олег Дымов", reached_by=("phone", "+7 916 000-00-00"))
    second = receive_friend(first.link, friend, by=None, at=AT)
    buys(second.case.client)
    assert stopped(world, second) == ["limit"]


def test_the_same_payer_stops_it(world: World) -> None:
    referral = came(world)
    for number, client in enumerate((world.clients["romashka"], referral.case.client)):
        Payment.objects.create(
            client=client, day=TODAY, sum=100, free=0, currency="RUB", mark=str(number), at=AT,
            payer_account="40702810100000056789",
        )  # fmt: skip
    buys(referral.case.client)
    assert stopped(world, referral) == ["payer"]


def test_the_browser_of_the_link_stops_it(world: World) -> None:
    opened(world)
    link = make_link(by=world.as_guest("anna"), at=AT, shown_as="full", device="d" * 64)
    referral = receive_friend(link, replace(FRIEND, device="d" * 64), by=None, at=AT)
    buys(referral.case.client)
    assert stopped(world, referral) == ["device"]


@pytest.mark.parametrize("thank", [True, False])
def test_whoever_has_the_power_decides_with_a_reason(world: World, thank: bool) -> None:
    referral = came(world, replace(FRIEND, reached_by=("email", "john@vector.example")))
    buys(referral.case.client)
    assert stopped(world, referral) == ["known"]
    manager, at = world.as_staff("manager"), MATURE
    task = fresh(referral).task
    assert Holder.objects.filter(promise=task, employee=manager.employee).exists()
    with pytest.raises(PermissionDenied):
        decide_thanks(referral, by=world.as_staff("logist1"), at=at, thank=thank, reason="Да")
    with pytest.raises(Refused):
        decide_thanks(referral, by=manager, at=at, thank=thank, reason=" ")
    decide_thanks(referral, by=manager, at=at, thank=thank, reason="Знаю обоих")
    assert state(referral) == (ReferralState.WORDS if thank else ReferralState.UNTHANKED)
    assert Entry.objects.filter(kind=DECIDED.name).exists()
    with pytest.raises(Refused):
        decide_thanks(referral, by=manager, at=at, thank=thank, reason="Ещё раз")


def test_a_table_of_purchases_is_noticed(world: World) -> None:
    referral = came(world)
    Purchase.objects.create(client=referral.case.client, day=TODAY, sum=2000, mark="row:1")
    entry = Entry.objects.latest("pk")
    assert notice_table(entry, by=None, at=AT + DAY) == 1
    assert notice_table(entry, by=None, at=AT + DAY) == 0
    assert state(referral) == ReferralState.BOUGHT
