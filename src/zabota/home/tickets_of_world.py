"""Requests of the sample firm: one just come, one that waits for the client, one finished."""

from datetime import datetime, timedelta

from zabota.home.in_world import World
from zabota.tickets.actions import end_ticket, open_ticket, say_in_ticket
from zabota.tickets.models import Ticket, TicketType

ASKED = (
    ("anna", "problem", "Не горят три светильника у входа",
     "С утра не горят три светильника у главного входа, автомат включён. Завтра в десять "
     "приезжает комиссия.", timedelta(minutes=20)),
    ("boris", "question", "Можно ли сдвинуть отгрузку на неделю",
     "Склад переезжает. Можно ли принять третью партию не 24-го, а 1-го?", timedelta(days=1)),
    ("john", "suggestion", "Packing list by e-mail",
     "Could you send the packing list by e-mail before the truck leaves? It saves us an hour.",
     timedelta(days=3)),
)  # fmt: skip


def build_tickets(world: World, at: datetime) -> None:
    """Made by the same actions as people use."""
    made: dict[str, Ticket] = {}
    for guest, kind, title, text, ago in ASKED:
        by = world.as_guest(guest)
        made[guest] = open_ticket(
            by.client,
            TicketType.objects.get(slug=kind),
            text,
            by=by,
            at=at - ago,
            title=title,
        )
    manager = world.as_staff("manager")
    say_in_ticket(
        made["boris"],
        "Первое декабря подходит. Подтвердите, пожалуйста, адрес нового склада.",
        by=manager,
        at=at - timedelta(hours=22),
        how="ask",
    )
    end_ticket(
        made["john"],
        "solved",
        "Good idea, thank you. From now on the packing list leaves together with the truck.",
        by=manager,
        at=at - timedelta(days=2),
    )
