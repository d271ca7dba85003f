"""Answers kept ready: put in with the client's data, given with what goes along, or not at all."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT
from tests.support.refused import refused
from tests.tickets.asked import asked, fresh, kinds
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.people.models import User
from zabota.tickets.actions import close_macro, end_ticket, give_to_team, set_macro, use_macro
from zabota.tickets.models import Macro, Remark

BASE = "/desk/macros/"
WORDS = {
    "name_ru": "Готово", "name_en": "Done", "text_ru": "{{имя}}, готово.", "text_en": "",
    "priority": "", "team": None, "outcome": "",
}  # fmt: skip


def macro_of(world: World, owner: str = "", **changed: Any) -> Macro:
    by = world.as_staff(owner or "director")
    whose = by.employee if owner else None
    return set_macro(None, {**WORDS, **changed}, by=by, at=AT, owner=whose)  # type: ignore[typeddict-item]


def test_it_is_put_in_looked_through_and_given(world: World) -> None:
    macro, ticket = macro_of(world), asked(world)
    manager, base = browser_of(world, "manager"), f"/desk/tickets/{ticket.pk}/"
    page = manager.get(f"{base}?macro={macro.pk}").content.decode()
    assert ">Анна, готово.</textarea>" in page
    assert f'name="macro" value="{macro.pk}"' in page
    manager.post(f"{base}say/", {"how": "answer", "text": "Анна, всё готово.", "macro": macro.pk})
    assert Remark.objects.latest("pk").text == "Анна, всё готово."
    assert kinds(ticket)[-2:] == ["ticket.replied", "ticket.macro_used"]
    lines = manager.get(base).content.decode()
    assert "По готовому ответу: Готово" in lines
    assert (
        "По готовому ответу"
        not in browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    )


def test_what_goes_along_is_done_by_its_own_verbs(world: World) -> None:
    team = world.teams["logistics"]
    macro, ticket = macro_of(world, priority="urgent", team=team), asked(world)
    page = browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/?macro={macro.pk}")
    assert "срочность: срочно; передать: Отдел логистики" in page.content.decode()
    use_macro(ticket, macro, "Передаю логистам.", by=world.as_staff("manager"), at=AT)
    now = fresh(ticket)
    assert (now.priority, now.team, now.taken_by) == ("urgent", team, None)
    assert kinds(ticket)[-4:] == [
        "ticket.priority_changed", "ticket.replied", "ticket.given_to_team", "ticket.macro_used",
    ]  # fmt: skip
    ended = macro_of(world, outcome="solved")
    use_macro(ticket, ended, "Заменили.", by=world.as_staff("manager"), at=AT)
    assert fresh(ticket).outcome == "solved" and fresh(ticket).case.state == "done"
    with refused("finished"):
        use_macro(fresh(ticket), ended, "Ещё раз.", by=world.as_staff("manager"), at=AT)


def test_a_question_finishes_nothing(world: World) -> None:
    macro, ticket = macro_of(world, outcome="solved"), asked(world)
    answer = browser_of(world, "manager").post(
        f"/desk/tickets/{ticket.pk}/say/", {"how": "ask", "text": "Себе", "macro": macro.pk}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "это ответ клиенту" in page
    assert ">Себе</textarea>" in page and f'name="macro" value="{macro.pk}"' in page
    assert fresh(ticket).case.state == "new"


@pytest.mark.parametrize("how", ["note", "call"])
def test_nothing_goes_along_with_what_the_client_is_not_sent(world: World, how: str) -> None:
    macro = macro_of(world, priority="urgent", team=world.teams["logistics"])
    ticket, manager = asked(world), browser_of(world, "manager")
    given = {"how": how, "text": "Себе на память", "macro": macro.pk}
    assert manager.post(f"/desk/tickets/{ticket.pk}/say/", given).status_code == 302
    now = fresh(ticket)
    assert (now.priority, now.team) == (ticket.priority, ticket.team)
    assert Remark.objects.latest("pk").text == "Себе на память"
    assert not {"ticket.macro_used", "ticket.priority_changed"} & set(kinds(ticket))


def test_one_keeps_ones_own_and_the_firm_its_own(world: World) -> None:
    manager = browser_of(world, "manager")
    typed = {**WORDS, "team": ""}
    manager.post(f"{BASE}new/", {**typed, "shared": "on"})
    mine = Macro.objects.get()
    assert mine.owner == world.staff["manager"]
    assert Entry.objects.latest("pk").kind == "ticket.macro_set"
    browser_of(world, "director").post(f"{BASE}new/", {**typed, "shared": "on"})
    shared = Macro.objects.get(owner=None)
    assert browser_of(world, "director").get(f"{BASE}{mine.pk}/").status_code == 404
    assert manager.get(f"{BASE}{shared.pk}/").status_code == 403
    page = manager.get(BASE).content.decode()
    assert page.count("{{имя}}, готово.") == 2
    assert browser_of(world, "anna").get(BASE).status_code == 404
    with pytest.raises(PermissionDenied):
        close_macro(shared, by=world.as_staff("manager"), at=AT)
    manager.post(f"{BASE}{mine.pk}/close/")
    assert Entry.objects.latest("pk").kind == "ticket.macro_closed"
    with refused("macro_closed"):
        close_macro(mine, by=world.as_staff("manager"), at=AT)
    mine.refresh_from_db()
    with refused("macro_closed"):
        use_macro(asked(world), mine, "Готово.", by=world.as_staff("manager"), at=AT)


def test_what_cannot_be_meant_is_refused(world: World) -> None:
    answer = browser_of(world, "manager").post(
        f"{BASE}new/", {**WORDS, "team": "", "text_ru": "{{имя: номер}}"}
    )
    assert answer.status_code == 422
    assert "Такого падежа нет: {{имя: номер}}." in answer.content.decode()
    with refused("says_nothing"):
        macro_of(world, text_ru="")
    with refused("ends_or_goes"):
        macro_of(world, outcome="solved", team=world.teams["sales"])
    macro, count = macro_of(world), Entry.objects.count()
    set_macro(macro, WORDS, by=world.as_staff("director"), at=AT)  # type: ignore[arg-type]
    assert Entry.objects.count() == count


def test_a_request_is_given_to_a_team(world: World) -> None:
    ticket, team = asked(world), world.teams["logistics"]
    page = f"/desk/tickets/{ticket.pk}/give/"
    assert browser_of(world, "stranger").get(page).status_code == 404
    browser_of(world, "manager").post(page, {"team": team.pk})
    assert fresh(ticket).team == team and kinds(ticket)[-1] == "ticket.given_to_team"
    assert browser_of(world, "logist1").get(f"/desk/tickets/{ticket.pk}/").status_code == 200
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Отдел логистики" in room
    while announce_entries(by=None, at=AT):
        pass
    told = Message.objects.filter(case=ticket.pk, purpose="ticket_task")
    assert world.staff["logist1"].user_id in set(told.values_list("to", flat=True))
    count = len(kinds(ticket))
    give_to_team(ticket, team, by=world.as_staff("manager"), at=AT)
    assert len(kinds(ticket)) == count
    end_ticket(ticket, "solved", "Всё.", by=world.as_staff("manager"), at=AT)
    with pytest.raises(PermissionDenied):
        give_to_team(ticket, team, by=world.as_staff("manager"), at=AT)


def test_the_list_speaks_the_language_of_its_reader(world: World) -> None:
    macro_of(world, text_en="{{person.first}}, done.")
    manager = browser_of(world, "manager")
    assert '<p lang="ru">{{имя}}, готово.</p>' in manager.get(BASE).content.decode()
    User.objects.filter(employee=world.staff["manager"]).update(language="en")
    assert '<p lang="en">{{person.first}}, done.</p>' in manager.get(BASE).content.decode()


def test_it_is_looked_at_on_a_request_before_it_is_kept(world: World) -> None:
    ticket, manager = asked(world), browser_of(world, "manager")
    typed = {**WORDS, "team": "", "look": "1", "request": ticket.pk}
    typed["text_ru"] = "{{имя}}, ответим до {{срок}}. {{сотрудник}}"
    page = manager.post(f"{BASE}new/", typed).content.decode()
    assert "Анна, ответим до" in page and "Игорь Ким</blockquote>" in page
    assert "{{имя}}" in page and not Macro.objects.exists()
    nothing = manager.post(f"{BASE}new/", {**typed, "request": ""}).content.decode()
    assert "Выберите обращение" in nothing and not Macro.objects.exists()
    # Nobody looks at it on what they may not know of.
    stranger = browser_of(world, "stranger").post(f"{BASE}new/", typed).content.decode()
    assert "Анна, ответим" not in stranger
