"""Who may collect, see, spend and set points: asked by the button and by the action alike."""

from datetime import datetime

from zabota.clients.access import RoomViewer
from zabota.clients.models import Client, ClientKind, RoomRole
from zabota.people.firm import current_firm
from zabota.people.models import Firm, PowerKind, User
from zabota.people.rules import employee_of, has_power


def may_have_points(client: Client, firm: Firm | None = None) -> bool:
    """A person always; a company where the firm thanks companies."""
    whole = client.whole
    if whole.refused_at is not None:
        return False
    return whole.kind == ClientKind.PERSON or (firm or current_firm()).thanks_companies


def may_see_points(viewer: RoomViewer, firm: Firm | None = None) -> bool:
    """In the room, where the firm gives any: a person their own; of a company, its owner of the
    room.
    """
    firm = firm or current_firm()
    if not firm.gives_points or not may_have_points(viewer.client, firm):
        return False
    return viewer.client.kind == ClientKind.PERSON or viewer.contact.role == RoomRole.OWNER


def may_take_rewards(viewer: RoomViewer, firm: Firm | None = None) -> bool:
    """Whoever sees the points spends them; one of ours who looks on does not."""
    return not viewer.read_only and may_see_points(viewer, firm)


def may_set_points(user: User | None, at: datetime) -> bool:
    """Units, rules, tiers and rewards: by the power over points."""
    employee = employee_of(user)
    return employee is not None and has_power(employee, PowerKind.POINTS, at)


def may_set_expiry(user: User | None, at: datetime) -> bool:
    """Whether points expire decides the director: nobody leads them, and the firm is theirs to
    set.
    """
    employee = employee_of(user)
    return (
        employee is not None
        and employee.lead_id is None
        and has_power(employee, PowerKind.FIRM, at)
    )


def may_use_till(user: User | None, at: datetime) -> bool:
    """Earn, spend and take back at a till: by its power."""
    employee = employee_of(user)
    return employee is not None and has_power(employee, PowerKind.TILL, at)
