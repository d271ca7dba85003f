"""Quiet hours are kept; what may not wait calls whoever is on call, and then the next."""

import datetime as dt
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR, last_entry
from tests.support.refused import refused
from tests.tickets.asked import asked, kinds
from zabota.cases.models import Holder
from zabota.common import clock
from zabota.common.working_time import Interval, for_country, is_working, next_opening
from zabota.home.work import announce, react
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.models import Message
from zabota.outreach.purposes import PURPOSES
from zabota.outreach.quiet import after_own_quiet, after_quiet
from zabota.people.actions import (
    change_firm,
    choose_quiet_hours,
    plan_absence,
    turn_absences,
)
from zabota.people.refusal import Refused
from zabota.tickets.actions.alarms import take_up_alarm
from zabota.tickets.actions.on_call import (
    DutyTurn,
    add_on_call,
    call_on_duty,
    close_on_call,
    raise_on_call,
)
from zabota.tickets.duty import covers
from zabota.tickets.models import Alarm, AlarmCall, OnCall

MINUTE = timedelta(minutes=1)
# Friday evening in Moscow; the firm opens on Monday at nine.
NIGHT = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
COURT = "Если до утра не почините, подаём в суд."


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


def on_call(world: World, *keys: str, weekdays: str = "0123456") -> list[OnCall]:
    return [
        add_on_call(
            DutyTurn(
                employee=world.staff[key], weekdays=weekdays, from_time=None, to_time=None,
                wait_minutes=15,
            ),
            by=world.staff["director"].user, at=AT,
        )
        for key in keys
    ]  # fmt: skip


def alarm_at_night(world: World, text: str = COURT) -> Alarm:
    ticket = asked(world, text=text, at=NIGHT)
    react(NIGHT)
    return Alarm.objects.get(ticket=ticket)


def called() -> list[str]:
    return [one.employee.user.email.split("@")[0] for one in AlarmCall.objects.order_by("pk")]


def test_the_first_on_call_is_called_then_the_next_until_somebody_takes_it(world: World) -> None:
    on_call(world, "logist1", "logist2", "logist3")
    alarm = alarm_at_night(world)
    assert [call_on_duty(by=None, at=NIGHT + n * MINUTE) for n in (0, 0, 5, 14)] == [1, 0, 0, 0]
    assert called() == ["logist1"]
    assert call_on_duty(by=None, at=NIGHT + 15 * MINUTE) == 1
    assert called() == ["logist1", "logist2"]
    announce(NIGHT + 15 * MINUTE)
    letters = Message.objects.filter(purpose="alarm_call").order_by("pk")
    assert [one.to for one in letters] == [
        world.staff["logist1"].user, world.staff["logist2"].user,
    ]  # fmt: skip
    # At night, at once, with the words.
    assert all(one.send_after <= NIGHT + 15 * MINUTE for one in letters)
    assert "подаём в суд" in letters[0].facts["words"]["ru"]
    take_up_alarm(alarm, by=world.as_staff("logist2"), at=NIGHT + 20 * MINUTE)
    assert call_on_duty(by=None, at=NIGHT + HOUR) == 0
    assert kinds(alarm.ticket)[-3:] == [
        "ticket.alarm_called", "ticket.alarm_called", "ticket.alarm_taken",
    ]  # fmt: skip
    announce(NIGHT + HOUR)
    news = Message.objects.filter(purpose="alarm_news")
    assert {one.to for one in news} == {world.staff[k].user for k in ("director", "logist1")}


def test_whoever_is_called_takes_it_up_from_the_letter_by_one_tap(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_call(world, "logist1")
    alarm = alarm_at_night(world)
    assert browser_of(world, "logist1").get(f"/desk/alarms/{alarm.pk}/").status_code == 404
    call_on_duty(by=None, at=NIGHT)
    monkeypatch.setattr(clock, "now", lambda: NIGHT + MINUTE)
    page = browser_of(world, "logist1").get(f"/desk/alarms/{alarm.pk}/").content.decode()
    assert "подаём в суд" in page and "Анна Волкова" in page
    browser_of(world, "logist1").post(f"/desk/alarms/{alarm.pk}/take/")
    assert Alarm.objects.get().taken_by == world.staff["logist1"]
    assert not Holder.objects.filter(promise=alarm.promise, rank_at__isnull=False).exists()


def test_by_day_and_for_what_may_wait_nobody_is_called(world: World) -> None:
    on_call(world, "logist1")
    asked(world, text=COURT)
    react(AT)
    assert call_on_duty(by=None, at=AT) == 0
    alarm_at_night(world, "Думаем расторгнуть договор.")
    assert Alarm.objects.count() == 2
    Alarm.objects.filter(meaning="court").delete()
    assert call_on_duty(by=None, at=NIGHT) == 0
    assert call_on_duty(by=None, at=MONDAY + HOUR) == 0


def test_nobody_away_is_called_and_nobody_twice(world: World) -> None:
    on_call(world, "logist1", "logist2")
    plan_absence(world.staff["logist1"], AT, MONDAY, by=None, at=AT - HOUR)
    turn_absences(by=None, at=AT)
    alarm_at_night(world)
    assert [call_on_duty(by=None, at=NIGHT + n * HOUR) for n in range(4)] == [1, 0, 0, 0]
    assert called() == ["logist2"]


@pytest.mark.parametrize("quiet", [True, False])
def test_letters_to_colleagues_wait_until_morning_and_to_clients_do_not(
    world: World, quiet: bool
) -> None:
    change_firm({"keeps_quiet": quiet}, by=None, at=AT)
    alarm_at_night(world)
    announce(NIGHT)
    desk = Message.objects.filter(path__startswith="/desk/", made_at__gte=NIGHT)
    assert desk and ({one.send_after for one in desk} == {MONDAY}) == quiet
    room = Message.objects.filter(path__startswith="/room/", made_at__gte=NIGHT)
    assert room and all(one.send_after < MONDAY for one in room)


def test_own_quiet_hours_are_kept_and_the_one_on_call_is_called(world: World) -> None:
    change_firm({"keeps_quiet": False}, by=None, at=AT)
    manager = world.staff["manager"]
    hours = dt.time(17), dt.time(6, 30)
    choose_quiet_hours(manager, hours, by=manager.user, at=AT)
    alarm_at_night(world)
    announce(NIGHT)
    theirs = Message.objects.filter(to=manager.user, path__startswith="/desk/", made_at__gte=NIGHT)
    waiting = [one for one in theirs if not PURPOSES[one.purpose].service]
    assert waiting and all(one.send_after > NIGHT for one in waiting)
    zone = zoneinfo.ZoneInfo(manager.user.zone)
    assert {one.send_after.astimezone(zone).time() for one in waiting} == {dt.time(6, 30)}
    others = Message.objects.exclude(to=manager.user).filter(made_at__gte=NIGHT)
    assert any(one.send_after == NIGHT for one in others)


@pytest.mark.parametrize(("hour", "told"), [(16, 16), (17, 30), (23, 30), (3, 6), (6, 6), (12, 12)])
def test_own_hours_pass_midnight(hour: int, told: int) -> None:
    day = datetime(2026, 11, 16, tzinfo=UTC)
    after = after_own_quiet(day + hour * HOUR, UTC, dt.time(17), dt.time(6))
    assert after == day + told * HOUR


def test_own_quiet_hours_are_chosen_on_one_s_page(world: World) -> None:
    manager, browser = world.staff["manager"], browser_of(world, "manager")
    assert "Мои тихие часы" in browser.get("/desk/profile/").content.decode()
    browser.post("/desk/profile/quiet/", {"quiet_from": "21:00", "quiet_to": "08:00"})
    manager.refresh_from_db()
    assert (manager.quiet_from, manager.quiet_to) == (dt.time(21), dt.time(8))
    assert last_entry("people.quiet_chosen").facts["begins"] == "21:00"
    assert 'value="21:00"' in browser.get("/desk/profile/").content.decode()
    with refused("half"):
        choose_quiet_hours(manager, (dt.time(21), None), by=manager.user, at=AT)
    with pytest.raises(PermissionDenied):
        choose_quiet_hours(manager, (None, None), by=world.staff["lawyer"].user, at=AT)
    browser.post("/desk/profile/quiet/", {"quiet_from": "вечер", "quiet_to": ""})
    manager.refresh_from_db()
    assert manager.quiet_from == dt.time(21)
    browser.post("/desk/profile/quiet/", {"quiet_from": "", "quiet_to": ""})
    manager.refresh_from_db()
    assert manager.quiet_from is None


@settings(max_examples=80)
@given(st.integers(0, 730 * 24 * 60))
def test_quiet_hours_end_with_a_working_day_and_lunch_is_none(minutes: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE
    week = {
        day: (Interval(dt.time(9), dt.time(13)), Interval(dt.time(14), dt.time(18)))
        for day in range(5)
    }
    calendar = for_country("RU", range(2025, 2029), "Europe/Moscow", week, {})
    told = after_quiet(calendar, at)
    assert told >= at and (told == at or told == next_opening(calendar, at))
    assert told != at or is_working(calendar, at) or 13 <= calendar.local(at).hour < 14
    assert after_quiet(calendar, told) == told


def test_turns_cover_the_hours_they_say() -> None:
    friday_night, saturday_early = (
        datetime(2026, 11, 20, 23, 0, tzinfo=UTC), datetime(2026, 11, 21, 3, 0, tzinfo=UTC),
    )  # fmt: skip
    night = (dt.time(20), dt.time(8))
    assert covers("4", *night, friday_night) and covers("4", *night, saturday_early)
    assert not covers("5", *night, saturday_early) and covers("5", None, None, saturday_early)
    assert not covers("4", dt.time(9), dt.time(18), friday_night)


def test_the_firm_sets_the_order(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    browser = browser_of(world, "director")
    for key in ("logist1", "logist2"):
        given_turn = {
            "employee": world.staff[key].pk, "weekdays": ["5", "6"], "from_time": "18:00",
            "to_time": "09:00", "wait_minutes": "10",
        }  # fmt: skip
        assert browser.post("/desk/firm/on-call/", given_turn).status_code == 302
    wrong = browser.post("/desk/firm/on-call/", {**given_turn, "to_time": "", "weekdays": ["1"]})
    assert wrong.status_code == 422
    page = browser.get("/desk/firm/on-call/").content.decode()
    assert page.index("Анна Волкова") < page.index("Тимур Асланов") and "18:00–09:00" in page
    first, second = OnCall.objects.order_by("position")
    browser.post(f"/desk/firm/on-call/{second.pk}/raise/")
    assert OnCall.objects.order_by("position").first() == second
    with pytest.raises(Refused):
        raise_on_call(second, by=world.staff["director"].user, at=AT)
    browser.post(f"/desk/firm/on-call/{first.pk}/close/")
    assert OnCall.objects.get(closed_at=None) == second
    assert Entry.objects.filter(kind="ticket.on_call_set").count() == 4
    assert browser_of(world, "manager").get("/desk/firm/on-call/").status_code == 403
    with pytest.raises(PermissionDenied):
        close_on_call(second, by=world.staff["manager"].user, at=AT)
