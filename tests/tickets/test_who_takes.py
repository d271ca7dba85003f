"""Who gets a request: the firm's rules, skills, the one who knows the client, presence and load."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.support.refused import refused
from tests.tickets.asked import asked
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.people.actions import be_present, plan_absence, set_place, set_skill, set_skills
from zabota.people.models import Employee
from zabota.tickets.actions import open_ticket
from zabota.tickets.actions.receiving import close_receiving_rule, set_receiving_rule
from zabota.tickets.models import ReceivingRule, TicketType, Why

BLANK: dict[str, Any] = {
    "type": None, "relation": "", "words": "", "channel": "", "team": None, "employee": None,
}  # fmt: skip


def rule(world: World, **values: Any) -> ReceivingRule:
    given: Any = {**BLANK, **values}
    return set_receiving_rule(given, by=world.staff["director"].user, at=AT)


def for_logistics(world: World) -> None:
    TicketType.objects.filter(slug="problem").update(team=world.teams["logistics"])


def test_a_rule_leads_to_a_team_or_a_person_and_the_page_says_so(world: World) -> None:
    browser = browser_of(world, "director")
    browser.post(
        "/desk/firm/requests/who/new/",
        {"words": "комисси*", "employee": world.staff["lawyer"].pk},
    )
    assert Entry.objects.latest("pk").kind == "ticket.receiving_rule_set"
    assert "комисси*" in browser.get("/desk/firm/requests/").content.decode()
    ticket = asked(world)
    assert ticket.case.owner == world.staff["lawyer"] and ticket.why == Why.NAMED
    page = browser.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "так назначает правило компании" in page and "комисси*" in page
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "правило компании" not in room
    plan_absence(world.staff["lawyer"], AT, AT + DAY, by=None, at=AT)
    later = asked(world, at=AT + HOUR)
    assert (later.case.owner, later.why) == (world.staff["manager"], Why.KNOWS)
    only = ReceivingRule.objects.get()
    browser.post(f"/desk/firm/requests/who/{only.pk}/close/")
    assert Entry.objects.latest("pk").kind == "ticket.receiving_rule_closed"
    with refused("rule_closed"):
        close_receiving_rule(only, by=world.staff["director"].user, at=AT)


def test_of_several_rules_the_first_counts(world: World) -> None:
    rule(world, channel="room", team=world.teams["logistics"])
    rule(world, words="комисси*", employee=world.staff["lawyer"])
    assert asked(world).team == world.teams["logistics"]
    by = world.as_staff("manager")
    kind = TicketType.objects.get(slug="problem")
    called = open_ticket(world.clients["romashka"], kind, "Комиссия!", by=by, at=AT, channel="call")
    assert called.case.owner == world.staff["lawyer"]


def test_a_rule_says_something_and_leads_to_one(world: World) -> None:
    with refused("fits_all"):
        rule(world, team=world.teams["logistics"])
    with refused("to_one"):
        rule(world, words="суд")
    with refused("to_one"):
        rule(world, words="суд", team=world.teams["sales"], employee=world.staff["lawyer"])
    with pytest.raises(PermissionDenied):
        set_receiving_rule({**BLANK, "words": "суд"}, by=world.staff["lawyer"].user, at=AT)  # type: ignore[typeddict-item]


def test_whoever_is_at_the_desk_goes_before_whoever_is_not(world: World) -> None:
    for_logistics(world)
    third = world.staff["logist3"]
    be_present(third, by=None, at=AT - timedelta(minutes=3))
    for _ in range(2):
        ticket = asked(world)
        assert (ticket.case.owner, ticket.why) == (third, Why.LEAST)
    later = asked(world, at=AT + HOUR)
    assert later.why == Why.TEAM and later.case.owner != third
    page = browser_of(world, "director").get(f"/desk/tickets/{later.pk}/").content.decode()
    assert "на месте никого не было" in page


def test_a_kind_asks_for_skills(world: World) -> None:
    for_logistics(world)
    skill = set_skill(None, "Пожарные нормы", by=None, at=AT, name_en="Fire rules")
    knows = world.staff["logist2"]
    set_skills(knows, [skill], by=None, at=AT)
    kind = TicketType.objects.get(slug="problem")
    browser = browser_of(world, "director")
    form = {name: getattr(kind, name) for name in ("name_ru", "name_en", "priority")}
    browser.post(
        f"/desk/firm/requests/kinds/{kind.pk}/",
        {**form, "team": world.teams["logistics"].pk, "skills": [skill.pk]},
    )
    assert {asked(world).case.owner for _ in range(3)} == {knows}
    page = browser.get(f"/desk/tickets/{asked(world).pk}/").content.decode()
    assert "нужно уметь: Пожарные нормы" in page
    # Without a team whoever has all of it is asked, else whoever knows the client.
    TicketType.objects.filter(pk=kind.pk).update(team=None)
    assert asked(world).case.owner == knows
    set_skills(knows, [], by=None, at=AT)
    assert asked(world).case.owner == world.staff["manager"]


def test_a_client_who_reads_english_goes_to_who_knows_it(world: World) -> None:
    for_logistics(world)
    english = set_skill(None, "Английский язык", by=None, at=AT, language="en")
    set_skills(world.staff["logist3"], [english], by=None, at=AT)
    guest = world.guests["john"]
    assert guest.user is not None
    guest.user.language = "en"
    guest.user.save()
    assert asked(world, guest="john").case.owner == world.staff["logist3"]


def test_a_request_has_the_place_of_whoever_has_it(world: World) -> None:
    place = set_place(None, "Офис на Знаменке", by=None, at=AT)
    Employee.objects.filter(pk=world.staff["manager"].pk).update(place=place)
    ticket, other = asked(world), asked(world, guest="john")
    ticket.__class__.objects.filter(pk=other.pk).update(place=None)
    browser = browser_of(world, "director")
    listed = browser.get(f"/desk/tickets/?place={place.pk}").content.decode()
    assert f"/desk/tickets/{ticket.pk}/" in listed and f"/desk/tickets/{other.pk}/" not in listed
    assert place.name in browser.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert (
        place.name
        not in browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    )


def test_the_list_is_narrowed_by_team_and_channel(world: World) -> None:
    TicketType.objects.filter(slug="problem").update(team=world.teams["logistics"])
    ticket, browser = asked(world), browser_of(world, "director")
    link = f"/desk/tickets/{ticket.pk}/"
    team, other = world.teams["logistics"].pk, world.teams["sales"].pk
    shown = {
        query: link in browser.get(f"/desk/tickets/?{query}").content.decode()
        for query in (f"team={team}", f"team={other}", "channel=room", "channel=mail", "channel=x")
    }
    assert list(shown.values()) == [True, False, True, False, True]
