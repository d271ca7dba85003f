"""Points that expire: told of beforehand, as often as was promised; nothing ends that was not
announced by letters that arrived. Whether a client pays in time is not asked here: a bill takes no
points.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min

from zabota.clients.models import Client
from zabota.journal.actions import record
from zabota.journal.models import Entry
from zabota.journal.reading import day_ref
from zabota.loyalty.actions.earn import local_day
from zabota.loyalty.actions.held import hold_whole
from zabota.loyalty.actions.post import Line, held_line, post_transfer
from zabota.loyalty.actions.spend import available, note
from zabota.loyalty.entries import EXPIRED, EXPIRY_MOVED, EXPIRY_TOLD
from zabota.loyalty.models import Account, Batch, Expiry, ExpiryNotice, TransferKind, Unit
from zabota.loyalty.told import people_of, reached
from zabota.outreach.models import Message, MessageState
from zabota.people.firm import current_firm, zone_of

CLIENTS = 50
# Whom nobody can write to is looked for again after so many days; meanwhile nothing ends.
AGAIN = 7


def look_after_expiry(*, by: None, at: datetime) -> int:
    """Batches whose day has come: their clients are told, or they end. Says of how many clients."""
    today = local_day(at)
    due = Batch.objects.filter(left__gt=0, look_on__lte=today)
    clients = due.order_by("client").values_list("client", flat=True).distinct()[:CLIENTS]
    for client in Client.objects.filter(pk__in=list(clients)).order_by("pk"):
        _look_after(client, today, at)
    return len(clients)


@transaction.atomic
def _look_after(client: Client, today: date, at: datetime) -> None:
    held = hold_whole(client)
    due = Batch.objects.of_whole(held.pk).filter(left__gt=0, look_on__lte=today)
    batches = list(due.select_related("unit", "expiry").order_by("unit", "expires_on", "pk"))
    if not any(reached(contact) for contact in people_of(held)):
        for batch in batches:
            _prolong(batch, today + timedelta(days=AGAIN + _policy(batch).lead_days))
        return
    to_tell: dict[tuple[int, int, date], list[Batch]] = {}
    moved: dict[tuple[int, date], list[Batch]] = {}
    for batch in batches:
        number = _next_notice(batch, today)
        if number is None:
            _expire(held, batch, today, at)
            continue
        if number == 0:
            number, was_told = 1, batch.notices.filter(day=_end(batch)).exists()
            _prolong(batch, today + timedelta(days=_policy(batch).lead_days))
            if was_told:
                moved.setdefault((batch.unit_id, _end(batch)), []).append(batch)
        to_tell.setdefault((batch.unit_id, number, _end(batch)), []).append(batch)
    for (_unit, day), some in moved.items():
        _remember(held, some, day, at, EXPIRY_MOVED)
    for (_unit, number, day), some in to_tell.items():
        _tell(held, some, number, day, at)


def notice_days(expiry: Expiry, day: date) -> list[date]:
    """When clients are told that something ends on this day: the first time so many days before,
    then as often as was promised, evenly.
    """
    lead, count = expiry.lead_days, expiry.notices
    return [day - timedelta(days=lead - lead * place // count) for place in range(count)]


def _arrived(batch: Batch) -> list[datetime | None]:
    """When each notice of the batch's day arrived with somebody; nothing where it did not."""
    entries = batch.notices.filter(day=_end(batch)).order_by("number").values("entry")
    numbers = [row["entry"] for row in entries]
    sent = Message.objects.filter(entry__in=numbers, state=MessageState.SENT)
    by_entry = dict(
        sent.values("entry").annotate(first=Min("sent_at")).values_list("entry", "first")
    )
    return [by_entry.get(number) for number in numbers]


def _next_notice(batch: Batch, today: date) -> int | None:
    """Which notice is due now; 0, where it has to begin anew with a later day; None, where the
    batch may end.
    """
    expiry, end = _policy(batch), _end(batch)
    days, arrived = notice_days(expiry, end), _arrived(batch)
    if not arrived:
        return 1 if today <= days[0] else 0
    # What was told and did not arrive, or came too late, was not told.
    if None in arrived or not _in_time(arrived, days[0]):
        return 0
    if len(arrived) < expiry.notices:
        return len(arrived) + 1 if today < end else 0
    return None if today >= end else 0


def _in_time(arrived: Iterable[datetime | None], day: date) -> bool:
    first = next(iter(arrived))
    zone = zone_of(current_firm())
    return first is not None and first.astimezone(zone).date() <= day


def _tell(client: Client, batches: list[Batch], number: int, day: date, at: datetime) -> None:
    """One letter for all batches of a unit that end on the same day."""
    entry = _remember(client, batches, day, at, EXPIRY_TOLD)
    for batch in batches:
        ExpiryNotice.objects.create(
            batch=batch, number=number, day=day, left=batch.left, entry=entry, made_at=at
        )
        days = [*notice_days(_policy(batch), day), day]
        Batch.objects.filter(pk=batch.pk).update(look_on=days[number])


def _remember(client: Client, batches: list[Batch], day: date, at: datetime, kind: object) -> Entry:
    unit, expiry = batches[0].unit, _policy(batches[0])
    left = sum(batch.left for batch in batches)
    return record(
        client.stream, kind, by=None, at=at,  # type: ignore[arg-type]
        client=client.pk, unit=unit.pk, amount=left, batches=[batch.pk for batch in batches],
        counted=unit.in_words(left), day=day_ref(day),
        reason={"ru": expiry.reason_ru, "en": expiry.reason_en or expiry.reason_ru},
    )  # fmt: skip


def _expire(client: Client, batch: Batch, today: date, at: datetime) -> None:
    """What is left of it goes; not more than the client has, where something is owed."""
    unit: Unit = batch.unit
    gone = min(batch.left, available(client, unit))
    if not gone:
        Batch.objects.filter(pk=batch.pk).update(look_on=today + timedelta(days=AGAIN))
        return
    lines = [held_line(batch.pk, -gone), Line(Account.EXPIRED, gone)]
    transfer = post_transfer(
        TransferKind.EXPIRE, lines, client=client, unit=unit, mark=f"expire:{batch.pk}:{today}",
        by=None, at=at,
    )  # fmt: skip
    note(EXPIRED, client, transfer, by=None, at=at, batch=batch.pk)


def _prolong(batch: Batch, day: date) -> None:
    """Its day is later now; it never comes nearer."""
    batch.expires_on = max(day, _end(batch))
    batch.look_on = notice_days(_policy(batch), batch.expires_on)[0]
    Batch.objects.filter(pk=batch.pk).update(expires_on=batch.expires_on, look_on=batch.look_on)


def _policy(batch: Batch) -> Expiry:
    assert batch.expiry is not None
    return batch.expiry


def _end(batch: Batch) -> date:
    assert batch.expires_on is not None
    return batch.expires_on
