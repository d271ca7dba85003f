"""Drills of the sample firm: an exercise of a past request, one passed and one just come."""

from datetime import datetime, timedelta

from zabota.home.in_world import World
from zabota.people.actions import change_employee
from zabota.tickets.actions import end_ticket, open_ticket, say_in_ticket
from zabota.tickets.actions.drills import (
    bring_drills,
    end_drill,
    plan_drills,
    reply_in_drill,
    score_drill,
)
from zabota.tickets.actions.exercises import Played, make_exercise
from zabota.tickets.models import Drill, Exercise, Ticket, TicketType
from zabota.tickets.reading.retold import offer_exercise

LETTER = (
    "Третий раз пишу! ООО «Ромашка» ждёт светильники по накладной № 118/2 со вторника, "
    "а Тимур Асланов не берёт трубку. Наш кладовщик Вера Лебедева стоит у ворот. "
    "Позвоните мне: +7 495 123-45-67. Борис Ветров"
)
ANSWER = (
    "Борис, вы правы: машина должна была прийти во вторник. Я уже говорю с водителем и "
    "позвоню вам в течение получаса, в «Ромашку» или на мобильный."
)
END = "Машина пришла в 16:40, доставку за наш счёт. Тимур Асланов извинился перед Верой лично."
STEPS = (
    "Признать, что обещали и не сделали",
    "Назвать, кто занимается и когда позвонит",
    "Узнать, где машина, до звонка клиенту",
    "Позвонить, а не написать",
)


def build_drills(world: World, at: datetime) -> None:
    """Made by the same actions as people use."""
    head, lead = world.staff["logist3"], world.as_staff("director")
    for key in ("logist1", "logist2"):
        change_employee(world.staff[key], {"lead": head}, by=None, at=at - timedelta(days=9))
    change_employee(
        world.staff["manager"], {"lead": world.staff["director"]}, by=None,
        at=at - timedelta(days=9),
    )  # fmt: skip
    ticket = _past(world, at - timedelta(days=8))
    offered = offer_exercise(ticket)
    played = Played(
        "Третий раз пишу: где машина?", offered.text, offered.client, STEPS, offered.answer,
        offered.outcome, offered.good_end,
    )  # fmt: skip
    exercise = make_exercise(ticket, played, by=lead, at=at - timedelta(days=6))
    _passed(world, exercise, at - timedelta(days=5))
    plan_drills(exercise, [world.staff["logist1"]], None, by=lead, at=at, chance=lambda most: 0)
    plan_drills(
        exercise, [world.staff["logist2"]], at - timedelta(minutes=10), by=lead,
        at=at - timedelta(minutes=20),
    )  # fmt: skip
    bring_drills(by=None, at=at - timedelta(minutes=10))


def _past(world: World, at: datetime) -> Ticket:
    by, manager = world.as_guest("boris"), world.as_staff("manager")
    ticket = open_ticket(
        by.client, TicketType.objects.get(slug="complaint"), LETTER, by=by, at=at,
        title="Третий раз пишу: где машина?",
    )  # fmt: skip
    say_in_ticket(ticket, ANSWER, by=manager, at=at + timedelta(minutes=12))
    return end_ticket(ticket, "otherwise", END, by=manager, at=at + timedelta(hours=3))


def _passed(world: World, exercise: Exercise, at: datetime) -> Drill:
    by, lead = world.as_staff("manager"), world.as_staff("director")
    (drill,) = plan_drills(exercise, [world.staff["manager"]], at, by=lead, at=at)
    bring_drills(by=None, at=at)
    reply_in_drill(
        drill, "Здравствуйте! Виноваты мы. Узнаю, где машина, и позвоню вам до 11:30.", by=by,
        at=at + timedelta(minutes=11),
    )  # fmt: skip
    end_drill(
        drill, "otherwise", "Машина будет к 15:00, доставка за наш счёт.", [0, 1, 2], by=by,
        at=at + timedelta(minutes=40),
    )  # fmt: skip
    return score_drill(
        drill, 4, True, "Хорошо, что назвали час. Позвонить было бы ещё лучше.", by=lead,
        at=at + timedelta(hours=2),
    )  # fmt: skip
