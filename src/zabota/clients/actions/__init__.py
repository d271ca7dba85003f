"""The verbs of clients and their people: the only writer of these tables."""

from zabota.clients.actions.access import change_role, give_access, invite_contact
from zabota.clients.actions.clients import (
    add_client,
    change_client,
    pass_on_after_dismissal,
    pass_on_clients,
)
from zabota.clients.actions.contacts import (
    add_contact,
    add_point,
    change_contact,
    hand_over,
    remove_contact,
)
from zabota.clients.actions.merge import merge_clients, undo_merge
from zabota.clients.actions.persons import erase_person, export_person, give_consent
from zabota.clients.actions.same import look_for_same, tell_apart
from zabota.clients.actions.sign_in import request_code

__all__ = [
    "add_client",
    "add_contact",
    "add_point",
    "change_client",
    "change_contact",
    "change_role",
    "erase_person",
    "export_person",
    "give_access",
    "give_consent",
    "hand_over",
    "invite_contact",
    "look_for_same",
    "merge_clients",
    "pass_on_after_dismissal",
    "pass_on_clients",
    "remove_contact",
    "request_code",
    "tell_apart",
    "undo_merge",
]
