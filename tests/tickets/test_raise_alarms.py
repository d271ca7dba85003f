"""Escalation by meaning: told at once to the person named, with the words, and never the client."""

from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR
from tests.tickets.asked import asked, facts, fresh, kinds
from zabota.cases.models import Holder
from zabota.clients.models import Client
from zabota.common import clock
from zabota.home.reading.today import read_today
from zabota.home.work import react
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import announce_entries, send_waiting
from zabota.outreach.models import Message
from zabota.people.actions import plan_absence, turn_absences
from zabota.people.refusal import Refused
from zabota.tickets.actions import end_ticket, say_in_ticket, write_to_ticket
from zabota.tickets.actions.alarms import raise_alarms, set_alarm_rules, take_up_alarm
from zabota.tickets.models import Alarm, AlarmRule, Ticket

COURT = "Здравствуйте. Третий день темно. Завтра подаём на вас в суд! Анна"
LEAVE = "Хватит, расторгаем с вами договор."


@pytest.fixture(autouse=True)
def in_moscow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(clock, "now", lambda: AT + HOUR / 4)
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


def alarmed(world: World, text: str = COURT) -> Alarm:
    ticket = asked(world, text=text)
    react(AT)
    return Alarm.objects.get(ticket=ticket)


def letters(purpose: str) -> list[Message]:
    while announce_entries(by=None, at=AT):
        pass
    return list(Message.objects.filter(purpose=purpose).order_by("pk"))


def test_a_threat_of_court_is_before_the_director_at_once(world: World) -> None:
    alarm = alarmed(world)
    assert (alarm.meaning, alarm.to) == ("court", world.staff["director"])
    (letter,) = letters("alarm")
    assert letter.to == world.staff["director"].user
    assert "подаём на вас в суд" in letter.facts["words"]["ru"]
    today = read_today(world.staff["director"], {}, world.firm, at=AT)
    row = next(row for group in today.groups for row in group.rows)
    assert (row.why, row.step.url) == (
        "Обострение: суд или надзор.", f"/desk/alarms/{alarm.pk}/",
    )  # fmt: skip
    assert kinds(alarm.ticket)[-1] == "ticket.alarm_raised"
    # The journal holds no words of the client.
    assert "суд" not in Entry.objects.get(kind="ticket.alarm_raised").canonical


def test_a_threat_to_leave_is_the_lead_s_and_each_meaning_once(world: World) -> None:
    ticket = asked(world, text=LEAVE)
    react(AT)
    assert [one.to for one in Alarm.objects.all()] == [world.staff["manager"].lead]
    write_to_ticket(ticket, LEAVE, by=world.as_guest("anna"), at=AT + HOUR)
    write_to_ticket(ticket, COURT, by=world.as_guest("anna"), at=AT + HOUR)
    react(AT + HOUR)
    react(AT + HOUR)
    assert sorted(Alarm.objects.values_list("meaning", flat=True)) == ["court", "leave"]
    entry = Entry.objects.filter(kind="ticket.client_wrote").latest("pk")
    assert raise_alarms(entry, by=None, at=AT + HOUR) == 0


def test_what_was_said_by_phone_counts_and_our_own_words_do_not(world: World) -> None:
    ticket, manager = asked(world), world.as_staff("manager")
    say_in_ticket(ticket, "Суд нам не нужен, решим миром.", by=manager, at=AT)
    say_in_ticket(ticket, "Клиент грозил судом", by=manager, at=AT, how="note")
    react(AT)
    assert not Alarm.objects.exists()
    say_in_ticket(ticket, "Говорит, что пойдёт в суд.", by=manager, at=AT, how="call")
    react(AT)
    assert Alarm.objects.get().meaning == "court"


def test_one_of_the_best_clients_is_told_to_the_lead(world: World) -> None:
    Client.objects.filter(pk=world.as_guest("anna").client.pk).update(worth_start=240)
    ticket = asked(world)
    react(AT)
    alarm = Alarm.objects.get()
    assert (alarm.meaning, alarm.remark, alarm.ticket) == ("best", None, ticket)
    write_to_ticket(ticket, "И ещё вопрос", by=world.as_guest("anna"), at=AT)
    react(AT)
    assert Alarm.objects.count() == 1


def test_it_is_taken_up_by_one_tap_once(world: World) -> None:
    alarm = alarmed(world)
    browser = browser_of(world, "director")
    page = browser.get(f"/desk/alarms/{alarm.pk}/").content.decode()
    assert "Завтра подаём на вас в суд!" in page and f"/desk/alarms/{alarm.pk}/take/" in page
    browser.post(f"/desk/alarms/{alarm.pk}/take/")
    taken = Alarm.objects.select_related("promise").get(pk=alarm.pk)
    assert (taken.taken_by, taken.promise.state) == (world.staff["director"], "kept")
    assert kinds(alarm.ticket)[-1] == "ticket.alarm_taken"
    assert not Holder.objects.filter(promise=taken.promise, rank_at__isnull=False).exists()
    with pytest.raises(Refused):
        take_up_alarm(alarm, by=world.as_staff("director"), at=AT)
    assert "take/" not in browser.get(f"/desk/alarms/{alarm.pk}/").content.decode()


def test_whoever_was_told_reads_that_another_took_it(world: World) -> None:
    alarm = alarmed(world)
    take_up_alarm(alarm, by=world.as_staff("lawyer"), at=AT)
    (letter,) = letters("alarm_news")
    assert letter.to == world.staff["director"].user


def test_who_was_not_told_and_sees_not_all_takes_nothing_up(world: World) -> None:
    alarm = alarmed(world)
    assert browser_of(world, "stranger").get(f"/desk/alarms/{alarm.pk}/").status_code == 404
    # The manager has the request and sees it; the director's task is not theirs.
    assert browser_of(world, "manager").get(f"/desk/alarms/{alarm.pk}/").status_code == 200
    with pytest.raises(PermissionDenied):
        take_up_alarm(alarm, by=world.as_staff("manager"), at=AT)


def test_nothing_of_it_is_before_the_client(world: World) -> None:
    """What is ours is planted as a marker, and looked for in the room and in every letter."""
    marker = "ВНУТРИНАШЕ"
    rule = AlarmRule.objects.get(meaning="court")
    set_alarm_rules(
        {"court": {"on": True, "calls": True, "words": f"{marker}, {rule.words}", "to": None}},
        by=world.staff["director"].user, at=AT,
    )  # fmt: skip
    alarm = alarmed(world)
    take_up_alarm(alarm, by=world.as_staff("director"), at=AT)
    room = browser_of(world, "anna")
    pages = ["/room/", "/room/tickets/", f"/room/tickets/{alarm.ticket_id}/"]
    seen = "".join(room.get(page).content.decode() for page in pages)
    while announce_entries(by=None, at=AT):
        pass
    while send_waiting(by=None, at=AT + HOUR):
        pass
    theirs = world.guests["anna"].user
    assert theirs is not None
    sent = "".join(str(one.message()) for one in mail.outbox if theirs.email in one.to)
    for word in (marker, "бострени", "alarm", "надзор", "scalat"):
        assert word not in seen and word not in sent
    assert room.get(f"/desk/alarms/{alarm.pk}/").status_code in (302, 404)


def test_the_firm_changes_the_words_and_whom_it_tells(world: World) -> None:
    browser = browser_of(world, "director")
    page = browser.get("/desk/firm/alarms/").content.decode()
    assert "прокуратура" in page
    given = {"court_on": "on", "court_words": "арбитраж", "court_to": world.staff["lawyer"].pk}
    browser.post("/desk/firm/alarms/", given)
    assert Entry.objects.filter(kind="ticket.alarms_set").count() == 1
    asked(world, text="Идём в суд")
    asked(world, text=LEAVE)
    asked(world, text="Идём в арбитраж")
    react(AT)
    assert [(one.meaning, one.to) for one in Alarm.objects.all()] == [
        ("court", world.staff["lawyer"])
    ]
    assert browser_of(world, "manager").get("/desk/firm/alarms/").status_code == 403
    with pytest.raises(PermissionDenied):
        set_alarm_rules({}, by=world.staff["manager"].user, at=AT)


def test_of_whoever_is_away_the_lead_is_told(world: World) -> None:
    plan_absence(world.staff["director"], AT - HOUR, AT + 8 * HOUR, by=None, at=AT - 2 * HOUR)
    turn_absences(by=None, at=AT)
    alarm = alarmed(world)
    assert alarm.to.is_administrator or alarm.to != world.staff["director"]


def test_what_ended_alarms_nobody(world: World) -> None:
    ticket: Ticket = asked(world)
    end_ticket(ticket, "solved", "Готово.", by=world.as_staff("manager"), at=AT)
    write_to_ticket(ticket, "Спасибо!", by=world.as_guest("anna"), at=AT + HOUR)
    react(AT + HOUR)
    assert not Alarm.objects.exists()
    assert fresh(ticket).case.state == "done" and facts(ticket)["ticket"] == ticket.pk
