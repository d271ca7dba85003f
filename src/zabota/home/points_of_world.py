"""Points of the sample firm: a buyer with a card, what she earned and spent, rewards for them."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings

from zabota.clients.actions import add_client, invite_contact
from zabota.clients.actions.birthdays import tell_birthday
from zabota.home.in_world import World
from zabota.loyalty.actions import (
    earn_points,
    set_reward,
    switch_expiry_on,
    take_reward,
)
from zabota.loyalty.actions.till import Receipt, ring_up
from zabota.loyalty.actions.units import make_rule, set_tier, set_unit
from zabota.loyalty.models import Occasion, Tier, Unit
from zabota.people.actions import grant_power

POINTS = (
    "Баллы", "Points", "балл", "балла", "баллов", "point", "points", Decimal(1), 30,
)  # fmt: skip
CUPS = (
    "Чашки кофе", "Cups of coffee", "чашка кофе", "чашки кофе", "чашек кофе", "cup of coffee",
    "cups of coffee", None, 100,
)  # fmt: skip
FIELDS = (
    "name_ru", "name_en", "one_ru", "few_ru", "many_ru", "one_en", "many_en", "pays", "pays_share",
)  # fmt: skip
TIERS = (("Серебряный", "Silver", 50_000), ("Золотой", "Gold", 500_000))
# (for what, per 100 roubles, so many)
RULES = (
    (Occasion.PURCHASE, Decimal(5), None), (Occasion.MENTION, None, 300),
    (Occasion.REFERRAL, None, 1_000), (Occasion.EVENT, None, 200), (Occasion.BIRTHDAY, None, 500),
)  # fmt: skip
# (receipt, days ago, sum, paid with points)
RECEIPTS = (("1041", 26, "18900.00", 0), ("1102", 12, "6450.50", 300), ("1187", 2, "23800.00", 0))
# kind, names, words, price, how many, what is told to whoever took it
REWARDS = (
    ("goods", "Налобный фонарь", "Head torch", "Тёплый свет, до 40 часов.",
     "Warm light, up to 40 hours.", 700, 12, "Заберите в шоуруме на Знаменке.",
     "Collect it at the showroom in Znamenka Street."),
    ("voucher", "Час светодизайнера", "An hour with a lighting designer",
     "Схема освещения дома или двора.", "A lighting plan of a house or a yard.", 2_500, 3,
     "Позвоните и назовите код: выберем время.", "Call us and name the code: we find a time."),
    ("gift", "Гирлянда для веранды", "String lights for a veranda", "Десять метров.",
     "Ten metres.", 4_000, None, "", ""),
)  # fmt: skip
WHY = (
    "По учёту мы не можем держать обязательства вечно; поэтому у новых баллов есть срок, но мы"
    " напишем о нём дважды и заранее."
)
WHY_EN = (
    "Our books cannot keep obligations for ever, so new points have a date; we write about it"
    " twice and in good time."
)


def build_points(world: World, at: datetime) -> None:
    """Made by the same actions as people use."""
    begun = at - timedelta(days=28)
    points, silver = _what_there_is(begun)
    manager, director = world.staff["manager"], world.staff["director"].user
    grant_power(manager, "till", by=None, at=begun)
    lidia = world.clients["lidia"] = add_client(
        {"name": "Лидия Зорина", "name_en": "Lydia Zorina", "kind": "person",
            "language": settings.LANGUAGE_CODE,
        },
        owner=manager, by=None, at=begun,
    )  # fmt: skip
    world.guests["lidia"] = invite_contact(
        lidia, "Лидия Зорина", "lidia@buyers.example", "owner", by=None, at=begun,
        phone="+7 916 200-30-40", name_en="Lydia Zorina",
    )  # fmt: skip
    by = world.as_guest("lidia")
    tell_birthday(world.guests["lidia"], "06-12", by=by.user, at=begun)
    for receipt, ago, paid, spend in RECEIPTS:
        then = at - timedelta(days=ago)
        if ago == min(one[1] for one in RECEIPTS):
            switch_expiry_on(
                months=24, notices=2, lead_days=60, reason_ru=WHY, reason_en=WHY_EN,
                by=director, at=then - timedelta(days=1),
            )  # fmt: skip
        ring_up(
            lidia, Receipt(receipt, Decimal(paid), manager.place, spend), by=manager.user, at=then
        )
    earn_points(
        lidia, occasion=Occasion.EVENT, mark="sample:event", by=None, at=at - timedelta(days=7)
    )
    _rewards(world, points, silver, at)


def _what_there_is(at: datetime) -> tuple[Unit, Tier]:
    """Units, tiers and rules."""
    points, cups = (
        set_unit(None, dict(zip(FIELDS, one, strict=True)), by=None, at=at)  # type: ignore[arg-type]
        for one in (POINTS, CUPS)
    )
    silver, _gold = (
        set_tier(None, {"name_ru": ru, "name_en": en, "least": Decimal(least)}, by=None, at=at)
        for ru, en, least in TIERS
    )
    day = at.date() - timedelta(days=1)
    given = (*((points, rule) for rule in RULES), (cups, (Occasion.PURCHASE, None, 1)))
    for unit, (occasion, rate, amount) in given:
        make_rule(
            {
                "occasion": occasion, "unit": unit, "rate": rate, "amount": amount,
                "least": Decimal(0), "place": None, "tier": None, "may_owe": False,
                "from_day": day, "until_day": None,
            },
            by=None, at=at,
        )  # fmt: skip
    return points, silver


def _rewards(world: World, points: Unit, silver: Tier, at: datetime) -> None:
    made = [
        set_reward(
            None,
            {
                "kind": kind, "name_ru": ru, "name_en": en, "words_ru": words_ru,
                "words_en": words_en, "after_ru": after_ru, "after_en": after_en,
                "unit": points, "price": price, "stock": stock,
                "from_day": at.date() - timedelta(days=5), "until_day": None,
                "early_tier": None, "early_day": None,
            },
            by=None, at=at - timedelta(days=5),
        )
        for kind, ru, en, words_ru, words_en, price, stock, after_ru, after_en in REWARDS
    ]  # fmt: skip
    set_reward(
        None,
        {
            "kind": "offer", "name_ru": "Распродажа выставочных ламп",
            "name_en": "Sale of lamps from the showroom", "words_ru": "За три дня до всех.",
            "words_en": "Three days before everybody.",
            "after_ru": "Приходите в шоурум и назовите код.",
            "after_en": "Come to the showroom and name the code.", "unit": points, "price": 100,
            "stock": None, "from_day": at.date() + timedelta(days=3), "until_day": None,
            "early_tier": silver, "early_day": at.date(),
        },
        by=None, at=at - timedelta(days=4),
    )  # fmt: skip
    take_reward(
        made[0], world.clients["lidia"], by=world.as_guest("lidia"), at=at - timedelta(days=1)
    )
