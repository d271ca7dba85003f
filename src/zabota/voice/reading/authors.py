"""Clients a mention may be of: those whom something in it names, each with what speaks for them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from zabota.cases.models import Case
from zabota.clients.models import WHOLE, Client, Contact, ContactPoint, Purchase
from zabota.orders.models import Order
from zabota.people.firm import current_firm
from zabota.voice.gathering.author import (
    NEAR,
    OFFERED,
    Guess,
    Known,
    Said,
    emails_in,
    guess,
    numbers_in,
    phones_in,
)
from zabota.voice.models import Manners, Mention

MOST_NAMED: Final = 60
MOST_OFFERED: Final = 3
SHORTEST_NAME: Final = 3


@dataclass(frozen=True)
class Candidate:
    """A client, the person of theirs who is meant, if it tells one, and how sure it is."""

    client: int
    contact: int | None
    guess: Guess


def candidates_for(mention: Mention) -> list[Candidate]:
    """The surest few; the card of unknown authors is nobody's."""
    region = current_firm().country
    text = f"{mention.text}\n{mention.author}"
    phones, emails = phones_in(text, region), emails_in(text)
    people = _people(mention, phones, emails)
    numbered = _numbered(numbers_in(mention.text))
    nobody = set(Manners.objects.values_list("unknown", flat=True))
    clients = {pk for pk, _contact in people} | set(numbered)
    clients |= _named_in_text(mention.text)
    clients -= nobody
    known = _known(clients, people, numbered, _day(mention))
    said = Said(
        mention.text, mention.author, mention.author_link, _day(mention),
        mention.said_at.name if mention.said_at else mention.where,
    )  # fmt: skip
    found = []
    for client in sorted(clients):
        told = guess(said, known[client], region)
        if told.sure >= OFFERED:
            contacts = [contact for pk, contact in people if pk == client and contact]
            found.append(Candidate(client, contacts[0] if len(contacts) == 1 else None, told))
    found.sort(key=lambda one: (-one.guess.sure, one.client))
    return found[:MOST_OFFERED]


def _day(mention: Mention) -> date:
    at = mention.written_at or mention.found_at
    return at.astimezone(timezone.get_current_timezone()).date()


def _people(mention: Mention, phones: set[str], emails: set[str]) -> list[tuple[int, int | None]]:
    """Whom a number, an address, an account or a name tells: the client as it is now, who."""
    handle = mention.author_link.rstrip("/").rpartition("/")[2].lstrip("@").lower()
    reached = Q(normal__in=[*(f"+{one}" for one in phones), *phones, *emails])
    if handle:
        reached |= Q(normal__in=[handle, f"telegram:{handle}"])
    points = ContactPoint.objects.filter(reached, removed_at=None).values("contact")
    by_name = Q()
    words = [word for word in mention.author.split() if len(word.strip(".")) >= SHORTEST_NAME]
    for word in words[:4]:
        by_name |= Q(name__contains=word) | Q(name_en__contains=word)
    here = Contact.objects.filter(removed_at=None, client__refused_at=None)
    rows = here.filter(Q(pk__in=points) | by_name if by_name else Q(pk__in=points))
    found: list[tuple[int, int | None]] = [
        (root or client, pk)
        for pk, client, root in rows.order_by("-pk").values_list(
            "pk", "client", "client__root"
        )[:MOST_NAMED]
    ]  # fmt: skip
    own = Client.objects.filter(refused_at=None)
    numbers = [*(f"+{one}" for one in phones), *phones]
    cards = Q(phone__in=numbers) | (Q(email__in=emails) if emails else Q(pk__in=[]))
    for word in words[:4]:
        cards |= Q(kind="person", search__contains=word.casefold().replace("ё", "е"))
    found += [
        (root or pk, None)
        for pk, root in own.filter(cards).order_by("-pk").values_list("pk", "root")[:MOST_NAMED]
    ]
    return found


def _numbered(numbers: list[str]) -> dict[int, set[str]]:
    """Clients whose orders, contracts or requests have these numbers."""
    found: dict[int, set[str]] = defaultdict(set)
    if not numbers:
        return found
    rows = Case.objects.filter(Q(number__in=numbers) | Q(client_number__in=numbers))
    told = rows.exclude(kind="mention").values_list("client", "client__root", "number")
    # Clients name an order by the number their own shop or accounting gave it.
    orders = Order.objects.filter(outer_number__in=numbers)
    named = orders.values_list("case__client", "case__client__root", "outer_number")
    for client, root, number in [*told[:MOST_NAMED], *named[:MOST_NAMED]]:
        found[root or client].add(number)
    return found


def _named_in_text(text: str) -> set[int]:
    """Companies that call themselves by name: «мы, “Ромашка”»."""
    names = {
        part.strip().casefold().replace("ё", "е")
        for opened, closed in (("«", "»"), ("“", "”"), ('"', '"'))
        for part in text[:5_000].split(opened)[1:]
        for part in [part.partition(closed)[0]]
        if 3 <= len(part.strip()) <= 60
    }
    found: set[int] = set()
    for name in sorted(names)[:5]:
        rows = Client.objects.filter(search__contains=name, kind="company", refused_at=None)
        found |= set(rows.values_list(WHOLE, flat=True)[:5])
    return found


def _known(
    clients: set[int],
    people: Iterable[tuple[int, int | None]],
    numbered: dict[int, set[str]],
    day: date,
) -> dict[int, Known]:
    """What is known of each, in a few queries however many they are."""
    told: dict[int, dict[str, set[Any]]] = {pk: defaultdict(set) for pk in clients}
    cards = Client.objects.filter(Q(pk__in=clients) | Q(root__in=clients))
    company: dict[int, str] = {}
    for card in cards:
        key = card.root_id or card.pk
        if card.kind == "company":
            company.setdefault(key, card.short_name or card.name)
        else:
            told[key]["names"] |= {card.name, card.name_en} - {""}
        told[key]["phones"] |= phones_in(card.phone, current_firm().country)
        told[key]["emails"] |= {card.email.lower()} - {""}
    _tell_people(told, {contact for _pk, contact in people if contact})
    _tell_days(told, clients, day)
    return {
        pk: Known(
            names=frozenset(one["names"]), company=company.get(pk, ""),
            phones=frozenset(one["phones"]), emails=frozenset(one["emails"]),
            accounts=frozenset(one["accounts"]), numbers=frozenset(numbered.get(pk, ())),
            days=frozenset(one["days"]), places=frozenset(one["places"]),
        )
        for pk, one in told.items()
    }  # fmt: skip


def _tell_people(told: dict[int, dict[str, set[Any]]], contacts: set[int]) -> None:
    region = current_firm().country
    rows = Contact.objects.filter(pk__in=contacts).select_related("client")
    for row in rows.prefetch_related("points"):
        one = told.get(row.client.whole_id)
        if one is None:
            continue
        one["names"] |= {row.name, row.name_en} - {""}
        for point in row.points.all():
            if point.removed_at is not None:
                continue
            if point.kind == "phone":
                one["phones"] |= phones_in(point.value, region)
            elif point.kind == "email":
                one["emails"].add(point.value.lower())
            else:
                one["accounts"].add(point.value.partition(":")[2].lstrip("@").lower())


def _tell_days(told: dict[int, dict[str, set[Any]]], clients: set[int], day: date) -> None:
    since = day - timedelta(days=NEAR)
    theirs = Q(client__in=clients) | Q(client__root__in=clients)
    bought = Purchase.objects.filter(theirs, day__range=(since, day))
    for row in bought.values("client", "client__root", "day", "place__name")[:500]:
        one = told[row["client__root"] or row["client"]]
        one["days"].add(row["day"])
        one["places"] |= {row["place__name"]} - {None}
    asked = Case.objects.filter(theirs, opened_at__date__range=(since, day)).exclude(kind="mention")
    for client, root, at in asked.values_list("client", "client__root", "opened_at")[:500]:
        told[root or client]["days"].add(at.date())
