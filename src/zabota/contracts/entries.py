"""What is said of contracts: each kind of entry with its sentence, who may read it and who is
told.
"""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.contracts.told import (
    Told,
    its_holders,
    its_lead,
    its_owner,
    opened,
    the_clients,
    together,
    told_of_comment,
    writer_of_change,
)
from zabota.journal.kinds import EntryKind, declare


def _kind(
    name: str,
    sentence: LazyText | str,
    audience: str = "both",
    told: Told | None = None,
    icon: str = "circle",
) -> EntryKind:
    return declare(EntryKind(f"contract.{name}", sentence, audience, told, icon))


STARTED = _kind("started", _("Work on “{title}” was begun[ by {actor}]"), icon="file-plus")
SHARED = _kind(
    "shared",
    _("Shared in the client’s room[ by {actor}]"),
    told=the_clients("contract_turn"),
    icon="share-2",
)
SUBMITTED = _kind(
    "submitted",
    _("Version {version} was sent for approval[ by {actor}]"),
    told=together(opened, its_owner("contract_news")),
    icon="send",
)
WITHDRAWN = _kind(
    "withdrawn",
    _("The contract was withdrawn[ by {actor}][. Reason: {reason}]"),
    told=together(its_owner("contract_news"), the_clients("contract_news")),
    icon="circle-x",
)
STAGE_APPROVED = _kind(
    "stage_approved",
    _("Approved[ by {actor}], stage “{stage}”"),
    told=together(opened, the_clients("contract_news")),
    icon="check",
)
STAGE_REMARKED = _kind(
    "stage_remarked",
    _("Approved with a remark[ by {actor}], stage “{stage}”[. Remark: {remark}]"),
    audience="ours",
    told=together(opened, its_owner("contract_news")),
    icon="message-square-warning",
)
STAGE_RETURNED = _kind(
    "stage_returned",
    _("Returned for changes[ by {actor}], stage “{stage}”[. What is asked: {asked}]"),
    told=together(the_clients("contract_turn"), its_owner("contract_news")),
    icon="undo-2",
)
RETURNED_AGAIN = _kind(
    "returned_again",
    _("Returned again[ by {actor}][, clauses {clauses}] without changes: {reason}"),
    audience="ours",
    told=its_lead,
    icon="undo-2",
)
STAGE_VOTED = _kind(
    "stage_voted",
    _("A vote for a return was cast[ by {actor}], stage “{stage}”[. Reason: {remark}]"),
    audience="ours",
    icon="undo-2",
)
STAGE_REASSIGNED = _kind(
    "stage_reassigned",
    _("The stage “{stage}” was handed over[ by {actor}] to {to}[. Reason: {reason}]"),
    audience="ours",
    told=opened,
    icon="forward",
)
AGREED = _kind(
    "agreed",
    _("The contract is agreed[. Last decision: {actor}]"),
    told=together(the_clients("contract_agreed"), its_owner("contract_agreed")),
    icon="badge-check",
)
REGISTERED = _kind("registered", _("Registered under No. {number}[ by {actor}]"), icon="stamp")
CHANGE_ACCEPTED = _kind(
    "change_accepted",
    _("The change[ to clause {clause}] was accepted[ by {actor}]"),
    told=writer_of_change,
    icon="check",
)
CHANGE_REJECTED = _kind(
    "change_rejected",
    _("The change[ to clause {clause}] was not accepted[ by {actor}][. Reason: {reason}]"),
    told=writer_of_change,
    icon="x",
)
CHANGE_COUNTERED = _kind(
    "change_countered",
    _("Another wording[ of clause {clause}] was proposed[ by {actor}]"),
    told=writer_of_change,
    icon="pencil",
)
AGREED_BEFORE_ACCEPTED = _kind(
    "agreed_before_accepted",
    _("Changes agreed before in No. {number} were accepted[ by {actor}], clauses {clauses}"),
    told=writer_of_change,
    icon="check",
)
ANSWER_AGREED = _kind(
    "answer_agreed",
    _("The client agreed with the answer[ on clause {clause}][: {actor}]"),
    told=its_owner("contract_news"),
    icon="handshake",
)
DISAGREEMENTS_SENT = _kind(
    "disagreements_sent",
    _("Table of disagreements No. {number} was sent[ by {actor}]; agreed: {agreed} of {rows}"),
    told=the_clients("contract_news"),
    icon="scale",
)
ENDING_CHOSEN = _kind(
    "ending_chosen",
    _("When all of it is agreed, {ending}[; decided by {actor}]"),
    told=the_clients("contract_news"),
    icon="scale",
)
COMMENTED = _kind(
    "commented",
    _("A comment was written[ by {actor}]"),
    told=told_of_comment,
    icon="message-square",
)
COMMENT_TURNED = _kind(
    "comment_turned",
    _("A comment was opened to the other side[ by {actor}]"),
    told=told_of_comment,
    icon="message-square-share",
)
FILE_ATTACHED = _kind(
    "file_attached", _("The file “{name}” was attached[ by {actor}]"), icon="paperclip"
)
FILE_REMOVED = _kind(
    "file_removed", _("The file “{name}” was removed[ by {actor}]"), icon="paperclip"
)
SOONER_ASKED = _kind(
    "sooner_asked",
    _("A request to hurry[ from {actor}][. Needed by: {day}][. Reason: {reason}]"),
    told=its_owner("contract_task"),
    icon="zap",
)
SOONER_ANSWERED = _kind(
    "sooner_answered",
    _("The request to hurry was answered[ by {actor}]: “{answer}”"),
    told=the_clients("contract_news"),
    icon="zap",
)
ROUTE_MOVED = _kind(
    "route_moved",
    _("The contract was moved to edition {edition} of the route[ by {actor}][. Reason: {reason}]"),
    audience="ours",
    told=opened,
    icon="route",
)
HOLDERS_RELAID = _kind(
    "holders_relaid",
    _("The people in charge have changed: somebody left, is away or is back"),
    audience="ours",
    told=its_holders("contract_task"),
    icon="users-round",
)
PASSPORT_TYPED = _kind(
    "passport_typed",
    _("The main terms were typed by hand from the client’s text[ by {actor}]. {what}"),
    audience="ours",
    told=opened,
    icon="file-pen-line",
)
OWN_ASKED = _kind(
    "own_asked", _("{name} was asked to look at it[ by {actor}]"), "theirs", icon="user-round-plus"
)
OWN_ANSWERED = _kind(
    "own_answered",
    _("A colleague has answered: {name}"),
    "theirs",
    the_clients("contract_news"),
    icon="user-round-check",
)
OWN_REMINDED = _kind("own_reminded", _("{name} was reminded[ by {actor}]"), "theirs", icon="bell")
OWN_WITHDRAWN = _kind(
    "own_withdrawn",
    _("The link for {name} was closed[ by {actor}]"),
    "theirs",
    icon="link-2-off",
)
OWN_DUE = _kind(
    "own_due", _("The client’s answer was promised for {day}[ by {actor}]"), icon="calendar-clock"
)
DOCX_RETURNED = _kind(
    "docx_returned",
    _("A new text was taken from a Word file[ by {actor}]. File: {name}"),
    icon="file-input",
)

EDITION_MADE = _kind(
    "edition_made", _("Edition {number} was prepared[ by {actor}]"), "ours", icon="file-plus"
)
EDITION_CHANGED = _kind(
    "edition_changed", _("Edition {number} was changed[ by {actor}]"), "ours", icon="file-pen-line"
)
EDITION_IN_FORCE = _kind(
    "edition_in_force",
    _("Edition {number} was put in force[ by {actor}]"),
    "ours",
    icon="badge-check",
)
EDITION_WITHDRAWN = _kind(
    "edition_withdrawn", _("Edition {number} was withdrawn[ by {actor}]"), "ours", icon="archive"
)
ROUTE_SAVED = _kind(
    "route_saved", _("Edition {number} of the route was saved[ by {actor}]"), "ours", icon="route"
)
ROUTE_FOR_PAPERS = _kind(
    "route_for_papers",
    _("Contracts on the client’s own text take this route[; set by {actor}]"),
    "ours",
    icon="route",
)
FORM_OPENED = _kind("form_opened", _("The form was added[ by {actor}]"), "ours", icon="file-plus")
FORM_CHANGED = _kind(
    "form_changed", _("The card of the form was changed[ by {actor}]"), "ours", icon="file-pen-line"
)
