"""The verbs of requests."""

from zabota.tickets.actions.end import end_ticket
from zabota.tickets.actions.letters import write_by_letter
from zabota.tickets.actions.open import open_ticket
from zabota.tickets.actions.take import change_priority, take_ticket
from zabota.tickets.actions.talk import say_in_ticket, write_to_ticket

__all__ = [
    "change_priority",
    "end_ticket",
    "open_ticket",
    "say_in_ticket",
    "take_ticket",
    "write_by_letter",
    "write_to_ticket",
]
