"""A suggestion, whose fate the client follows: heard, taken up, done, or why not."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.support.refused import refused
from tests.tickets.asked import asked, fresh, kinds
from zabota.home.world import World
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.tickets.actions import end_ticket, say_in_ticket
from zabota.tickets.actions.suggestion import take_up_suggestion
from zabota.tickets.models import Outcome, Ticket
from zabota.tickets.reading.fate import read_fate


def steps(ticket: Ticket) -> dict[str, bool]:
    now = Ticket.objects.select_related("case", "type", "reply", "solution").get(pk=ticket.pk)
    return {str(step.icon): step.at is not None for step in read_fate(now)}


def test_heard_taken_up_done(world: World) -> None:
    ticket, by = asked(world, "suggestion", text="Пишите время машины"), world.as_staff("manager")
    assert steps(ticket) == {"mail": True, "ear": False, "lightbulb": False, "circle-check": False}
    say_in_ticket(ticket, "Думаем", by=by, at=AT + HOUR)
    assert steps(ticket)["ear"]
    answer = browser_of(world, "manager").post(
        f"/desk/tickets/{ticket.pk}/take-up/",
        {"text": "Сделаем, спасибо!", "until": "2099-12-01"},
    )
    assert answer.status_code == 302 and kinds(ticket)[-1] == "ticket.taken_up"
    now = fresh(ticket)
    assert now.solution.due_at is not None and now.solution.due_at.year == 2099
    assert now.solution.replaces_id is not None and steps(ticket)["lightbulb"]
    announce_entries(by=None, at=AT + DAY)
    told = Message.objects.filter(case=ticket.pk, to=world.guests["anna"].user)
    assert told.filter(purpose="ticket_reply").exists()
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Что с ним будет" in room and "Взяли" in room
    with pytest.raises(PermissionDenied):
        take_up_suggestion(ticket, "Ещё раз", AT + 9 * DAY, by=by, at=AT)
    end_ticket(ticket, "done", "Сделано", by=by, at=AT + 2 * DAY)
    assert all(steps(ticket).values())


def test_or_why_not(world: World) -> None:
    ticket, by = asked(world, "suggestion"), world.as_staff("manager")
    with refused("other_end"):
        end_ticket(ticket, "solved", "Да", by=by, at=AT)
    form = browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/end/").content.decode()
    assert "Не взяли" in form and "Помогли иначе" not in form
    end_ticket(ticket, Outcome.DECLINED, "Так устроен закон", by=by, at=AT)
    assert steps(ticket) == {"mail": True, "ear": True, "circle-x": True}
    usual = asked(world)
    with refused("other_end"):
        end_ticket(usual, "done", "Да", by=by, at=AT)
    with pytest.raises(PermissionDenied):
        take_up_suggestion(usual, "Да", AT + DAY, by=by, at=AT)


def test_refused_to_whom(world: World) -> None:
    ticket = asked(world, "suggestion")
    with refused("past"):
        take_up_suggestion(ticket, "Да", AT, by=world.as_staff("manager"), at=AT)
    path = f"/desk/tickets/{ticket.pk}/take-up/"
    assert browser_of(world, "logist1").get(path).status_code == 404
    assert browser_of(world, "anna").get(path).status_code == 404
