"""Routes on the desk: the editor by buttons alone, problems beside what they name, editions."""

import json
import re
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.browsers import Visit, browser_of, visit
from tests.contracts.worlds import AT, DAY, sent
from zabota.common import clock, formats
from zabota.contracts import routing
from zabota.contracts.actions import save_route
from zabota.contracts.forms.routes import (
    data_of,
    new_state,
    press,
    spec_of,
    state_of_post,
    state_of_spec,
)
from zabota.contracts.models import Contract, Route
from zabota.contracts.route_words import OPS, OVERDUE, RULES, SHOWS, problem_words
from zabota.contracts.routing import RouteProblem, from_json, to_json
from zabota.contracts.routing.spec import Op, Overdue, Rule, Shows
from zabota.home.routes_of_world import ROUTES
from zabota.home.world import World
from zabota.people.actions import plan_absence

__all__ = ["visit"]
pytestmark = pytest.mark.urls("tests.contracts.forms_urls")
CODES = (
    *("no_administrator", "no_stages", "too_many", "duplicate_key"),
    *("may_ask_nobody", "bad_key", "no_concern", "no_title", "too_long", "group_out_of_range"),
    *("hours_not_positive", "hours_too_long", "no_seats", "quorum_not_positive"),
    *("quorum_over_seats", "too_few_people", "unknown_person", "person_left", "unknown_team"),
    *("team_empty", "unknown_field", "field_names_no_person", "power_held_by_nobody"),
    *("power_only_up_to", "value_has_no_order", "nothing_to_choose_from", "one_value_wanted"),
    *("stage_never_applies", "not_an_object", "not_a_list", "not_text", "not_a_value"),
    *("unknown_key", "missing_key", "not_yes_or_no", "not_a_whole_number", "not_a_number"),
    *("out_of_range", "not_a_choice"),
)


def sent_form(state: dict[str, Any], do: str, since: object = "") -> dict[str, str]:
    """The editor's state as a browser sends it when this button is pressed."""
    data = {**data_of(state), "stages": str(len(state["stages"])), "do": do, "since": str(since)}
    for index, stage in enumerate(state["stages"]):
        data[f"s{index}-seats"] = str(len(stage["seats"]))
        data[f"s{index}-conds"] = str(len(stage["conditions"]))
    return data


def state_of(slug: str) -> dict[str, Any]:
    route = Route.objects.select_related("current").get(slug=slug)
    assert route.current is not None
    return state_of_spec(route.current.spec, (route.name_ru, route.name_en))


def pk_of(slug: str) -> int:
    return Route.objects.get(slug=slug).pk


def test_the_codes_listed_here_are_all_there_are() -> None:
    folder = Path(routing.__file__).parent
    text = "".join((folder / name).read_text("utf-8") for name in ("problems.py", "read.py"))
    found = set(re.findall(r'(?:RouteProblem|refuse)\(\s*"(\w+)"', text))
    assert found == set(CODES)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_problem_has_words(language: str) -> None:
    params = {"found": 60, "limit": 50, "key": "a", "hours": "0", "quorum": 0, "needed": 3}
    params |= {"seats": 2, "people": 1, "ref": "7", "field": "x", "type": "text", "value": "?"}
    params |= {"concern": "legal", "choices": ("a",)}
    with translation.override(language):
        for code in CODES:
            words = problem_words(RouteProblem(code, "stages/0", params))
            assert f"({code})" not in words and "%(" not in words
            assert any("а" <= letter <= "я" for letter in words.lower()) == (language == "ru")


def test_every_choice_of_the_engine_is_offered() -> None:
    assert set(RULES) == set(get_args(Rule.__value__))
    assert set(OVERDUE) == set(get_args(Overdue.__value__))
    assert set(SHOWS) == set(get_args(Shows.__value__))
    assert set(OPS) == set(get_args(Op.__value__))


@pytest.mark.parametrize("slug", sorted(ROUTES))
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_route_goes_through_the_editor_unchanged(world: World, slug: str, language: str) -> None:
    with translation.override(language):
        route = Route.objects.select_related("current").get(slug=slug)
        assert route.current is not None
        again = spec_of(state_of_post(sent_form(state_of(slug), "save")))
    assert to_json(from_json(again)) == route.current.spec


buttons = st.sampled_from(
    [
        "add-stage",
        "drop-stage",
        "up",
        "down",
        "add-seat",
        "drop-seat",
        "add-cond",
        "drop-cond",
        "look",
        "¿",
    ]
)
places = st.integers(0, 4)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(buttons, places, places), max_size=25))
def test_no_button_loses_what_was_typed(pressed: list[tuple[str, int, int]]) -> None:
    """Only what a button removes goes; what a browser sends back is what was shown."""
    state = new_state()
    for number, (verb, stage, place) in enumerate(pressed):
        for index, row in enumerate(state["stages"]):
            row["title_ru"] = row["title_ru"] or f"{number}-{index}"
        titles = sorted(row["title_ru"] for row in state["stages"])
        press(state, f"{verb}.{stage}.{place}")
        now = sorted(row["title_ru"] for row in state["stages"] if row["title_ru"])
        if verb != "drop-stage":
            assert now == titles
        else:
            assert set(now) <= set(titles) and len(now) >= len(titles) - 1
        assert state_of_post(sent_form(state, "look")) == state


@pytest.mark.parametrize("path", ["", "{pk}/", "editions/{edition}/"])
def test_everyone_on_staff_may_look(world: World, visit: Visit, path: str) -> None:
    route = Route.objects.get(slug="standard")
    address = "/desk/routes/" + path.format(pk=route.pk, edition=route.current_id)
    assert visit("finance").get(address).status_code == 200
    assert visit("anna").get(address).status_code == 404
    assert Browser().get(address).status_code == 302


@pytest.mark.parametrize("path", ["new/", "{pk}/edit/"])
def test_only_the_power_changes(world: World, visit: Visit, path: str) -> None:
    address = "/desk/routes/" + path.format(pk=pk_of("standard"))
    assert visit("manager").get(address).status_code == 403
    assert visit("manager").post(address, sent_form(state_of("short"), "save")).status_code == 403
    assert visit("lawyer").get(address).status_code == 200
    assert visit("director").get(address).status_code == 200
    assert visit("anna").get(address).status_code == 404


def test_buttons_show_the_form_again_with_everything_typed(world: World, visit: Visit) -> None:
    state = state_of("standard")
    state["stages"][0]["title_ru"] = "Менеджер и ещё кое-что"
    state["stages"][1]["hours"] = "не число"
    path = f"/desk/routes/{pk_of('standard')}/edit/"
    page = visit("lawyer").post(path, sent_form(state, "down.0"))
    assert page.status_code == 200
    parts = page.context["told"].stages
    assert [part.state["title_ru"] for part in parts][:2] == [
        "Правовое согласование",
        "Менеджер и ещё кое-что",
    ]
    assert "не число" in page.content.decode()
    page = visit("lawyer").post(path, sent_form(state, "add-seat.1"))
    assert len(page.context["told"].stages[1].seats) == 2
    assert Route.objects.get(slug="standard").editions.count() == 1


def test_a_route_is_made_and_saved(world: World, visit: Visit) -> None:
    state = new_state()
    state |= {"name_ru": "Для закупок", "name_en": "Purchasing"}
    state["stages"][0] |= {"title_ru": "Юрист", "title_en": "Lawyer", "concern": "legal"}
    state["stages"][0] |= {"hours": "1,5", "seats": [{"who": "power:"}, {"who": "owner"}]}
    state["stages"][0]["conditions"] = [
        {"field": "sum", "op": "ge", "value": "1 000 000"},
        {"field": "client.kind", "op": "in", "value": "Компания; deal"},
    ]
    press(state, "add-stage")
    state["stages"][1] |= {"title_ru": "Деньги", "title_en": "Money", "concern": "finance"}
    state["stages"][1] |= {"together": True, "seats": [{"who": "power:finance"}]}
    answer = visit("lawyer").post("/desk/routes/new/", sent_form(state, "save"), follow=True)
    assert answer.status_code == 200
    route = Route.objects.select_related("current").get(name_ru="Для закупок")
    assert route.current is not None
    first, second = route.current.spec["stages"]
    assert (first["group"], second["group"], first["hours"], first["key"]) == (1, 1, "1.5", "legal")
    assert first["conditions"][0]["value"] == "1000000"
    assert first["conditions"][1]["value"][1] == "deal"


def test_problems_stand_beside_what_they_name_and_nothing_is_lost(
    world: World, visit: Visit
) -> None:
    state = state_of("standard")
    state["stages"][1] |= {"title_ru": "", "asks": "Проверить подсудность"}
    state["stages"][1]["seats"] = [{"who": "person:99999"}]
    state["stages"][3] |= {"quorum": "9"}
    state["stages"][0] |= {"hours": "долго"}
    state["stages"][4]["conditions"] = [{"field": "sum", "op": "ge", "value": "много"}]
    path = f"/desk/routes/{pk_of('standard')}/edit/"
    for button in ("check", "save"):
        page = visit("lawyer").post(path, sent_form(state, button))
        parts = page.context["told"].stages
        assert page.status_code == 422
        assert parts[1].form.errors["title_ru"] and parts[1].seats[0].errors["who"]
        assert parts[3].form.errors["quorum"] and parts[4].conditions[0].errors["value"]
        assert "Проверить подсудность" in page.content.decode()
        assert parts[0].form.errors["hours"] and not parts[2].form.errors
    assert Route.objects.get(slug="standard").editions.count() == 1


def test_a_direction_is_asked_only_whether_it_changed(world: World, visit: Visit) -> None:
    state = state_of("short")
    state["stages"][1]["conditions"] = [
        {"field": "direction.legal.touched", "op": "eq", "value": "x"}
    ]
    path = f"/desk/routes/{pk_of('short')}/edit/"
    page = visit("lawyer").post(path, sent_form(state, "check"))
    assert page.context["told"].stages[1].conditions[0].errors["op"]
    state["stages"][1]["conditions"][0]["op"] = "changed"
    assert visit("lawyer").post(path, sent_form(state, "save")).status_code == 302


def test_warnings_are_told_and_do_not_hinder(world: World, visit: Visit) -> None:
    state = state_of("short")
    for stage in state["stages"]:
        stage["conditions"] = [{"field": "sum", "op": "ge", "value": "5"}]
    path = f"/desk/routes/{pk_of('short')}/edit/"
    page = visit("lawyer").post(path, sent_form(state, "check"))
    assert page.status_code == 200 and page.context["told"].warnings
    page = visit("lawyer").post(path, sent_form(state, "save", 1), follow=True)
    assert "ни под одно" in page.content.decode()
    assert Route.objects.get(slug="short").editions.count() == 2


def test_a_newer_edition_is_told_and_the_text_kept(world: World, visit: Visit) -> None:
    path, mine, other = f"/desk/routes/{pk_of('short')}/edit/", state_of("short"), state_of("short")
    other["stages"][0]["hours"] = "7"
    mine["stages"][0]["hours"] = "9"
    assert visit("lawyer2").post(path, sent_form(other, "save", 1)).status_code == 302
    page = visit("lawyer").post(path, sent_form(mine, "save", 1))
    assert page.status_code == 409 and page.context["notes"]
    assert page.context["told"].stages[0].state["hours"] == "9"
    assert (
        visit("lawyer").post(path, sent_form(mine, "save", page.context["since"])).status_code
        == 302
    )


def test_what_the_client_sees_is_previewed(world: World, visit: Visit) -> None:
    state = state_of("short")
    state["stages"][0]["shows"], state["stages"][1]["hours"] = "hidden", "две недели"
    page = visit("lawyer").post(f"/desk/routes/{pk_of('short')}/edit/", sent_form(state, "look"))
    first, second = (view for _part, view in page.context["parts"])
    assert first.state == "hidden" and not first.faces
    assert second.faces[0].name == world.staff["lawyer"].name


def test_one_may_not_break_the_editor_with_numbers(world: World, visit: Visit) -> None:
    path = f"/desk/routes/{pk_of('short')}/edit/"
    for data in (
        {"do": "save"},
        {"do": "look", "stages": "99999"},
        {"do": "drop-seat.0.77", "stages": "1", "s0-seats": "1"},
        {"do": "up.²", "stages": "1"},
        {"do": "save", "stages": "60", "since": "x"},
    ):
        assert visit("lawyer").post(path, data).status_code in (200, 422)


def test_the_contract_is_moved_from_its_page(world: World, visit: Visit) -> None:
    contract = sent(world)
    path = f"/desk/contracts/{contract.pk}/route/"
    assert visit("director").get(path).context["is_newest"]
    route = Route.objects.select_related("current").get(slug="short")
    assert route.current is not None
    spec = json.loads(json.dumps(route.current.spec))
    spec["stages"][0]["hours"] = "6"
    save_route("short", spec, by=None, at=AT, names=("Короткий", "Short"))
    assert not visit("director").get(path).context["is_newest"]
    assert visit("director").post(path, {"reason": " "}).status_code == 422
    assert visit("manager").post(path, {"reason": "x"}).status_code == 403
    assert visit("stranger").get(path).status_code == 404
    assert visit("director").post(path, {"reason": "Быстрее"}).status_code == 302
    now = Contract.objects.select_related("route").get(pk=contract.pk)
    assert now.route is not None and now.route.number == 2
    edition = visit("director").get(f"/desk/routes/editions/{now.route_id}/")
    assert [row.pk for row in edition.context["page"].rows] == [contract.pk]


def test_lists_take_the_same_queries_for_one_and_for_many(world: World) -> None:
    browser = browser_of(world, "lawyer")
    path = f"/desk/routes/{pk_of('short')}/"
    for address in ("/desk/routes/", path):
        browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get("/desk/routes/")
    with CaptureQueriesContext(connection) as few_editions:
        browser.get(path)
    spec = from_json(Route.objects.select_related("current").get(slug="short").current.spec)  # type: ignore[union-attr]
    told = to_json(spec)
    for number in range(52):
        save_route(f"r{number}", told, by=None, at=AT, names=(f"М{number}", ""))
    for number in range(10):
        save_route("short", told, by=None, at=AT, names=("Короткий", str(number)))
    with CaptureQueriesContext(connection) as many:
        answer = browser.get("/desk/routes/")
    with CaptureQueriesContext(connection) as many_editions:
        browser.get(path)
    assert len(answer.context["rows"]) == 50 and len(many) == len(few) < 10
    assert len(many_editions) == len(few_editions) < 25


def test_the_list_tells_what_goes_side_by_side(world: World) -> None:
    page = browser_of(world, "lawyer").get("/desk/routes/")
    steps = {row["name"]: row["steps"] for row in page.context["rows"]}["Обычный"]
    together = [[stage.title for stage in step] for step in steps if len(step) > 1]
    assert together == [["Финансы", "Логистика"]]
    (quorum,) = [stage for step in steps for stage in step if stage.need]
    assert (quorum.need, quorum.all) == (2, 3)
    text = page.content.decode()
    assert '<li class="together"><span class="unseen">Одновременно: </span>' in text
    assert "2 из 3" in text


def test_conditions_that_exclude_each_other_are_refused_with_their_stage(
    world: World, visit: Visit
) -> None:
    state = state_of("standard")
    state["stages"][1]["conditions"] = [
        {"field": "sum", "op": "ge", "value": "5000000"},
        {"field": "sum", "op": "lt", "value": "1000000"},
    ]
    state["stages"][1]["title_ru"] = "Право и суд"
    route = Route.objects.get(slug="standard")
    answer = visit("lawyer").post(f"/desk/routes/{route.pk}/edit/", sent_form(state, "save"))
    assert answer.status_code == 422
    page = answer.text
    assert "Этап 2" in page
    assert "Эти условия исключают друг друга" in page
    assert page.count("Право и суд") >= 1
    assert 'value="1000000"' in page
    assert Route.objects.get(slug="standard").editions.count() == 1


def test_a_stage_whose_person_is_away_says_who_decides_meanwhile(
    world: World, visit: Visit
) -> None:
    state = new_state() | {"name_ru": "Для закупок"}
    seat = {"who": f"person:{world.staff['finance'].pk}"}
    state["stages"][0] |= {"title_ru": "Финансы", "seats": [seat]}
    lawyer, at = visit("lawyer"), clock.now()
    look = sent_form(state, "look")
    assert "никто не замещает" not in lawyer.post("/desk/routes/new/", look).content.decode()
    # The last day of an absence is the one before the midnight it ends with.
    today = timezone.localtime(at, ZoneInfo("Europe/Moscow"))
    until = today.replace(hour=0, minute=0, second=0, microsecond=0) + 6 * DAY
    plan_absence(world.staff["finance"], at - DAY, until, by=None, at=at)
    last = formats.day((until - DAY).date(), today.date(), "ru")
    words = f"отсутствует до {last} включительно, и никто не замещает. Пока решать будет"
    assert words in lawyer.post("/desk/routes/new/", look).content.decode()
    saved = lawyer.post("/desk/routes/new/", sent_form(state, "save"))
    assert saved.status_code == 302, "a note does not hinder, nor does a title in one language"
    assert words in lawyer.get(saved.headers["Location"]).content.decode()
    assert words in lawyer.get(f"{saved.headers['Location']}edit/").content.decode()


def test_titles_in_english_may_stay_empty(world: World, visit: Visit) -> None:
    state = new_state() | {"name_ru": "Для закупок"}
    state["stages"][0] |= {"title_ru": "Юрист", "seats": [{"who": "owner"}]}
    saved = visit("lawyer").post("/desk/routes/new/", sent_form(state, "save"))
    assert saved.status_code == 302
    english = visit("lawyer").get(saved.headers["Location"], headers={"accept-language": "en"})
    assert "1. Юрист" in english.content.decode()


def test_only_fields_that_name_our_employees_are_offered_as_approvers(world: World) -> None:
    """The client's person in charge is a field of the services contract and nobody of ours."""
    edition = world.forms["services-ru"]
    named = [
        spec for spec in edition.fields if spec["type"] == "person" and "." not in spec["name"]
    ]
    assert "client_manager" in {spec["name"] for spec in named}
    browser = browser_of(world, "lawyer")
    page = browser.get("/desk/routes/new/").content.decode()
    assert 'value="field:client_manager"' not in page
    (told,) = [spec for spec in edition.fields if spec["name"] == "client_manager"]
    told["args"] = ["ours"]
    edition.save(update_fields=["fields"])
    assert 'value="field:client_manager"' in browser.get("/desk/routes/new/").content.decode()
