"""What is said of a contract in force."""

from django.utils.translation import gettext_lazy as _

from zabota.contracts.entries.kind import contract_kind
from zabota.contracts.told import its_owner, the_clients, together

OBLIGATIONS_PROPOSED = contract_kind(
    "obligations_proposed",
    _("Obligations were read out of the contract, to be confirmed: {count}"),
    audience="ours",
    told=its_owner("contract_task"),
    icon="list-checks",
)
OBLIGATION_CONFIRMED = contract_kind(
    "obligation_confirmed",
    _("An obligation was confirmed[ by {actor}]: {words}, until {day}"),
    told=the_clients("contract_news"),
    icon="list-checks",
)
OBLIGATION_DISMISSED = contract_kind(
    "obligation_dismissed",
    _("A proposed obligation was dismissed[ by {actor}]: {words}"),
    audience="ours",
    icon="x",
)
OBLIGATION_MET = contract_kind(
    "obligation_met",
    _("An obligation was met[, noted by {actor}]: {words}[; next time until {day}]"),
    told=together(its_owner("contract_news"), the_clients("contract_news")),
    icon="check",
)
OBLIGATION_MOVED = contract_kind(
    "obligation_moved",
    _("The date of an obligation was moved[ by {actor}]: {words}, {was} → {day}. Reason: {reason}"),
    told=together(its_owner("contract_news"), the_clients("contract_news")),
    icon="calendar-clock",
)
OBLIGATION_ENDED = contract_kind(
    "obligation_ended",
    _("An obligation is over[, decided by {actor}]: {words}[. Reason: {reason}]"),
    told=the_clients("contract_news"),
    icon="circle-x",
)
IMPORTED = contract_kind(
    "imported",
    _("Taken from the register of contracts in force under No. {number}[ by {actor}]"),
    icon="file-input",
)
