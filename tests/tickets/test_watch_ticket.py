"""Colleagues look on: called by name in a note, or by a press; nothing of it is theirs to do."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.tickets.asked import asked, kinds
from zabota.cases.models import Holder
from zabota.home.world import World
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.people.access import StaffViewer
from zabota.people.actions import plan_absence
from zabota.people.models import Team
from zabota.people.refusal import Refused
from zabota.tickets.actions import (
    end_ticket,
    say_in_ticket,
    take_ticket,
    unwatch_ticket,
    watch_ticket,
    write_to_ticket,
)
from zabota.tickets.mentions import find_mentions
from zabota.tickets.models import Ticket, TicketType, Watcher

NAMES = {
    1: ("Ольга Петрова", "Olga Petrova"),
    2: ("Ольга Семёнова", ""),
    3: ("Игорь Ким", "Igor Kim"),
}


@pytest.mark.parametrize(
    ("text", "people", "unknown"),
    [
        ("@Ольга Петрова, глянь", [1], []),
        ("@olga petrova и @КИМ!", [1, 3], []),
        ("@ОльгаПетрова", [1], []),
        ("@Семенова @Семёнова", [2], []),
        ("@Ольга", [], ["Ольга"]),
        ("@Кимов @Никто", [], ["Кимов", "Никто"]),
        ("pochta@kim.example и @ Ким", [], []),
    ],
)
def test_who_is_called_by_name(text: str, people: list[int], unknown: list[str]) -> None:
    called = find_mentions(text, NAMES)
    assert (called.people, called.unknown) == (people, unknown)


def sees(world: World, key: str, ticket: Ticket) -> bool:
    return browser_of(world, key).get(f"/desk/tickets/{ticket.pk}/").status_code == 200


def test_a_note_calls_a_colleague_who_sees_it_then(world: World) -> None:
    ticket, clerk = asked(world), world.staff["logist1"]
    assert not sees(world, "logist1", ticket)
    answer = browser_of(world, "manager").post(
        f"/desk/tickets/{ticket.pk}/say/",
        {"how": "note", "text": f"@{clerk.user.name}, это по договору? @Никто тоже"},
        follow=True,
    )
    assert "Никого не позвали по имени: @Никто" in answer.content.decode()
    assert sees(world, "logist1", ticket) and kinds(ticket)[-1] == "ticket.noted"
    announce_entries(by=None, at=AT)
    told = Message.objects.filter(case=ticket.pk, purpose="ticket_called")
    assert [m.to for m in told] == [clerk.user]
    assert not Holder.objects.filter(employee=clerk, rank_at__isnull=False).exists()
    page = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert clerk.user.name not in page


def test_words_to_the_client_call_nobody(world: World) -> None:
    ticket, by = asked(world), world.as_staff("manager")
    say_in_ticket(ticket, f"@{world.staff['logist1'].user.name}", by=by, at=AT)
    assert not Watcher.objects.exists()


def test_who_looks_on_hears_what_the_client_writes(world: World) -> None:
    ticket, clerk = asked(world), world.staff["logist1"]
    take_ticket(ticket, by=world.as_staff("manager"), at=AT)
    browser = browser_of(world, "manager")
    page = browser.post(
        f"/desk/tickets/{ticket.pk}/watch/", {"employee": clerk.pk}, follow=True
    ).content.decode()
    assert f"{clerk.user.name} видит обращение" in page
    assert kinds(ticket)[-1] == "ticket.watched"
    write_to_ticket(ticket, "Ещё вот что", by=world.as_guest("anna"), at=AT + HOUR)
    announce_entries(by=None, at=AT + HOUR)
    told = Message.objects.filter(case=ticket.pk, purpose="ticket_said")
    assert {m.to for m in told} == {clerk.user, world.staff["manager"].user}
    assert not Holder.objects.filter(employee=clerk, rank_at__isnull=False).exists()
    again = watch_ticket(ticket, clerk, by=world.as_staff("manager"), at=AT)
    assert again is None and Watcher.objects.count() == 1


def test_one_stops_looking_on(world: World) -> None:
    ticket, clerk = asked(world), world.staff["logist1"]
    watch_ticket(ticket, clerk, by=world.as_staff("manager"), at=AT)
    by = StaffViewer(clerk.user, clerk)
    assert (
        browser_of(world, "logist1").post(f"/desk/tickets/{ticket.pk}/unwatch/").status_code == 302
    )
    assert kinds(ticket)[-1] == "ticket.unwatched"
    assert not sees(world, "logist1", ticket)
    with pytest.raises(Refused):
        unwatch_ticket(ticket, by=by, at=AT)


def test_a_finished_request_is_shown_too(world: World) -> None:
    ticket, manager = asked(world), world.as_staff("manager")
    end_ticket(ticket, "solved", "Да", by=manager, at=AT)
    watch_ticket(ticket, world.staff["logist1"], by=manager, at=AT)
    assert sees(world, "logist1", ticket)


def test_refused_to_whom(world: World) -> None:
    ticket, clerk = asked(world), world.staff["logist1"]
    address = f"/desk/tickets/{ticket.pk}/watch/"
    assert browser_of(world, "stranger").post(address).status_code == 404
    assert browser_of(world, "anna").post(address).status_code == 404
    page = browser_of(world, "manager").post(address, {"employee": "999999"}, follow=True)
    assert "Такого сотрудника нет" in page.content.decode()
    with pytest.raises(PermissionDenied):
        watch_ticket(ticket, clerk, by=world.as_guest("anna"), at=AT)  # type: ignore[arg-type]


def for_logistics(world: World) -> Team:
    team: Team = world.teams["logistics"]
    TicketType.objects.filter(slug="problem").update(team=team)
    return team


def test_a_team_takes_turns_by_load(world: World) -> None:
    team = for_logistics(world)
    owners = [asked(world, at=AT + timedelta(minutes=n)).case.owner for n in range(6)]
    keys = {world.staff[f"logist{n}"].pk for n in (1, 2, 3)}
    assert {one.pk for one in owners[:3]} == keys == {one.pk for one in owners[3:]}
    assert all(one.team_id == team.pk for one in owners)
    for ticket in Ticket.objects.filter(case__owner=owners[1]):
        end_ticket(ticket, "solved", "Да", by=StaffViewer(owners[1].user, owners[1]), at=AT)
    assert asked(world, at=AT + HOUR).case.owner == owners[1]


def test_who_is_away_gets_nothing_and_who_knows_the_client_gets_it(world: World) -> None:
    team = for_logistics(world)
    first, second = world.staff["logist1"], world.staff["logist2"]
    plan_absence(first, AT - HOUR, AT + DAY, by=None, at=AT - HOUR)
    plan_absence(second, AT - HOUR, AT + DAY, by=None, at=AT - HOUR)
    assert {asked(world).case.owner for _ in range(2)} == {world.staff["logist3"]}
    manager = world.staff["manager"]
    manager.team = team
    manager.save()
    assert asked(world).case.owner == manager


def test_whoever_answers_for_the_client_looks_on(world: World) -> None:
    for_logistics(world)
    ticket = asked(world)
    assert ticket.case.owner != world.staff["manager"]
    assert [one.employee for one in ticket.watchers.all()] == [world.staff["manager"]]
    assert sees(world, "manager", ticket)
