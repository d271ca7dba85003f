"""Recommending in the sample firm: opened by the director, done by Anna of «Ромашка»."""

from datetime import date, datetime
from decimal import Decimal

from tests.contracts.worlds import AT, DAY
from tests.support.remembered import remembered
from zabota.clients.actions import record_purchase
from zabota.clients.models import Client, Purchase
from zabota.home.work import react_to
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.referrals.actions.links import make_link
from zabota.referrals.actions.receive import Friend, receive_friend
from zabota.referrals.actions.terms import (
    NewTerms,
    open_recommending,
    set_brochure,
    set_questionnaire,
    set_terms,
)
from zabota.referrals.models import Referral, ReferralLink

TODAY = AT.date()
TERMS = NewTerms(TODAY, Decimal(1000), 14, 12, 3)
FRIEND = Friend("Светлана Мороз", ("phone", "+7 916 111-22-33"), words="Свет для двора")
MARK = "mark-of-a-browser-of-hers"


@remembered
def opened(world: World) -> None:
    """Clients are asked to recommend us, on terms, with a brochure and questions."""
    director = world.as_staff("director")
    set_terms(TERMS, by=director, at=AT)
    set_brochure(
        ("Свет, который не гаснет", "Light that stays on"),
        ("Освещаем дворы.\nСчитаем бесплатно.", "We light yards.\nReckoning is free."),
        by=director, at=AT,
    )  # fmt: skip
    set_questionnaire(
        [("Чем мы вам помогли", "How we helped you")],
        [("Что у вас сейчас", "What you have now"), ("К какому сроку", "By when")],
        by=director, at=AT,
    )  # fmt: skip
    open_recommending(True, by=director, at=AT)


@remembered
def linked(world: World, guest: str = "anna", at: datetime = AT) -> ReferralLink:
    """A link of a client's person."""
    opened(world)
    return make_link(by=world.as_guest(guest), at=at, shown_as="full", words="Работаем три года.")


@remembered
def came(world: World, friend: Friend = FRIEND, guest: str = "anna") -> Referral:
    """Somebody came by it."""
    return fresh(receive_friend(linked(world, guest), friend, by=None, at=AT))


def fresh(referral: Referral) -> Referral:
    """As it stands now."""
    return Referral.objects.select_related("case__client", "contact", "promise", "task").get(
        pk=referral.pk
    )


def buys(
    client: Client, *, at: datetime = AT + DAY, sum: int = 5000, mark: str = "till:1"
) -> Purchase:
    """They buy, and what follows has followed."""
    purchase = record_purchase(client, day=at.date(), sum=Decimal(sum), mark=mark, by=None, at=at)
    follow(at)
    return purchase


def follow(at: datetime) -> None:
    """What follows the latest entry."""
    react_to(Entry.objects.latest("pk"), at)


def in_days(count: int) -> date:
    """A day from now on."""
    return (AT + count * DAY).date()
