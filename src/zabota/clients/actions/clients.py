"""Clients: added, changed, passed on to another employee."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict, cast

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients import entries
from zabota.clients.actions.held import held_client
from zabota.clients.models import Client, ClientKind, Relation
from zabota.clients.rules import may_add_clients, may_change_client
from zabota.common.requisites import wrong_requisites
from zabota.journal.actions import open_stream, record
from zabota.journal.models import Entry
from zabota.people.firm import current_firm, forgotten_genitives
from zabota.people.models import Employee, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand


class ClientFields(TypedDict, total=False):
    """What is known about a client; only what is named is touched."""

    kind: str
    name: str
    short_name: str
    inn: str
    kpp: str
    ogrn: str
    address: str
    postal_address: str
    bank: str
    bik: str
    account: str
    corr_account: str
    signatory: str
    signatory_position: str
    authority: str
    name_en: str
    short_name_en: str
    address_en: str
    bank_en: str
    signatory_en: str
    signatory_position_en: str
    authority_en: str
    signatory_gen: str
    signatory_position_gen: str
    authority_gen: str
    phone: str
    email: str
    relation: str
    note: str
    language: str
    owner: Employee


# Numbers are typed with spaces for the eye; they are kept without.
NUMBERS = ("inn", "kpp", "ogrn", "bik", "account", "corr_account")


def add_client(fields: ClientFields, *, owner: Employee, by: User | None, at: datetime) -> Client:
    """A company or a person we do things for; `owner` is our employee who answers for it."""
    demand(by is None or may_add_clients(by, at))
    with transaction.atomic():
        client = Client(owner=owner, made_at=at, stream=open_stream())
        _apply(client, fields)
        _check(client, new_owner=True)
        client.save()
        record(
            client.stream,
            entries.CLIENT_ADDED,
            by=by.pk if by else None,
            at=at,
            client=client.pk,
            owner=client.owner_id,
            owner_user=client.owner.user_id,
            particulars={"client_name": client.name},
        )
        return client


def change_client(
    client: Client, changes: ClientFields, *, by: User | None, at: datetime
) -> Client:
    """The card changes; contracts already agreed keep what stood in them."""
    with transaction.atomic():
        client = held_client(client.pk)
        demand(by is None or may_change_client(by, client, at))
        before = {name: getattr(client, name) for name in changes}
        old = forgotten_genitives(vars(client), vars(client) | changes)
        changes = changes | cast("ClientFields", dict.fromkeys(old, ""))
        before |= {name: getattr(client, name) for name in old}
        _apply(client, changes)
        changed = sorted(name for name in before if before[name] != getattr(client, name))
        if not changed:
            return client
        _check(client, new_owner="owner" in changed)
        client.save()
        passed_on = changed == ["owner"]
        record(
            client.stream,
            entries.CLIENT_PASSED_ON if passed_on else entries.CLIENT_CHANGED,
            by=by.pk if by else None,
            at=at,
            client=client.pk,
            fields=changed,
            owner=client.owner_id,
            owner_user=client.owner.user_id,
            particulars=_words(before, client, changed),
        )
        return client


def pass_on_clients(employee: Employee, heir: Employee, *, by: User | None, at: datetime) -> int:
    """Whoever leaves no longer answers for anybody: every client of theirs goes to the heir."""
    count = 0
    for client in list(Client.objects.filter(owner=employee).order_by("stream")):
        change_client(client, {"owner": heir}, by=by, at=at)
        count += 1
    return count


def pass_on_after_dismissal(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows a dismissal: the clients of whoever left go to the heir the entry names.

    An heir who left meanwhile is passed over for their own; whoever came back keeps their clients.
    """
    gone = Employee.objects.get(pk=entry.facts["employee"])
    if gone.dismissed_at is None:
        return 0
    heir = Employee.objects.get(pk=entry.facts["heir"])
    while heir.dismissed_at is not None:
        left = Entry.objects.filter(stream=heir.stream_id, kind=entry.kind).latest("seq")
        heir = Employee.objects.get(pk=left.facts["heir"])
    return pass_on_clients(gone, heir, by=by, at=at)


def search_text(client: Client) -> str:
    """What a client is found by: names and numbers, in one case, ё as е."""
    words = (
        client.short_name, client.name, client.short_name_en, client.name_en, client.inn,
        client.kpp, client.ogrn,
    )  # fmt: skip
    return folded(" ".join(word for word in words if word))


def folded(text: str) -> str:
    """Text as it is compared in a search."""
    return " ".join(text.casefold().replace("ё", "е").split())


def _apply(client: Client, fields: ClientFields) -> None:
    for name, value in fields.items():
        if name in NUMBERS:
            value = "".join(str(value).split())
        setattr(client, name, value.strip() if isinstance(value, str) else value)
    client.search = search_text(client)
    client.looked_at = None


def _check(client: Client, *, new_owner: bool) -> None:
    if not client.name:
        raise Refused("no_name", _("A client needs a name."))
    if client.kind not in ClientKind.values or client.relation not in Relation.values:
        raise Refused("unknown_kind", _("There is no such kind of client."))
    if new_owner and client.owner.dismissed_at is not None:
        raise Refused("dismissed", _("This employee no longer works here."))
    wrong = (
        wrong_requisites({name: getattr(client, name) for name in NUMBERS})
        if current_firm().country == "RU"
        else ()
    )
    if wrong:
        raise Refused(
            f"wrong_{wrong[0]}",
            _("Please check the number: its digits do not fit."),
            field=wrong[0],
        )
    check_email(client.email)
    same = Client.objects.filter(inn=client.inn, kpp=client.kpp)
    if client.pk:
        same = same.exclude(pk__in=Client.objects.whole_of(client.pk).values("pk"))
    if client.inn and same.exists():
        raise Refused(
            "client_exists", _("A client with this INN and KPP is here already."), field="inn"
        )


def check_email(address: str) -> None:
    """Refused unless it is blank or can be an address."""
    if not address:
        return
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused("bad_email", _("This is not an e-mail address."), field="email") from error


def _words(before: Mapping[str, Any], client: Client, changed: list[str]) -> dict[str, str]:
    """Old and new values may name persons: they are kept as particulars."""
    words = {}
    for name in changed:
        old, new = before[name], getattr(client, name)
        words[f"{name}_before"] = str(getattr(old, "pk", old))
        words[f"{name}_after"] = str(getattr(new, "pk", new))
    return words
