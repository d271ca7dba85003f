"""A person's data: consent, export, erasing."""

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from zabota.clients import entries
from zabota.clients.actions.forget_card import ERASED, forget_card
from zabota.clients.actions.held import held_contact
from zabota.clients.actions.same import forget_keys
from zabota.clients.models import Consent, Contact
from zabota.clients.personal import kept_elsewhere
from zabota.clients.rules import may_add_clients
from zabota.journal.actions import forget_particulars, record
from zabota.journal.models import Entry, Particular
from zabota.people.models import Employee, SignInCode, Throttle, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand
from zabota.people.throttle import throttle_key

# What tries are counted by that names an address.
THROTTLED = ("code", "digits", "password")


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
    """Everything kept about a person here, as JSON for them to take along: of this company, and of
    each other one that their account stands for.
    """
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
    """Names, addresses and words of a person at this company go; counts and the journal's chain
    stay whole.

    Other companies keep their own record of the person, also one removed there before, and with it
    the account. It goes with the last of them: see `_erase_account`. Letters are cleared by
    what follows the entry in outreach.
    """
    demand(by is None or may_add_clients(by, at))
    with transaction.atomic():
        contact = held_contact(contact)
        if contact.name == ERASED:
            raise Refused("erased", _("This person was erased already."))
        addresses = _address_marks(contact)
        contact.points.all().delete()
        forget_keys(contact.client_id)
        whole_card = forget_card(contact)
        contact.name, contact.position = ERASED, ""
        contact.name_en = contact.position_en = contact.birthday = ""
        contact.removed_at = contact.removed_at or at
        contact.save(
            update_fields=["name", "position", "name_en", "position_en", "birthday", "removed_at"]
        )
        user = _lonely_account(contact)
        about = [
            *_entries(contact, whole_card=whole_card),
            *(_written(user) if user is not None else ()),
        ]
        if user is not None:
            _erase_account(user)
        record(
            contact.client.stream,
            entries.PERSON_ERASED,
            by=by.pk if by else None,
            at=at,
            client=contact.client_id,
            contact=contact.pk,
            user=contact.user_id,
            account_erased=user is not None,
            addresses=addresses,
            forgotten=forget_particulars([entry.pk for entry in about], by=by, at=at),
        )
        return contact


def address_mark(email: str) -> str:
    """An address that is not told: by it whatever follows erasing a person finds what they were
    written to by. Only who has this installation's key can make it.
    """
    return salted_hmac(
        "zabota.erased-address", email.strip().lower(), algorithm="sha256"
    ).hexdigest()


def _address_marks(contact: Contact) -> list[str]:
    emails = set(contact.points.filter(kind="email").values_list("value", flat=True))
    if contact.user is not None:
        emails.add(contact.user.email)
    return sorted(address_mark(email) for email in emails)


def _lonely_account(contact: Contact) -> User | None:
    """The account, once no company knows the person any more and they do not work here.

    It is locked, so that of two companies erasing at once the second sees what the first did.
    """
    if contact.user_id is None:
        return None
    user = User.objects.select_for_update().get(pk=contact.user_id)
    known = user.contacts.exclude(name=ERASED).exists()
    return None if known or Employee.objects.filter(user=user).exists() else user


def _erase_account(user: User) -> None:
    """Nobody is behind this account any more; history still names its row."""
    keys = [throttle_key(f"{what}:{user.email}") for what in THROTTLED]
    Throttle.objects.filter(key__in=keys).delete()
    user.email, user.name = f"erased-{user.pk}@invalid.example", ERASED
    user.name_en = ""
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["email", "name", "name_en", "is_active", "password"])
    SignInCode.objects.filter(user=user).delete()


def _entries(contact: Contact, *, whole_card: bool = False) -> list[Entry]:
    """Entries of the client's history about the person, and those they wrote there themselves; of
    a card that is theirs alone, all of them.
    """
    return [
        entry
        for entry in Entry.objects.filter(stream=contact.client.stream_id).order_by("pk")
        if whole_card
        or (contact.user_id is not None and entry.actor_id == contact.user_id)
        or contact.pk in (entry.facts.get("contact"), entry.facts.get("to"))
    ]


def _written(user: User) -> list[Entry]:
    """Whatever they wrote, wherever."""
    return list(Entry.objects.filter(actor=user).order_by("pk"))


def _told(contact: Contact) -> dict[str, Any]:
    """This company's record first, then those of the others, and what the account wrote."""
    user = contact.user
    others: list[Contact] = []
    if user is not None:
        others = list(
            user.contacts.exclude(pk=contact.pk)
            .exclude(name=ERASED)
            .select_related("client")
            .order_by("pk")
        )
    return {
        **_record_of(contact, _written(user) if user is not None else []),
        "account": None
        if user is None
        else {
            "email": user.email,
            "name": user.name,
            "name_in_english": user.name_en,
            "language": user.language,
            "zone": user.zone,
            "since": user.made_at.isoformat(),
        },
        "other_companies": [_record_of(other, []) for other in others],
    }


def _record_of(contact: Contact, written: list[Entry]) -> dict[str, Any]:
    """What one company's record holds; `written` are entries of theirs from anywhere."""
    told = {entry.pk: entry for entry in (*_entries(contact), *written)}
    about = [told[pk] for pk in sorted(told)]
    words: dict[int, dict[str, str]] = {}
    for part in Particular.objects.filter(entry__in=list(told)):
        words.setdefault(part.entry_id, {})[part.name] = part.text
    return {
        "name": contact.name,
        "position": contact.position,
        "in_english": {"name": contact.name_en, "position": contact.position_en},
        "company": contact.client.name,
        "birthday": contact.birthday,
        "role": contact.role,
        "since": contact.made_at.isoformat(),
        "until": contact.removed_at.isoformat() if contact.removed_at else None,
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
        **kept_elsewhere(contact),
        "history": [
            {"kind": e.kind, "at": e.at.isoformat(), "words": words.get(e.pk, {})} for e in about
        ],
    }
