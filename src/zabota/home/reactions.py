"""What follows an entry in an upper app: (kind of entry, action). One list; each runs once per
entry.

An action here takes the entry, is given `by=None` and the moment, and is idempotent.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from zabota.cases.actions import (
    ask_to_explain,
    forget_heard,
    forget_verdicts,
    pass_on_cases,
    relay_beyond,
)
from zabota.clients.actions import forget_tables, pass_on_after_dismissal
from zabota.contracts.actions import miss_signatories, pass_on_seats, relay_all_holders
from zabota.contracts.actions.letters import comment_by_letter
from zabota.contracts.actions.obligations import propose_obligations
from zabota.contracts.actions.own_route_erased import forget_own_steps
from zabota.goodwill.actions import forget_thanks, take_card_letter
from zabota.journal.models import Entry
from zabota.loyalty.actions.cards import forget_cards
from zabota.loyalty.actions.purchases import earn_for_purchase, take_back_for_return
from zabota.orders.actions.forget import forget_payer
from zabota.orders.actions.holds import answer_step, free_hold, pay_hold
from zabota.outreach.actions import forget_address, forget_letters
from zabota.referrals.actions.forget import forget_referrals
from zabota.referrals.actions.purchases import notice_purchase, notice_return, notice_table
from zabota.tickets.actions import write_by_letter
from zabota.tickets.actions.alarms import raise_alarms
from zabota.tickets.actions.calls import forget_calls
from zabota.tickets.actions.files import forget_files
from zabota.tickets.actions.forget import forget_words
from zabota.tickets.actions.lines import name_anew
from zabota.tickets.actions.merge import part_of_two_clients
from zabota.voice.actions.feeds import take_alert
from zabota.voice.actions.persons import forget_mentions
from zabota.voice.actions.reward import reward_author


class Reaction(Protocol):
    """What follows; says how much it changed."""

    def __call__(self, entry: Entry, *, by: None, at: datetime) -> int: ...


# Whatever changes who is here and who may do what: contracts under way lay their holders anew.
STAFF_CHANGED = (
    "people.employee_hired",
    "people.employee_changed",
    "people.employee_dismissed",
    "people.power_granted",
    "people.power_begun",
    "people.power_ended",
    "people.power_revoked",
    "people.power_drill_set",
    "people.power_drill_lifted",
    "people.training_passed",
    "people.training_lapsed",
    "people.absence_planned",
    "people.absence_begun",
    "people.absence_ended",
    "people.absence_cancelled",
    "people.substitute_appointed",
    "people.substitution_begun",
    "people.substitution_ended",
    "people.substitution_cancelled",
    "people.team_closed",
)

# A letter has its case: as it came, by somebody's hand, or since its sender is known.
LETTER_HAS_CASE = (
    "outreach.letter_received",
    "outreach.words_received",
    "outreach.letter_placed",
    "outreach.sender_confirmed",
)

# Whether somebody of a client can still sign for it.
SIGNS_OR_NOT = (
    "clients.contact_removed",
    "clients.role_changed",
    "clients.handed_over",
    "clients.person_erased",
)

# A client wrote, or told one of ours by phone: their words may mean more than they say.
CLIENT_SPOKE = (
    "ticket.opened",
    "ticket.reopened",
    "ticket.client_wrote",
    "ticket.call_logged",
)

# Requests of a client are found by what the client is called.
CALLED_OTHERWISE = ("clients.client_changed", "clients.took_in", "clients.merge_undone")

REACTIONS: tuple[tuple[str, Reaction], ...] = (
    ("people.employee_dismissed", pass_on_after_dismissal),
    ("people.employee_dismissed", pass_on_cases),
    ("people.employee_dismissed", pass_on_seats),
    *((kind, miss_signatories) for kind in SIGNS_OR_NOT),
    ("clients.person_erased", forget_address),
    ("clients.person_erased", forget_letters),
    ("clients.person_erased", forget_own_steps),
    ("clients.person_erased", forget_calls),
    ("clients.person_erased", forget_files),
    ("clients.person_erased", forget_words),
    ("clients.person_erased", forget_tables),
    ("clients.person_erased", forget_verdicts),
    ("clients.person_erased", forget_heard),
    ("clients.person_erased", forget_payer),
    ("order.payment_allocated", pay_hold),
    ("clients.person_erased", forget_thanks),
    ("clients.person_erased", forget_cards),
    ("clients.purchase_recorded", earn_for_purchase),
    ("clients.purchase_returned", take_back_for_return),
    ("clients.return_lessened", take_back_for_return),
    ("clients.person_erased", forget_referrals),
    ("clients.purchase_recorded", notice_purchase),
    ("clients.table_taken_in", notice_table),
    ("clients.purchase_returned", notice_return),
    ("clients.return_lessened", notice_purchase),
    ("clients.person_erased", forget_mentions),
    ("clients.merge_undone", part_of_two_clients),
    *((kind, name_anew) for kind in CALLED_OTHERWISE),
    # A letter of alerts may call itself a machine's or not.
    ("outreach.letter_received", take_alert),
    ("outreach.letter_automatic", take_alert),
    ("voice.mention_thanked", reward_author),
    ("voice.author_confirmed", reward_author),
    ("case.promise_escalated", ask_to_explain),
    ("order.invoice_taken_back", free_hold),
    ("order.cancelled", free_hold),
    ("case.beyond_granted", answer_step),
    ("case.beyond_refused", answer_step),
    ("case.beyond_taken_back", answer_step),
    ("contract.in_force", propose_obligations),
    ("contract.imported", propose_obligations),
    # A letter to somebody's visiting card begins no request: it goes first.
    ("outreach.letter_received", take_card_letter),
    *((kind, comment_by_letter) for kind in LETTER_HAS_CASE),
    *((kind, write_by_letter) for kind in LETTER_HAS_CASE),
    *((kind, raise_alarms) for kind in CLIENT_SPOKE),
    *((kind, relay_all_holders) for kind in STAFF_CHANGED),
    *((kind, relay_beyond) for kind in STAFF_CHANGED),
)


def name_of(action: Callable[..., int]) -> str:
    """How a reaction is named in its unique row."""
    return f"{action.__module__}.{action.__qualname__}"
