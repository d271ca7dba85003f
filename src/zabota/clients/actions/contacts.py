"""The client's people: added, changed, removed, their work handed over."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients import entries
from zabota.clients.actions.clients import check_email
from zabota.clients.actions.held import (
    check_here,
    held_client,
    held_contact,
    held_together,
    look_again,
)
from zabota.clients.actions.points import copy_points, set_points
from zabota.clients.models import Client, Contact, RoomRole
from zabota.clients.rules import may_hand_over, may_manage_contacts, wider_role
from zabota.journal.actions import record
from zabota.journal.reading import user_ref
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand


def add_contact(
    client: Client,
    name: str,
    *,
    by: User | None,
    at: datetime,
    position: str = "",
    email: str = "",
    phone: str = "",
    name_en: str = "",
    position_en: str = "",
) -> Contact:
    """A person of the client, without access to the room yet."""
    email = email.strip().lower()
    check_email(email)
    if not name.strip():
        raise Refused("no_name", _("A person needs a name."), field="name")
    with transaction.atomic():
        client = held_client(client.pk)
        demand(by is None or may_manage_contacts(by, client, at))
        contact = Contact.objects.create(
            client=client,
            name=name.strip(),
            position=position.strip(),
            name_en=name_en.strip(),
            position_en=position_en.strip(),
            role=RoomRole.SEES,
            invited_by=by,
            made_at=at,
        )
        set_points(contact, email, phone, at)
        record(
            client.stream,
            entries.CONTACT_ADDED,
            by=by.pk if by else None,
            at=at,
            client=client.pk,
            contact=contact.pk,
            particulars={"contact_name": contact.name},
        )
        return contact


def join_company(
    contact: Contact, client: Client, *, by: User | None, at: datetime, position: str = ""
) -> Contact:
    """The same person works for another company, too: reached there in the same ways. Access to
    its room is given apart, and opens by the account they have.
    """
    with transaction.atomic():
        held_together(contact.client_id, client.pk)
        contact = Contact.objects.select_related("client").get(pk=contact.pk)
        check_here(contact)
        if contact.client.whole_id == client.whole_id:
            raise Refused("same_client", _("They are one of this company’s people already."))
        demand(by is None or may_manage_contacts(by, contact.client, at))
        joined = add_contact(
            client, contact.name, by=by, at=at, position=position, name_en=contact.name_en
        )
        copy_points(contact, joined, at)
        return joined


def change_contact(
    contact: Contact,
    name: str,
    *,
    by: User | None,
    at: datetime,
    position: str = "",
    phone: str = "",
    name_en: str = "",
    position_en: str = "",
) -> Contact:
    """Name, position or phone of a person; their address for signing in stays."""
    with transaction.atomic():
        contact = held_contact(contact)
        own = by is not None and contact.user_id == by.pk
        demand(by is None or own or may_manage_contacts(by, contact.client, at))
        check_here(contact)
        if not name.strip():
            raise Refused("no_name", _("A person needs a name."), field="name")
        contact.name, contact.position = name.strip(), position.strip()
        contact.position_en = position_en.strip()
        _rename_in_english(contact, name_en.strip())
        contact.save(update_fields=["name", "position", "name_en", "position_en"])
        set_points(contact, None, phone, at)
        record(
            contact.client.stream,
            entries.CONTACT_CHANGED,
            by=by.pk if by else None,
            at=at,
            client=contact.client_id,
            contact=contact.pk,
            particulars={
                "contact_name": contact.name,
                "position": contact.position,
                "name_en": contact.name_en,
                "position_en": contact.position_en,
            },
        )
        return contact


def _rename_in_english(contact: Contact, name_en: str) -> None:
    """The account follows, unless it has an English name of its own from another company."""
    if contact.user is not None and contact.user.name_en == contact.name_en != name_en:
        contact.user.name_en = name_en
        contact.user.save(update_fields=["name_en"])
    contact.name_en = name_en


def remove_contact(contact: Contact, *, by: User | None, at: datetime) -> Contact:
    """Access ends at once: the room asks for it at every page. The last owner stays."""
    with transaction.atomic():
        contact = held_contact(contact)
        demand(by is None or may_manage_contacts(by, contact.client, at))
        check_here(contact)
        keep_an_owner(contact)
        contact.removed_at = at
        contact.save(update_fields=["removed_at"])
        look_again(contact.client_id)
        record(
            contact.client.stream,
            entries.CONTACT_REMOVED,
            by=by.pk if by else None,
            at=at,
            client=contact.client_id,
            contact=contact.pk,
            user=contact.user_id,
            person=user_ref(contact.user_id) if contact.user_id else None,
            particulars={"contact_name": contact.name},
        )
        return contact


def hand_over(contact: Contact, to: Contact, *, by: User | None, at: datetime) -> Contact:
    """What one was doing in the room another does now; they get the wider of both roles.

    Upper apps pass on what the first one held, from the entry.
    """
    with transaction.atomic():
        contact = held_contact(contact)
        demand(by is None or may_hand_over(by, contact, at))
        to = Contact.objects.select_related("user").get(pk=to.pk)
        colleagues = Contact.objects.of_whole(contact.client_id).exclude(pk=contact.pk)
        if not colleagues.filter(pk=to.pk).exists():
            raise Refused("bad_receiver", _("Choose another colleague of the same company."))
        if to.removed_at is not None or to.user is None or not to.user.is_active:
            raise Refused("no_access", _("This person has no access. Invite them first."))
        wider = wider_role(to.role, contact.role)
        # Giving one's own work away gives no rights: that is for whoever gives roles.
        manages = by is None or may_manage_contacts(by, contact.client, at)
        if wider != to.role and not manages:
            raise Refused("narrow_role", _("Their role is too narrow for this work."))
        to.role = wider
        to.save(update_fields=["role"])
        record(
            contact.client.stream,
            entries.HANDED_OVER,
            by=by.pk if by else None,
            at=at,
            client=contact.client_id,
            contact=contact.pk,
            user=contact.user_id,
            person=user_ref(contact.user_id) if contact.user_id else None,
            receiver=user_ref(to.user.pk),
            to=to.pk,
            to_user=to.user_id,
            role=to.role,
            particulars={"contact_name": contact.name, "to_name": to.name},
        )
        return to


def keep_an_owner(contact: Contact) -> None:
    """Refused when the room would be left without an owner."""
    if contact.role != RoomRole.OWNER or contact.user_id is None:
        return
    others = (
        Contact.objects.with_access()
        .of_whole(contact.client_id)
        .filter(role=RoomRole.OWNER)
        .exclude(pk=contact.pk)
    )
    if not others.exists():
        raise Refused(
            "last_owner", _("The room needs an owner. Make somebody else the owner first.")
        )
