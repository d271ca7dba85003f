"""«Сегодня»: whose promises, in which order, why now, what next; what stands beside them."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR, approve, send_back, sent, stage
from tests.home.crowd import copies_of
from zabota.cases.actions import renegotiate_promise
from zabota.cases.models import Holder, Promise
from zabota.contracts.actions import accept_change, ask_sooner, reject_change
from zabota.contracts.models import Change, Contract
from zabota.home.reading.figures import about_to_break, kept_this_month, stands_in_for
from zabota.home.reading.today import Today, TodayRow, read_today
from zabota.home.reading.why import clauses_line
from zabota.home.world import World
from zabota.people.actions import appoint_substitute, change_employee, plan_absence


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


def asked_for(url: str) -> dict[str, str]:
    """The parameters of an address."""
    return dict(parse_qsl(url.lstrip("?")))


def today_of(world: World, key: str, at: datetime = AT) -> Today:
    return read_today(world.staff[key], {}, world.firm, at=at)


def rows(today: Today) -> list[tuple[str, TodayRow]]:
    return [(group.key, row) for group in today.groups for row in group.rows]


def row_of(world: World, key: str, chip: str, at: datetime = AT) -> TodayRow:
    return next(row for _, row in rows(today_of(world, key, at)) if row.chip == chip)


def changed(text: str) -> str:
    return text.replace("не позднее", "не позже")


def test_what_departs_in_nothing_is_approved_in_one_click(world: World) -> None:
    contract = sent(world)
    row = row_of(world, "manager", "Менеджер")
    assert row.why == "Всё по форме, отступлений нет."
    assert (row.step.label, row.step.at_once) == ("Согласовать", True)
    assert row.step.url == f"/desk/stages/{stage(contract, 'manager').pk}/approve/"
    page = browser_of(world, "manager").get("/desk/").content.decode()
    assert f'action="{row.step.url}"' in page
    answer = browser_of(world, "manager").post(row.step.url, {"next": "/desk/"})
    assert answer["Location"] == "/desk/"
    assert not [one for _, one in rows(today_of(world, "manager")) if one.chip == "Менеджер"]


def test_changes_of_ones_own_direction_are_opened_not_waved_through(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"7.2": lambda t: f"{t} И ещё.", "3.3": changed})
    approve(world, contract, "manager", "manager")
    row = row_of(world, "lawyer", "Правовое согласование")
    assert row.why == "Клиент изменил: п. 7.2."
    assert (row.step.label, row.step.url) == ("Открыть 1 пункт", f"/desk/contracts/{contract.pk}/")
    answering = row_of(world, "lawyer", "Ответ на правку клиента")
    assert answering.step.label == "Ответить на правки"
    assert "3.3, 7.2" in answering.why or "7.2, 3.3" in answering.why


def test_after_an_answer_the_next_step_is_another(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"7.2": lambda t: f"{t} И ещё."})
    approve(world, contract, "manager", "manager")
    change = Change.objects.get(contract=contract)
    change = accept_change(change, by=world.as_staff("lawyer"), at=AT)
    row = row_of(world, "lawyer", "Правовое согласование")
    assert row.step.at_once
    assert row.why == "Все правки по вашему направлению приняты."
    reject_change(change, by=world.as_staff("lawyer"), at=AT, reason="Нельзя.")
    assert row_of(world, "lawyer", "Правовое согласование").step.label == "Вернуть клиенту"


def test_a_calm_day_is_called_calm(world: World) -> None:
    sent(world)
    assert not today_of(world, "manager").calm
    assert today_of(world, "manager", at=AT - timedelta(hours=16)).calm
    # Where there is nothing at all, the page says that instead.
    assert not today_of(world, "director").calm


@pytest.mark.parametrize(
    ("later", "key", "due"),
    [
        (timedelta(), "today", "15:00"),
        # Half past twelve: an hour and a half of work is left, as the lunch is none.
        (timedelta(hours=2, minutes=30), "now", "1 ч 30 мин"),
        (timedelta(hours=5, minutes=25), "late", "−25 мин"),
        (-timedelta(hours=16), "week", "завтра"),
    ],
)
def test_promises_are_grouped_by_time_left(
    world: World, later: timedelta, key: str, due: str
) -> None:
    """Four working hours from ten in the morning, with an hour for lunch: until three."""
    sent(world)
    found = rows(today_of(world, "manager", AT + later))
    (shown,) = [(group, row.due) for group, row in found if row.chip == "Менеджер"]
    assert shown == (key, due.replace(" ", "\xa0"))


def test_while_the_client_has_it_the_clock_stands(world: World) -> None:
    contract = sent(world)
    send_back(world, contract, "manager", "manager", AT + HOUR, "Уточните срок")
    (shown,) = rows(today_of(world, "manager"))
    assert shown[0] == "still"
    assert shown[1].why == "Ждём клиента: Уточните срок"
    assert not shown[1].step.at_once


def test_the_owner_sees_where_it_is_and_what_is_asked(world: World) -> None:
    contract = sent(world)
    approve(world, contract, "manager", "manager")
    ask_sooner(contract, (AT + 3 * DAY).date(), by=world.as_guest("anna"), at=AT, reason="Стройка")
    whole = row_of(world, "manager", "Согласование договора целиком")
    assert whole.why.startswith("Сейчас: Правовое согласование — Ольга Петрова.")
    assert "Клиенту нужно к сроку: пт, 20\xa0ноября." in whole.why
    sooner = row_of(world, "manager", "Ответ на «Нужно раньше»")
    assert (sooner.step.label, sooner.why.split(".")[0]) == ("Ответить", "Клиент просит ускорить")


def test_standing_in_is_said(world: World) -> None:
    plan_absence(world.staff["lawyer"], AT - HOUR, AT + 5 * DAY, by=None, at=AT, reason="отпуск")
    appoint_substitute(
        world.staff["lawyer"], world.staff["lawyer2"], AT - HOUR, AT + 5 * DAY, by=None, at=AT
    )
    approve(world, sent(world), "manager", "manager")
    row = row_of(world, "lawyer2", "Правовое согласование")
    assert "За коллегу: Ольга Петрова." in row.why
    (one,) = stands_in_for(world.staff["lawyer2"], at=AT)
    assert (one.person.name, one.reason) == ("Ольга Петрова", "отпуск")
    assert not stands_in_for(world.staff["manager"], at=AT)


def test_a_lead_sees_what_is_about_to_break(world: World) -> None:
    sent(world)
    director = world.staff["director"]
    found = about_to_break(director, world.firm, at=AT + 4 * HOUR)
    assert [(one.name, one.late) for one in found] == [("Игорь Ким", False)]
    assert next(iter(about_to_break(director, world.firm, at=AT + 6 * HOUR))).late
    assert not about_to_break(world.staff["manager"], world.firm, at=AT + 6 * HOUR)


def test_kept_promises_are_counted_by_the_present_and_by_the_first_date(world: World) -> None:
    manager = world.staff["manager"]
    in_time, late, moved = sent(world), sent(world), sent(world)
    approve(world, in_time, "manager", "manager", AT + HOUR)
    approve(world, late, "manager", "manager", AT + DAY)
    renewed = renegotiate_promise(
        stage(moved, "manager").promise, by=None, at=AT, due_at=AT + 3 * DAY, agreed_at=AT
    )
    renewed.state, renewed.settled_at = "kept", AT + 2 * DAY
    renewed.save()
    Holder.objects.filter(promise=renewed).update(outcome="approved", rank_at=None)
    kept = kept_this_month(manager, at=AT + DAY)
    assert (kept.count, kept.kept, kept.by_first) == (3, 66, 33)
    assert kept_this_month(world.staff["finance"], at=AT).count == 0
    # Unless the client agreed before it broke, a moved promise is not kept.
    Promise.objects.filter(pk=renewed.pk).update(agreed_at=None)
    assert kept_this_month(manager, at=AT + DAY).kept == 33


def test_the_team_view_shows_the_team_and_nobody_else(world: World) -> None:
    sent(world)
    page = browser_of(world, "manager").get("/desk/?view=team").content.decode()
    assert "Игорь Ким" in page
    assert "/approve/" not in page
    # Who has no team sees their own, however they ask.
    alone = browser_of(world, "finance").get("/desk/?view=team").content.decode()
    assert "Игорь Ким" not in alone


def test_nobody_sees_what_is_not_theirs(world: World) -> None:
    contract = sent(world)
    assert contract.case.number in browser_of(world, "manager").get("/desk/").content.decode()
    assert contract.case.number not in browser_of(world, "stranger").get("/desk/").content.decode()
    assert browser_of(world, "anna").get("/desk/").status_code == 404
    assert browser_of(world, "stranger").get(f"/desk/cases/{contract.pk}/").status_code == 404
    found = browser_of(world, "manager").get(f"/desk/cases/{contract.pk}/")
    assert found["Location"] == f"/desk/contracts/{contract.pk}/"


def test_the_list_refreshes_only_when_something_happened(world: World) -> None:
    browser = browser_of(world, "manager")
    live = {"X-Zabota-Live": "1"}
    page = browser.get("/desk/").content.decode()
    (url,) = re.findall(r'data-live="(\?[^"]*)"', page)
    assert browser.get(f"/desk/{url}", headers=live).status_code in (204, 200)
    contract = sent(world)
    fresh = browser.get(f"/desk/{url}", headers=live)
    assert fresh.status_code == 200
    assert fresh.content.decode().lstrip().startswith('<div id="today-list"')
    assert contract.case.number in fresh.content.decode()
    (url,) = re.findall(r'data-live="(\?[^"]*)"', fresh.content.decode())
    assert browser.get(f"/desk/{url}", headers=live).status_code in (204, 200)


def test_today_costs_the_same_with_one_row_and_with_a_thousand(world: World) -> None:
    contract = sent(world)
    browser = browser_of(world, "manager")
    browser.get("/desk/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/desk/")
    copies_of(contract, 500, AT)
    with CaptureQueriesContext(connection) as many:
        page = browser.get("/desk/").content.decode()
    assert (
        Holder.objects.filter(employee=world.staff["manager"], rank_at__isnull=False).count() > 1000
    )
    # Whoever answers for the whole is not among the first: one query fewer, never one more.
    assert len(many) in (len(few), len(few) - 1)
    assert "1–25" in page


@pytest.mark.parametrize("team", [False, True])
def test_pages_go_on_and_back_without_losing_a_row(world: World, team: bool) -> None:
    contracts = copies_of(sent(world), 60, AT)
    manager, shared = world.staff["manager"], Holder.objects.filter(employee=world.staff["manager"])
    if team:
        # A colleague has more than a page of it, ranked among the manager's own.
        change_employee(world.staff["finance"], {"team": manager.team}, by=None, at=AT)
        theirs = shared.filter(case__in=contracts[:40], rank_at__isnull=False)
        theirs.update(employee=world.staff["finance"], rank_at=AT + timedelta(hours=3))
        shared = Holder.objects.filter(employee__team=manager.team)
    seen: list[int] = []
    params: dict[str, str] = {}
    for _ in range(9):
        leaf = read_today(manager, params, world.firm, at=AT, team=team).leaf
        seen += [row["pk"] for row in leaf.rows]
        if not leaf.older:
            break
        params = asked_for(leaf.older)
    rows = shared.filter(rank_at__isnull=False).order_by("rank_at", "pk")
    assert seen == list(rows.values_list("pk", flat=True))
    assert Contract.objects.count() == 61
    back = asked_for(leaf.newer)
    before = read_today(manager, back, world.firm, at=AT, team=team).leaf
    assert [row["pk"] for row in before.rows] == seen[-len(leaf.rows) - 25 : -len(leaf.rows)]


def test_what_is_late_stands_apart_from_what_is_about_to_break(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(world)
    browser = browser_of(world, "director")
    for later, words, others in (
        (4 * HOUR, "Вот-вот сорвётся у моих", "Просрочено у моих"),
        (6 * HOUR, "Просрочено у моих", "Вот-вот сорвётся у моих"),
    ):
        monkeypatch.setattr("zabota.home.today.clock.now", lambda later=later: AT + later)
        text = browser.get("/desk/").content.decode()
        assert words in text
        assert others not in text


def test_the_last_day_of_standing_in_is_told(world: World) -> None:
    midnight = datetime(2026, 12, 1, tzinfo=ZoneInfo("Europe/Moscow"))
    lawyer, other = world.staff["lawyer"], world.staff["lawyer2"]
    appoint_substitute(lawyer, other, AT, midnight, by=None, at=AT)
    (one,) = stands_in_for(other, at=AT)
    assert one.until.replace("\xa0", " ") == "до пн, 30 ноября"


def test_numbers_of_clauses_with_items_are_told_apart() -> None:
    changes: list[dict[str, str]] = [
        {"called": "2.2", "number": ""},
        {"called": "2.3, б", "number": ""},
    ]
    assert clauses_line(changes, "%(numbers)s") == "пп. 2.2; 2.3, б"
    assert clauses_line(changes[:1] * 2, "%(numbers)s") == "п. 2.2"
