"""What the sample firm knows of its clients beside contracts: a mailbox, purchases brought in from
a table, what was done beyond the rules.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from zabota.cases.actions import Beyond, go_beyond
from zabota.clients.actions import carry_on_import, open_import, start_import
from zabota.home.in_world import World
from zabota.outreach.actions import add_mailbox
from zabota.tickets.models import Ticket

# (client's INN, days ago, sum, margin)
PURCHASES = (
    ("7729567898", 340, 184_000, 41_000), ("7729567898", 212, 96_500, 19_300),
    ("7729567898", 75, 310_000, 74_400), ("7729567898", 12, 58_200, 12_900),
    ("7736314150", 160, 1_240_000, 99_200), ("7736314150", 31, 870_000, 60_900),
)  # fmt: skip
DELIVERY = ("Доставка за наш счёт", "Delivery at our expense")
# In the firm's language, Russian or English: (whose request, which rule, why, cost, what the client
# reads)
EXCEPTIONS = (
    ("anna", DELIVERY,
     ("Завтра у клиента комиссия", "A commission visits the client tomorrow"), 1_500,
     ("Привезём светильники сегодня к 20:00, доставка за нас.",
      "The lamps are with you by 8 p.m. today, the delivery is on us.")),
    ("boris", DELIVERY, ("Склад клиента переезжает", "The client’s warehouse moves"), 4_000,
     ("На новый склад привезём без доплаты.",
      "We bring it to the new warehouse at no extra charge.")),
    ("john", DELIVERY, ("Опоздали с прошлой машиной", "The truck before was late"), 2_800,
     ("This truck is on us.", "This truck is on us.")),
    ("john", ("Скидка 7 % вместо 5 %", "7 % off instead of 5 %"),
     ("Берут вдвое больше обычного", "They take twice as much as usual"), 32_000,
     ("7 per cent off instead of 5.", "7 per cent off instead of 5.")),
)  # fmt: skip


def build_evidence(world: World, at: datetime) -> None:
    """Made by the same actions as people use."""
    here = int(world.firm.language == "en")
    name = ("Клиентам", "For clients")[here]
    add_mailbox(
        {"name": name, "address": "help@severny-svet.example", "way": "pipe"}, by=None, at=at
    )
    rows = [
        f"{inn};{(at - timedelta(days=ago)).date():%d.%m.%Y};{paid};{margin}"
        for inn, ago, paid, margin in PURCHASES
    ]
    data = "\n".join(["ИНН;Дата;Сумма;Маржа", *rows]).encode()
    director = world.staff["director"].user
    name = ("Отгрузки за год.csv", "Shipments of a year.csv")[here]
    table = open_import("purchases", data, name, by=director, at=at)
    start_import(table, by=director, at=at)
    carry_on_import(by=None, at=at)
    manager = world.as_staff("manager")
    for guest, rule, reason, cost, told in EXCEPTIONS:
        tickets = Ticket.objects.filter(contact=world.guests[guest], said__gt="")
        ticket = tickets.select_related("case", "contact").earliest("pk")
        what = Beyond(rule[here], reason[here], Decimal(cost), "RUB", told[here])
        go_beyond(ticket.case, what, by=manager, at=at, contact=ticket.contact)
