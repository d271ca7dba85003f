"""Spending points, first those that expire first; and giving back what was spent."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.journal.actions import record
from zabota.loyalty.actions.earn import local_day
from zabota.loyalty.actions.held import Actor, account_of, hold_whole
from zabota.loyalty.actions.post import Line, held_line, post_transfer
from zabota.loyalty.entries import GIVEN_BACK, SPENT
from zabota.loyalty.models import Account, Batch, Transfer, TransferKind, Unit
from zabota.loyalty.rules import may_have_points, may_use_till
from zabota.people.models import Place
from zabota.people.refusal import Refused


def spend_points(
    client: Client,
    unit: Unit,
    amount: int,
    *,
    mark: str,
    by: Actor,
    at: datetime,
    place: Place | None = None,
    receipt: str = "",
) -> Transfer:
    """So many pay for something at a till; once per `mark`: sent again, it is the same spending, in
    other numbers it is refused.
    """
    if by is not None and not may_use_till(account_of(by), at):
        raise PermissionDenied
    with transaction.atomic():
        held = hold_whole(client)
        there = moved_by(held, TransferKind.SPEND, mark, unit)
        if there is not None:
            if there.amount != amount:
                raise Refused("mark_used", _("Under this number other points were spent."))
            return there
        lines = taken(held, unit, amount)
        spent = post_transfer(
            TransferKind.SPEND, lines, client=held, unit=unit, mark=mark, by=by, at=at,
            place=place, receipt=receipt,
        )  # fmt: skip
        note(SPENT, held, spent, by=by, at=at)
        return spent


def reverse_spend(
    spent: Transfer, *, mark: str, by: Actor, at: datetime, amount: int | None = None
) -> Transfer | None:
    """What was spent goes back to the batches it came from, whole or in part, what would expire
    last first; once per `mark`. None where everything was given back before.
    """
    if isinstance(by, RoomViewer) or (by is not None and not may_use_till(account_of(by), at)):
        raise PermissionDenied
    with transaction.atomic():
        held = hold_whole(spent.client)
        there = moved_by(held, TransferKind.GIVE_BACK, mark, spent.unit)
        if there is not None:
            return there
        back = give_back(held, spent, mark=mark, by=by, at=at, amount=amount)
        if back is not None:
            note(GIVEN_BACK, held, back, by=by, at=at)
        return back


def taken(client: Client, unit: Unit, amount: int) -> list[Line]:
    """The lines that spend so many, first from what expires first. The caller holds the client."""
    if amount <= 0:
        raise Refused("no_amount", _("How many? Give a whole number above zero."), field="amount")
    if not may_have_points(client):
        raise Refused("no_points", _("This client collects no points."))
    left = available(client, unit)
    if left < amount:
        counted = unit.counted(left, get_language() or "ru")
        raise Refused("not_enough", _("There are not so many: %(left)s."), left=counted)
    return [*lines_from(client, unit, amount), Line(Account.SPENT, amount)]


def available(client: Client, unit: Unit) -> int:
    """How many a client may spend; what is owed is not."""
    rows = Batch.objects.of_whole(client.pk).with_something().filter(unit=unit)
    return max(0, rows.aggregate(left=Sum("left"))["left"] or 0)


def lines_from(client: Client, unit: Unit, amount: int, first: int = 0) -> list[Line]:
    """Lines out of the client's batches for so many, first from that batch, then from what expires
    first; all there is, where it is less.
    """
    rows = Batch.objects.of_whole(client.pk).filter(unit=unit, left__gt=0).first_to_expire()
    pairs = sorted(rows.values_list("pk", "left"), key=lambda pair: pair[0] != first)
    lines = []
    for pk, left in pairs:
        part = min(amount, left)
        if part:
            lines.append(held_line(pk, -part))
            amount -= part
    return lines


def give_back(
    client: Client,
    spent: Transfer,
    *,
    mark: str,
    by: Actor,
    at: datetime,
    amount: int | None = None,
) -> Transfer | None:
    """The transfer that gives back; the caller holds the client and says what it was."""
    went: dict[int, int] = {}
    moves = [spent, *spent.reversed_by.order_by("at", "pk")]
    for move in moves:
        for line in move.postings.filter(account=Account.HELD).order_by("pk"):
            if line.batch_id is not None:
                went[line.batch_id] = went.get(line.batch_id, 0) - line.amount
    lines, rest = [], sum(went.values()) if amount is None else amount
    for batch, gone in reversed(went.items()):
        part = min(rest, gone)
        if part > 0:
            lines.append(held_line(batch, part))
            rest -= part
    back = sum(line.amount for line in lines)
    if not back:
        return None
    keep_alive([line.batch for line in lines if line.batch is not None], at)
    return post_transfer(
        TransferKind.GIVE_BACK, [Line(Account.SPENT, -back), *lines], client=client,
        unit=spent.unit, mark=mark, by=by, at=at, reverses=spent, place=spent.place,
        receipt=spent.receipt,
    )  # fmt: skip


def moved_by(client: Client, kind: str, mark: str, unit: Unit) -> Transfer | None:
    """The transfer this cause made already. Refused where another client's, or another kind."""
    rows = Transfer.objects.select_related("client", "unit", "place")
    there = rows.filter(mark=mark, unit=unit).first()
    if there is not None and (there.client.whole_id != client.pk or there.kind != kind):
        raise Refused("mark_used", _("This was put down for another client already."))
    return there


def note(
    kind: Any, client: Client, moved: Transfer, *, by: Actor, at: datetime, **facts: Any
) -> None:
    """One entry of a transfer, in the client's history."""
    user = account_of(by)
    record(
        client.stream, kind, by=user.pk if user else None, at=at,
        client=client.pk, transfer=str(moved.pk), unit=moved.unit_id, amount=moved.amount,
        counted=moved.unit.in_words(moved.amount), receipt=moved.receipt, **facts,
    )  # fmt: skip


def keep_alive(batches: list[int], at: datetime) -> None:
    """What comes back to a batch that ends soon, or has ended, can be used as long as it takes to
    tell that it ends.
    """
    today = local_day(at)
    rows = Batch.objects.filter(pk__in=batches, expires_on__isnull=False).select_related("expiry")
    for batch in rows:
        lead = batch.expiry.lead_days if batch.expiry else 0
        until = today + timedelta(days=lead + 1)
        if batch.expires_on is not None and batch.expires_on < until:
            Batch.objects.filter(pk=batch.pk).update(
                expires_on=until, look_on=until - timedelta(days=lead)
            )
