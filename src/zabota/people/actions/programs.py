"""Keys of programs: made, shown once, closed."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import record
from zabota.people import entries
from zabota.people.actions.held import actor_id, held_firm
from zabota.people.models import ApiKey, ApiScope, Employee, Place, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, employee_of, may_change_firm

# When a key was used is written down no more often than this.
AGAIN: Final = timedelta(minutes=5)


def make_key(
    name: str, scopes: Sequence[str], *, employee: Employee, by: User, at: datetime,
    place: Place | None = None,
) -> tuple[ApiKey, str]:  # fmt: skip
    """A key for a program, and its only showing: afterwards nobody can read it again."""
    demand(may_change_firm(by, at))
    maker = employee_of(by)
    if maker is None:
        raise PermissionDenied
    if not name.strip():
        raise Refused("name", _("Say which program it is for."), field="name")
    if employee.dismissed_at is not None:
        raise Refused("dismissed", _("This employee no longer works here."), field="employee")
    token = f"zab_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        firm = held_firm()
        key = ApiKey.objects.create(
            name=name.strip(), employee=employee, place=place, made_by=maker, made_at=at,
            scopes=sorted(ApiScope(scope).value for scope in set(scopes)),
            digest=digest_of(token), tail=token[-4:],
        )  # fmt: skip
        record(firm.stream, entries.KEY_MADE, by=actor_id(by), at=at, key=key.pk, called=key.name)
    return key, token


def close_key(key: ApiKey, *, by: User, at: datetime) -> None:
    """The program that has it is refused from now on."""
    demand(may_change_firm(by, at))
    with transaction.atomic():
        firm = held_firm()
        if ApiKey.objects.filter(pk=key.pk, closed_at=None).update(closed_at=at) != 1:
            raise Refused("closed", _("This key is closed already."))
        record(firm.stream, entries.KEY_CLOSED, by=actor_id(by), at=at, key=key.pk, called=key.name)


def note_use(key: ApiKey, *, at: datetime) -> None:
    """When a program last came with it; no entry."""
    lately = Q(used_at__gt=at - AGAIN)
    ApiKey.objects.filter(pk=key.pk).exclude(lately).update(used_at=at)


def digest_of(token: str) -> str:
    """What is kept of a key. It is random and long: a plain digest suffices."""
    return hashlib.sha256(token.encode()).hexdigest()
