"""Requests of the sample firm: one just come, one that waits for the client, a suggestion that was
taken up; what its kinds ask, who knows what.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from zabota.cases.actions import link_cases
from zabota.cases.models import LinkKind
from zabota.home.in_world import World
from zabota.people.actions import change_employee, set_place, set_skill, set_skills
from zabota.people.firm import zone_of
from zabota.people.models import Firm, User
from zabota.tickets.actions import open_ticket, say_in_ticket
from zabota.tickets.actions.fields import Question, set_kind_field
from zabota.tickets.actions.kinds import KindOfRequest, set_kind
from zabota.tickets.actions.receiving import Receiving, set_receiving_rule
from zabota.tickets.actions.speeds import UrgencyRule, set_urgency_rule
from zabota.tickets.actions.suggestion import take_up_suggestion
from zabota.tickets.models import Ticket, TicketType
from zabota.tickets.reading.fields import standing_fields

FRESH = timedelta(minutes=10)

# In the firm's language, Russian or English; John writes English wherever he is.
ASKED = (
    ("anna", "problem",
     ("Не горят три светильника у входа", "Three lamps at the entrance are out"),
     ("С утра не горят три светильника у главного входа, автомат включён. Завтра в десять "
      "приезжает комиссия.",
      "Three lamps at the main entrance have been out since morning; the breaker is on. A "
      "commission comes tomorrow at ten."), timedelta(minutes=20)),
    ("boris", "question",
     ("Можно ли сдвинуть отгрузку на неделю", "Can the shipment move by a week"),
     ("Склад переезжает. Можно ли принять третью партию не 24-го, а 1-го?",
      "Our warehouse moves. Could the third lot come on the 1st instead of the 24th?"),
     timedelta(days=1)),
    ("john", "suggestion", ("Packing list by e-mail",) * 2,
     ("Could you send the packing list by e-mail before the truck leaves? It saves us an hour.",)
     * 2, timedelta(days=3)),
)  # fmt: skip


# (kind of request, Russian, English, kind of answer, who fills it in, Russian and English options)
QUESTIONS = (
    ("problem", "Номер заказа или договора", "Order or contract", "text", "both", "", ""),
    ("problem", "Где это случилось", "Where it happened", "choice", "both",
     "На объекте\nНа складе\nВ документах", "On site\nIn the warehouse\nIn the papers"),
    ("problem", "Сумма, о которой речь", "The sum in question", "money", "both", "", ""),
    ("complaint", "Чья это ошибка", "Whose mistake it is", "text", "ours", "", ""),
)  # fmt: skip
ANSWERED = {
    "Номер заказа или договора": ("П-2026/118", "P-2026/118"),
    "Где это случилось": ("На объекте", "На объекте"),
    "Сумма, о которой речь": (Decimal(84_000), Decimal(84_000)),
}
SUITS = (
    "Первое декабря подходит. Подтвердите, пожалуйста, адрес нового склада.",
    "The first of December suits us. Please confirm the address of the new warehouse.",
)
OFFICE = ("Офис на Знаменке", "Office on Znamenka")
# Somebody comes to look at it, or much money is at stake: it does not wait.
INSPECTED = ("комисси*, провер*, инспекци*", "commission, inspection*, inspector*")
TO_LOGISTICS = ("отгруз*, пришл* не т*", "shipment*, wrong goods")


def set_up_requests(world: World, at: datetime) -> None:
    """What the firm has set about requests: questions, skills, a place, who gets what."""
    director, here = world.staff["director"].user, int(world.firm.language == "en")
    for kind, ru, en, answer, asked, options_ru, options_en in QUESTIONS:
        question = Question(
            name_ru=ru, name_en=en, kind=answer, options_ru=options_ru, options_en=options_en,
            required=False, asked=asked,
        )  # fmt: skip
        set_kind_field(TicketType.objects.get(slug=kind), None, question, by=director, at=at)
    _receive_by_teams(world, director, at)
    english = set_skill(None, "Английский язык", by=None, at=at, name_en="English", language="en")
    norms = set_skill(None, "Нормы освещения", by=None, at=at, name_en="Lighting rules")
    set_skills(world.staff["manager"], [english, norms], by=None, at=at)
    office = set_place(None, OFFICE[here], by=None, at=at)
    change_employee(
        world.staff["manager"], {"place": office, "phone": "+7 495 777-01-31"}, by=None, at=at
    )
    rule = Receiving(
        type=None, relation="", words=TO_LOGISTICS[here], channel="call",
        team=world.teams["logistics"], employee=None,
    )  # fmt: skip
    set_receiving_rule(rule, by=director, at=at)
    blank = UrgencyRule(
        type=None, relation="", words="", from_time=None, to_time=None, priority="high"
    )
    set_urgency_rule(blank | {"words": INSPECTED[here]}, by=director, at=at)
    at_stake: UrgencyRule = blank | {"amount_from": Decimal(500_000), "priority": "urgent"}
    set_urgency_rule(at_stake, by=director, at=at)


def _receive_by_teams(world: World, director: User, at: datetime) -> None:
    """The team that knows the clients receives whatever they write, and is named to them."""
    for kind in TicketType.objects.order_by("position"):
        values: KindOfRequest = {
            "name_ru": kind.name_ru, "name_en": kind.name_en, "purpose_ru": kind.purpose_ru,
            "purpose_en": kind.purpose_en, "priority": kind.priority, "team": world.teams["sales"],
        }  # fmt: skip
        set_kind(kind, values, by=director, at=at)


def closing(at: datetime, firm: Firm) -> datetime:
    """Six in the evening of that day by the firm's clock: nothing is promised by night."""
    return at.astimezone(zone_of(firm)).replace(hour=18, minute=0, second=0, microsecond=0)


def build_tickets(world: World, at: datetime) -> None:
    """Made by the same actions as people use."""
    set_up_requests(world, at - timedelta(days=10))
    made: dict[str, Ticket] = {}
    here = int(world.firm.language == "en")
    told = {
        one: ANSWERED[one.name_ru][here] for one in standing_fields() if one.name_ru in ANSWERED
    }
    for guest, kind, title, text, ago in ASKED:
        by = world.as_guest(guest)
        made[guest] = open_ticket(
            by.client,
            TicketType.objects.get(slug=kind),
            text[here],
            by=by,
            at=at - ago,
            title=title[here],
            answers=told,
        )
    manager = world.as_staff("manager")
    say_in_ticket(
        made["boris"],
        SUITS[here],
        by=manager,
        at=at - timedelta(hours=22),
        how="ask",
    )
    take_up_suggestion(
        made["john"],
        "Good idea, thank you. From December the packing list leaves together with the truck.",
        closing(at + timedelta(days=9), world.firm),
        by=manager,
        at=at - timedelta(days=2),
    )
    link_cases(
        made["boris"].case,
        world.contracts["review"].case,
        LinkKind.CONCERNS,
        by=manager,
        at=at - FRESH,
    )
