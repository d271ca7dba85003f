"""Whatever leaves the house goes through here: stored once, sent at least once."""

from zabota.outreach.actions.again import send_again
from zabota.outreach.actions.announce import announce_entries
from zabota.outreach.actions.persons import forget_address, forget_linked
from zabota.outreach.actions.send import send_waiting
from zabota.outreach.actions.store import send_message, send_sign_in_code

__all__ = [
    "announce_entries",
    "forget_address",
    "forget_linked",
    "send_again",
    "send_message",
    "send_sign_in_code",
    "send_waiting",
]
