"""Reports of requests: what counts as kept, whose figures are read, what is behind each."""

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.tickets.asked import asked as ask
from tests.tickets.asked import fresh
from zabota.cases.actions import measure_promises
from zabota.cases.models import Promise
from zabota.clients.models import Client
from zabota.common import clock
from zabota.home.work import measure_what_is_over
from zabota.home.world import World
from zabota.insight.reading.asked import Asked, asked_from
from zabota.insight.reading.backlog import read_backlog
from zabota.insight.reading.behind import cases_behind
from zabota.insight.reading.broken import read_broken
from zabota.insight.reading.cuts import CUTS
from zabota.insight.reading.endings import read_endings
from zabota.insight.reading.promised import MOMENTS, NEWS, REPLY, SOLUTION
from zabota.insight.reading.shown_endings import show_endings
from zabota.insight.reading.shown_speed import show_speed
from zabota.insight.reading.speed import Speed, read_speed
from zabota.people.actions import change_employee
from zabota.people.models import Place
from zabota.tickets.actions import (
    change_priority,
    end_ticket,
    give_ticket_verdict,
    say_in_ticket,
    write_to_ticket,
)
from zabota.tickets.actions.verdict import ask_verdicts
from zabota.tickets.models import Ticket

LATER = AT + 3 * DAY


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


def question(world: World, key: str = "director", by: str = "type", at: datetime = LATER) -> Asked:
    return asked_from(world.as_staff(key), {"by": by}, world.firm, at=at)


def replies(world: World, by: str = "type", at: datetime = LATER) -> dict[str, Speed]:
    asked = question(world, by=by, at=at)
    found = read_speed(asked.period, asked.cut, asked.whose, at=at)
    return {one.name: one for one in found.groups[REPLY]}


def answer(world: World, ticket: Ticket, at: datetime, who: str = "manager") -> None:
    say_in_ticket(ticket, "Разбираемся, приедем в три.", by=world.as_staff(who), at=at)


def test_only_words_of_a_person_in_time_keep_the_first_reply(world: World) -> None:
    answer(world, ask(world), AT + HOUR / 2)
    answer(world, ask(world), AT + 4 * HOUR)
    ask(world)
    ask(world, at=LATER - HOUR / 4)
    measure_promises(by=None, at=LATER)
    one = replies(world)["Что-то не так"]
    # Half an hour; four hours of which one is lunch; a receipt only; not due yet.
    assert (one.over, one.kept, one.first, one.waiting, one.open) == (3, 1, 1, 1, 1)
    assert (one.late, one.took.times) == (2, {30: 1, 180: 1})


def test_a_pause_is_not_what_it_took(world: World) -> None:
    ticket = ask(world, "question")
    ask_client = world.as_staff("manager")
    say_in_ticket(ticket, "Какой договор?", by=ask_client, at=AT + HOUR, how="ask")
    write_to_ticket(ticket, "Двенадцатый", by=world.as_guest("anna"), at=AT + DAY)
    end_ticket(ticket, "solved", "Сделано.", by=ask_client, at=AT + DAY + HOUR)
    # The first reply, the end, the news between them.
    assert measure_what_is_over(AT + DAY + HOUR) == 3
    assert measure_what_is_over(AT + DAY + HOUR) == 0
    assert fresh(ticket).solution.used_minutes == 120


def test_a_moved_promise_counts_only_as_the_rule_says(world: World) -> None:
    ticket = ask(world, "question")
    change_priority(ticket, "low", by=world.as_staff("manager"), at=AT + HOUR, reason="подождёт")
    # After the first date, within the new one: nobody asked the client.
    answer(world, ticket, AT + 6 * HOUR)
    one = replies(world)["Вопрос"]
    assert (one.over, one.kept, one.first) == (1, 0, 0)
    other = ask(world, "question")
    change_priority(other, "low", by=world.as_staff("manager"), at=AT + HOUR, reason="подождёт")
    answer(world, other, AT + 2 * HOUR)
    one = replies(world)["Вопрос"]
    assert (one.over, one.kept, one.first) == (2, 1, 1)


def some_of_everything(world: World) -> list[Ticket]:
    """Requests of several kinds, channels of time, ends; one begun anew."""
    manager, made = world.as_staff("manager"), []
    for number, outcome in enumerate(("solved", "otherwise", "beyond", "solved", "")):
        at = AT + number * HOUR
        ticket = ask(world, ("problem", "question")[number % 2], at=at)
        answer(world, ticket, at + HOUR / 2 * (number + 1))
        if outcome:
            end_ticket(ticket, outcome, "Вот что вышло.", by=manager, at=at + (number + 2) * HOUR)
        made.append(ticket)
    write_to_ticket(made[3], "Опять не горит", by=world.as_guest("anna"), at=AT + DAY)
    ask(world, "suggestion", guest="john")
    measure_promises(by=None, at=LATER)
    return made


@pytest.mark.parametrize("by", list(CUTS))
def test_every_figure_is_as_many_as_the_list_behind_it(world: World, by: str) -> None:
    some_of_everything(world)
    director, asked = world.as_staff("director"), question(world, by=by)

    def behind(what: str, key: object) -> int:
        told = "" if key is None else str(key)
        return cases_behind(director, asked, {"what": what, "is": told}).count()

    speed = read_speed(asked.period, asked.cut, asked.whose, at=LATER)
    for kind, moment in (("reply", REPLY), ("solution", SOLUTION)):
        groups = speed.groups[moment]
        assert sum(one.all for one in groups) == speed.whole[moment].all == 7
        for one in groups:
            # The one begun anew has two promises of each kind.
            assert 0 <= one.over - behind(f"{kind}.over", one.key) <= 1
            assert behind(f"{kind}.late", one.key) == one.late
            assert behind(f"{kind}.waiting", one.key) == one.waiting
    endings = read_endings(asked.period, asked.cut, asked.whose)
    for group in endings.groups:
        for what in ("solved", "otherwise", "beyond", "under_way", "reopened"):
            assert behind(f"ended.{what}", group.key) == getattr(group, what)
        assert behind("ended.came", group.key) == group.count
    backlog = read_backlog(asked.period, asked.cut, asked.whose, at=LATER)
    for waiting in backlog.groups:
        assert behind("open.unfinished", waiting.key) == waiting.count
        for slug, _name, count in waiting.cells:
            assert behind(f"open.{slug}", waiting.key) == count


def test_endings_stand_apart_with_speed_and_effort(world: World) -> None:
    made = some_of_everything(world)
    for number in range(2 * 7 * 24):
        ask_verdicts(by=None, at=AT + number * HOUR)
    verdict = made[0].case.verdicts.first()
    assert verdict is not None
    give_ticket_verdict(made[0], "yes", 2, "", by=world.as_guest("anna"), at=AT + 13 * DAY)
    asked = question(world)
    found = read_endings(asked.period, asked.cut, asked.whose)
    by_outcome = {one.outcome: one for one in found.endings}
    assert [by_outcome[one].count for one in ("solved", "otherwise", "beyond")] == [1, 1, 1]
    assert by_outcome["solved"].effort.times == {2: 1}
    assert by_outcome["solved"].helped_share.part == 1
    assert all(one.took.count == 1 for one in found.endings)
    assert (found.whole.count, found.whole.under_way, found.whole.reopened) == (6, 3, 1)


def test_a_suggestion_done_or_not_taken_up_stands_apart(world: World) -> None:
    manager = world.as_staff("manager")
    for outcome in ("done", "declined", "done"):
        ticket = ask(world, "suggestion", guest="john")
        end_ticket(ticket, outcome, "Вот что вышло.", by=manager, at=AT + HOUR)
    end_ticket(ask(world), "solved", "Горят.", by=manager, at=AT + HOUR)
    asked = question(world)
    found = read_endings(asked.period, asked.cut, asked.whose)
    shares = {one.outcome: one.share for one in found.endings}
    assert (shares["done"].part, shares["done"].whole, shares["solved"].whole) == (2, 3, 1)
    assert found.whole.under_way == 0
    table = show_endings(asked).tables[1]
    assert ["Предложение", 3, 0, 0, 0, 2, 1, 0, 0] in table.rows


def test_the_backlog_ages_and_adds_up_day_by_day(world: World) -> None:
    some_of_everything(world)
    asked = question(world, at=AT + 10 * DAY)
    found = read_backlog(asked.period, asked.cut, asked.whose, at=AT + 10 * DAY)
    assert found.whole.count == 3 == found.days[-1].left
    assert found.whole.ages["month"] == 3
    assert sum(day.came for day in found.days) - sum(day.ended for day in found.days) == 3


def test_worth_place_and_channel_tell_apart(world: World) -> None:
    ticket = answer_and_return(world)
    Client.objects.filter(pk=ticket.case.client_id).update(worth_start=240)
    place = Place.objects.create(name="Склад на Лесной")
    Ticket.objects.filter(pk=ticket.pk).update(place=place)
    assert list(replies(world, "worth")) == ["лучшие 5% по ценности"]
    assert list(replies(world, "channel")) == ["кабинет"]
    assert list(replies(world, "place")) == ["Склад на Лесной"]
    assert list(replies(world, "hour")) == ["10:00–10:59"]


def answer_and_return(world: World) -> Ticket:
    ticket = ask(world)
    answer(world, ticket, AT + HOUR / 2)
    return ticket


def test_one_reads_one_s_own_a_lead_the_team_s_who_sees_all_everything(world: World) -> None:
    answer(world, ask(world), AT + HOUR / 2)
    assert replies_of(world, "manager") == 1
    assert replies_of(world, "logist3") == 0
    assert replies_of(world, "director") == 1
    change_employee(world.staff["manager"], {"lead": world.staff["logist3"]}, by=None, at=AT)
    assert replies_of(world, "logist3") == 1
    # And may open what they counted.
    asked = question(world, "logist3")
    found = cases_behind(world.as_staff("logist3"), asked, {"what": "reply.over"})
    assert found.count() == 1
    page = browser_of(world, "logist3").get(f"/desk/tickets/{found.get().pk}/")
    assert page.status_code == 200


def replies_of(world: World, key: str) -> int:
    asked = question(world, key)
    return read_speed(asked.period, asked.cut, asked.whose, at=LATER).whole[REPLY].over


def test_few_are_told_as_so_many_of_so_many(world: World) -> None:
    answer(world, ask(world), AT + HOUR / 2)
    ask(world)
    measure_promises(by=None, at=LATER)
    report = show_speed(question(world))
    line = report.sections[0].lines[0]
    assert [cell.words for cell in line.cells][:5] == [
        "2", "1 из 2", "1 из 2", "30\u00a0мин (из\u00a01)", "—",
    ]  # fmt: skip
    assert any("десят" in note for note in report.notes)


PAGES = ("", "endings/", "backlog/", "broken/")


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_a_chart_with_words_and_its_table(
    world: World, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    some_of_everything(world)
    browser = browser_of(world, "director")
    for by in ("type", "hour"):
        page = browser.get(f"/desk/reports/{path}", {"by": by}).content.decode()
        for chart in re.findall(r"<svg viewBox.*?</svg>", page, re.S):
            assert re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', chart)
            assert re.search(r"<title id=\"[\w-]+\">[^<]+</title><desc id=\"[\w-]+\">[^<]+", chart)
            assert "style=" not in chart and not re.search(r'="\d+,\d', chart)
        if path != "broken/":
            assert "<svg viewBox" in page and "<table" in page


def test_the_cost_of_a_page_does_not_grow(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    browser = browser_of(world, "director")
    some_of_everything(world)
    paths = [f"/desk/reports/{path}" for path in PAGES]
    paths.append("/desk/reports/requests/?what=ended.came")

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        return len(queries)

    before = [cost(path) for path in paths]
    some_of_everything(world)
    assert [cost(path) for path in paths] == before
    assert max(before) <= 16


def test_a_file_holds_figures_and_hostile_subjects_stay_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    ask(world, text='=HYPERLINK("http://evil.example";"Счёт")')
    browser = browser_of(world, "director")
    for path in PAGES:
        assert browser.get(f"/desk/reports/{path}?file=csv")["Content-Type"].startswith("text/csv")
    sent = browser.get("/desk/reports/requests/?what=ended.came&file=xlsx")
    assert "attachment" in sent["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(sent.content)).active
    assert sheet is not None
    assert (sheet["B2"].data_type, sheet["B2"].value[:10]) == ("s", "=HYPERLINK")
    told = browser.get("/desk/reports/requests/?what=ended.came&file=csv").content.decode()
    assert "'=HYPERLINK" in told
    assert browser.get("/desk/reports/requests/?what=ended.came&file=exe").status_code == 404


@pytest.mark.parametrize("what", ["", "reply.", "x.y", "open.never", "ended.none"])
def test_what_nobody_offers_is_not_found(world: World, what: str) -> None:
    page = browser_of(world, "director").get("/desk/reports/requests/", {"what": what})
    assert page.status_code == 404


def test_strange_addresses_break_nothing(world: World) -> None:
    browser = browser_of(world, "director")
    for query in ("?by=x&period=own&from=1&to=2", "?what=reply.late&by=type&is=x\0", "?is=99999"):
        assert browser.get(f"/desk/reports/{query}").status_code == 200
        path = f"/desk/reports/requests/?what=ended.came&{query[1:].replace('what=', 'w=')}"
        assert browser.get(path).status_code == 200


def test_causes_and_what_went_beyond_are_counted(world: World) -> None:
    asked = question(world)
    found = read_broken(asked.period, asked.whose)
    assert (found.explained, found.unexplained, found.beyond) == (0, 0, 0)
    assert set(MOMENTS) == {REPLY, SOLUTION, NEWS} and timedelta(0) < HOUR
    assert Promise.objects.count() == 0
