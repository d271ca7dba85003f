"""Clients as they are looked for: by the words and numbers of their card, by their people, by what
those are reached at, however it is typed.
"""

import re
from typing import Any, Final

from django.db.models import Q
from django.db.models.functions import Coalesce

from zabota.clients.actions.clients import folded
from zabota.clients.models import Client, ClientQuerySet, Contact, ContactPoint, SameKey
from zabota.clients.sameness import TAIL

_NUMBER: Final = re.compile(r"[\d\s()+.-]+")
# Fewer digits are in too many numbers to find anybody by.
FEWEST: Final = 4
# As somebody inside the country writes a number, and as it is kept.
INSIDE: Final = 10
MOST_WORDS: Final = 8


def find_clients(rows: ClientQuerySet, query: str) -> ClientQuerySet:
    """Those of `rows` in whose card, people or ways to reach them every word is; a telephone number
    is one word, with whatever spaces. A person of a merged card finds the client it is now.
    """
    digits = re.sub(r"\D", "", query)
    if len(digits) >= FEWEST and _NUMBER.fullmatch(query):
        return rows.filter(_by_number(digits))
    for word in query.split()[:MOST_WORDS]:
        said = Client.objects.saying(folded(word).split())
        rows = rows.filter(Q(pk__in=said.values("pk")) | _by_people(word))
    return rows


def _by_number(digits: str) -> Q:
    own = digits[-INSIDE:] if len(digits) > INSIDE else digits
    points = ContactPoint.objects.filter(kind="phone", normal__contains=own, removed_at=None)
    found = Q(search__contains=digits) | _reached_by(points.values("contact"))
    if len(digits) >= TAIL:
        keys = SameKey.objects.filter(key=f"tail:{digits[-TAIL:]}")
        found |= Q(pk__in=keys.values(whole=Coalesce("client__root", "client")))
    return found


def _by_people(word: str) -> Q:
    """By a name as it is typed or with its capital; by an address."""
    named = Q()
    for one in {word, word.lower(), word.capitalize()}:
        named |= Q(name__contains=one) | Q(name_en__contains=one)
    found = _reached_by(Contact.objects.filter(named, removed_at=None).values("pk"))
    if "@" in word:
        points = ContactPoint.objects.filter(normal__contains=word.lower(), removed_at=None)
        found |= _reached_by(points.values("contact")) | Q(email__icontains=word)
    return found


def _reached_by(contacts: Any) -> Q:
    people = Contact.objects.filter(pk__in=contacts, removed_at=None)
    return Q(pk__in=people.values(whole=Coalesce("client__root", "client")))
