"""Tables brought in: opened, told which column is what, taken in by the worker, repeatable."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zabota.clients import entries
from zabota.clients.actions.clients import ClientFields, add_client
from zabota.clients.actions.contacts import add_contact
from zabota.clients.actions.worth import reckon_worth
from zabota.clients.bringing import CHANGED, NEW, Bringing, Brought, bringing_of
from zabota.clients.judging import Judged, judge_clients, judge_purchases
from zabota.clients.models import ClientKind, Import, ImportKind, ImportState, Purchase
from zabota.clients.rules import may_import_tables
from zabota.clients.tables import (
    FIELDS,
    NEEDED,
    ClientRow,
    Fault,
    PurchaseRow,
    guess_columns,
    read_clients,
    read_purchases,
    read_table,
)
from zabota.common.files import keep_file, read_file
from zabota.common.uploads import safe_name
from zabota.journal.actions import lock_stream, record
from zabota.people.firm import current_firm
from zabota.people.models import Employee, Place, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, employee_of

# So many rows between two looks at the progress; so many faults are kept to be read.
AT_ONCE = 100
# Then whatever else is due has its turn.
IN_A_ROUND = 2000
MOST_FAULTS = 300
# A worker that was killed leaves its table to the next one.
STALE = timedelta(minutes=5)


def open_import(kind: str, data: bytes, name: str, *, by: User, at: datetime) -> Import:
    """A table is looked at: which column is what is guessed, nothing is taken in. Unreadable says
    why it is no table.
    """
    employee = employee_of(by)
    demand(employee is not None and may_import_tables(by, at))
    assert employee is not None
    upper = bringing_of(kind)
    columns, total = upper.count(data) if upper is not None else _counted(kind, data)
    return Import.objects.create(
        kind=ImportKind(kind),
        file=keep_file(data, "application/octet-stream", at=at),
        name=safe_name(name),
        columns=columns,
        total=total,
        by=employee,
        made_at=at,
    )


def _counted(kind: str, data: bytes) -> tuple[dict[str, int], int]:
    table = read_table(data)
    return guess_columns(kind, table.head), len(table.rows)


def map_import(given: Import, columns: Mapping[str, int], *, by: User, at: datetime) -> Import:
    """Which column is what, as somebody said."""
    demand(may_import_tables(by, at))
    known = fields_of(given.kind)
    given.columns = {key: place for key, place in columns.items() if key in known}
    waiting = Import.objects.filter(pk=given.pk, state=ImportState.TRIED)
    if waiting.update(columns=given.columns) != 1:
        raise Refused("begun", _("This table is being taken in already."))
    return given


def start_import(given: Import, *, by: User, at: datetime) -> Import:
    """The table is to be taken in; the worker does it, and the page tells how far it is."""
    demand(may_import_tables(by, at))
    upper = bringing_of(given.kind)
    needed = upper.needed if upper is not None else NEEDED[given.kind]
    some = upper.needed_one_of if upper is not None else ()
    if given.kind == ImportKind.PURCHASES:
        some = (("inn", "client"),)
    told = set(given.columns)
    if set(needed) - told or any(not told & set(group) for group in some):
        raise Refused("no_column", _("Say in which columns the needed values stand."))
    waiting = Import.objects.filter(pk=given.pk, state=ImportState.TRIED)
    if waiting.update(state=ImportState.WAITING, by=employee_of(by)) != 1:
        raise Refused("begun", _("This table is being taken in already."))
    return given


type Rows = Sequence[Judged[ClientRow]] | Sequence[Judged[PurchaseRow]] | Sequence[Brought]


def fields_of(kind: str) -> Mapping[str, tuple[str, ...]]:
    """What may stand in a table of this kind; nothing, where it is no table."""
    upper = bringing_of(kind)
    return upper.fields if upper is not None else FIELDS[kind]


def judged_rows(given: Import) -> Rows:
    """What would become of each row now."""
    upper = bringing_of(given.kind)
    if upper is not None:
        return upper.judge(given)
    table = read_table(read_file(given.file))
    if given.kind == ImportKind.CLIENTS:
        country = current_firm().country
        return judge_clients(read_clients(table, given.columns, country=country))
    return judge_purchases(read_purchases(table, given.columns))


def carry_on_import(*, by: None, at: datetime) -> int:
    """The table that has waited longest is taken in, from where it was left; says how many rows.

    Each portion of rows is written together with how far it is, so that whatever is interrupted
    goes on without taking a row twice.
    """
    stale = Q(claimed_at=None) | Q(claimed_at__lt=at - STALE)
    under_way = Import.objects.filter(state__in=[ImportState.WAITING, ImportState.RUNNING])
    given = under_way.filter(stale).select_related("file", "by__user").order_by("pk").first()
    if given is None:
        return 0
    mine = Import.objects.filter(pk=given.pk, claimed_at=given.claimed_at)
    if mine.update(claimed_at=at, state=ImportState.RUNNING) != 1:
        return 0
    if not may_import_tables(given.by.user, at):
        # Whoever began it may do so no more: it waits for somebody else to go on.
        mine = Import.objects.filter(pk=given.pk, claimed_at=at)
        return mine.update(state=ImportState.TRIED, claimed_at=None)
    rows = judged_rows(given)
    start, stop = given.done, min(given.done + IN_A_ROUND, len(rows))
    for place in range(start, stop, AT_ONCE):
        with transaction.atomic(), override(given.by.user.language):
            _take_portion(given, rows[place : place + AT_ONCE], at)
    if stop < len(rows):
        Import.objects.filter(pk=given.pk).update(claimed_at=None)
    else:
        _finish(given, at)
    return max(1, stop - start)


def _take_portion(given: Import, rows: Sequence[Any], at: datetime) -> None:
    upper = bringing_of(given.kind)
    if upper is not None:
        _take_brought(given, upper, rows, at)
        return
    good = [one for one in rows if not one.faults and not one.there]
    if given.kind == ImportKind.CLIENTS:
        for one in good:
            given.new += _add(given, one, at)
    else:
        given.new += _buy(given, good)
    faults = [
        [one.row.row, fault.field, fault.code, fault.value] for one in rows for fault in one.faults
    ]
    given.wrong += sum(bool(one.faults) for one in rows)
    given.faults = [*given.faults, *faults][:MOST_FAULTS]
    given.done += len(rows)
    given.save(update_fields=["new", "wrong", "faults", "done"])


def _take_brought(given: Import, upper: Bringing, rows: Sequence[Brought], at: datetime) -> None:
    """Things of an upper app, each by itself: what is refused says so and stops nothing else."""
    for one in rows:
        if one.faults or one.there:
            continue
        try:
            with transaction.atomic():
                took = upper.take(given, one, at)
        except Refused as refused:
            one.faults.append((one.row, Fault("", "refused", str(refused))))
            continue
        given.new += took.how == NEW
        if took.how == CHANGED:
            given.changed += 1
            if len(given.changes) < MOST_FAULTS:
                given.changes = [*given.changes, [one.row, took.number, took.what]]
    faults = [
        [row, fault.field, fault.code, fault.value] for one in rows for row, fault in one.faults
    ]
    given.wrong += sum(bool(one.faults) for one in rows)
    given.faults = [*given.faults, *faults][:MOST_FAULTS]
    given.done += len(rows)
    given.save(update_fields=["new", "changed", "changes", "wrong", "faults", "done"])


def _add(given: Import, one: Judged[ClientRow], at: datetime) -> bool:
    """A card and, where the table names one, its person; what a card may not be is said."""
    values = one.row.values
    kind = ClientKind.PERSON if len(values["inn"]) == 12 else ClientKind.COMPANY
    own = ("name", "short_name", "inn", "kpp", "ogrn", "address", "phone", "email", "note")
    fields = {name: values.get(name, "") for name in own}
    language = current_firm().language
    by = given.by.user
    try:
        with transaction.atomic():
            client = add_client(
                ClientFields(kind=kind, language=language, **fields),  # type: ignore[typeddict-item]
                owner=given.by, by=by, at=at,
            )  # fmt: skip
            if values.get("person"):
                add_contact(
                    client, values["person"], by=by, at=at, position=values.get("position", ""),
                    email=values["email"], phone=values.get("phone", ""),
                )  # fmt: skip
    except Refused as refused:
        named = refused.params.get("field", "name")
        named = named if named in FIELDS["clients"] else "name"
        one.faults.append(Fault(named, "refused", str(refused)))
        return False
    return True


def _buy(given: Import, good: Sequence[Judged[PurchaseRow]]) -> int:
    places = _places({one.row.place for one in good} - {""})
    bought = [
        Purchase(
            client_id=one.client or 0, day=one.row.day, sum=one.row.sum, margin=one.row.margin,
            place=places.get(one.row.place), came_with=given, mark=one.row.mark,
        )
        for one in good
        if one.row.day is not None
    ]  # fmt: skip
    before = Purchase.objects.filter(came_with=given).count()
    Purchase.objects.bulk_create(bought, ignore_conflicts=True)
    return Purchase.objects.filter(came_with=given).count() - before


def _places(names: set[str]) -> dict[str, Place]:
    """Shops and offices by name; one we do not know yet is added."""
    Place.objects.bulk_create([Place(name=name) for name in sorted(names)], ignore_conflicts=True)
    return {one.name: one for one in Place.objects.filter(name__in=names)}


def _finish(given: Import, at: datetime) -> None:
    if given.kind == ImportKind.PURCHASES and given.new:
        reckon_worth(by=None, at=at)
    with transaction.atomic():
        stream = lock_stream(Employee.objects.values_list("stream", flat=True).get(pk=given.by_id))
        Import.objects.filter(pk=given.pk).update(
            state=ImportState.DONE, finished_at=at, claimed_at=None
        )
        record(
            stream,
            entries.TABLE_TAKEN_IN,
            by=given.by.user_id,
            at=at,
            table=given.pk,
            total=given.total,
            new=given.new,
            wrong=given.wrong,
            owner_user=given.by.user_id,
        )
