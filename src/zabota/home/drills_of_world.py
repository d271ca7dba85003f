"""Drills of the sample firm: an exercise of a past request, one passed and one just come."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Words:
    """What was said in the request, and in the drill that was passed."""

    title: str
    letter: str
    answer: str
    end: str
    steps: tuple[str, ...]
    reply: str
    closed: str
    praise: str


RUSSIAN = Words(
    title="Третий раз пишу: где машина?",
    letter="Третий раз пишу! ООО «Ромашка» ждёт светильники по накладной № 118/2 со вторника, "
    "а Тимур Асланов не берёт трубку. Наш кладовщик Вера Лебедева стоит у ворот. "
    "Позвоните мне: +7 495 123-45-67. Борис Ветров",
    answer="Борис, вы правы: машина должна была прийти во вторник. Я уже говорю с водителем и "
    "позвоню вам в течение получаса, в «Ромашку» или на мобильный.",
    end="Машина пришла в 16:40, доставку за наш счёт. Тимур Асланов извинился перед Верой лично.",
    steps=(
        "Признать, что обещали и не сделали",
        "Назвать, кто занимается и когда позвонит",
        "Узнать, где машина, до звонка клиенту",
        "Позвонить, а не написать",
    ),
    reply="Здравствуйте! Виноваты мы. Узнаю, где машина, и позвоню вам до 11:30.",
    closed="Машина будет к 15:00, доставка за наш счёт.",
    praise="Хорошо, что назвали час. Позвонить было бы ещё лучше.",
)
ENGLISH = Words(
    title="Writing for the third time: where is the truck?",
    letter="I am writing for the third time! Romashka has waited for the luminaires since Tuesday, "
    "and Timur Aslanov does not pick up the phone. Our storekeeper Vera Lebedeva stands at the "
    "gate. Call me: +7 495 123-45-67. Boris Vetrov",
    answer="Boris, you are right: the truck was to come on Tuesday. I am talking to the driver "
    "now and will call you within half an hour, at Romashka or on your mobile.",
    end="The truck came at 16:40, the delivery is on us. Timur Aslanov apologised to Vera himself.",
    steps=(
        "Admit that we promised and did not do it",
        "Say who is on it and when they will call",
        "Find out where the truck is before calling the client",
        "Call rather than write",
    ),
    reply="Good morning! It is our fault. I will find the truck and call you by 11:30.",
    closed="The truck will be there by 15:00, the delivery is on us.",
    praise="Good that you named an hour. A call would have been better still.",
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
    words = ENGLISH if world.firm.language == "en" else RUSSIAN
    ticket = _past(world, words, at - timedelta(days=8))
    offered = offer_exercise(ticket)
    played = Played(
        words.title, offered.text, offered.client, words.steps, offered.answer,
        offered.outcome, offered.good_end,
    )  # fmt: skip
    exercise = make_exercise(ticket, played, by=lead, at=at - timedelta(days=6))
    _passed(world, words, exercise, at - timedelta(days=5))
    plan_drills(exercise, [world.staff["logist1"]], None, by=lead, at=at, chance=lambda most: 0)
    plan_drills(
        exercise, [world.staff["logist2"]], at - timedelta(minutes=10), by=lead,
        at=at - timedelta(minutes=20),
    )  # fmt: skip
    bring_drills(by=None, at=at - timedelta(minutes=10))


def _past(world: World, words: Words, at: datetime) -> Ticket:
    by, manager = world.as_guest("boris"), world.as_staff("manager")
    ticket = open_ticket(
        by.client, TicketType.objects.get(slug="complaint"), words.letter, by=by, at=at,
        title=words.title,
    )  # fmt: skip
    say_in_ticket(ticket, words.answer, by=manager, at=at + timedelta(minutes=12))
    return end_ticket(ticket, "otherwise", words.end, by=manager, at=at + timedelta(hours=3))


def _passed(world: World, words: Words, exercise: Exercise, at: datetime) -> Drill:
    by, lead = world.as_staff("manager"), world.as_staff("director")
    (drill,) = plan_drills(exercise, [world.staff["manager"]], at, by=lead, at=at)
    bring_drills(by=None, at=at)
    reply_in_drill(
        drill, words.reply, by=by, at=at + timedelta(minutes=11),
    )  # fmt: skip
    end_drill(
        drill, "otherwise", words.closed, [0, 1, 2], by=by,
        at=at + timedelta(minutes=40),
    )  # fmt: skip
    return score_drill(
        drill, 4, True, words.praise, by=lead,
        at=at + timedelta(hours=2),
    )  # fmt: skip
