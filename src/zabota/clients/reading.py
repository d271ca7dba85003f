"""What is known of clients, read for pages: who may be the same one, and by what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import get_language, gettext, ngettext

from zabota.clients.models import Client, Contact, ContactPoint, Likeness, Purchase
from zabota.common.formats import money_short
from zabota.common.questions import One, Question
from zabota.people.firm import own_currency

MOST_PURCHASES = 5
MOST_ALIKE = 5


@dataclass(frozen=True)
class Pair:
    """Two cards that may be one client, ready to be printed."""

    pk: int
    one: Client
    other: Client
    sure: str
    why: str


def same_as(client: Client, wholes: Iterable[int]) -> list[Pair]:
    """Which other clients may be this one; `wholes` are those that are one with it. One query."""
    ids = [client.pk, *wholes]
    rows = Likeness.objects.offered().filter(Q(one__in=ids) | Q(other__in=ids))
    found = rows.select_related("one__root", "other__root").order_by("doubt", "pk")[:MOST_ALIKE]
    return each_once(pair_of(row, client) for row in found)


def each_once(pairs: Iterable[Pair]) -> list[Pair]:
    """Two clients once, the surest pair of their cards: of merged ones several are alike."""
    found: dict[frozenset[int], Pair] = {}
    for pair in pairs:
        found.setdefault(frozenset((pair.one.pk, pair.other.pk)), pair)
    return list(found.values())


def pair_of(row: Likeness, client: Client | None = None) -> Pair:
    """A pair as it is told; of a client, the other one stands second."""
    one, other = row.one.whole, row.other.whole
    if client is not None and other.pk == client.pk:
        one, other = other, one
    return Pair(row.pk, one, other, how_sure(row.sure), ", ".join(map(why_alike, row.why)))


def how_sure(sure: int) -> str:
    """In words, with the figure: nobody knows what 73 is worth."""
    if sure >= 90:
        return gettext("Almost certainly one client (%(sure)d%%)") % {"sure": sure}
    if sure >= 75:
        return gettext("Very likely one client (%(sure)d%%)") % {"sure": sure}
    return gettext("Perhaps one client (%(sure)d%%)") % {"sure": sure}


def why_alike(code: str) -> str:
    """By what two cards are alike."""
    return {
        "inn": gettext("the same INN"),
        "phone": gettext("the same phone number"),
        "tail": gettext("the last digits of a phone number are the same"),
        "email": gettext("the same e-mail address"),
        "name": gettext("the same name"),
        "like": gettext("names that differ by a letter or two"),
    }[code]


def read_purchases(client: Client) -> list[Purchase]:
    """What a client, and all that are one with it, bought last; staff only. One query."""
    return _purchases(client=client.pk)


_purchases = Question(
    lambda client: (
        Purchase.objects.filter(client__in=Client.objects.whole_of(client).values("pk"))
        .select_related("place")
        .order_by("-day", "-pk")[:MOST_PURCHASES]
    ),
    client=One(),
)


def people_reached_so(point: ContactPoint) -> list[Contact]:
    """Whoever else has this number or address, but the same person of another company: what comes
    from there may be theirs. One query.
    """
    here = Contact.objects.filter(
        points__kind=point.kind, points__normal=point.normal, points__removed_at=None,
        removed_at=None,
    ).exclude(name=point.contact.name)  # fmt: skip
    if point.contact.user_id is not None:
        here = here.exclude(user=point.contact.user_id)
    return list(here.select_related("client__root").distinct().order_by("pk")[:MOST_ALIKE])


def worth_line(worth: Decimal | None, since: date | None, today: date) -> str:
    """Staff only: what twelve months brought and how long they have been with us."""
    return _worth_line(worth, since, today, own_currency(), get_language() or "ru")


# A list says it of every row, mostly of the same clients.
@lru_cache(maxsize=10_000)
def _worth_line(
    worth: Decimal | None, since: date | None, today: date, currency: str, language: str
) -> str:
    said = []
    if worth is not None:
        sum_ = money_short(worth, currency, language)
        said.append(gettext("Margin of the year %(sum)s") % {"sum": sum_})
    if since is not None:
        said.append(_how_long(since, today))
    return " · ".join(said)


def _how_long(since: date, today: date) -> str:
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    if months >= 12:
        years = months // 12
        said = ngettext("with us for %(count)d year", "with us for %(count)d years", years)
        return said % {"count": years}
    if months > 0:
        said = ngettext("with us for %(count)d month", "with us for %(count)d months", months)
        return said % {"count": months}
    return gettext("with us for less than a month")
