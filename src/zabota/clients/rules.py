"""Who may change a client and its people: asked by the button and by the action alike."""

from datetime import datetime

from zabota.clients.models import Client, Contact, RoomRole
from zabota.people.models import PowerKind, User
from zabota.people.rules import employee_of, has_power

# From the narrowest to the widest; handing over gives the wider of two roles.
WIDTH = (RoomRole.SEES, RoomRole.SIGNS, RoomRole.EDITS, RoomRole.OWNER)


def may_add_clients(user: User | None, at: datetime) -> bool:
    """By the power over clients."""
    employee = employee_of(user)
    return employee is not None and has_power(employee, PowerKind.CLIENTS, at)


def may_change_client(user: User | None, client: Client, at: datetime) -> bool:
    """Our employee who answers for the client, or anybody of ours by power."""
    employee = employee_of(user)
    if employee is None:
        return False
    if employee.pk in (client.owner_id, client.whole.owner_id):
        return True
    return may_add_clients(user, at)


def may_refuse_client(user: User | None, client: Client, at: datetime) -> bool:
    """Saying that whoever wrote is no client, and taking it back: whoever may change the card."""
    return may_change_client(user, client, at)


def may_merge_clients(user: User | None, at: datetime) -> bool:
    """Saying that two cards are one client, and taking it back: by the power over clients."""
    return may_add_clients(user, at)


def may_import_tables(user: User | None, at: datetime) -> bool:
    """Bringing in tables of clients and of purchases: by the power over clients."""
    return may_add_clients(user, at)


def may_fit_purchases(user: User | None, at: datetime) -> bool:
    """Having the model of purchases fitted anew: by the power over budgets of care."""
    employee = employee_of(user)
    return employee is not None and has_power(employee, PowerKind.GOODWILL, at)


def is_room_owner(user: User | None, client: Client) -> bool:
    """On the client's side: the one who invites colleagues and gives roles."""
    if user is None or not user.is_active:
        return False
    return (
        Contact.objects.with_access()
        .of_whole(client.pk)
        .filter(user_id=user.pk, role=RoomRole.OWNER)
        .exists()
    )


def may_manage_contacts(user: User | None, client: Client, at: datetime) -> bool:
    """Invite, give roles, remove: either side, each by its own right."""
    return may_change_client(user, client, at) or is_room_owner(user, client)


def may_hand_over(user: User | None, contact: Contact, at: datetime) -> bool:
    """One's own work, or anybody's by whoever manages the client's people."""
    if user is not None and contact.user_id == user.pk and contact.removed_at is None:
        return True
    return may_manage_contacts(user, contact.client, at)


def wider_role(one: str, other: str) -> str:
    """The role that may do more."""
    return max(one, other, key=WIDTH.index)
