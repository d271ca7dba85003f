"""What is said of one contract while it is written and agreed."""

from django.utils.translation import gettext_lazy as _

from zabota.contracts.entries.kind import contract_kind
from zabota.contracts.entries.words import in_genitive, relaid, voted
from zabota.contracts.told import (
    asked_by_clause,
    its_lead,
    its_owner,
    opened,
    remarked_to_owner,
    the_clients,
    those_who_had_it,
    those_who_have_it_now,
    together,
    told_of_comment,
    writer_of_change,
)

STARTED = contract_kind("started", _("Work on “{title}” was begun[ by {actor}]"), icon="file-plus")
SHARED = contract_kind(
    "shared",
    _("Shared in the client’s room[ by {actor}]"),
    told=the_clients("contract_turn"),
    icon="share-2",
)
SUBMITTED = contract_kind(
    "submitted",
    _("Version {version} was sent for approval[ by {actor}]"),
    told=together(opened, its_owner("contract_news")),
    icon="send",
    latest_of="contract",
)
WITHDRAWN = contract_kind(
    "withdrawn",
    _("The contract was withdrawn[ by {actor}][. Reason: {reason}]"),
    told=together(
        its_owner("contract_news"),
        those_who_had_it("contract_news"),
        the_clients("contract_news"),
    ),
    icon="circle-x",
)
STAGE_APPROVED = contract_kind(
    "stage_approved",
    _("Approved[ by {actor}], stage “{stage}”"),
    told=together(opened, the_clients("contract_news")),
    icon="check",
)
STAGE_REMARKED = contract_kind(
    "stage_remarked",
    _("Approved with a remark[ by {actor}], stage “{stage}”[. Remark: {remark}]"),
    audience="ours",
    told=together(opened, its_owner("contract_news")),
    icon="message-square-warning",
)
STAGE_RETURNED = contract_kind(
    "stage_returned",
    _("Returned for changes[ by {actor}], stage “{stage}”[. What is asked: {asked}]"),
    told=together(the_clients("contract_turn", asked_by_clause), its_owner("contract_news")),
    icon="undo-2",
)
RETURNED_AGAIN = contract_kind(
    "returned_again",
    _("Returned again[ by {actor}][, clauses {clauses}] without changes: {reason}"),
    audience="ours",
    told=its_lead,
    icon="undo-2",
)
STAGE_VOTED = contract_kind(
    "stage_voted",
    _("A vote was cast[ by {actor}], stage “{stage}”: {vote}[. Comment: {remark}]"),
    audience="ours",
    told=remarked_to_owner,
    icon="scale",
    words=voted,
)
STAGE_REASSIGNED = contract_kind(
    "stage_reassigned",
    _("The stage “{stage}” was handed over[ by {actor}] to {to}[. Reason: {reason}]"),
    audience="ours",
    told=opened,
    icon="forward",
)
AGREED = contract_kind(
    "agreed",
    _("The contract is agreed[. Last decision: {actor}]"),
    told=together(the_clients("contract_agreed"), its_owner("contract_agreed")),
    icon="badge-check",
)
REGISTERED = contract_kind(
    "registered", _("Registered under No. {number}[ by {actor}]"), icon="stamp"
)
CHANGE_ACCEPTED = contract_kind(
    "change_accepted",
    _("The change[ to clause {clause}] was accepted[ by {actor}]"),
    told=writer_of_change,
    icon="check",
    latest_of="change",
)
CHANGE_REJECTED = contract_kind(
    "change_rejected",
    _("The change[ to clause {clause}] was not accepted[ by {actor}][. Reason: {reason}]"),
    told=writer_of_change,
    icon="x",
    latest_of="change",
)
CHANGE_COUNTERED = contract_kind(
    "change_countered",
    _("Another wording[ of clause {clause}] was proposed[ by {actor}]"),
    told=writer_of_change,
    icon="pencil",
    latest_of="change",
)
AGREED_BEFORE_ACCEPTED = contract_kind(
    "agreed_before_accepted",
    _("Changes agreed before in No. {number} were accepted[ by {actor}], clauses {clauses}"),
    told=writer_of_change,
    icon="check",
)
ANSWER_AGREED = contract_kind(
    "answer_agreed",
    _("The client agreed with the answer[ on clause {clause}][: {actor}]"),
    told=its_owner("contract_news"),
    icon="handshake",
)
DISAGREEMENTS_SENT = contract_kind(
    "disagreements_sent",
    _("Table of disagreements No. {number} was sent[ by {actor}]; agreed: {agreed} of {rows}"),
    told=the_clients("contract_news"),
    icon="scale",
)
ENDING_CHOSEN = contract_kind(
    "ending_chosen",
    _("When all of it is agreed, {ending}[; decided by {actor}]"),
    told=the_clients("contract_news"),
    icon="scale",
)
COMMENTED = contract_kind(
    "commented",
    _("A comment[ on clause {number}] was written[ by {actor}]"),
    told=told_of_comment,
    icon="message-square",
)
COMMENT_TURNED = contract_kind(
    "comment_turned",
    _("A comment was opened to the other side[ by {actor}]"),
    told=told_of_comment,
    icon="message-square-share",
)
FILE_ATTACHED = contract_kind(
    "file_attached", _("The file “{name}” was attached[ by {actor}]"), icon="paperclip"
)
FILE_REMOVED = contract_kind(
    "file_removed", _("The file “{name}” was removed[ by {actor}]"), icon="paperclip"
)
SOONER_ASKED = contract_kind(
    "sooner_asked",
    _("A request to hurry[ from {actor}][ with “{about}”][. Needed by: {day}][. Reason: {reason}]"),
    told=its_owner("contract_task"),
    icon="zap",
)
SOONER_ANSWERED = contract_kind(
    "sooner_answered",
    _("The request to hurry was answered[ by {actor}]: “{answer}”"),
    told=the_clients("contract_news"),
    icon="zap",
)
ROUTE_MOVED = contract_kind(
    "route_moved",
    _("The contract was moved to edition {edition} of the route[ by {actor}][. Reason: {reason}]"),
    audience="ours",
    told=opened,
    icon="route",
)
HOLDERS_RELAID = contract_kind(
    "holders_relaid",
    _(
        "{stage}[: instead of {instead} – {now}][: {joined} as well][: without {without}]"
        "[, until {until}]"
    ),
    audience="ours",
    told=those_who_have_it_now,
    icon="users-round",
    words=relaid,
    forms={"instead": in_genitive, "without": in_genitive},
)
PASSPORT_TYPED = contract_kind(
    "passport_typed",
    _("The main terms were typed by hand from the client’s text[ by {actor}]. {what}"),
    audience="ours",
    told=opened,
    icon="file-pen-line",
)
OWN_ASKED = contract_kind(
    "own_asked",
    _("A colleague was asked to look at it[: {name}][, asked by {actor}]"),
    "theirs",
    icon="user-round-plus",
)
OWN_ANSWERED = contract_kind(
    "own_answered",
    _("A colleague has answered[: {name}]"),
    "theirs",
    the_clients("contract_news"),
    icon="user-round-check",
)
OWN_REMINDED = contract_kind(
    "own_reminded", _("A colleague was reminded[: {name}][, by {actor}]"), "theirs", icon="bell"
)
OWN_WITHDRAWN = contract_kind(
    "own_withdrawn",
    _("The link for a colleague was closed[: {name}][, by {actor}]"),
    "theirs",
    icon="link-2-off",
)
OWN_DUE = contract_kind(
    "own_due", _("The client’s answer was promised for {day}[ by {actor}]"), icon="calendar-clock"
)
DOCX_RETURNED = contract_kind(
    "docx_returned",
    _("A new text was taken from a Word file[ by {actor}]. File: {name}"),
    icon="file-input",
)
