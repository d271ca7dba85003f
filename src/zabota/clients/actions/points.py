"""Ways to reach a person: several of a kind, one of them preferred; a removed one is kept as
history.
"""

from datetime import datetime

import phonenumbers
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients import entries
from zabota.clients.actions.clients import check_email
from zabota.clients.actions.held import check_here, held_contact, look_again
from zabota.clients.models import Contact, ContactPoint, PointKind
from zabota.clients.rules import may_manage_contacts
from zabota.journal.actions import record
from zabota.people.firm import current_firm
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand

# A number inside a firm has so many digits at least.
SHORTEST = 3


def add_point(
    contact: Contact, kind: str, value: str, *, by: User | None, at: datetime
) -> ContactPoint:
    """One more way to reach a person, beside those there are."""
    value = value.strip().lower() if kind == "email" else value.strip()
    if kind not in PointKind.values or not value:
        raise Refused("no_value", _("How are they reached? Give it here."), field="value")
    if kind == "email":
        check_email(value)
    with transaction.atomic():
        contact = _held(contact, by, at)
        if kind == "phone" and len(normal_of(kind, value).lstrip("+")) < SHORTEST:
            raise Refused("no_phone", _("This is no phone number."), field="value")
        point, new = put_point(contact, kind, value, at)
        if new:
            _remember(contact, kind, value, by, at)
        return point


def remove_point(point: ContactPoint, *, by: User | None, at: datetime) -> ContactPoint:
    """They are not reached there any more; the address they sign in by stays."""
    with transaction.atomic():
        contact = _held(point.contact, by, at)
        point = contact.points.get(pk=point.pk)
        if point.removed_at is not None:
            raise Refused("removed", _("This was removed already."))
        signs_in = contact.user is not None and contact.user.email == point.normal
        if signs_in and contact.points.filter(normal=point.normal, removed_at=None).count() == 1:
            raise Refused("signs_in", _("They sign in to the room by this address."))
        point.removed_at, point.preferred = at, False
        point.save(update_fields=["removed_at", "preferred"])
        look_again(contact.client_id)
        _remember(contact, point.kind, "", by, at)
        return point


def prefer_point(point: ContactPoint, *, by: User | None, at: datetime) -> ContactPoint:
    """Of its kind, this is the one to try first."""
    with transaction.atomic():
        contact = _held(point.contact, by, at)
        point = contact.points.get(pk=point.pk)
        if point.removed_at is not None:
            raise Refused("removed", _("This was removed already."))
        if not point.preferred:
            contact.points.filter(kind=point.kind, preferred=True).update(preferred=False)
            point.preferred = True
            point.save(update_fields=["preferred"])
            _remember(contact, point.kind, point.value, by, at)
        return point


def set_points(contact: Contact, email: str | None, phone: str, at: datetime) -> None:
    """The first e-mail and phone as given, beside whatever others there are; None leaves the kind
    as it is.
    """
    for kind, value in (("email", email), ("phone", phone.strip())):
        if value is None:
            continue
        points = contact.points.filter(kind=kind, removed_at=None)
        main = points.order_by("-preferred", "pk").first()
        if main is not None and main.value == value:
            continue
        preferred = main is not None and main.preferred
        if main is not None:
            points.filter(pk=main.pk).update(removed_at=at, preferred=False)
        if not value:
            continue
        there = points.filter(normal=normal_of(kind, value)).first()
        if there is None:
            there = _make(contact, kind, value, at)
        # What was typed as the first stays the first among several.
        if preferred or points.exclude(pk=there.pk).exists():
            points.exclude(pk=there.pk).update(preferred=False)
            points.filter(pk=there.pk).update(preferred=True)
    look_again(contact.client_id)


def put_point(contact: Contact, kind: str, value: str, at: datetime) -> tuple[ContactPoint, bool]:
    """The point of this value, and whether it is a new one; for actions that hold the contact."""
    normal = normal_of(kind, value)
    there = contact.points.filter(kind=kind, normal=normal, removed_at=None).first()
    if there is not None:
        return there, False
    return _make(contact, kind, value, at), True


def copy_points(contact: Contact, to: Contact, at: datetime) -> None:
    """The same ways to reach the same person, as another company's."""
    for point in contact.points.filter(removed_at=None).order_by("pk"):
        made = _make(to, point.kind, point.value, at)
        ContactPoint.objects.filter(pk=made.pk).update(preferred=point.preferred)


def normal_of(kind: str, value: str) -> str:
    """By this the same number or address is known, however it is typed."""
    if kind == "email":
        return value.strip().lower()
    if kind != "phone":
        return " ".join(value.casefold().split())
    try:
        number = phonenumbers.parse(value, current_firm().country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.extension or not phonenumbers.is_possible_number(number):
        return "".join(letter for letter in value if letter in "+0123456789")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _make(contact: Contact, kind: str, value: str, at: datetime) -> ContactPoint:
    look_again(contact.client_id)
    return ContactPoint.objects.create(
        contact=contact, kind=kind, value=value, normal=normal_of(kind, value), made_at=at
    )


def _held(contact: Contact, by: User | None, at: datetime) -> Contact:
    contact = held_contact(contact)
    own = by is not None and contact.user_id == by.pk
    demand(by is None or own or may_manage_contacts(by, contact.client, at))
    check_here(contact)
    return contact


def _remember(contact: Contact, kind: str, value: str, by: User | None, at: datetime) -> None:
    record(
        contact.client.stream,
        entries.CONTACT_CHANGED,
        by=by.pk if by else None,
        at=at,
        client=contact.client_id,
        contact=contact.pk,
        particulars={"contact_name": contact.name, kind: value},
    )
