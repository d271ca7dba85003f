"""A person's birthday, the month and the day: told by themselves, with their consent."""

import re
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients import entries
from zabota.clients.actions.held import check_here, held_contact
from zabota.clients.actions.persons import give_consent
from zabota.clients.models import Contact
from zabota.journal.actions import record
from zabota.people.models import User
from zabota.people.refusal import Refused

PURPOSE = "birthday"
TEXT = "birthday-1"
# A year with a 29th of February.
LEAP = 2024


def tell_birthday(contact: Contact, day: str, *, by: User, at: datetime) -> Contact:
    """The person tells when they are to be congratulated («03-08»), and agrees that we keep it; or
    takes both back, with nothing.
    """
    if by.pk != contact.user_id:
        raise PermissionDenied
    day = checked_day(day)
    with transaction.atomic():
        if day:
            give_consent(contact, PURPOSE, TEXT, "room", by=by, at=at)
        contact = held_contact(contact)
        check_here(contact)
        if contact.birthday == day:
            return contact
        contact.birthday = day
        contact.save(update_fields=["birthday"])
        if not day:
            given = contact.consents.filter(purpose=PURPOSE, withdrawn_at=None)
            given.update(withdrawn_at=at)
        record(
            contact.client.stream, entries.CONTACT_CHANGED, by=by.pk, at=at,
            client=contact.client_id, contact=contact.pk, particulars={"birthday": day},
        )  # fmt: skip
        return contact


def checked_day(day: str) -> str:
    """A month and a day as they are kept; blank stays blank."""
    day = day.strip()
    if not day:
        return ""
    found = re.fullmatch(r"(\d{2})-(\d{2})", day)
    try:
        whole = date(LEAP, int(found[1]), int(found[2])) if found else None
    except ValueError:
        whole = None
    if whole is None:
        raise Refused("no_day", _("There is no such day."), field="day")
    return f"{whole:%m-%d}"
