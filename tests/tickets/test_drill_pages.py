"""Exercises and drills by their pages: made, planned, met in Today, played, scored, read."""

import re

import pytest

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR
from tests.tickets.asked import asked
from tests.tickets.drilled import come, ended, exercise, passed
from tests.tickets.test_follow_script import script_of
from zabota.cases.models import Case, Promise
from zabota.common import clock
from zabota.home.world import World
from zabota.people.actions import change_employee
from zabota.people.models import Power
from zabota.tickets.actions.drills import plan_drills
from zabota.tickets.models import Drill, Exercise

LATER = AT + 4 * HOUR


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def text_of(page: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))  # type: ignore[attr-defined]


def test_from_the_request_to_the_score(world: World) -> None:
    change_employee(world.staff["manager"], {"lead": world.staff["director"]}, by=None, at=AT)
    ticket = ended(world)
    director, manager = browser_of(world, "director"), browser_of(world, "manager")
    base = f"/desk/tickets/{ticket.pk}/"
    assert f"{base}exercise/" in director.get(base).content.decode()
    page = director.get(f"{base}exercise/")
    form = page.context["form"].initial | {"steps": "Извиниться\n\nНазвать час "}
    assert "Ромашк" in text_of(page), "what was changed stands beside"
    wrong = director.post(f"{base}exercise/", form | {"title": "Ромашка"})
    assert wrong.status_code == 422 and "осталось: Ромашка" in text_of(wrong)
    assert director.post(f"{base}exercise/", form).status_code == 302
    made = Exercise.objects.get()
    assert made.steps == ["Извиниться", "Назвать час"]
    exercise_url, player = f"/desk/exercises/{made.pk}/", world.staff["manager"].pk
    assert director.post(exercise_url, {"how": "moment", "employee": player}).status_code == 422
    moment = {"how": "moment", "employee": player, "when": "2026-11-17T14:00"}
    assert director.post(exercise_url, moment).status_code == 302
    drill = Drill.objects.get()
    drill_url = f"/desk/drills/{drill.pk}/"
    # What they are told beforehand is that it comes, not what it is.
    before = text_of(manager.get(drill_url))
    assert "Вам назначена тренировка" in before and made.title not in before
    Drill.objects.update(arrived_at=LATER, due_at=LATER + HOUR)
    today = text_of(manager.get("/desk/"))
    assert "Упражнение клиент вымышленный" in today and made.client in today
    page = text_of(manager.get(drill_url))
    assert "Это упражнение" in page and "Как было бы хорошо" not in page
    assert manager.post(f"{drill_url}reply/", {"text": " "}).status_code == 422
    assert manager.post(f"{drill_url}reply/", {"text": "Едем!"}).status_code == 302
    end = {"steps": ["0"], "outcome": "solved", "text": "Горит."}
    # A problem ends as problems do: «сделано» and «не взяли» are for suggestions.
    for other in ("", "declined"):
        assert manager.post(f"{drill_url}end/", end | {"outcome": other}).status_code == 422
    assert manager.post(f"{drill_url}end/", end).status_code == 302
    assert "Упражнение клиент" not in text_of(manager.get("/desk/"))
    assert "Ждут вашей оценки" in text_of(director.get("/desk/drills/"))
    score = {"words": "4", "sensible": "yes", "remark": "Час не назван"}
    assert director.post(f"{drill_url}score/", {}).status_code == 422
    assert director.post(f"{drill_url}score/", score).status_code == 302
    read = text_of(manager.get(drill_url))
    assert "не меньше 75% шагов" in read
    assert "не сдана" in read and "50%" in read and "Час не назван" in read


def test_steps_come_from_the_script_of_the_kind(world: World) -> None:
    ticket = ended(world)
    script_of(world)
    page = browser_of(world, "director").get(f"/desk/tickets/{ticket.pk}/exercise/")
    assert page.context["form"].initial["steps"] == "Поздороваться\nПообещать"


def test_nothing_of_it_is_real(world: World) -> None:
    """No case, no promise, no figure: what is played stands apart."""
    made = exercise(world)
    cases, promises = Case.objects.count(), Promise.objects.count()
    passed(world, come(world, made), LATER)
    assert (Case.objects.count(), Promise.objects.count()) == (cases, promises)


def test_readiness_with_its_count(world: World) -> None:
    made = exercise(world)
    passed(world, come(world, made), LATER - 2 * HOUR)
    board = text_of(browser_of(world, "stranger").get("/desk/drills/"))
    assert "Что-то не так" in board and "100% 1 из 1" in board and "0% 0 из 3" in board
    assert "11% 1 из 9" in board
    teams = text_of(browser_of(world, "director").get("/desk/teams/"))
    assert "Тренировки сданы: Что-то не так 1 из 1 (100%)" in teams


def test_who_finds_what(world: World) -> None:
    made = exercise(world)
    (drill,) = plan_drills(
        made, [world.staff["manager"]], None, by=world.as_staff("director"), at=LATER
    )
    for key in ("manager", "stranger", "anna"):
        browser = browser_of(world, key)
        # A surprise is none to whom it will come.
        assert browser.get(f"/desk/drills/{drill.pk}/").status_code == 404
        assert browser.get(f"/desk/exercises/{made.pk}/").status_code == 404
    director = browser_of(world, "director")
    assert director.get(f"/desk/drills/{drill.pk}/").status_code == 200
    assert director.get(f"/desk/exercises/{made.pk}/edit/").status_code == 200
    going_on = asked(world)
    assert director.get(f"/desk/tickets/{going_on.pk}/exercise/").status_code == 403
    assert director.post(f"/desk/drills/{drill.pk}/cancel/").status_code == 302
    assert director.post(f"/desk/exercises/{made.pk}/close/").status_code == 302
    assert Exercise.objects.get().closed_at == LATER


def test_a_power_says_in_words_that_it_stands_still(world: World) -> None:
    made, director = exercise(world), browser_of(world, "director")
    power = Power.objects.get(employee=world.staff["manager"], kind="beyond")
    person = f"/desk/people/{world.staff['manager'].pk}/"
    drill = f"/desk/people/powers/{power.pk}/drill/"
    assert drill in director.get(person).content.decode()
    assert browser_of(world, "manager").get(drill).status_code == 403
    assert director.post(drill, {"requires_drill": "question"}).status_code == 422
    assert director.post(drill, {"requires_drill": "problem"}).status_code == 302
    still = "не действует, пока не сдана тренировка «Что-то не так»"
    assert still in text_of(director.get(person))
    assert still in text_of(browser_of(world, "manager").get("/desk/profile/"))
    passed(world, come(world, made), LATER - 2 * HOUR)
    assert "при тренировке «Что-то не так»: сдана" in text_of(director.get(person))
    granted = {"kind": "routes", "currency": "RUB", "requires_drill": "problem"}
    assert director.post(f"{person}power/", granted).status_code == 302
    assert Power.objects.latest("pk").requires_drill == "problem"
