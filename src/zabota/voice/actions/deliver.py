"""What sources bring is kept as it came, and becomes mentions: tables and notices portion by
portion, feeds whenever they are due, letters of alerts as they arrive.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.clients.tables import read_table
from zabota.common.files import keep_file, read_file
from zabota.common.uploads import safe_name
from zabota.journal.actions import lock_stream, record
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import Employee, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, employee_of
from zabota.voice.actions.note import Where, note_mention
from zabota.voice.entries import TABLE_OF_MENTIONS_TAKEN_IN
from zabota.voice.gathering.notices import read_notice
from zabota.voice.gathering.tables import FIELDS, Row, guess_fields, read_rows
from zabota.voice.models import Delivery, DeliveryState, Source, SourceKind, Way
from zabota.voice.rules import may_bring_tables

LONGEST_CELL: Final = 20_000
AT_ONCE: Final = 50
IN_A_ROUND: Final = 500
MOST_FAULTS: Final = 300
# A worker that was killed leaves its delivery to the next one.
STALE: Final = timedelta(minutes=5)


def open_table(source: Source, data: bytes, name: str, *, by: User, at: datetime) -> Delivery:
    """A table is looked at: which column is what is known from the last one, else guessed; nothing
    is taken in. Unreadable says why it is no table. The same table again is the same delivery.
    """
    employee = employee_of(by)
    demand(employee is not None and may_bring_tables(by, at))
    table = read_table(data, LONGEST_CELL)
    mark = f"table:{hashlib.sha256(data).hexdigest()}"
    before = Delivery.objects.filter(source=source, mark=mark).first()
    if before is not None:
        return before
    known = {key: place for key, place in source.columns.items() if place in table.head}
    columns = {key: table.head.index(place) for key, place in known.items()}
    return Delivery.objects.create(
        source=source, mark=mark, name=safe_name(name),
        file=keep_file(data, "application/octet-stream", at=at),
        state=DeliveryState.TRIED, columns=columns or guess_fields(table.head),
        total=len(table.rows), by=employee, at=at,
    )  # fmt: skip


def map_table(
    delivery: Delivery, columns: Mapping[str, int], *, by: User, at: datetime
) -> Delivery:
    """Which column is what, as somebody said; the next table of this source begins from it."""
    demand(may_bring_tables(by, at))
    delivery.columns = {key: place for key, place in columns.items() if key in FIELDS}
    tried = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.TRIED)
    if tried.update(columns=delivery.columns) != 1:
        raise Refused("begun", _("This table is being taken in already."))
    head = read_table(read_file(_file(delivery)), LONGEST_CELL).head
    told = {key: head[place] for key, place in delivery.columns.items() if place < len(head)}
    Source.objects.filter(pk=delivery.source_id).update(columns=told)
    return delivery


def start_table(delivery: Delivery, *, by: User, at: datetime) -> Delivery:
    """The table is to be taken in; the worker does it, and the page tells how far it is."""
    demand(may_bring_tables(by, at))
    if not {"text", "link"} & set(delivery.columns):
        raise Refused("no_column", _("Say in which column the words or the links stand."))
    tried = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.TRIED)
    if tried.update(state=DeliveryState.WAITING) != 1:
        raise Refused("begun", _("This table is being taken in already."))
    return delivery


def rows_of(delivery: Delivery) -> list[Row]:
    """What a delivery brought, row by row, each with what is wrong in it."""
    data = read_file(_file(delivery))
    if delivery.source.kind == SourceKind.HOOK:
        return read_notice(data)
    zone = zone_of(current_firm())
    return read_rows(read_table(data, LONGEST_CELL), delivery.columns, zone)


def keep_notice(source: Source, data: bytes, mark: str, *, by: None, at: datetime) -> bool:
    """A signed notice is kept as it came; whether it is new: told again it does nothing."""
    file = keep_file(data, "application/json", at=at)
    try:
        with transaction.atomic():
            Delivery.objects.create(source=source, mark=mark, file=file, at=at)
    except IntegrityError:
        return False
    return True


def carry_on_deliveries(*, by: None, at: datetime) -> int:
    """What has waited longest becomes mentions, from where it was left; says how many rows. Each
    portion is written together with how far it is.
    """
    stale = Q(claimed_at=None) | Q(claimed_at__lt=at - STALE)
    under_way = Delivery.objects.filter(state__in=[DeliveryState.WAITING, DeliveryState.RUNNING])
    delivery = under_way.filter(stale).select_related("source", "file").order_by("pk").first()
    if delivery is None:
        return 0
    mine = Delivery.objects.filter(pk=delivery.pk, claimed_at=delivery.claimed_at)
    if mine.update(claimed_at=at, state=DeliveryState.RUNNING) != 1:
        return 0
    rows = rows_of(delivery)
    delivery.total = len(rows)
    stop = min(delivery.done + IN_A_ROUND, len(rows))
    start = delivery.done
    for place in range(start, stop, AT_ONCE):
        with transaction.atomic():
            take_rows(delivery, rows[place : min(place + AT_ONCE, stop)], by=by, at=at)
    if stop < len(rows):
        Delivery.objects.filter(pk=delivery.pk).update(claimed_at=None)
    else:
        finish_delivery(delivery, by=by, at=at)
    return max(1, stop - start)


def take_rows(delivery: Delivery, rows: Iterable[Row], *, by: None, at: datetime) -> None:
    """Rows become mentions; what is wrong is counted and said."""
    where = Where(Way.SOURCE, source=delivery.source, delivery=delivery)
    for row in rows:
        delivery.done += 1
        if row.faults:
            delivery.wrong += 1
            faults = [[row.row, one.field, one.code, one.value] for one in row.faults]
            delivery.faults = [*delivery.faults, *faults][:MOST_FAULTS]
            continue
        if note_mention(row.found, where, by=by, at=at).is_new:
            delivery.new += 1
        else:
            delivery.known += 1
    delivery.save(update_fields=["total", "done", "new", "known", "wrong", "faults"])


def finish_delivery(delivery: Delivery, *, by: None, at: datetime) -> None:
    """All of it is taken in; of a table it is remembered."""
    with transaction.atomic():
        rows = Delivery.objects.filter(pk=delivery.pk)
        rows.update(state=DeliveryState.DONE, finished_at=at, claimed_at=None)
        if delivery.by_id is None:
            return
        employee = Employee.objects.get(pk=delivery.by_id)
        record(
            lock_stream(delivery.source.stream_id), TABLE_OF_MENTIONS_TAKEN_IN,
            by=employee.user_id, at=at, delivery=delivery.pk, total=delivery.total,
            new=delivery.new, known=delivery.known, wrong=delivery.wrong,
        )  # fmt: skip


def _file(delivery: Delivery) -> Any:
    if delivery.file is None:
        raise ValueError(f"delivery {delivery.pk} brought no file")
    return delivery.file
