"""Orders of the sample firm: one shipped in part that will be late, one shipped and owed for, one
that came in an exchange of 1C and was paid; a statement with a payment nobody can be sure of.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings

from zabota.clients.actions import carry_on_import, open_import, start_import
from zabota.home.in_world import World
from zabota.orders import actions
from zabota.orders.actions import Wanted
from zabota.orders.models import Order
from zabota.orders.reading.hold_rule import firm_day

RATE = Decimal(22)
WORDS = {
    "ru": {
        "lamp": "Светильник уличный LED 100 Вт", "pole": "Опора освещения ОГК-8",
        "cable": "Кабель СИП-2 3×50", "box": "Щит управления освещением", "unit": "шт",
        "metre": "м", "upd": "УПД",
        "train": "Обучение вашего электрика работе со щитом", "cert": "Сертификат на светильники",
        "paid": "Оплата за светильники, НДС не облагается",
    },
    "en": {
        "lamp": "Street lamp LED 100 W", "pole": "Lighting pole OGK-8",
        "cable": "Cable SIP-2 3×50", "box": "Lighting control board", "unit": "pcs",
        "metre": "m", "upd": "UTD",
        "train": "Training of your electrician", "cert": "Certificate for the lamps",
        "paid": "Paid for lamps",
    },
}  # fmt: skip
BANK = """1CClientBankExchange
ВерсияФормата=1.03
Кодировка=Windows
РасчСчет=40702810600000012345
СекцияДокумент=Платежное поручение
Номер=318
Дата={day:%d.%m.%Y}
Сумма={sum:.2f}
ПлательщикСчет=40702810000000000077
ПлательщикИНН={inn}
Плательщик1={name}
ПолучательСчет=40702810600000012345
НазначениеПлатежа={purpose}
КонецДокумента
КонецФайла
"""


def build_orders(world: World, at: datetime) -> None:
    """Made by the same actions as people use."""
    words = WORDS.get(settings.LANGUAGE_CODE[:2], WORDS["ru"])
    _late(world, words, at)
    owed = _owed(world, words, at)
    _statement(world, owed, words["paid"], at)
    actions.ask_act(
        world.guests["anna"].client, by=world.as_guest("anna"), at=at - timedelta(hours=2)
    )


def _late(world: World, words: dict[str, str], at: datetime) -> None:
    """Lamps have left, the control board comes later than promised: the client is asked."""
    manager, contact = world.as_staff("manager"), world.guests["anna"]
    then, today = at - timedelta(days=6), firm_day(at)
    lines = [
        Wanted(words["lamp"], Decimal(24), Decimal("7850.50"), "LED-100", words["unit"], RATE,
               today + timedelta(days=1)),
        Wanted(words["box"], Decimal(1), Decimal(96_400), "SCH-12", words["unit"], RATE,
               today + timedelta(days=3)),
        Wanted(words["cable"], Decimal(350), Decimal("148.20"), "SIP-2", words["metre"], RATE,
               today + timedelta(days=3)),
    ]  # fmt: skip
    order = actions.place_order(contact.client, lines, by=manager, at=then, contact=contact)
    actions.issue_invoice(order, by=manager, at=then, valid_until=today + timedelta(days=14))
    lamps, box, _cable = order.lines.order_by("number")
    paper = actions.Paper(f"{words['upd']}-218", firm_day(at - timedelta(days=1)))
    actions.ship_order(
        order, {lamps.pk: Decimal(24)}, by=manager, at=at - timedelta(days=1), paper=paper
    )
    actions.add_paper(
        order, "certificate", f"{words['cert']}.pdf", b"%PDF-1.4\n%%EOF\n", by=manager, at=then,
        media_type="application/pdf",
    )  # fmt: skip
    actions.promise_duty(
        order, "training", today + timedelta(days=20), by=manager, at=then, words=words["train"]
    )
    actions.promise_duty(order, "warranty", today + timedelta(days=730), by=manager, at=then)
    actions.expect_line(box, today + timedelta(days=12), by=manager, at=at - timedelta(hours=5))


def _owed(world: World, words: dict[str, str], at: datetime) -> Order:
    """Poles that left on time a month ago and are not paid for yet."""
    manager, contact = world.as_staff("manager"), world.guests["anna"]
    then = at - timedelta(days=27)
    actions.set_terms(contact.client, 30, by=manager, at=then, limit=Decimal(1_500_000))
    line = Wanted(
        words["pole"], Decimal(8), Decimal(24_300), "OGK-8", words["unit"], RATE,
        firm_day(then) + timedelta(days=7),
    )  # fmt: skip
    order = actions.place_order(contact.client, [line], by=manager, at=then, contact=contact)
    actions.issue_invoice(order, by=manager, at=then, valid_until=firm_day(at) + timedelta(days=5))
    pole = order.lines.get()
    left = then + timedelta(days=5)
    actions.ship_order(
        order, {pole.pk: Decimal(8)}, by=manager, at=left,
        paper=actions.Paper(f"{words['upd']}-197", firm_day(left)),
    )  # fmt: skip
    return order


def _statement(world: World, order: Order, purpose: str, at: datetime) -> None:
    """A payment of just that sum, without a number: it waits for somebody's word."""
    client, director = order.case.client, world.staff["director"].user
    order.refresh_from_db()
    text = BANK.format(
        day=firm_day(at - timedelta(days=1)), sum=order.total, inn=client.inn, name=client.name,
        purpose=purpose,
    )  # fmt: skip
    brought = open_import("statement", text.encode("cp1251"), "kl_to_1c.txt", by=director, at=at)
    start_import(brought, by=director, at=at)
    carry_on_import(by=None, at=at)
