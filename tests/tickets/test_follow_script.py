"""A script beside a request: written without code, followed step by step, for the trained only."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY
from tests.support.refused import refused
from tests.tickets.asked import asked, facts, kinds
from zabota.cases.actions import close_script, do_step, offer_script, set_script, undo_step
from zabota.cases.models import Script, StepDone
from zabota.cases.rules import may_talk_through
from zabota.cases.steps import Step
from zabota.clients.actions import erase_person, export_person
from zabota.common import clock
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.people.access import StaffViewer
from zabota.people.actions import appoint_substitute, grant_power
from zabota.people.models import PowerKind

BASE = "/desk/firm/scripts/"
GREET = Step(
    {"ru": "Поздороваться", "en": "Greet"},
    {"ru": "Что случилось?"},
    {"ru": "{{имя}}, здравствуйте! Мы уже помогаем {{имя: дательный}}.", "en": "Hello, {{имя}}!"},
)
PROMISE = Step({"ru": "Пообещать"}, {}, {"ru": "Ответим до {{срок}}. {{сотрудник}}"})


def script_of(world: World, steps: Any = (GREET, PROMISE), **about: Any) -> Script:
    written = {
        "name_ru": "Рассерженный клиент", "name_en": "Angry client", "occasions": ["problem"],
        "trained_only": False, "steps": list(steps), **about,
    }  # fmt: skip
    return set_script(None, written, by=world.as_staff("director"), at=AT)  # type: ignore[arg-type]


def typed(steps: int = 2, **changed: str) -> dict[str, Any]:
    blank = {
        f"steps-{number}-{name}_{tongue}": ""
        for number in range(steps)
        for name in ("title", "ask", "say")
        for tongue in ("ru", "en")
    }
    return {
        "name_ru": "Опоздание", "name_en": "", "occasions": ["problem"],
        "steps-TOTAL_FORMS": str(steps), "steps-INITIAL_FORMS": "0", **blank,
        "steps-0-title_ru": "Извиниться", "steps-0-say_ru": "{{имя}}, простите нас.", **changed,
    }  # fmt: skip


def test_a_script_is_written_on_a_page_and_looked_at_first(world: World) -> None:
    director, ticket = browser_of(world, "director"), asked(world)
    more = director.post(f"{BASE}new/", typed() | {"more": "1"}).content.decode()
    assert 'name="steps-2-title_ru"' in more and "простите нас" in more
    assert not Script.objects.exists()
    look = director.post(f"{BASE}new/", typed() | {"look": "1", "request": ticket.pk})
    assert "Анна, простите нас." in look.content.decode() and not Script.objects.exists()
    director.post(f"{BASE}new/", typed())
    script = Script.objects.select_related("edition").get()
    assert script.edition and len(script.edition.content["steps"]) == 1
    entry = Entry.objects.latest("pk")
    assert entry.kind == "case.script_set" and entry.audience == "ours"
    page = director.get(f"{BASE}{script.pk}/").content.decode()
    assert "Задан сценарий: Опоздание, редакция 1" in page
    assert "Опоздание" in director.get(BASE).content.decode()


def test_a_wrong_place_is_refused_with_the_reason(world: World) -> None:
    wrong = typed(**{"steps-0-say_ru": "Здравствуйте, {{имия}}!"})
    answer = browser_of(world, "director").post(f"{BASE}new/", wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Такой подстановки нет: {{имия}}. Может быть, «имя»?" in page
    assert "Здравствуйте, {{имия}}!" in page
    nameless = typed(**{"steps-0-title_ru": ""})
    assert browser_of(world, "director").post(f"{BASE}new/", nameless).status_code == 422
    with refused("wrong_token"):
        script_of(world, [Step({"ru": "Шаг"}, {}, {"ru": "{{50%}}"})])
    with refused("no_steps"):
        script_of(world, [])


def test_it_is_followed_step_by_step(world: World) -> None:
    script, ticket, manager = script_of(world), asked(world), browser_of(world, "manager")
    base = f"/desk/tickets/{ticket.pk}/"
    page = manager.get(base).content.decode()
    assert "Анна, здравствуйте! Мы уже помогаем Анне." in page and "Что случилось?" in page
    filled = manager.get(f"{base}?say={script.pk}-1").content.decode()
    assert ">Анна, здравствуйте! Мы уже помогаем Анне.</textarea>" in filled
    assert f'data-live="?say={script.pk}-1&amp;seen=' in filled
    manager.post(f"{base}script/{script.pk}/", {"step": "1", "note": "Темно у входа"})
    done = StepDone.objects.get()
    assert done.note == "Темно у входа" and done.done_by == world.staff["manager"]
    assert kinds(ticket)[-1] == "case.step_done" and facts(ticket)["number"] == 1
    page = manager.get(base).content.decode()
    assert "Темно у входа" in page and f"?say={script.pk}-1" not in page
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Темно у входа" not in room and "Рассерженный" not in room
    by = world.as_staff("manager")
    for number, code in ((1, "step_done"), (9, "no_step")):
        with refused(code):
            do_step(ticket.case, script, number, "", by=by, at=AT)


def test_a_step_ticked_by_mistake_is_to_be_done_again(world: World) -> None:
    script, ticket, manager = script_of(world), asked(world), browser_of(world, "manager")
    base, by = f"/desk/tickets/{ticket.pk}/", world.as_staff("manager")
    do_step(ticket.case, script, 1, "Темно у входа", by=by, at=AT)
    assert f"script/{script.pk}/undo/" in manager.get(base).content.decode()
    manager.post(f"{base}script/{script.pk}/undo/", {"step": "1"})
    assert not StepDone.objects.exists() and kinds(ticket)[-1] == "case.step_undone"
    page = manager.get(base).content.decode()
    assert "всё-таки не сделано: шаг 1, Поздороваться" in page and f"?say={script.pk}-1" in page
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "не сделано" not in room
    with refused("not_done"):
        undo_step(ticket.case, script, 1, by=by, at=AT)
    do_step(ticket.case, script, 1, "", by=by, at=AT)
    looking = StaffViewer(by.user, by.employee, read_only=True)
    with pytest.raises(PermissionDenied):
        undo_step(ticket.case, script, 1, by=looking, at=AT)
    stranger = browser_of(world, "stranger")
    assert stranger.post(f"{base}script/{script.pk}/undo/", {"step": "1"}).status_code == 404


def test_words_go_to_whom_speaks_english_in_english(world: World) -> None:
    script_of(world)
    world.guests["john"].user.language = "en"  # type: ignore[union-attr]
    world.guests["john"].user.save()  # type: ignore[union-attr]
    ticket = asked(world, guest="john")
    page = browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "Hello, John!" in page


def test_a_new_edition_does_not_change_what_is_followed(world: World) -> None:
    script, ticket, later = script_of(world), asked(world), asked(world)
    director = world.as_staff("director")
    do_step(ticket.case, script, 1, "", by=director, at=AT)
    written = {
        "name_ru": script.name_ru, "name_en": script.name_en, "occasions": ["problem"],
        "trained_only": False, "steps": [Step({"ru": "Совсем иначе"}, {}, {"ru": "Иначе."})],
    }  # fmt: skip
    script = set_script(script, written, by=director, at=AT)  # type: ignore[arg-type]
    assert script.edition is not None and script.edition.number == 2
    count = Entry.objects.count()
    set_script(script, written, by=director, at=AT)  # type: ignore[arg-type]
    assert Entry.objects.count() == count
    browser = browser_of(world, "manager")
    assert "Совсем иначе" not in browser.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "Совсем иначе" in browser.get(f"/desk/tickets/{later.pk}/").content.decode()


def test_only_who_was_trained_talks_it_through(world: World) -> None:
    script, ticket = script_of(world, trained_only=True), asked(world)
    manager, director = world.staff["manager"], world.staff["director"]
    base, now = f"/desk/tickets/{ticket.pk}/", clock.now()
    assert director.is_administrator and not may_talk_through(director, script, now)
    browser_of(world, "director").post(f"{BASE}{script.pk}/train/", {"employee": manager.pk})
    power, later = manager.powers.get(kind="talk"), clock.now()
    assert power.concern == script.concern and may_talk_through(manager, script, later)
    card = browser_of(world, "director").get(f"/desk/people/{manager.pk}/").content.decode()
    assert "сценарий «Рассерженный клиент»" in card
    page = browser_of(world, "director").get(base).content.decode()
    assert "Сам разговор ведёт обученный сотрудник" in page and manager.name in page
    assert "здравствуйте! Мы уже" not in page and 'name="text"' in page
    filled = browser_of(world, "director").get(f"{base}?say={script.pk}-1").content.decode()
    assert "здравствуйте! Мы уже" not in filled
    with pytest.raises(PermissionDenied):
        do_step(ticket.case, script, 1, "", by=world.as_staff("director"), at=later)
    # Whoever stands in has not been trained by that.
    appoint_substitute(manager, director, later, later + DAY, by=director.user, at=later)
    assert not may_talk_through(director, script, later)
    assert may_talk_through(manager, script, later)
    page = browser_of(world, "director").get(f"{BASE}{script.pk}/").content.decode()
    assert f'value="{power.pk}"' in page
    browser_of(world, "director").post(f"{BASE}{script.pk}/train/", {"revoke": power.pk})
    assert not may_talk_through(manager, script, clock.now())


def test_trained_for_all_of_them(world: World) -> None:
    script, finance = script_of(world, trained_only=True), world.staff["finance"]
    grant_power(finance, PowerKind.TALK, by=None, at=AT)
    assert may_talk_through(finance, script, AT)


def test_no_longer_offered_and_offered_again(world: World) -> None:
    script, ticket = script_of(world), asked(world)
    director, base = world.as_staff("director"), f"/desk/tickets/{ticket.pk}/"
    browser = browser_of(world, "director")
    browser.post(f"{BASE}{script.pk}/close/")
    assert Entry.objects.latest("pk").kind == "case.script_closed"
    assert "Рассерженный" not in browser.get(base).content.decode()
    with refused("script_closed"):
        do_step(ticket.case, script, 1, "", by=director, at=AT)
    with refused("as_it_is"):
        close_script(script, by=director, at=AT)
    offer_script(script, by=director, at=AT)
    assert Entry.objects.latest("pk").kind == "case.script_offered"
    assert "Рассерженный" in browser.get(base).content.decode()
    assert "Рассерженный" not in (
        browser.get(f"/desk/tickets/{asked(world, kind='question').pk}/").content.decode()
    )


def test_who_may_write_them(world: World) -> None:
    script = script_of(world)
    for path in ("", "new/", f"{script.pk}/"):
        assert browser_of(world, "manager").get(BASE + path).status_code == 403
        assert browser_of(world, "anna").get(BASE + path).status_code == 404
    with pytest.raises(PermissionDenied):
        close_script(script, by=world.as_staff("manager"), at=AT)
    stranger = browser_of(world, "stranger")
    ticket = asked(world)
    assert stranger.post(f"/desk/tickets/{ticket.pk}/script/{script.pk}/").status_code == 404


def test_of_several_only_the_one_asked_for_is_open(world: World) -> None:
    script, other = script_of(world), script_of(world, [PROMISE], name_ru="Опоздание")
    ticket, browser = asked(world), browser_of(world, "manager")
    base = f"/desk/tickets/{ticket.pk}/"
    page = browser.get(base).content.decode()
    assert "Мы уже помогаем" not in page and f"?script={script.pk}#" in page
    assert f"?script={other.pk}#" in page
    page = browser.get(f"{base}?script={script.pk}").content.decode()
    assert "Мы уже помогаем" in page and f"?script={script.pk}#" not in page
    do_step(ticket.case, other, 1, "", by=world.as_staff("manager"), at=AT)
    page = browser.get(base).content.decode()
    assert f"?script={other.pk}#" not in page and f"?script={script.pk}#" in page


def test_what_was_heard_is_told_and_forgotten_with_the_person(world: World) -> None:
    ticket, script = asked(world), script_of(world)
    do_step(ticket.case, script, 1, "Темно у входа", by=world.as_staff("manager"), at=AT)
    anna = world.guests["anna"]
    told = json.loads(export_person(anna, by=None, at=AT))
    assert [one["words"] for one in told["heard"]] == ["Темно у входа"]
    erase_person(anna, by=None, at=AT + DAY)
    for _ in range(2):
        work.react(AT + DAY)
    assert StepDone.objects.get().note == ""
