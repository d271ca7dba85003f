"""Whoever brought others leaves: by their own rhythm, or because they said so."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY
from tests.referrals.brought import buys, came, opened
from tests.referrals.test_pages import page, signed_in
from zabota.clients.models import Client, Purchase
from zabota.common import clock
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.people.refusal import Refused
from zabota.referrals.actions.departures import end_departure, note_departure
from zabota.referrals.models import Departure, Referral
from zabota.referrals.reading.risk import read_at_risk
from zabota.referrals.rhythm import find_silence

START = date(2026, 1, 1)


def every(gap: int, count: int) -> list[date]:
    return [START + timedelta(days=gap * number) for number in range(count)]


def test_by_ones_own_rhythm() -> None:
    monthly, yearly = every(30, 6), every(365, 4)
    assert find_silence(monthly, monthly[-1] + timedelta(days=90), 3) is None
    silence = find_silence(monthly, monthly[-1] + timedelta(days=91), 3)
    assert silence is not None and silence.rhythm == 30 and round(silence.times) == 3
    assert find_silence(yearly, yearly[-1] + timedelta(days=400), 3) is None


def test_of_few_purchases_nobody_can_tell() -> None:
    assert find_silence(every(10, 2), START + timedelta(days=900), 3) is None
    assert find_silence([START] * 5, START + timedelta(days=900), 3) is None


def test_who_came_daily_is_not_gone_after_a_week() -> None:
    daily = every(1, 10)
    assert find_silence(daily, daily[-1] + timedelta(days=20), 3) is None
    assert find_silence(daily, daily[-1] + timedelta(days=31), 3) is not None


def brought_by_romashka(world: World) -> Referral:
    referral = came(world)
    buys(referral.case.client)
    return referral


def test_those_they_brought_are_shown(world: World) -> None:
    referral, romashka = brought_by_romashka(world), world.clients["romashka"]
    for number, ago in enumerate((300, 270, 240)):
        Purchase.objects.create(
            client=romashka, day=AT.date() - ago * DAY, sum=100, mark=f"old:{number}"
        )
    (row,) = read_at_risk(AT.date() + 2 * DAY)
    assert row.client.pk == romashka.pk
    assert [one.client.pk for one in row.friends] == [referral.case.client_id]
    Purchase.objects.create(client=romashka, day=AT.date(), sum=100, mark="now")
    assert read_at_risk(AT.date() + 2 * DAY) == []


def test_or_they_said_so(world: World) -> None:
    brought_by_romashka(world)
    romashka, manager = world.clients["romashka"], world.as_staff("manager")
    departure = note_departure(romashka, by=manager, at=AT, words="Закрываемся")
    assert read_at_risk(AT.date() + 2 * DAY)[0].words == "Закрываемся"
    with pytest.raises(Refused):
        note_departure(romashka, by=manager, at=AT)
    end_departure(departure, by=manager, at=AT + DAY)
    assert read_at_risk(AT.date() + 2 * DAY) == []
    kinds = set(Entry.objects.filter(stream=romashka.stream_id).values_list("kind", flat=True))
    assert {"referral.departure_noted", "referral.departure_ended"} <= kinds


def test_a_client_notes_nothing_of_the_kind(world: World) -> None:
    with pytest.raises(PermissionDenied):
        note_departure(world.clients["romashka"], by=world.as_guest("anna"), at=AT)  # type: ignore[arg-type]


def test_the_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + 2 * DAY)
    opened(world)
    manager, director = signed_in(world, "manager"), signed_in(world, "director")
    for name in ("chains", "at-risk"):
        page(manager, f"/desk/referrals/{name}/")
    referral, romashka = brought_by_romashka(world), world.clients["romashka"].pk
    text = page(manager, "/desk/referrals/chains/")
    assert "<svg" in text and referral.case.client.name in text
    page(manager, f"/desk/referrals/chains/?of={referral.case.client_id}")
    page(manager, "/desk/referrals/worth/", 403)
    assert "10" in page(director, "/desk/referrals/worth/")
    page(manager, f"/desk/clients/{romashka}/leaves/")
    manager.post(f"/desk/clients/{romashka}/leaves/", {"words": "Уходим"})
    assert "Уходим" in page(manager, "/desk/referrals/at-risk/")
    card = page(manager, f"/desk/clients/{romashka}/")
    assert "Уходим" in card and referral.case.client.name in card
    manager.post(f"/desk/referrals/stays/{Departure.objects.get().pk}/")
    assert "Уходим" not in page(manager, "/desk/referrals/at-risk/")


def test_worth_is_read_of_those_who_were_brought(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + 3 * DAY)
    referral = brought_by_romashka(world)
    owner = world.staff["manager"]
    for number in range(24):
        stream = type(referral.case.client.stream).objects.create()
        client = Client.objects.create(
            name=f"К{number}", owner=owner, stream=stream, made_at=AT, since=AT.date()
        )
        Purchase.objects.create(
            client=client, day=AT.date(), sum=100 + number % 12, mark=f"m:{number}"
        )
        if number < 12:
            copy = Referral.objects.get(pk=referral.pk)
            case = copy.case
            case.pk, case.number, case.client = None, f"Р-{number}", client
            case.stream = type(stream).objects.create()
            case.save(force_insert=True)
            copy.case, copy.promise = case, None
            copy.purchase = client.purchases.get()
            copy.save(force_insert=True)
    text = page(signed_in(world, "director"), "/desk/referrals/worth/")
    assert "19 случаях из 20" in text
