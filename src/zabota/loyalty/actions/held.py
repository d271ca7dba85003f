"""Loading what an action on points changes: the client's stream is locked first, always that of
the whole, so that cards that are one spend from one purse.
"""

from zabota.clients.access import RoomViewer
from zabota.clients.actions.held import held_client
from zabota.clients.models import Client
from zabota.people.access import StaffViewer
from zabota.people.models import User

type Actor = User | StaffViewer | RoomViewer | None


def hold_whole(client: Client) -> Client:
    """The client as it is now, or what it was merged into, locked."""
    pk = client.root_id or client.pk
    while True:
        held = held_client(pk)
        if held.root_id is None:
            return held
        # Merged meanwhile: the lock of a part is kept, that of the whole is taken, too.
        pk = held.root_id


def account_of(by: Actor) -> User | None:
    """The account behind whoever acts."""
    return by.user if isinstance(by, StaffViewer | RoomViewer) else by
