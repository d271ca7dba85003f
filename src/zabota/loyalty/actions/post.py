"""The one place where points move: lines that sum to nothing, and the batches they touch."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from zabota.clients.models import Client
from zabota.loyalty.actions.held import Actor, account_of
from zabota.loyalty.models import Account, Batch, Posting, Transfer, TransferKind, Unit


class Overdrawn(RuntimeError):
    """More was to be taken from a batch than is left: the caller did not lock its client."""


@dataclass(frozen=True)
class Line:
    """So many into an account, or out of it; of a client's, which batch."""

    account: Account
    amount: int
    batch: int | None = None


def held_line(batch: int, amount: int) -> Line:
    """So many into a batch of a client, or out of it."""
    return Line(Account.HELD, amount, batch)


def post_transfer(
    kind: TransferKind,
    lines: Sequence[Line],
    *,
    client: Client,
    unit: Unit,
    mark: str,
    by: Actor,
    at: datetime,
    pk: uuid.UUID | None = None,
    **more: Any,
) -> Transfer:
    """Write the lines, what is left of each batch, and last the transfer, which the database takes
    only if they sum to nothing. The caller holds the client.
    """
    pk = pk or uuid.uuid4()
    Posting.objects.bulk_create(
        Posting(
            transfer_id=pk, unit=unit, account=line.account, batch_id=line.batch, amount=line.amount
        )
        for line in lines
    )
    for line in lines:
        if line.batch is not None:
            _move(line.batch, line.amount)
    moved = sum(line.amount for line in lines if line.amount > 0)
    return Transfer.objects.create(
        id=pk, kind=kind, mark=mark, client=client, unit=unit, amount=moved,
        by=account_of(by), at=at, **more,
    )  # fmt: skip


def _move(batch: int, amount: int) -> None:
    rows = Batch.objects.filter(pk=batch)
    if amount < 0:
        rows = rows.filter(Q(left__gte=-amount) | Q(may_owe=True))
    if rows.update(left=F("left") + amount) != 1:
        raise Overdrawn(f"batch {batch} has not {-amount} left")
