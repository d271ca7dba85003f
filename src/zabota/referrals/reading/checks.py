"""Whether thanks are due for a recommendation: whoever recommended themselves, brought each other
in a ring, or pays for both, is not thanked before a person has looked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from zabota.clients.actions.points import normal_of
from zabota.clients.models import Client, Contact, ContactPoint
from zabota.orders.models import Payment
from zabota.referrals.chains import find_ring
from zabota.referrals.models import Referral, Side, Terms, Thanks

YEAR = timedelta(days=365)
# An account that pays for more clients than this is a bank's, or a marketplace's.
CROWD = 5


@dataclass
class Traces:
    """By what a client, with all that are one with it, is known."""

    phone: set[str] = field(default_factory=set)
    email: set[str] = field(default_factory=set)
    inn: set[str] = field(default_factory=set)
    address: set[str] = field(default_factory=set)
    payer: set[str] = field(default_factory=set)
    account: set[str] = field(default_factory=set)


def find_hits(referral: Referral, terms: Terms, at: datetime) -> list[dict[str, Any]]:
    """Every reason for a person to look before anybody is thanked; none where all is well."""
    friend, recommender = whole_of(referral.case.client_id), whole_of(referral.recommender_id)
    hits = _alike(recommender, friend)
    if referral.same_device:
        hits.append({"code": "device"})
    if referral.was_client:
        hits.append({"code": "known"})
    ring = ring_of(recommender, friend)
    if ring:
        hits.append({"code": "ring", "clients": list(ring)})
    thanked = Thanks.objects.filter(
        side=Side.RECOMMENDER, client__in=Client.objects.whole_of(recommender), at__gt=at - YEAR
    ).count()
    if thanked >= terms.yearly_limit:
        hits.append({"code": "limit", "count": thanked})
    return hits


def _alike(recommender: int, friend: int) -> list[dict[str, Any]]:
    if recommender == friend:
        return [{"code": "same"}]
    one, other = traces_of(recommender), traces_of(friend)
    both = {name: getattr(one, name) & getattr(other, name) for name in vars(one)}
    both["payer"] -= _crowds(both["payer"])
    return [{"code": name} for name, found in both.items() if found]


def _crowds(payers: set[str]) -> set[str]:
    """Accounts that pay for many, as a bank's own does: they say nothing of two clients."""
    found = set()
    for name in ("payer_account", "payer_inn"):
        rows = Payment.objects.filter(**{f"{name}__in": payers}).values(name)
        many = rows.annotate(clients=Count("client", distinct=True)).filter(clients__gt=CROWD)
        found |= set(many.values_list(name, flat=True))
    return found


def whole_of(client: int) -> int:
    """The one a client is now."""
    return Client.objects.only("root").get(pk=client).whole_id


def traces_of(client: int) -> Traces:
    """Four queries, however many cards, people and payments there are."""
    traces = Traces()
    cards = Client.objects.whole_of(client)
    names = ("phone", "email", "inn", "address", "postal_address", "account")
    for phone, email, inn, address, postal, account in cards.values_list(*names):
        traces.phone |= _filled([normal_of("phone", phone)])
        traces.email |= _filled([email.lower()])
        traces.inn |= _filled([inn])
        traces.address |= _filled([normal_of("address", address), normal_of("address", postal)])
        traces.payer |= _filled([account])
    points = ContactPoint.objects.filter(contact__client__in=cards, removed_at=None)
    for kind, normal in points.values_list("kind", "normal"):
        if kind in ("phone", "email", "address"):
            getattr(traces, kind).add(normal)
    paid = Payment.objects.filter(client__in=cards, back=False)
    for payers in paid.values_list("payer_account", "payer_inn").distinct():
        traces.payer |= _filled(payers)
    people = Contact.objects.filter(client__in=cards, user__isnull=False)
    traces.account |= {str(user) for user in people.values_list("user", flat=True)}
    return traces


def _filled(values: Iterable[str]) -> set[str]:
    return {value for value in values if value}


def ring_of(recommender: int, friend: int) -> tuple[int, ...]:
    """The ring that this recommendation closes, if it does: asked step by step from the friend on,
    a query for each step of the chain.
    """
    brought: dict[int, list[int]] = {}
    wave = {friend}
    while wave:
        rows = arrows().filter(one__in=wave).values_list("one", "other")
        wave = set()
        for one, other in rows:
            brought.setdefault(one, []).append(other)
            if other not in brought:
                wave.add(other)
        wave -= brought.keys()
    return find_ring(brought, recommender, friend)


def arrows() -> Any:
    """Who brought whom, of all referrals that hold, as the clients they are now."""
    return (
        Referral.objects.holding()
        .annotate(
            one=Coalesce(F("recommender__root"), F("recommender")),
            other=Coalesce(F("case__client__root"), F("case__client")),
        )
        .order_by("pk")
    )


def hit_words(hit: dict[str, Any], names: Mapping[int, str]) -> str:
    """Why a person has to look, in words; `names` of the clients in a ring."""
    if hit["code"] == "ring" and names:
        ring = " → ".join(names.get(pk, "—") for pk in hit["clients"])
        return _("They recommend each other in a ring: %(ring)s.") % {"ring": ring}
    if hit["code"] == "limit":
        return _("Thanked %(count)d times within a year already.") % {"count": hit["count"]}
    return {
        "same": _("Both are one client."),
        "phone": _("Both have the same phone number."),
        "email": _("Both have the same e-mail address."),
        "inn": _("Both have the same INN."),
        "address": _("Both have the same address."),
        "account": _("The same account comes into the room of both."),
        "payer": _("The same account pays for both."),
        "device": _("They came from the browser in which the link was made."),
        "known": _("They were a client before anybody recommended us."),
        "ring": _("They recommend each other in a ring."),
    }[hit["code"]]
