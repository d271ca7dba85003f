"""Earning points: by the rules of an occasion, or as a gift of somebody of ours."""

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Client
from zabota.journal.actions import record
from zabota.loyalty.actions.cards import card_for
from zabota.loyalty.actions.held import Actor, account_of, hold_whole
from zabota.loyalty.actions.post import Line, held_line, post_transfer
from zabota.loyalty.entries import EARNED
from zabota.loyalty.models import (
    Account,
    Batch,
    EarnRule,
    Expiry,
    Occasion,
    TransferKind,
    Unit,
)
from zabota.loyalty.reading.earning import gains
from zabota.loyalty.rules import may_have_points
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import Place
from zabota.people.refusal import Refused


def earn_points(
    client: Client,
    *,
    occasion: str,
    mark: str,
    by: Actor,
    at: datetime,
    sum: Decimal | None = None,
    day: date | None = None,
    place: Place | None = None,
    receipt: str = "",
) -> Batch | None:
    """What the client earns by the rules of this occasion on that day (today, where none is given);
    once per `mark`, which says what it was: "purchase:17". Of several units the first one's batch;
    None where no rule gives anything, or the client may have no points.
    """
    with transaction.atomic():
        held = hold_whole(client)
        there = earned_by(held, mark)
        if there or not may_have_points(held):
            return there[0] if there else None
        found = gains(held, Occasion(occasion), day or local_day(at), sum, place)
        made = [
            _earn(
                held, gain.unit, gain.amount, occasion, mark, gain.rule, by=by, at=at,
                place=place, receipt=receipt,
            )
            for gain in found
        ]  # fmt: skip
        return made[0] if made else None


def give_points(
    client: Client, amount: int, *, mark: str, by: Actor, at: datetime, unit: Unit | None = None
) -> Batch | None:
    """Points as a gift, as many as whoever gives them says; of the firm's first unit, where none is
    named. Once per `mark`; None where the client may have no points.
    """
    if amount <= 0:
        raise Refused("no_amount", _("How many? Give a whole number above zero."), field="amount")
    with transaction.atomic():
        held = hold_whole(client)
        there = earned_by(held, mark)
        if there or not may_have_points(held):
            return there[0] if there else None
        unit = unit or Unit.objects.in_use().first()
        if unit is None:
            raise Refused("no_unit", _("The firm has no points yet."))
        return _earn(held, unit, amount, Occasion.GIFT, mark, None, by=by, at=at)


def earned_by(client: Client, mark: str) -> list[Batch]:
    """What was earned by this cause already, in the firm's order of units. Refused where another
    client earned it.
    """
    rows = Batch.objects.filter(transfer__mark=mark, transfer__kind=TransferKind.EARN)
    there = list(rows.select_related("client", "unit").order_by("unit__position", "pk"))
    if there and there[0].client.whole_id != client.pk:
        raise Refused("mark_used", _("This was put down for another client already."))
    return there


def local_day(at: datetime) -> date:
    """The firm's day of a moment."""
    return at.astimezone(zone_of(current_firm())).date()


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month."""
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _earn(
    client: Client,
    unit: Unit,
    amount: int,
    occasion: str,
    mark: str,
    rule: EarnRule | None,
    *,
    by: Actor,
    at: datetime,
    place: Place | None = None,
    receipt: str = "",
) -> Batch:
    """A batch with its date; what the client owes of the unit is settled from it first."""
    pk, expiry = uuid.uuid4(), Expiry.objects.filter(ended_at=None).first()
    until = months_later(local_day(at), expiry.months) if expiry else None
    batch = Batch.objects.create(
        client=client, unit=unit, transfer_id=pk, amount=amount, left=0, occasion=occasion,
        rule=rule, may_owe=rule is not None and rule.may_owe, earned_at=at, expiry=expiry,
        expires_on=until,
        look_on=until - timedelta(days=expiry.lead_days) if expiry and until else None,
    )  # fmt: skip
    owed = _settled(client, unit, amount)
    kept = amount + sum_of(owed, -1)
    lines = [Line(Account.ISSUED, -amount), *owed]
    if kept:
        lines.append(held_line(batch.pk, kept))
    post_transfer(
        TransferKind.EARN, lines, client=client, unit=unit, mark=mark, by=by, at=at, pk=pk,
        occasion=occasion, place=place, receipt=receipt,
    )  # fmt: skip
    card_for(client, by=by, at=at)
    user = account_of(by)
    record(
        client.stream, EARNED, by=user.pk if user else None, at=at,
        client=client.pk, batch=batch.pk, unit=unit.pk, amount=amount, occasion=occasion,
        counted=unit.in_words(amount),
    )  # fmt: skip
    batch.left = kept
    return batch


def sum_of(lines: list[Line], sign: int = 1) -> int:
    """What lines come to."""
    return sign * sum(line.amount for line in lines)


def _settled(client: Client, unit: Unit, amount: int) -> list[Line]:
    """What of so many goes to batches of the unit that are below zero, the oldest first."""
    owing = Batch.objects.of_whole(client.pk).filter(unit=unit, left__lt=0).order_by("pk")
    lines = []
    for pk, left in owing.values_list("pk", "left"):
        part = min(amount, -left)
        if part:
            lines.append(held_line(pk, part))
            amount -= part
    return lines
