"""Loading what an action on points changes: the client's stream is locked first, always that of
the whole, so that cards that are one spend from one purse.
"""

from zabota.clients.access import RoomViewer
from zabota.clients.actions.held import held_together
from zabota.clients.models import Client
from zabota.people.access import StaffViewer
from zabota.people.models import User

type Actor = User | StaffViewer | RoomViewer | None


def hold_whole(client: Client) -> Client:
    """The client as it is now, or what it was merged into, locked. A card and what it was merged
    into are locked together, in the order in which merging and undoing lock them.
    """
    root = client.root_id
    while True:
        held = held_together(client.pk, root or client.pk)
        now = held[client.pk].root_id
        if now is None or now == root:
            # Parted meanwhile, it is its own: what is theirs goes to no purse they do not own.
            return held[now or client.pk]
        # Merged meanwhile: what is locked stays so, that of the whole is locked, too.
        root = now


def account_of(by: Actor) -> User | None:
    """The account behind whoever acts."""
    return by.user if isinstance(by, StaffViewer | RoomViewer) else by
