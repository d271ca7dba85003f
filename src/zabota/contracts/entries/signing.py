"""What is said of one contract while it is signed."""

from django.utils.translation import gettext_lazy as _

from zabota.contracts.entries.kind import contract_kind
from zabota.contracts.told import (
    its_owner,
    its_signatories,
    room_owners,
    the_clients,
    together,
    told_of_original,
    whose_turn,
)

SIGNING_BEGUN = contract_kind(
    "signing_begun",
    _("Signing was begun[ by {actor}]: {way}, until {until}"),
    told=together(whose_turn, its_owner("contract_news")),
    icon="signature",
)
AGREEMENT_ACCEPTED = contract_kind(
    "agreement_accepted",
    _("The agreement on simple signatures was accepted[ by {actor}], text of {text}"),
    icon="file-check",
)
CONTRACT_SIGNED = contract_kind(
    "contract_signed",
    _("Signed by a code[: {actor}], {company}"),
    told=together(whose_turn, its_owner("contract_news")),
    icon="signature",
)
SIGNATURE_PASSED_ON = contract_kind(
    "signature_passed_on",
    _("Our signature passed on to {to}: {was} cannot sign now"),
    audience="ours",
    told=together(whose_turn, its_owner("contract_news")),
    icon="user-check",
)
SIGNATURE_HANDED_ON = contract_kind(
    "signature_handed_on",
    _("{to} signs instead of {was}[; arranged by {actor}]"),
    told=together(whose_turn, its_owner("contract_news"), room_owners("contract_news")),
    icon="user-check",
)
SIGNATORY_LEFT = contract_kind(
    "signatory_left",
    _("{person} was to sign and cannot any more: please say who signs instead"),
    told=together(room_owners("contract_sign"), its_owner("contract_news")),
    icon="user-x",
)
IN_FORCE = contract_kind(
    "in_force",
    _("The contract is signed by both sides"),
    told=together(
        the_clients("contract_signed"),
        its_owner("contract_signed"),
        its_signatories("contract_signed"),
    ),
    icon="badge-check",
)
SIGNATURE_REFUSED = contract_kind(
    "signature_refused",
    _("The signature was refused[ by {actor}]. Reason: {reason}"),
    told=together(its_owner("contract_news"), its_signatories("contract_news")),
    icon="circle-x",
)
SIGNING_STOPPED = contract_kind(
    "signing_stopped",
    _("Signing was called off[ by {actor}]. Reason: {reason}"),
    told=its_signatories("contract_news"),
    icon="circle-x",
)
SIGNING_LAPSED = contract_kind(
    "signing_lapsed",
    _("The time for signing ran out; the contract is agreed, as it was"),
    told=together(its_owner("contract_news"), its_signatories("contract_news")),
    icon="alarm-clock",
)
ORIGINAL_SENT = contract_kind(
    "original_sent",
    _("The signed text was sent[ by {actor}]: {carrier}[, to be followed by {tracking}]"),
    told=told_of_original,
    icon="send",
)
SCAN_ADDED = contract_kind(
    "scan_added",
    _("A scan of the signed text was added[ by {actor}]: {name}"),
    told=told_of_original,
    icon="paperclip",
)
ORIGINAL_RECEIVED = contract_kind(
    "original_received",
    _("The signed original was received[ by {actor}]"),
    icon="mail-open",
)
EXCHANGE_BOUND = contract_kind(
    "exchange_bound",
    _(
        "The operator’s archive was kept with the text[ by {actor}]; "
        "signatures kept, not verified here: {signatures}"
    ),
    icon="folder-archive",
)
