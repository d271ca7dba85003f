"""Who may confirm a word in another case for a card."""

from datetime import datetime

from zabota.clients.rules import may_change_client
from zabota.contracts.models import Contract
from zabota.contracts.rules.agreeing import Viewer
from zabota.people.access import StaffViewer
from zabota.people.rules import may_change_firm


def may_confirm_word_form(viewer: Viewer, contract: Contract, party: str, at: datetime) -> bool:
    """Of ours whoever may change that card: the client's ("client") or the firm's."""
    if not isinstance(viewer, StaffViewer) or viewer.read_only:
        return False
    if party == "client":
        return may_change_client(viewer.user, contract.case.client, at)
    return may_change_firm(viewer.user, at)
