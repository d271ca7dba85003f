"""News while it goes on: the client of an open request hears from a person every so often."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.tickets.asked import asked, fresh
from zabota.cases.actions import measure_promises
from zabota.cases.models import Explanation, Holder, Promise, PromiseState
from zabota.cases.moments import TICKET_NEWS
from zabota.common import clock
from zabota.common.working_time import between
from zabota.home import work
from zabota.home.reading.today import read_today
from zabota.home.world import World
from zabota.insight.reading.asked import asked_from
from zabota.insight.reading.promised import NEWS
from zabota.insight.reading.shown_speed import show_speed
from zabota.insight.reading.speed import read_speed
from zabota.outreach.actions import announce_entries, send_waiting
from zabota.people.firm import calendar_of
from zabota.tickets.actions import (
    change_priority,
    end_ticket,
    merge_tickets,
    part_tickets,
    say_in_ticket,
    split_ticket,
    take_ticket,
    write_to_ticket,
)
from zabota.tickets.models import Remark, ServiceLevel, Ticket, TicketType

MINUTE = timedelta(minutes=1)
# A problem has news every four working hours: from ten till three, with an hour for lunch.
DUE = AT + 5 * HOUR


def news_of(ticket: Ticket) -> list[Promise]:
    return list(Promise.objects.filter(case=ticket.pk, moment=TICKET_NEWS).order_by("pk"))


def say(world: World, ticket: Ticket, at: object = AT, how: str = "answer") -> Remark:
    by = world.as_staff("manager")
    return say_in_ticket(ticket, "Ищем деталь.", by=by, at=at, how=how)  # type: ignore[arg-type]


def test_a_word_of_a_person_promises_the_next_one(world: World) -> None:
    ticket = asked(world)
    take_ticket(ticket, by=world.as_staff("manager"), at=AT)
    assert not news_of(ticket)
    say(world, ticket)
    (first,) = news_of(ticket)
    assert (first.state, first.due_at, first.words("ru")) == ("running", DUE, "Следующая весть")
    held = Holder.objects.filter(promise=first, rank_at__isnull=False)
    assert [one.employee for one in held] == [world.staff["manager"]]
    # Neither a note nor the client's own words are news to the client.
    say(world, ticket, AT + HOUR, "note")
    write_to_ticket(ticket, "Ну как?", by=world.as_guest("anna"), at=AT + HOUR)
    assert news_of(ticket) == [first]
    say(world, ticket, AT + HOUR, "call")
    first, second = news_of(ticket)
    assert (first.state, first.settled_at) == ("kept", AT + HOUR)
    assert second.due_at == DUE + HOUR and fresh(ticket).news == second
    assert not Holder.objects.filter(promise=first, rank_at__isnull=False).exists()


def test_it_stands_while_we_wait_for_the_client(world: World) -> None:
    ticket = asked(world)
    say(world, ticket)
    say(world, ticket, AT + HOUR, "ask")
    first, second = news_of(ticket)
    assert (first.state, second.state) == ("kept", "paused")
    assert not Holder.objects.filter(promise=second).exists()
    write_to_ticket(ticket, "Второй щит", by=world.as_guest("anna"), at=AT + 2 * HOUR)
    now = fresh(ticket).news
    assert now == second and (now.state, now.due_at) == ("running", DUE + 2 * HOUR)
    assert Holder.objects.filter(promise=second, rank_at__isnull=False).exists()
    # Who answers without waiting has told news, too.
    say(world, ticket, AT + 3 * HOUR, "ask")
    say(world, ticket, AT + 3 * HOUR + MINUTE)
    assert [one.state for one in news_of(ticket)] == ["kept", "kept", "kept", "running"]


def test_the_end_needs_no_more_and_what_begins_anew_begins_with_a_reply(world: World) -> None:
    ticket, by = asked(world), world.as_staff("manager")
    say(world, ticket, how="ask")
    end_ticket(ticket, "solved", "Заменили.", by=by, at=AT + HOUR)
    (first,) = news_of(ticket)
    assert first.state == "dropped" and not first.is_late(AT + DAY)
    assert not first.pauses.filter(ended_at=None).exists()
    say(world, ticket, AT + 2 * HOUR)
    assert news_of(ticket) == [first]
    write_to_ticket(ticket, "Опять погас", by=world.as_guest("anna"), at=AT + DAY)
    assert fresh(ticket).news is None
    say(world, ticket, AT + DAY)
    now = fresh(ticket).news
    assert now is not None and now.due_at == DUE + DAY


def test_another_speed_moves_it_in_the_open(world: World) -> None:
    ticket, by = asked(world), world.as_staff("manager")
    ServiceLevel.objects.filter(priority="low").update(news_minutes=None)
    say(world, ticket)
    change_priority(ticket, "urgent", by=by, at=AT + HOUR, reason="Комиссия")
    first, moved = news_of(ticket)
    assert (first.state, moved.replaces, moved.due_at) == ("replaced", first, AT + 2 * HOUR)
    assert moved.first_due_at == DUE
    change_priority(ticket, "low", by=by, at=AT + HOUR, reason="Подождёт")
    assert [one.state for one in news_of(ticket)] == ["replaced", "dropped"]
    say(world, ticket, AT + HOUR)
    assert len(news_of(ticket)) == 2
    change_priority(ticket, "high", by=by, at=AT + 2 * HOUR, reason="Не ждёт")
    now = fresh(ticket).news
    assert now is not None and (now.state, now.due_at) == ("running", DUE + 2 * HOUR)


def test_silence_is_explained_and_counts_though_it_ends(world: World) -> None:
    ticket = asked(world)
    say(world, ticket)
    late = DUE + MINUTE
    work.escalate_broken(late)
    work.react(late)
    (one,) = Explanation.objects.all()
    assert one.promise == fresh(ticket).news
    other = asked(world)
    say(world, other)
    say(world, other, AT + HOUR)
    end_ticket(ticket, "solved", "Заменили.", by=world.as_staff("manager"), at=late)
    asked_for = asked_from(world.as_staff("director"), {}, world.firm, at=late)
    found = read_speed(asked_for.period, asked_for.cut, asked_for.whose, at=late).whole[NEWS]
    assert (found.over, found.kept, found.open) == (2, 1, 1)
    with translation.override("ru"):
        told = show_speed(asked_for)
    assert [one.title for one in told.sections][-1] == "Вести по ходу"
    page = browser_of(world, "director").get(asked_for.behind("news.late", grouped=False))
    assert ticket.case.number[2:] in page.content.decode()


def test_two_that_are_one_have_one_next_word(world: World) -> None:
    stays, goes, by = asked(world), asked(world), world.as_staff("manager")
    say(world, goes)
    link = merge_tickets(stays, goes, by=by, at=AT)
    assert [one.state for one in news_of(goes)] == ["running"]
    say(world, stays, AT + HOUR)
    assert [one.state for one in news_of(goes)] == ["kept"]
    assert [one.state for one in news_of(stays)] == ["running"]
    part_tickets(link, by=by, at=AT + 2 * HOUR)
    again = news_of(goes)[-1]
    assert (again.state, again.due_at) == ("running", DUE + 2 * HOUR)
    assert Holder.objects.filter(promise=again, rank_at__isnull=False).exists()


def test_what_is_split_off_has_its_own(world: World) -> None:
    ticket, kind = asked(world), TicketType.objects.get(slug="problem")
    theirs = write_to_ticket(ticket, "И ещё дверь", by=world.as_guest("anna"), at=AT)
    ours = say(world, ticket, AT + HOUR)
    by = world.as_staff("manager")
    made = split_ticket(ticket, [theirs.pk, ours.pk], kind, "Дверь", by=by, at=AT + 2 * HOUR)
    assert [one.due_at for one in news_of(made)] == [DUE + HOUR]


def test_both_sides_read_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    ticket = asked(world)
    say(world, ticket)
    for who, side in (("anna", "room"), ("manager", "desk")):
        page = browser_of(world, who).get(f"/{side}/tickets/{ticket.pk}/").content.decode()
        assert "<dt>Следующая весть</dt>" in page
        assert "следующая весть до 15:00 сегодня" in page
        assert "Следующая весть до: " in page
    while announce_entries(by=None, at=AT + MINUTE):
        pass
    send_waiting(by=None, at=AT + HOUR)
    letters = [str(one.body) for one in mail.outbox if "Ищем деталь." in str(one.body)]
    assert len(letters) == 1 and "Следующая весть от нас до " in letters[0]
    with translation.override("ru"):
        today = read_today(world.staff["manager"], {}, world.firm, at=AT)
    rows = {row.chip: row for group in today.groups for row in group.rows}
    row = rows["Весть о ходе обращения"]
    assert "Клиент ждёт вести" in row.why and row.step.label == "Сообщить, как идёт"


def test_news_later_than_the_end_are_not_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    ServiceLevel.objects.filter(priority="high").update(news_minutes=80 * 60)
    ticket = asked(world)
    say(world, ticket)
    page = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "<dt>Следующая весть</dt>" not in page


STEPS = st.tuples(
    st.sampled_from(("answer", "call", "ask", "note", "theirs", "urgent", "high", "low")),
    st.integers(1, 9 * 60),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=1, max_size=7))
def test_the_clocks_of_news_add_up_to_the_time_the_request_was_ours(
    world: World, steps: list[tuple[str, int]]
) -> None:
    """One after another, without a gap and without what the client took to answer."""
    ticket, by, anna = asked(world), world.as_staff("manager"), world.as_guest("anna")
    calendar, at, since, ours = calendar_of(world.firm), AT, AT, timedelta()
    say(world, ticket, AT)
    waits = False
    for what, minutes in steps:
        at += minutes * MINUTE
        if what == "theirs":
            write_to_ticket(ticket, "Вот", by=anna, at=at)
        elif what in ("urgent", "high", "low"):
            change_priority(ticket, what, by=by, at=at, reason="Так надо")
            continue
        else:
            say(world, ticket, at, what)
        if what == "note":
            continue
        if not waits:
            ours += between(calendar, since, at)
        since, waits = at, what == "ask"
    end = at + HOUR
    if not waits:
        ours += between(calendar, since, end)
    end_ticket(ticket, "solved", "Сделано.", by=by, at=end)
    while measure_promises(by=None, at=end):
        pass
    rows = Promise.objects.filter(case=ticket.pk, moment=TICKET_NEWS)
    rows = rows.exclude(state=PromiseState.REPLACED)
    assert sum(one.used_minutes or 0 for one in rows) * MINUTE == ours
    assert not rows.filter(settled_at=None).exists()
