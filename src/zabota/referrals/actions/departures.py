"""A client said that they leave, or that they stay after all."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients.actions.held import held_client
from zabota.clients.models import Client
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm, zone_of
from zabota.people.refusal import Refused
from zabota.referrals.entries import DEPARTURE_ENDED, DEPARTURE_NOTED
from zabota.referrals.models import Departure
from zabota.referrals.rules import may_note_departure


@transaction.atomic
def note_departure(client: Client, *, by: StaffViewer, at: datetime, words: str = "") -> Departure:
    """They said so themselves: whoever they brought is at risk from now on."""
    if not may_note_departure(by):
        raise PermissionDenied
    client = held_client(client.whole_id)
    if Departure.objects.filter(client=client, stayed_at=None).exists():
        raise Refused("noted", _("This is known already."))
    departure = Departure.objects.create(
        client=client, said_on=at.astimezone(zone_of(current_firm())).date(), words=words.strip(),
        noted_by=by.employee, noted_at=at,
    )  # fmt: skip
    record(client.stream, DEPARTURE_NOTED, by=by.user.pk, at=at, client=client.pk)
    return departure


@transaction.atomic
def end_departure(departure: Departure, *, by: StaffViewer, at: datetime) -> None:
    """They stay after all."""
    if not may_note_departure(by):
        raise PermissionDenied
    client = held_client(departure.client_id)
    if Departure.objects.filter(pk=departure.pk, stayed_at=None).update(stayed_at=at) != 1:
        raise Refused("stayed", _("This is known already."))
    record(client.stream, DEPARTURE_ENDED, by=by.user.pk, at=at, client=client.pk)
