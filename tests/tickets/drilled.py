"""Exercises and drills as tests make them."""

from datetime import datetime

from tests.contracts.worlds import AT, HOUR
from tests.tickets.asked import asked, fresh
from zabota.home.world import World
from zabota.people.actions import change_employee
from zabota.tickets.actions import end_ticket, say_in_ticket
from zabota.tickets.actions.drills import (
    bring_drills,
    end_drill,
    plan_drills,
    reply_in_drill,
    score_drill,
)
from zabota.tickets.actions.exercises import Played, make_exercise
from zabota.tickets.models import Drill, Exercise, Ticket
from zabota.tickets.reading.retold import offer_exercise

STEPS = ("Извиниться", "Узнать, где стоят", "Назвать час")
PLAYER, LEAD = "manager", "director"


def ended(world: World) -> Ticket:
    """A request that is over, with our answer."""
    ticket = asked(world, text="У Ромашки погас свет. Анна Крылова, +7 495 123-45-67")
    by = world.as_staff(PLAYER)
    say_in_ticket(ticket, "Анна, едем к вам в «Ромашку».", by=by, at=AT + HOUR)
    end_ticket(ticket, "solved", "Заменили за счёт фирмы.", by=by, at=AT + 2 * HOUR)
    return fresh(ticket)


def played(ticket: Ticket, **other: object) -> Played:
    """What the engine offers, with three steps."""
    offered = offer_exercise(ticket)
    values: dict[str, object] = {
        "title": offered.title, "text": offered.text, "client": offered.client, "steps": STEPS,
        "answer": offered.answer, "outcome": "solved", "good_end": offered.good_end,
    } | other  # fmt: skip
    return Played(**values)  # type: ignore[arg-type]


def exercise(world: World, at: datetime = AT + 3 * HOUR) -> Exercise:
    """An exercise of a request that is over; the director leads the manager."""
    change_employee(world.staff[PLAYER], {"lead": world.staff[LEAD]}, by=None, at=AT)
    world.staff[PLAYER].refresh_from_db()
    ticket = ended(world)
    return make_exercise(ticket, played(ticket), by=world.as_staff(LEAD), at=at)


def come(world: World, made: Exercise, at: datetime = AT + 4 * HOUR) -> Drill:
    """A drill of it that has come to the manager."""
    (drill,) = plan_drills(made, [world.staff[PLAYER]], at, by=world.as_staff(LEAD), at=at)
    assert bring_drills(by=None, at=at) == 1
    return again(drill)


def passed(world: World, drill: Drill, at: datetime, words: int = 4) -> Drill:
    """Played and scored."""
    by, lead = world.as_staff(PLAYER), world.as_staff(LEAD)
    reply_in_drill(drill, "Здравствуйте! Уже едем.", by=by, at=at)
    end_drill(drill, "solved", "Заменили.", [0, 1, 2], by=by, at=at + HOUR)
    return score_drill(drill, words, True, "Хорошо", by=lead, at=at + HOUR)


def again(drill: Drill) -> Drill:
    """As it stands now."""
    return Drill.objects.select_related("exercise__kind", "employee__user").get(pk=drill.pk)
