"""Whatever leaves the house goes through here, stored once, sent at least once; and whatever comes
in, kept whole, taken up once.
"""

from zabota.outreach.actions.again import send_again
from zabota.outreach.actions.announce import announce_entries
from zabota.outreach.actions.arrive import Arrival, receive_words
from zabota.outreach.actions.gates import (
    change_gate,
    claim_gate,
    close_gate,
    note_gate,
    open_gate,
    release_gate,
    renew_gate,
)
from zabota.outreach.actions.mailboxes import (
    add_mailbox,
    change_mailbox,
    claim_mailbox,
    close_mailbox,
    mailbox_by_hand,
    note_fault,
    note_progress,
    release_mailbox,
)
from zabota.outreach.actions.persons import forget_address, forget_letters, forget_linked
from zabota.outreach.actions.receive import receive_letter
from zabota.outreach.actions.send import send_waiting
from zabota.outreach.actions.sort import (
    add_sender,
    confirm_sender,
    leave_for_sorting,
    place_letter,
    set_aside_letter,
)
from zabota.outreach.actions.store import send_message, send_sign_in_code
from zabota.outreach.actions.threads import (
    begin_thread,
    give_thread,
    link_thread,
    look_at_thread,
    make_link_code,
    part_thread,
)
from zabota.outreach.actions.updates import receive_update

__all__ = [
    "Arrival",
    "add_mailbox",
    "add_sender",
    "announce_entries",
    "begin_thread",
    "change_gate",
    "change_mailbox",
    "claim_gate",
    "claim_mailbox",
    "close_gate",
    "close_mailbox",
    "confirm_sender",
    "forget_address",
    "forget_letters",
    "forget_linked",
    "give_thread",
    "leave_for_sorting",
    "link_thread",
    "look_at_thread",
    "mailbox_by_hand",
    "make_link_code",
    "note_fault",
    "note_gate",
    "note_progress",
    "open_gate",
    "part_thread",
    "place_letter",
    "receive_letter",
    "receive_update",
    "receive_words",
    "release_gate",
    "release_mailbox",
    "renew_gate",
    "send_again",
    "send_message",
    "send_sign_in_code",
    "send_waiting",
    "set_aside_letter",
]
