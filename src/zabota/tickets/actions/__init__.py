"""The verbs of requests."""

from zabota.tickets.actions.articles import (
    WrittenArticle,
    publish_article,
    say_helped,
    withdraw_article,
    write_article,
)
from zabota.tickets.actions.end import end_ticket
from zabota.tickets.actions.give import give_ticket, give_to_team
from zabota.tickets.actions.kinds import close_kind, offer_kind, raise_kind, set_kind
from zabota.tickets.actions.letters import write_by_letter
from zabota.tickets.actions.macros import KeptAnswer, close_macro, set_macro, use_macro
from zabota.tickets.actions.merge import merge_tickets, part_tickets
from zabota.tickets.actions.open import open_ticket
from zabota.tickets.actions.speeds import close_urgency_rule, set_speeds, set_urgency_rule
from zabota.tickets.actions.split import split_ticket, undo_split
from zabota.tickets.actions.take import change_priority, take_ticket
from zabota.tickets.actions.talk import say_in_ticket, write_to_ticket
from zabota.tickets.actions.verdict import ask_verdicts, give_ticket_verdict
from zabota.tickets.actions.watch import unwatch_ticket, watch_ticket

__all__ = [
    "KeptAnswer",
    "WrittenArticle",
    "ask_verdicts",
    "change_priority",
    "close_kind",
    "close_macro",
    "close_urgency_rule",
    "end_ticket",
    "give_ticket",
    "give_ticket_verdict",
    "give_to_team",
    "merge_tickets",
    "offer_kind",
    "open_ticket",
    "part_tickets",
    "publish_article",
    "raise_kind",
    "say_helped",
    "say_in_ticket",
    "set_kind",
    "set_macro",
    "set_speeds",
    "set_urgency_rule",
    "split_ticket",
    "take_ticket",
    "undo_split",
    "unwatch_ticket",
    "use_macro",
    "watch_ticket",
    "withdraw_article",
    "write_article",
    "write_by_letter",
    "write_to_ticket",
]
