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
    change_contact,
    hand_over,
    join_company,
    remove_contact,
)
from zabota.clients.actions.fit import ask_fit, fit_daily
from zabota.clients.actions.forget_tables import forget_tables
from zabota.clients.actions.merge import merge_clients, undo_merge
from zabota.clients.actions.persons import erase_person, export_person, give_consent
from zabota.clients.actions.points import add_point, prefer_point, remove_point
from zabota.clients.actions.purchases import lessen_return, record_purchase, take_back_purchase
from zabota.clients.actions.refuse import accept_client, refuse_client
from zabota.clients.actions.same import look_for_same, tell_apart
from zabota.clients.actions.sees_debt import let_see_debt
from zabota.clients.actions.sign_in import request_code
from zabota.clients.actions.tables import carry_on_import, map_import, open_import, start_import
from zabota.clients.actions.worth import end_ranking, reckon_daily, reckon_worth

__all__ = [
    "accept_client",
    "add_client",
    "add_contact",
    "add_point",
    "ask_fit",
    "carry_on_import",
    "change_client",
    "change_contact",
    "change_role",
    "end_ranking",
    "erase_person",
    "export_person",
    "fit_daily",
    "forget_tables",
    "give_access",
    "give_consent",
    "hand_over",
    "invite_contact",
    "join_company",
    "lessen_return",
    "let_see_debt",
    "look_for_same",
    "map_import",
    "merge_clients",
    "open_import",
    "pass_on_after_dismissal",
    "pass_on_clients",
    "prefer_point",
    "reckon_daily",
    "reckon_worth",
    "record_purchase",
    "refuse_client",
    "remove_contact",
    "remove_point",
    "request_code",
    "start_import",
    "take_back_purchase",
    "tell_apart",
    "undo_merge",
]
