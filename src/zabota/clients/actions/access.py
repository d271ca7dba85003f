"""Coming into the room: access given, roles changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients import entries
from zabota.clients.actions.clients import check_email
from zabota.clients.actions.contacts import add_contact, keep_an_owner
from zabota.clients.actions.held import check_here, held_client, held_contact
from zabota.clients.actions.points import put_point
from zabota.clients.models import Client, Contact, RoomRole
from zabota.clients.rules import may_manage_contacts
from zabota.journal.actions import record
from zabota.journal.reading import user_ref
from zabota.people.firm import current_firm
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand


def give_access(
    contact: Contact, email: str, role: str, *, by: User | None, at: datetime
) -> Contact:
    """A person of the client may come into the room; they get a mail with the way in."""
    email = email.strip().lower()
    check_email(email)
    if not email:
        raise Refused(
            "no_email", _("Where shall the invitation go? Give an address."), field="email"
        )
    _check_role(role)
    with transaction.atomic():
        contact = held_contact(contact)
        demand(by is None or may_manage_contacts(by, contact.client, at))
        check_here(contact)
        if contact.user_id is not None:
            raise Refused("has_access", _("This person has access already."))
        user = _account(email, contact, at)
        contact.user, contact.role, contact.invited_by = user, role, by
        contact.save(update_fields=["user", "role", "invited_by"])
        put_point(contact, "email", email, at)
        record(
            contact.client.stream,
            entries.ACCESS_GIVEN,
            by=by.pk if by else None,
            at=at,
            client=contact.client_id,
            contact=contact.pk,
            user=user.pk,
            person=user_ref(user.pk),
            role=role,
            particulars={"contact_name": contact.name},
        )
        return contact


def invite_contact(
    client: Client,
    name: str,
    email: str,
    role: str,
    *,
    by: User | None,
    at: datetime,
    position: str = "",
    phone: str = "",
    name_en: str = "",
    position_en: str = "",
) -> Contact:
    """A person of the client, added and let in at once."""
    with transaction.atomic():
        held_client(client.pk)
        contact = add_contact(
            client,
            name,
            by=by,
            at=at,
            position=position,
            email=email,
            phone=phone,
            name_en=name_en,
            position_en=position_en,
        )
        return give_access(contact, email, role, by=by, at=at)


def change_role(contact: Contact, role: str, *, by: User | None, at: datetime) -> Contact:
    """What a person may do in the room from now on; the last owner stays the owner."""
    _check_role(role)
    with transaction.atomic():
        contact = held_contact(contact)
        demand(by is None or may_manage_contacts(by, contact.client, at))
        check_here(contact)
        if contact.role == role:
            return contact
        keep_an_owner(contact)
        before, contact.role = contact.role, role
        contact.save(update_fields=["role"])
        record(
            contact.client.stream,
            entries.ROLE_CHANGED,
            by=by.pk if by else None,
            at=at,
            client=contact.client_id,
            contact=contact.pk,
            user=contact.user_id,
            person=user_ref(contact.user_id) if contact.user_id else None,
            before=before,
            role=role,
            particulars={"contact_name": contact.name},
        )
        return contact


def _account(email: str, contact: Contact, at: datetime) -> User:
    """The account of this address, or a new one that signs in by mailed codes only."""
    user = User.objects.select_related("employee").filter(email=email).first()
    if user is None:
        user = User(
            email=email,
            name=contact.name,
            name_en=contact.name_en,
            language=contact.client.language,
            zone=current_firm().zone,
            made_at=at,
        )
        user.set_unusable_password()
        user.save()
        return user
    if getattr(user, "employee", None) is not None:
        raise Refused("employee", _("This is the address of an employee of ours."), field="email")
    theirs = Contact.objects.of_whole(contact.client_id).filter(user=user, removed_at=None)
    if theirs.exists():
        raise Refused("email_taken", _("A colleague comes in with this address."), field="email")
    return user


def _check_role(role: str) -> None:
    if role not in RoomRole.values:
        raise Refused("unknown_role", _("There is no such role."), field="role")
