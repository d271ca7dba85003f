"""A lead's list: what is about to break, who has what; reminding and giving with one press."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR, approve, last_entry, sent
from tests.tickets.asked import asked, facts, fresh, kinds
from zabota.cases.actions import remind_of_promise
from zabota.cases.models import Holder
from zabota.common import clock
from zabota.home.reading.team import TeamWork, read_team
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.people.actions import change_employee, plan_absence, turn_absences
from zabota.people.refusal import Refused
from zabota.tickets.actions import end_ticket, give_ticket, merge_tickets, take_ticket


@pytest.fixture(autouse=True)
def in_moscow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(clock, "now", lambda: AT + HOUR / 2)
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


def team_of(world: World, key: str = "director", **params: str) -> TeamWork:
    return read_team(world.as_staff(key), params, world.firm, at=AT + HOUR / 2)


def told(kind: str) -> set[str]:
    announce_entries(by=None, at=AT + DAY)
    return set(
        Message.objects.filter(entry__kind=kind, to__isnull=False).values_list(
            "to__email", flat=True
        )
    )


def test_what_breaks_within_the_hours_stands_there_with_whose_it_is(world: World) -> None:
    ticket = asked(world)
    work = team_of(world, hours="1")
    assert [(row.what, row.left, row.who) for row in work.rows] == [
        ("Первый ответ на обращение", "30\u00a0мин", "Игорь Ким")
    ]
    assert len(team_of(world, hours="16").rows) == 2
    assert team_of(world, view="late").rows == []
    assert len(team_of(world, view="all", who=str(world.staff["manager"].pk)).rows) == 2
    assert team_of(world, view="all", who=str(world.staff["lawyer"].pk)).rows == []
    end_ticket(ticket, "solved", "Готово.", by=world.as_staff("manager"), at=AT)
    assert team_of(world, view="all").rows == []


def test_who_has_what_is_counted(world: World) -> None:
    asked(world)
    asked(world, at=AT - DAY)
    load = {one.person.pk: one for one in team_of(world).loads}[world.staff["manager"].pk]
    assert (load.open, load.late, load.away) == (4, 2, False)
    assert load.today == 1


def test_only_a_lead_a_colleague_and_who_sees_all_look_there(world: World) -> None:
    asked(world)
    assert team_of(world, "stranger").rows == []
    change_employee(world.staff["manager"], {"lead": world.staff["stranger"]}, by=None, at=AT)
    assert len(team_of(world, "stranger", view="all").rows) == 2
    change_employee(world.staff["stranger"], {"team": world.teams["logistics"]}, by=None, at=AT)
    assert {one.person.pk for one in team_of(world, "stranger").loads} >= {
        world.staff["logist1"].pk, world.staff["manager"].pk,
    }  # fmt: skip
    assert team_of(world, "logist2", view="all").rows == []


def test_reminding_tells_whoever_has_it_and_not_twice_within_the_hour(world: World) -> None:
    ticket = asked(world)
    browser = browser_of(world, "director")
    path = f"/desk/promises/{ticket.reply_id}/remind/"
    assert browser.post(path, {"next": "/desk/team/?hours=4"})["Location"] == "/desk/team/?hours=4"
    assert browser.post(path, {"next": "https://evil.example/"})["Location"] == "/desk/team/"
    assert kinds(ticket)[-1] == "case.reminded"
    assert told("case.reminded") == {world.staff["manager"].user.email}
    with pytest.raises(Refused):
        remind_of_promise(ticket.reply, by=world.as_staff("director"), at=AT + HOUR)
    remind_of_promise(ticket.reply, by=world.as_staff("director"), at=AT + 2 * HOUR)
    assert kinds(ticket).count("case.reminded") == 2
    # It is said nowhere before the client.
    assert (
        "Напом" not in browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    )
    assert last_entry("case.reminded").audience == "ours"


def test_who_neither_leads_nor_sees_it_reminds_nobody(world: World) -> None:
    ticket = asked(world)
    path = f"/desk/promises/{ticket.reply_id}/remind/"
    assert browser_of(world, "stranger").post(path).status_code == 404
    Holder.objects.create(case=ticket.case, promise=ticket.reply, employee=world.staff["stranger"])
    assert browser_of(world, "stranger").post(path).status_code == 403
    assert Entry.objects.filter(kind="case.reminded").count() == 0


def test_what_is_promised_in_two_requests_that_are_one_stands_once(world: World) -> None:
    stays, goes = asked(world), asked(world, text="О том же")
    director = browser_of(world, "director")
    assert director.get("/desk/team/?view=all").content.decode().count("/remind/") == 4
    merge_tickets(stays, goes, by=world.as_staff("director"), at=AT)
    page = director.get("/desk/team/?view=all").content.decode()
    assert page.count("/remind/") == 2 and "ни у кого" not in page


def test_given_it_is_the_colleague_s_with_the_same_promises(world: World) -> None:
    ticket = asked(world)
    take_ticket(ticket, by=world.as_staff("manager"), at=AT)
    before = fresh(ticket)
    page = browser_of(world, "director").post(
        f"/desk/tickets/{ticket.pk}/give-to/",
        {"to": world.staff["lawyer"].pk, "next": "//evil.example"},
    )
    assert page["Location"] == f"/desk/tickets/{ticket.pk}/"
    after = fresh(ticket)
    assert (after.taken_by, after.case.owner) == (world.staff["lawyer"],) * 2
    assert (after.reply.due_at, after.solution.due_at) == (
        before.reply.due_at, before.solution.due_at,
    )  # fmt: skip
    holders = Holder.objects.filter(case=ticket.pk, rank_at__isnull=False)
    assert {one.employee_id for one in holders} == {world.staff["lawyer"].pk}
    assert (kinds(ticket)[-1], facts(ticket)["before"]["user"]) == (
        "ticket.given", world.staff["manager"].user_id,
    )  # fmt: skip
    mails = told("ticket.given")
    assert {world.staff["lawyer"].user.email, world.staff["manager"].user.email} <= mails
    assert world.guests["anna"].user.email in mails  # type: ignore[union-attr]
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Ольга Петрова" in room


def test_nobody_is_given_what_is_over_or_while_they_are_away(world: World) -> None:
    ticket = asked(world)
    lawyer, director = world.staff["lawyer"], world.as_staff("director")
    plan_absence(lawyer, AT - HOUR, AT + DAY, by=None, at=AT - 2 * HOUR)
    turn_absences(by=None, at=AT)
    with pytest.raises(Refused):
        give_ticket(ticket, lawyer, by=director, at=AT)
    assert (
        browser_of(world, "stranger")
        .post(f"/desk/tickets/{ticket.pk}/give-to/", {"to": lawyer.pk})
        .status_code
        == 404
    )
    end_ticket(ticket, "solved", "Готово.", by=director, at=AT)
    page = browser_of(world, "director").post(
        f"/desk/tickets/{ticket.pk}/give-to/", {"to": world.staff["manager"].pk}
    )
    assert page.status_code == 403


def test_a_contract_s_stage_stands_there_and_is_reminded(world: World) -> None:
    contract = sent(world, "supply-ru")
    approve(world, contract, "manager", "manager", AT)
    rows = team_of(world, view="all").rows
    assert rows and not any(row.ticket for row in rows)
    page = browser_of(world, "director").get("/desk/team/?view=all").content.decode()
    assert "Напомнить" in page and f"/desk/cases/{contract.pk}/" in page


def test_the_page_costs_the_same_however_much_there_is(world: World) -> None:
    browser = browser_of(world, "director")
    asked(world)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            for view in ("soon", "late", "all"):
                assert browser.get(f"/desk/team/?view={view}&hours=16").status_code == 200
        return len(queries)

    cost()
    before = cost()
    for number in range(5):
        asked(world, text=f"Ещё одно: {number}", guest=("anna", "boris")[number % 2])
    assert cost() <= before
