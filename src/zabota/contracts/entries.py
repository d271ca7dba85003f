"""What is said of contracts: each kind of entry with its sentence, who may read it and who is
told.
"""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.contracts.told import (
    Told,
    its_holders,
    its_owner,
    lead_if_again,
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


STARTED = _kind("started", _("Begun: {title}. By: {actor}"), icon="file-plus")
SHARED = _kind(
    "shared", _("Put into your room: {actor}"), told=the_clients("contract_turn"), icon="share-2"
)
SUBMITTED = _kind(
    "submitted",
    _("Version {version} sent for approval: {actor}"),
    told=together(opened, its_owner("contract_news")),
    icon="send",
)
WITHDRAWN = _kind(
    "withdrawn",
    _("Withdrawn: {actor}. Reason: {reason}"),
    told=together(its_owner("contract_news"), the_clients("contract_news")),
    icon="circle-x",
)
STAGE_APPROVED = _kind(
    "stage_approved",
    _("Agreed: {actor}. Stage: {stage}"),
    told=together(opened, the_clients("contract_news")),
    icon="check",
)
STAGE_REMARKED = _kind(
    "stage_remarked",
    _("Agreed with a remark: {actor}. Stage: {stage}. Remark: {remark}"),
    audience="ours",
    told=together(opened, its_owner("contract_news")),
    icon="message-square-warning",
)
STAGE_RETURNED = _kind(
    "stage_returned",
    _("Returned for changes: {actor}. Stage: {stage}. What is asked: {asked}"),
    told=together(the_clients("contract_turn"), its_owner("contract_news"), lead_if_again),
    icon="undo-2",
)
STAGE_VOTED = _kind(
    "stage_voted",
    _("A return was voted for: {actor}. Stage: {stage}. Reason: {remark}"),
    audience="ours",
    icon="undo-2",
)
STAGE_REASSIGNED = _kind(
    "stage_reassigned",
    _("Handed over: {actor} → {to}. Stage: {stage}. Reason: {reason}"),
    audience="ours",
    told=opened,
    icon="forward",
)
AGREED = _kind(
    "agreed",
    _("The contract is agreed. Last decision: {actor}"),
    told=together(the_clients("contract_agreed"), its_owner("contract_agreed")),
    icon="badge-check",
)
REGISTERED = _kind("registered", _("Registered under № {number}: {actor}"), icon="stamp")
CHANGE_ACCEPTED = _kind(
    "change_accepted",
    _("Change to clause {clause} accepted: {actor}"),
    told=writer_of_change,
    icon="check",
)
CHANGE_REJECTED = _kind(
    "change_rejected",
    _("Change to clause {clause} not accepted: {actor}. Reason: {reason}"),
    told=writer_of_change,
    icon="x",
)
CHANGE_COUNTERED = _kind(
    "change_countered",
    _("Another wording of clause {clause} proposed: {actor}"),
    told=writer_of_change,
    icon="pencil",
)
ANSWER_AGREED = _kind(
    "answer_agreed",
    _("The client agrees with our answer to clause {clause}: {actor}"),
    told=its_owner("contract_news"),
    icon="handshake",
)
COMMENTED = _kind("commented", _("A comment: {actor}"), told=told_of_comment, icon="message-square")
COMMENT_TURNED = _kind(
    "comment_turned",
    _("A comment was opened to the other side: {actor}"),
    told=told_of_comment,
    icon="message-square-share",
)
FILE_ATTACHED = _kind("file_attached", _("File attached: {name}. By: {actor}"), icon="paperclip")
FILE_REMOVED = _kind("file_removed", _("File removed: {name}. By: {actor}"), icon="paperclip")
SOONER_ASKED = _kind(
    "sooner_asked",
    _("Needed sooner, by {day}: {actor}. Reason: {reason}"),
    told=its_owner("contract_task"),
    icon="zap",
)
SOONER_ANSWERED = _kind(
    "sooner_answered",
    _("Answer to “I need it sooner”: {answer}. By: {actor}"),
    told=the_clients("contract_news"),
    icon="zap",
)
ROUTE_MOVED = _kind(
    "route_moved",
    _("Moved to edition {edition} of the route: {actor}. Reason: {reason}"),
    audience="ours",
    told=opened,
    icon="route",
)
HOLDERS_RELAID = _kind(
    "holders_relaid",
    _("Who has it changed, because somebody left, is away or came back"),
    audience="ours",
    told=its_holders("contract_task"),
    icon="users-round",
)
OWN_ASKED = _kind(
    "own_asked", _("Sent to a colleague: {name}. By: {actor}"), "theirs", icon="user-round-plus"
)
OWN_ANSWERED = _kind(
    "own_answered",
    _("A colleague has looked at it: {name}"),
    "theirs",
    the_clients("contract_news"),
    icon="user-round-check",
)
OWN_REMINDED = _kind(
    "own_reminded", _("A colleague was reminded: {name}. By: {actor}"), "theirs", icon="bell"
)
OWN_WITHDRAWN = _kind(
    "own_withdrawn",
    _("A colleague's link was closed: {name}. By: {actor}"),
    "theirs",
    icon="link-2-off",
)
OWN_DUE = _kind(
    "own_due", _("Your side promises an answer by {day}: {actor}"), icon="calendar-clock"
)
DOCX_RETURNED = _kind(
    "docx_returned", _("A new text came from a Word file: {actor}. File: {name}"), icon="file-input"
)

EDITION_MADE = _kind(
    "edition_made", _("Edition {number} prepared: {actor}"), "ours", icon="file-plus"
)
EDITION_CHANGED = _kind(
    "edition_changed", _("Edition {number} changed: {actor}"), "ours", icon="file-pen-line"
)
EDITION_IN_FORCE = _kind(
    "edition_in_force", _("Edition {number} in force: {actor}"), "ours", icon="badge-check"
)
EDITION_WITHDRAWN = _kind(
    "edition_withdrawn", _("Edition {number} withdrawn: {actor}"), "ours", icon="archive"
)
ROUTE_SAVED = _kind(
    "route_saved", _("Edition {number} of the route saved: {actor}"), "ours", icon="route"
)
FORM_OPENED = _kind("form_opened", _("The form was entered: {actor}"), "ours", icon="file-plus")
FORM_CHANGED = _kind(
    "form_changed", _("The card of the form changed: {actor}"), "ours", icon="file-pen-line"
)
