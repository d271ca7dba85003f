"""Cards that may be one client: looked for by the worker, told apart by people."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from zabota.clients import entries
from zabota.clients.actions.held import held_client, held_together
from zabota.clients.models import Client, ContactPoint, Likeness, SameKey
from zabota.clients.models.same import LikenessQuerySet
from zabota.clients.rules import may_merge_clients
from zabota.clients.sameness import OFFERED, Card, compare_cards, digits_of, keys_of
from zabota.journal.actions import record
from zabota.people.firm import current_firm
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand

BATCH = 100
# Under a key that so many cards share there is no client to be found: a switchboard, «строй…».
CROWD = 40


def look_for_same(*, by: None, at: datetime) -> int:
    """Clients whose cards changed: each is laid under its keys anew and compared with those that
    lie there. However many clients there are, it reads only the few that share a key.
    """
    found = list(Client.objects.filter(looked_at=None).order_by("pk")[:BATCH].values_list("pk"))
    for (pk,) in found:
        with transaction.atomic():
            _look(held_client(pk), at)
    return len(found)


def tell_apart(likeness: Likeness, *, by: User | None, at: datetime) -> Likeness:
    """Two cards are two clients, says somebody who knows; neither this pair nor any other of cards
    that are one with either is offered again.
    """
    demand(by is None or may_merge_clients(by, at))
    with transaction.atomic():
        held = held_together(likeness.one_id, likeness.other_id)
        open_pair = Likeness.objects.filter(pk=likeness.pk, told_apart_at=None)
        if open_pair.update(told_apart_at=at, told_apart_by=by) != 1:
            raise Refused("told_apart", _("They were told apart already."))
        _pairs_of(likeness).update(told_apart_at=at, told_apart_by=by)
        for one in held.values():
            record(
                one.stream,
                entries.TOLD_APART,
                by=by.pk if by else None,
                at=at,
                client=one.pk,
                other=next(pk for pk in held if pk != one.pk),
            )
        return Likeness.objects.get(pk=likeness.pk)


def _pairs_of(likeness: Likeness) -> LikenessQuerySet:
    """Open pairs of the same two clients, by whichever of their cards."""
    ones = Client.objects.whole_of(likeness.one.whole_id).values("pk")
    others = Client.objects.whole_of(likeness.other.whole_id).values("pk")
    either = Q(one__in=ones, other__in=others) | Q(one__in=others, other__in=ones)
    return Likeness.objects.filter(either, told_apart_at=None)


def forget_keys(client: int) -> None:
    """Numbers and addresses of a person who was erased are no keys any more."""
    SameKey.objects.filter(client=client).delete()
    Client.objects.filter(pk=client).update(looked_at=None)


def _look(client: Client, at: datetime) -> None:
    card = _cards([client])[client.pk]
    _lay(client, keys_of(card))
    near = Client.objects.filter(pk__in=_near(client)).order_by("pk")
    cards = _cards(near)
    alike = {pk: compare_cards(card, other) for pk, other in cards.items()}
    offered = {pk: found for pk, found in alike.items() if found.sure >= OFFERED}
    mine = Likeness.objects.filter(Q(one=client) | Q(other=client), told_apart_at=None)
    mine.exclude(Q(one__in=offered) | Q(other__in=offered)).delete()
    for pk, found in offered.items():
        pair = {"one_id": min(pk, client.pk), "other_id": max(pk, client.pk)}
        said = {"doubt": 100 - found.sure, "why": list(found.why)}
        if Likeness.objects.filter(**pair).update(**said) == 0:
            Likeness.objects.create(**pair, **said, found_at=at)
    Client.objects.filter(pk=client.pk).update(looked_at=at)


def _lay(client: Client, keys: set[str]) -> None:
    there = set(SameKey.objects.filter(client=client).values_list("key", flat=True))
    SameKey.objects.filter(client=client, key__in=there - keys).delete()
    SameKey.objects.bulk_create([SameKey(client=client, key=key) for key in sorted(keys - there)])


def _near(client: Client) -> set[int]:
    """Who shares a key with it that is not everybody's."""
    keys = SameKey.objects.filter(client=client).values("key")
    rows = SameKey.objects.filter(key__in=keys)
    few = rows.values("key").annotate(cards=Count("pk")).filter(cards__lte=CROWD)
    return set(
        SameKey.objects.filter(key__in=few.values("key"))
        .exclude(client=client)
        .values_list("client", flat=True)
    )


def _cards(clients: Iterable[Client]) -> dict[int, Card]:
    """What speaks for each; two queries, however many."""
    there, region = {one.pk: one for one in clients}, current_firm().country
    phones: dict[int, set[str]] = {pk: {one.phone} for pk, one in there.items()}
    emails: dict[int, set[str]] = {pk: {one.email.lower()} for pk, one in there.items()}
    points = ContactPoint.objects.filter(
        contact__client__in=there, contact__removed_at=None, removed_at=None
    )
    for pk, kind, value in points.values_list("contact__client", "kind", "value"):
        if kind == "phone":
            phones[pk].add(value)
        elif kind == "email":
            emails[pk].add(value.lower())
    return {
        pk: Card(
            name=one.short_name or one.name,
            inn=one.inn,
            phones=frozenset(digits_of(phone, region) for phone in phones[pk]) - {""},
            emails=frozenset(emails[pk] - {""}),
        )
        for pk, one in there.items()
    }
