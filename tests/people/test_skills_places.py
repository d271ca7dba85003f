"""Skills and places of the firm: named, given to people, closed."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, world, world_file
from tests.support.refused import refused
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.people.actions import close_place, close_skill, set_place, set_skill, set_skills
from zabota.people.models import Employee, Place, Presence, Skill

__all__ = ["world", "world_file"]


def kinds() -> list[str]:
    return list(Entry.objects.order_by("-pk").values_list("kind", flat=True)[:1])


def test_a_skill_is_named_given_and_closed(world: World) -> None:
    browser, person = browser_of(world, "director"), world.staff["manager"]
    given = {"name_ru": "Английский язык", "name_en": "English", "language": "en"}
    assert browser.post("/desk/skills/", given).status_code == 302
    skill = Skill.objects.get()
    assert kinds() == ["people.skill_set"]
    browser.post(f"/desk/people/{person.pk}/skills/", {"skills": [skill.pk]})
    assert kinds() == ["people.skills_set"]
    card = browser.get(f"/desk/people/{person.pk}/").content.decode()
    assert "Английский язык" in card and "Указаны умения: Английский язык" in card
    assert person.user.name in browser.get("/desk/skills/").content.decode()
    with refused("name_taken"):
        set_skill(None, "Английский язык", by=None, at=AT)
    browser.post(f"/desk/skills/{skill.pk}/", {**given, "name_en": "Business English"})
    skill.refresh_from_db()
    assert skill.name("en") == "Business English"
    assert browser.post(f"/desk/skills/{skill.pk}/close/").status_code == 302
    assert kinds() == ["people.skill_closed"]
    with refused("closed"):
        close_skill(skill, by=None, at=AT)


def test_a_place_has_people_and_is_closed_when_it_has_none(world: World) -> None:
    browser, person = browser_of(world, "director"), world.staff["manager"]
    browser.post("/desk/places/", {"name_ru": "Магазин на Садовой"})
    place = Place.objects.get(name="Магазин на Садовой")
    assert kinds() == ["people.place_set"]
    Employee.objects.filter(pk=person.pk).update(place=place)
    assert person.user.name in browser.get("/desk/places/").content.decode()
    assert place.name in browser.get(f"/desk/people/{person.pk}/").content.decode()
    with refused("place_has_people"):
        close_place(place, by=None, at=AT)
    Employee.objects.filter(pk=person.pk).update(place=None)
    assert browser.post(f"/desk/places/{place.pk}/close/").status_code == 302
    assert kinds() == ["people.place_closed"]


def test_refused_to_whom(world: World) -> None:
    by, person = world.staff["lawyer"].user, world.staff["manager"]
    skill, place = (
        set_skill(None, "Сварка", by=None, at=AT),
        set_place(None, "Склад", by=None, at=AT),
    )
    for verb in (
        lambda: set_skill(None, "Пайка", by=by, at=AT),
        lambda: set_skills(person, [skill], by=by, at=AT),
        lambda: set_place(place, "База", by=by, at=AT),
        lambda: close_place(place, by=by, at=AT),
        lambda: close_skill(skill, by=by, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    lawyer = browser_of(world, "lawyer")
    assert lawyer.post("/desk/skills/", {"name_ru": "Пайка"}).status_code == 403
    assert browser_of(world, "anna").get("/desk/places/").status_code == 404


def test_who_opens_today_is_at_the_desk(world: World) -> None:
    browser = browser_of(world, "manager")
    browser.get("/desk/")
    browser.get("/desk/")
    assert [one.employee for one in Presence.objects.all()] == [world.staff["manager"]]
