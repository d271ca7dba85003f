"""Goods came back: the points earned by them go with them, as far as there are any."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Sum

from zabota.clients.models import Client
from zabota.loyalty.actions.earn import earned_by
from zabota.loyalty.actions.held import Actor, hold_whole
from zabota.loyalty.actions.post import Line, held_line, post_transfer
from zabota.loyalty.actions.spend import available, keep_alive, lines_from, note
from zabota.loyalty.entries import GIVEN_BACK, TAKEN_BACK
from zabota.loyalty.models import Account, Batch, TakenBack, TransferKind


def take_points_back(
    client: Client,
    earned: str,
    *,
    returned: Decimal,
    of: Decimal,
    mark: str,
    by: Actor,
    at: datetime,
) -> int:
    """Of what was earned by the cause `earned`, the share that came back, `returned` of `of` in
    all by now, goes: first what is left of it, then what expires first. Never below zero, unless
    the rule it was earned by says so. Where less came back than was told before, what went for it
    is given back. Once per `mark`; says how many went.
    """
    with transaction.atomic():
        held = hold_whole(client)
        share = min(Fraction(1), Fraction(returned) / Fraction(of)) if of > 0 else Fraction(1)
        return sum(
            _take(held, batch, int(batch.amount * share), mark, by, at)
            for batch in earned_by(held, earned)
        )


def _take(client: Client, batch: Batch, upto: int, mark: str, by: Actor, at: datetime) -> int:
    if batch.taken_back.filter(mark=mark).exists():
        return 0
    before = batch.taken_back.aggregate(wanted=Sum("wanted"))["wanted"] or 0
    wanted = upto - before
    if wanted < 0:
        return -_give_again(client, batch, upto, wanted, mark, by, at)
    if not wanted:
        return 0
    there = wanted if batch.may_owe else min(wanted, available(client, batch.unit))
    lines = lines_from(client, batch.unit, there, batch.pk)
    short = there + sum(line.amount for line in lines)
    if short:
        lines = _owing(lines, batch.pk, short)
    transfer = None
    if there:
        transfer = post_transfer(
            TransferKind.TAKE_BACK, [*lines, Line(Account.RETURNED, there)], client=client,
            unit=batch.unit, mark=f"{mark}/{batch.pk}", by=by, at=at, reverses=batch.transfer,
            occasion=batch.occasion,
        )  # fmt: skip
        note(TAKEN_BACK, client, transfer, by=by, at=at, batch=batch.pk, wanted=wanted)
    TakenBack.objects.create(
        batch=batch, mark=mark, wanted=wanted, taken=there, transfer=transfer, at=at
    )
    return there


def _give_again(
    client: Client, batch: Batch, upto: int, wanted: int, mark: str, by: Actor, at: datetime
) -> int:
    """As many as would not have gone, had it been told so at once, to the batches they went from,
    what was taken last first.
    """
    went: dict[int, int] = {}
    took = 0
    for row in batch.taken_back.select_related("transfer").order_by("pk"):
        took += row.taken
        lines = row.transfer.postings.filter(account=Account.HELD) if row.transfer else ()
        for line in lines:
            if line.batch_id is not None:
                went[line.batch_id] = went.get(line.batch_id, 0) - line.amount
    back = rest = took - min(took, upto)
    given, transfer = [], None
    for pk, gone in reversed(went.items()):
        if (part := min(rest, gone)) > 0:
            given.append(held_line(pk, part))
            rest -= part
    if back:
        keep_alive([line.batch for line in given if line.batch is not None], at)
        transfer = post_transfer(
            TransferKind.GIVE_BACK, [Line(Account.RETURNED, -back), *given], client=client,
            unit=batch.unit, mark=f"{mark}/{batch.pk}", by=by, at=at, reverses=batch.transfer,
            occasion=batch.occasion,
        )  # fmt: skip
        note(GIVEN_BACK, client, transfer, by=by, at=at, batch=batch.pk, wanted=wanted)
    TakenBack.objects.create(
        batch=batch, mark=mark, wanted=wanted, taken=-back, transfer=transfer, at=at
    )
    return back


def _owing(lines: list[Line], batch: int, short: int) -> list[Line]:
    """The batch the goods earned goes below zero by what is missing."""
    of_it = sum(line.amount for line in lines if line.batch == batch)
    return [
        *(line for line in lines if line.batch != batch),
        held_line(batch, of_it - short),
    ]
