"""Clients who bring clients in the sample firm: one who bought and is to be thanked, one who has
just come, one whom a check holds up, a questionnaire that waits for its other half.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from zabota.clients.actions import record_purchase
from zabota.home.in_world import World
from zabota.journal.models import Entry
from zabota.people.firm import current_firm, zone_of
from zabota.referrals.actions.links import make_link
from zabota.referrals.actions.purchases import notice_purchase
from zabota.referrals.actions.receive import Friend, receive_friend
from zabota.referrals.actions.sheets import begin_sheet
from zabota.referrals.actions.talk import talk_to_friend
from zabota.referrals.actions.terms import (
    NewTerms,
    open_recommending,
    set_brochure,
    set_questionnaire,
    set_terms,
)
from zabota.referrals.actions.thanks import thank_for_referrals
from zabota.referrals.models import Referral

BROCHURE = (
    ("Свет, который не гаснет", "Light that stays on"),
    (
        "Освещаем улицы, дворы, парковки и склады: проект, светильники, монтаж.\n"
        "За пять рабочих дней считаем, сколько света нужно и сколько он сэкономит.\n"
        "Каждое обещание видно в кабинете: кто делает, на каком этапе и когда будет готово.\n"
        "Гарантия пять лет; сгоревшее меняем за двое суток.",
        "We light streets, yards, car parks and warehouses: design, lamps, installation.\n"
        "Within five working days we reckon how much light you need and what it saves.\n"
        "You see every promise in your room: who works on it, at which stage, ready when.\n"
        "Five years of warranty; whatever burns out is replaced within two days.",
    ),
)
TOLD = (
    ("С чем вы к нам пришли", "What you came to us with"),
    ("Что получилось", "What came of it"),
    ("О чём стоит договориться заранее", "What is worth agreeing beforehand"),
)
NEEDED = (
    ("Что нужно осветить", "What has to be lit"),
    ("К какому сроку", "By when"),
    ("Что важнее: цена, срок или надёжность", "What matters most: price, time or reliability"),
)
# In the firm's language: Russian, English.
ANSWERS = (
    (
        "Старые светильники во дворе склада, половина не горела.",
        "Поменяли за две ночи, не останавливая погрузку.",
        "Договоритесь сразу, кто вывозит старое.",
    ),
    (
        "Old lamps in the yard of a warehouse, half of them dead.",
        "Replaced in two nights, and loading never stopped.",
        "Agree at once who takes the old ones away.",
    ),
)
SAID = {
    "anna": (
        "Работаем с ними третий год: звонить и напоминать не приходится.",
        "The third year with them, and we never had to call and remind.",
    ),
    "friend": ("Светлана Мороз", "Svetlana Moroz"),
    "firm": ("ТСЖ «Тихий двор»", "Quiet Yard, a homeowners’ association"),
    "yard": (
        "Во дворе темно, жильцы жалуются.", "The yard is dark, and the residents complain.",
    ),
    "note": (
        "Смета устроила, ждут общего собрания.",
        "The estimate suits them; they wait for their general meeting.",
    ),
    "second": ("Олег Дымов", "Oleg Dymov"),
    "park": ("Парковка на сорок мест.", "A car park of forty places."),
}  # fmt: skip


def build_referrals(world: World, at: datetime) -> None:
    """Made by the same actions as people use."""
    begun, here = at - timedelta(days=25), int(world.firm.language == "en")
    said = {key: words[here] for key, words in SAID.items()}
    _set_up(world, begun)
    anna = make_link(
        by=world.as_guest("anna"), at=begun, shown_as="full",
        words=said["anna"],
    )  # fmt: skip
    john = make_link(
        by=world.as_guest("john"), at=begun, shown_as="company",
        words="They told us about a delay before we noticed it.",
    )  # fmt: skip
    bought = receive_friend(
        anna,
        Friend(
            said["friend"], ("email", "moroz@tihiy-dvor.example"), said["firm"],
            said["yard"], shares="bought", tool="letter",
        ),
        by=None, at=at - timedelta(days=22),
    )  # fmt: skip
    talk_to_friend(
        bought, by=world.as_staff("manager"), at=at - timedelta(days=21), shares="bought",
        note=said["note"],
    )  # fmt: skip
    doubtful = receive_friend(
        john,
        Friend("Vector Logistics", ("phone", "+7 495 234-56-78"), "Vector Logistics", tool="qr"),
        by=None, at=at - timedelta(days=20),
    )  # fmt: skip
    _buys(bought, 46_000, at - timedelta(days=18))
    _buys(doubtful, 120_000, at - timedelta(days=17))
    thank_for_referrals(by=None, at=at - timedelta(days=1))
    friend = Friend(
        said["second"], ("phone", "+7 916 555-01-20"), words=said["park"],
        wish="soon", shares="talked", tool="qr",
    )  # fmt: skip
    receive_friend(anna, friend, by=None, at=at - timedelta(minutes=40))
    begin_sheet(
        ANSWERS[here],
        by=world.as_guest("anna"),
        at=at - timedelta(days=2),
        shown=True,
        shown_as="first",
    )


def _set_up(world: World, at: datetime) -> None:
    director = world.as_staff("director")
    day = at.astimezone(zone_of(current_firm())).date()
    set_terms(NewTerms(day, Decimal(10_000), 14, 6, 3), by=director, at=at)
    set_brochure(*BROCHURE, by=director, at=at)
    set_questionnaire(TOLD, NEEDED, by=director, at=at)
    open_recommending(True, by=director, at=at)


def _buys(referral: Referral, paid: int, at: datetime) -> None:
    """They buy, and the recommendation becomes a purchase."""
    day = at.astimezone(zone_of(current_firm())).date()
    client = referral.case.client
    record_purchase(
        client, day=day, sum=Decimal(paid), mark=f"sample:{referral.pk}", by=None, at=at
    )
    entry = Entry.objects.filter(stream=client.stream_id, kind="clients.purchase_recorded").latest(
        "pk"
    )
    notice_purchase(entry, by=None, at=at)
