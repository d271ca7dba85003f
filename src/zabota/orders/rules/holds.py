"""Who keeps goods for a client, for how long, and who lets them go."""

from datetime import date, datetime

from zabota.cases.models import Viewer
from zabota.clients.access import RoomViewer
from zabota.clients.models import RoomRole
from zabota.orders.models import Hold
from zabota.orders.timeline import Limits, prolonged
from zabota.people.access import StaffViewer
from zabota.people.rules import may_change_firm

SPEAKING_ROLES = (RoomRole.OWNER, RoomRole.EDITS)


def may_hold_goods(viewer: Viewer) -> bool:
    """Whoever of ours sees the invoice keeps its goods for the client."""
    return isinstance(viewer, StaffViewer) and not viewer.read_only


def may_take_step(viewer: Viewer, hold: Hold) -> bool:
    """Whoever of ours sees a hold prolongs it, moves it or asks about it, while goods are kept."""
    return may_hold_goods(viewer) and hold.ended_at is None


def may_prolong_own(viewer: Viewer, hold: Hold, limits: Limits, today: date) -> bool:
    """Whoever of the client speaks for it in the room, as often and as long as the firm's rule
    lets them, while goods are kept.
    """
    if hold.until < today or hold.own_times >= limits.client_times:
        return False
    further = prolonged(hold.until, hold.begun_on, limits.client_days, limits)
    return _speaks(viewer, hold) and further > hold.until


def may_say_own_date(viewer: Viewer, hold: Hold) -> bool:
    """By when the client's own approval is there: the client says it, or one of ours writes down
    what they said, while goods are kept.
    """
    return _speaks(viewer, hold) or may_take_step(viewer, hold)


def may_release_hold(viewer: Viewer, hold: Hold) -> bool:
    """The client, who needs the goods no more; one of ours writes it down for them."""
    return may_say_own_date(viewer, hold)


def may_set_hold_rule(viewer: Viewer, at: datetime) -> bool:
    """Whoever may change the firm says for how long goods are kept."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and may_change_firm(viewer.user, at)
    )


def _speaks(viewer: Viewer, hold: Hold) -> bool:
    return (
        isinstance(viewer, RoomViewer)
        and not viewer.read_only
        and hold.ended_at is None
        and viewer.stands_for(hold.case.client_id)
        and viewer.contact.role in SPEAKING_ROLES
    )
