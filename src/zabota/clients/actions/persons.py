"""A person's data: consent, export, erasing."""

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.clients import entries
from zabota.clients.actions.held import held_contact
from zabota.clients.models import Consent, Contact
from zabota.clients.rules import may_add_clients
from zabota.journal.actions import record
from zabota.journal.models import Entry, Particular
from zabota.people.models import SignInCode, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand

ERASED = "—"


def give_consent(
    contact: Contact,
    purpose: str,
    text_version: str,
    source: str,
    *,
    by: User | None,
    at: datetime,
) -> Consent:
    """The person agrees to a use of their data, in these words; once per purpose and text."""
    if by is not None and by.pk != contact.user_id:
        raise PermissionDenied
    with transaction.atomic():
        contact = held_contact(contact)
        given = contact.consents.filter(
            purpose=purpose, text_version=text_version, withdrawn_at=None
        ).first()
        if given is not None:
            return given
        consent = Consent.objects.create(
            contact=contact,
            purpose=purpose,
            text_version=text_version,
            source=source,
            given_at=at,
        )
        record(
            contact.client.stream,
            entries.CONSENT_GIVEN,
            by=by.pk if by else None,
            at=at,
            client=contact.client_id,
            contact=contact.pk,
            consent=consent.pk,
            purpose=purpose,
            text_version=text_version,
        )
        return consent


def export_person(contact: Contact, *, by: User | None, at: datetime) -> bytes:
    """Everything kept about a person here, as JSON for them to take along."""
    demand(by is None or by.pk == contact.user_id or may_add_clients(by, at))
    with transaction.atomic():
        contact = held_contact(contact)
        told = _told(contact)
        record(
            contact.client.stream,
            entries.PERSON_EXPORTED,
            by=by.pk if by else None,
            at=at,
            client=contact.client_id,
            contact=contact.pk,
        )
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def erase_person(contact: Contact, *, by: User | None, at: datetime) -> Contact:
    """Names, addresses and words of a person go; counts and the journal's chain stay whole."""
    demand(by is None or may_add_clients(by, at))
    with transaction.atomic():
        contact = held_contact(contact)
        if contact.name == ERASED:
            raise Refused("erased", _("This person was erased already."))
        Particular.objects.filter(entry__in=[e.pk for e in _entries(contact)]).delete()
        contact.points.all().delete()
        user = contact.user
        contact.name, contact.position = ERASED, ""
        contact.name_en = contact.position_en = ""
        contact.removed_at = contact.removed_at or at
        contact.save(update_fields=["name", "position", "name_en", "position_en", "removed_at"])
        if user is not None and not user.contacts.exclude(pk=contact.pk).exists():
            _erase_account(user)
        record(
            contact.client.stream,
            entries.PERSON_ERASED,
            by=by.pk if by else None,
            at=at,
            client=contact.client_id,
            contact=contact.pk,
            user=contact.user_id,
        )
        return contact


def _erase_account(user: User) -> None:
    user.email, user.name = f"erased-{user.pk}@invalid.example", ERASED
    user.name_en = ""
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["email", "name", "name_en", "is_active", "password"])
    SignInCode.objects.filter(user=user).delete()


def _entries(contact: Contact) -> list[Entry]:
    """Entries about the person in the client's history, and those they wrote themselves."""
    mine = Q(stream=contact.client.stream_id)
    if contact.user_id is not None:
        mine |= Q(actor=contact.user_id)
    return [
        entry
        for entry in Entry.objects.filter(mine).order_by("pk")
        if (contact.user_id is not None and entry.actor_id == contact.user_id)
        or contact.pk in (entry.facts.get("contact"), entry.facts.get("to"))
    ]


def _told(contact: Contact) -> dict[str, Any]:
    user = contact.user
    about = _entries(contact)
    words: dict[int, dict[str, str]] = {}
    for part in Particular.objects.filter(entry__in=[entry.pk for entry in about]):
        words.setdefault(part.entry_id, {})[part.name] = part.text
    return {
        "name": contact.name,
        "position": contact.position,
        "in_english": {"name": contact.name_en, "position": contact.position_en},
        "company": contact.client.name,
        "role": contact.role,
        "since": contact.made_at.isoformat(),
        "account": None
        if user is None
        else {"email": user.email, "language": user.language, "zone": user.zone},
        "reached_by": [
            {"kind": p.kind, "value": p.value, "since": p.made_at.isoformat()}
            for p in contact.points.order_by("pk")
        ],
        "consents": [
            {
                "purpose": c.purpose,
                "text_version": c.text_version,
                "source": c.source,
                "given": c.given_at.isoformat(),
                "withdrawn": c.withdrawn_at.isoformat() if c.withdrawn_at else None,
            }
            for c in contact.consents.order_by("pk")
        ],
        "history": [
            {"kind": e.kind, "at": e.at.isoformat(), "words": words.get(e.pk, {})} for e in about
        ],
    }
