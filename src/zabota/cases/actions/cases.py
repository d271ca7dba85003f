"""Opening a case, handing it to another owner, looking at it as the client does."""

from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from zabota.cases.entries import CLIENT_LOOKED_ON, OWNER_CHANGED
from zabota.cases.models import Case
from zabota.clients.models import Client
from zabota.common.prepared import PreparedUpdate, Value
from zabota.journal.actions import open_stream, record
from zabota.journal.reading import user_ref
from zabota.people.models import Employee, User


def open_case(
    kind: str,
    *,
    by: User | None,
    at: datetime,
    number: str,
    title: str,
    client: Client,
    owner: Employee,
    state: str,
    audience: str = "both",
    needed_by: date | None = None,
    client_number: str = "",
) -> Case:
    """Something begins to be done for a client. The domain that opens it records the entry."""
    return Case.objects.create(
        kind=kind,
        number=number,
        client_number=client_number,
        title=title,
        client=client,
        owner=owner,
        state=state,
        audience=audience,
        needed_by=needed_by,
        stream=open_stream(),
        opened_at=at,
        touched_at=at,
        search=search_words(number, client_number, title, client),
    )


def touch_case(case: Case, *, by: object, at: datetime, fields: tuple[str, ...] = ()) -> None:
    """Write changed columns of a case; what was touched last stands first in lists."""
    case.touched_at = at
    if not OFTEN.issuperset(fields):
        case.save(update_fields=["touched_at", *fields])
        return
    values: dict[str, Value] = {"state": str(case.state), "owner": case.owner_id}
    _touching(fields)(case.pk, at, *(values[name] for name in fields))


# What nearly every action on a case changes of it.
OFTEN = frozenset({"state", "owner"})


@cache
def _touching(fields: tuple[str, ...]) -> PreparedUpdate:
    def make(case: int, at: datetime, *values: Any) -> tuple[QuerySet[Case], dict[str, Any]]:
        changes = dict(zip(fields, values, strict=True))
        return Case.objects.filter(pk=case), {"touched_at": at, **changes}

    return PreparedUpdate(make)


def search_words(number: str, client_number: str, title: str, client: Client) -> str:
    """What a list is searched by, folded so that both databases compare it alike."""
    names = (client.name, client.short_name, client.name_en, client.short_name_en)
    words = " ".join((number, client_number, title, *filter(None, names), client.inn))
    return words.casefold().replace("ё", "е")


@transaction.atomic
def change_owner(case: Case, owner: Employee, *, by: User | None, at: datetime) -> Case:
    """Somebody else of ours answers for it now; the client sees the new name at once."""
    case = Case.objects.select_for_update(of=("stream",)).select_related("stream").get(pk=case.pk)
    if case.owner_id == owner.pk:
        return case
    case.owner = owner
    touch_case(case, by=by, at=at, fields=("owner",))
    record(
        case.stream,
        OWNER_CHANGED,
        by=by.pk if by else None,
        at=at,
        case=case.pk,
        owner=user_ref(owner.user_id),
    )
    return case


@transaction.atomic
def look_as_client(case: Case, *, by: User, at: datetime) -> None:
    """An employee looks at the client's own page; the journal says so."""
    locked = Case.objects.select_for_update(of=("stream",)).select_related("stream").get(pk=case.pk)
    record(locked.stream, CLIENT_LOOKED_ON, by=by.pk, at=at, case=case.pk)
