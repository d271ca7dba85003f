"""What the sample firm gives: terms, goods, a few gifts, thanks."""

from datetime import datetime, timedelta
from decimal import Decimal

from zabota.goodwill.actions import (
    Given,
    GoodFields,
    Taken,
    claim_gift,
    give_gift,
    open_allowances,
    set_good,
    set_terms,
)
from zabota.home.in_world import World
from zabota.people.actions import grant_power

GOODS = (
    ("Термокружка с северным сиянием", "Thermo mug with northern lights", 650, 24),
    ("Набор ламп для дома", "A set of lamps for the home", 1200, 8),
)

# In the firm's language: Russian, English.
WORDS = {
    "park": ("разговорились в парке", "we talked in a park"),
    "store": ("подсказала удобный склад", "told us of a handy store"),
    "years": ("юбилей «Ромашки»", "ten years of Romashka"),
    "letter": ("Десять лет вместе — спасибо вам!", "Ten years together: thank you!"),
    "guest": ("Лидия Снегирёва", "Lydia Snegireva"),
    "thanks": ("Как неожиданно и приятно!", "How unexpected, and how kind!"),
}


def build_gifts(world: World, at: datetime) -> None:
    """Everybody has three thousand a month; an accountant has given to strangers and a client."""
    begun, here = at - timedelta(days=20), int(world.firm.language == "en")
    said = {name: words[here] for name, words in WORDS.items()}
    set_terms(
        {"base": Decimal(3000), "unspent": "up_to", "carry_most": Decimal(1000)}, by=None, at=begun
    )
    mug, _lamps = (
        set_good(None, GoodFields(ru, Decimal(cost), en, stock), by=None, at=begun)
        for ru, en, cost, stock in GOODS
    )
    open_allowances(by=None, at=at)
    grant_power(world.staff["finance"], "accounts", by=None, at=begun)
    finance, manager = world.as_staff("finance"), world.as_staff("manager")
    in_park = Given(kind="goods", occasion=said["park"], good=mug)
    gift = give_gift(in_park, by=finance, at=at - timedelta(days=3))
    taken = Taken(
        "sample",
        said["guest"],
        "lidia@mail.example",
        "",
        said["thanks"],
        "gift:sample",
    )
    claim_gift(gift, taken, by=None, at=at - timedelta(days=3, hours=-1))
    give_gift(
        Given(kind="discount", occasion=said["store"], cost=Decimal(500), percent=10),
        by=finance,
        at=at - timedelta(hours=5),
    )
    anna = world.guests["anna"]
    flowers = Given(
        kind="flowers",
        occasion=said["years"],
        client=anna.client,
        contact=anna,
        cost=Decimal(1500),
        words=said["letter"],
    )
    give_gift(flowers, by=manager, at=at - timedelta(hours=4))
