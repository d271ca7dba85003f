"""A request turns out to be of another kind: its answers and its promises stay, or move openly."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR
from tests.support.refused import refused
from tests.tickets.asked import asked, facts, fresh, kinds
from zabota.home.world import World
from zabota.people.access import StaffViewer
from zabota.tickets.actions import close_kind, end_ticket
from zabota.tickets.actions.change_kind import change_kind
from zabota.tickets.actions.fields import keep_answers, set_kind_field
from zabota.tickets.models import FieldValue, KindField, TicketType


def kind(slug: str) -> TicketType:
    return TicketType.objects.get(slug=slug)


def question(
    world: World, slug: str, name: str, takes: str = "text", options: str = ""
) -> KindField:
    values: Any = {
        "name_ru": name, "name_en": "", "kind": takes, "options_ru": options, "options_en": "",
        "required": False, "asked": "both",
    }  # fmt: skip
    director = world.staff["director"].user
    return set_kind_field(kind(slug), None, values, by=director, at=AT)


def test_it_is_of_the_other_kind_and_the_promises_stay(world: World) -> None:
    ticket = asked(world)
    manager, base = browser_of(world, "manager"), f"/desk/tickets/{ticket.pk}/"
    assert f"{base}kind/" in manager.get(base).content.decode()
    page = manager.post(f"{base}kind/", {"kind": kind("question").pk, "priority": ""})
    assert page["Location"] == base
    now = fresh(ticket)
    assert (now.type.slug, now.priority) == ("question", ticket.priority)
    assert (now.reply.due_at, now.solution.due_at) == (ticket.reply.due_at, ticket.solution.due_at)
    assert kinds(ticket)[-1] == "ticket.kind_changed"
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Вид обращения теперь «Вопрос»" in room
    director = world.staff["director"].user
    director.language = "en"
    director.save()
    assert "Of the kind “Question” from now on" in (
        browser_of(world, "director").get(base).content.decode()
    )


def test_with_another_urgency_the_dates_move_in_the_open(world: World) -> None:
    ticket, by = asked(world), world.as_staff("manager")
    change_kind(ticket, kind("question"), by=by, at=AT + HOUR, priority="urgent")
    now = fresh(ticket)
    assert now.priority == "urgent" and now.solution.replaces_id == ticket.solution_id
    assert kinds(ticket)[-2:] == ["ticket.kind_changed", "ticket.priority_changed"]
    assert facts(ticket)["reason"] == "другой вид обращения"
    manager = browser_of(world, "manager")
    back = {"kind": kind("problem").pk, "priority": "usual"}
    manager.post(f"/desk/tickets/{ticket.pk}/kind/", back)
    assert fresh(ticket).priority == kind("problem").priority


def test_what_both_kinds_ask_is_answered_still(world: World) -> None:
    ticket = asked(world)
    order, place = (
        question(world, "problem", "Заказ"),
        question(world, "problem", "Где", "choice", "тут\nтам"),
    )
    same = question(world, "question", "заказ")
    question(world, "question", "Где", "choice", "нигде\nвезде")
    by = world.as_staff("manager")
    keep_answers(ticket, {order: "77", place: "там"}, by=by, at=AT)
    change_kind(ticket, kind("question"), by=by, at=AT)
    told = FieldValue.objects.filter(ticket=ticket).order_by("field")
    assert {(one.field_id, one.text) for one in told} == {(same.pk, "77"), (place.pk, "там")}
    page = browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "77" in page and "там" in page


def test_refused_when_there_is_nothing_to_change(world: World) -> None:
    ticket, by = asked(world), world.as_staff("manager")
    with refused("same_kind"):
        change_kind(ticket, kind("problem"), by=by, at=AT)
    close_kind(kind("question"), by=world.staff["director"].user, at=AT)
    with refused("kind_closed"):
        change_kind(ticket, kind("question"), by=by, at=AT)
    manager = browser_of(world, "manager")
    gone = {"kind": kind("question").pk, "priority": ""}
    assert manager.post(f"/desk/tickets/{ticket.pk}/kind/", gone).status_code == 422
    looking = StaffViewer(by.user, by.employee, read_only=True)
    with pytest.raises(PermissionDenied):
        change_kind(ticket, kind("suggestion"), by=looking, at=AT)
    end_ticket(ticket, "solved", "Готово", by=by, at=AT)
    with pytest.raises(PermissionDenied):
        change_kind(ticket, kind("suggestion"), by=by, at=AT)
    assert manager.get(f"/desk/tickets/{ticket.pk}/kind/").status_code == 403
    stranger = browser_of(world, "stranger").get(f"/desk/tickets/{ticket.pk}/kind/")
    assert stranger.status_code == 404
