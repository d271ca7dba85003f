"""Two cards are one client: merged by somebody who knows, and taken back as if it never was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients import entries
from zabota.clients.actions.held import held_together
from zabota.clients.models import Client, Merging
from zabota.clients.rules import may_merge_clients
from zabota.journal.actions import record
from zabota.journal.kinds import EntryKind
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand


def merge_clients(
    into: Client, other: Client, *, by: User | None, at: datetime, reason: str
) -> Merging:
    """From now on `other` and all that were merged into it are `into`: one client in every list,
    its people in one room.

    Only `Client.root` says so; not a row that refers to either is touched, so what was signed keeps
    the party it was signed by, and undoing it gives back everything.
    """
    demand(by is None or may_merge_clients(by, at))
    if not reason.strip():
        raise Refused("no_reason", _("Say how you know that they are one."), field="reason")
    with transaction.atomic():
        held = held_together(into.pk, other.pk)
        if len(held) < 2:
            raise Refused("same_client", _("Choose another client."))
        into, other = held[into.pk], held[other.pk]
        if into.root_id is not None or other.root_id is not None:
            raise Refused("merged", _("This card was merged with another one meanwhile."))
        merging = Merging.objects.create(
            client=other, into=into, reason=reason.strip(), by=by, at=at
        )
        Client.objects.whole_of(other.pk).update(root=into)
        other.root = into
        _remember(entries.TOOK_IN, entries.MERGED, other, into, reason=reason.strip(), by=by, at=at)
        return merging


def undo_merge(client: Client, *, by: User | None, at: datetime) -> Client:
    """The card is a client of its own again, with those that had been merged into it before."""
    demand(by is None or may_merge_clients(by, at))
    with transaction.atomic():
        merging = Merging.objects.filter(client=client.pk, undone_at=None).first()
        if merging is None:
            raise Refused("not_merged", _("This card is a client of its own already."))
        root = Client.objects.values_list("root", flat=True).get(pk=client.pk)
        held = held_together(client.pk, merging.into_id, root or client.pk)
        client = held[client.pk]
        undone = Merging.objects.filter(pk=merging.pk, undone_at=None)
        if client.root_id != root or undone.update(undone_at=at, undone_by=by) != 1:
            raise Refused("merged", _("This card was merged with another one meanwhile."))
        Client.objects.filter(pk__in=_merged_into(client)).update(root=client)
        Client.objects.filter(pk=client.pk).update(root=None)
        client.root = None
        _remember(entries.PARTED, entries.MERGE_UNDONE, client, held[merging.into_id], by=by, at=at)
        return client


def _merged_into(client: Client) -> set[int]:
    """Cards that stand under this one by mergings that hold."""
    pairs = list(
        Merging.objects.filter(undone_at=None)
        .filter(client__in=Client.objects.whole_of(client.pk).values("pk"))
        .values_list("client", "into")
    )
    found: set[int] = set()
    wave = {client.pk}
    while wave:
        wave = {one for one, into in pairs if into in wave} - found
        found |= wave
    return found


def _remember(
    theirs: EntryKind, own: EntryKind, client: Client, into: Client,
    *, by: User | None, at: datetime, reason: str = "",
) -> None:  # fmt: skip
    """In the history of either card. Why is told in words, which may name persons."""
    owners = sorted({client.owner.user_id, into.owner.user_id})
    for one, kind in sorted(((into, theirs), (client, own)), key=lambda pair: pair[0].stream_id):
        record(
            one.stream,
            kind,
            by=by.pk if by else None,
            at=at,
            client=client.pk,
            whole=into.pk,
            owner_users=owners,
            particulars={"reason": reason} if reason else None,
        )
