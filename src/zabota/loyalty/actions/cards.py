"""Cards: by what a client is known at a till."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients.access import RoomViewer
from zabota.clients.models import Client, ClientKind, Contact
from zabota.journal.actions import record
from zabota.journal.models import Entry
from zabota.loyalty.actions.held import Actor, account_of, hold_whole
from zabota.loyalty.entries import CARD_ENDED, CARD_MADE
from zabota.loyalty.models import Card
from zabota.loyalty.numbers import cleaned, drawn_number
from zabota.loyalty.rules import may_have_points, may_take_rewards, may_use_till
from zabota.people.refusal import Refused


def card_for(client: Client, *, by: Actor, at: datetime) -> Card:
    """The card of a client who collects; drawn by chance where there is none. The caller holds the
    client.
    """
    there = Card.objects.filter(
        client__in=Client.objects.whole_of(client.pk).values("pk"), ended_at=None
    )
    card = there.order_by("-pk").first()
    if card is not None:
        return card
    return Card.objects.create(
        client=client, number=drawn_number(), made_at=at, made_by=account_of(by)
    )


@transaction.atomic
def make_card(client: Client, *, by: Actor, at: datetime, number: str = "") -> Card:
    """A new card, drawn by chance or of the number given: the one before is lost, and ends."""
    _demand(by, at)
    held = hold_whole(client)
    if not may_have_points(held):
        raise Refused("no_points", _("This client collects no points."))
    number = cleaned(number)
    if number and Card.objects.filter(number=number).exists():
        raise Refused("card_taken", _("There is a card of this number."), field="number")
    theirs = Card.objects.filter(client__in=Client.objects.whole_of(held.pk).values("pk"))
    theirs.filter(ended_at=None).update(ended_at=at)
    user = account_of(by)
    card = Card.objects.create(
        client=held, number=number or drawn_number(), made_at=at, made_by=user
    )
    record(
        held.stream, CARD_MADE, by=user.pk if user else None, at=at, client=held.pk, card=card.pk
    )
    return card


@transaction.atomic
def end_card(card: Card, *, by: Actor, at: datetime) -> bool:
    """It was lost: whoever shows it is nobody's client. Says whether it was theirs until now."""
    _demand(by, at)
    held = hold_whole(card.client)
    if not Card.objects.filter(pk=card.pk, ended_at=None).update(ended_at=at):
        return False
    user = account_of(by)
    record(
        held.stream, CARD_ENDED, by=user.pk if user else None, at=at, client=held.pk, card=card.pk
    )
    return True


def forget_cards(entry: Entry, *, by: None, at: datetime) -> int:
    """A person was erased: their cards know nobody any more. Of a company they are the company's.
    Idempotent; says how many.
    """
    contact = Contact.objects.select_related("client__root").get(pk=entry.facts["contact"])
    if contact.client.whole.kind != ClientKind.PERSON:
        return 0
    theirs = Card.objects.filter(
        client__in=Client.objects.whole_of(contact.client_id).values("pk"), ended_at=None
    )
    return theirs.update(ended_at=at)


def _demand(by: Actor, at: datetime) -> None:
    if by is None:
        return
    allowed = (
        may_take_rewards(by) if isinstance(by, RoomViewer) else may_use_till(account_of(by), at)
    )
    if not allowed:
        raise PermissionDenied
