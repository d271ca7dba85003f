"""What is said of contracts: each kind of entry with its sentence, who may read it and who is
told.
"""

from collections.abc import Callable, Iterator

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Case, Holder, PromiseState
from zabota.clients.models import Contact
from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Entry

Told = Callable[[Entry], Iterator[Notice]]


def _clients(purpose: str) -> Told:
    """Everybody of the client with access to the room; never of what is only ours."""

    def told(entry: Entry) -> Iterator[Notice]:
        if entry.audience == "ours":
            return
        contract = entry.facts["contract"]
        people = Contact.objects.with_access().filter(client__cases=contract)
        for user in people.values_list("user", flat=True):
            yield Notice(user, purpose, f"/room/contracts/{contract}/")

    return told


def _holders(purpose: str) -> Told:
    """Whoever has an open promise of this contract now."""

    def told(entry: Entry) -> Iterator[Notice]:
        contract = entry.facts["contract"]
        rows = Holder.objects.filter(
            case=contract, rank_at__isnull=False, promise__state=PromiseState.RUNNING
        )
        for user in rows.values_list("employee__user", flat=True).distinct():
            yield Notice(user, purpose, f"/desk/contracts/{contract}/")

    return told


def _owner(purpose: str) -> Told:
    """Our person in charge."""

    def told(entry: Entry) -> Iterator[Notice]:
        contract = entry.facts["contract"]
        for user in Case.objects.filter(pk=contract).values_list("owner__user", flat=True):
            yield Notice(user, purpose, f"/desk/contracts/{contract}/")

    return told


def _opened(entry: Entry) -> Iterator[Notice]:
    """Those whose stages this very decision opened; each is told once, when their turn comes."""
    stages = entry.facts.get("opened", [])
    rows = Holder.objects.filter(promise__stage__in=stages, rank_at__isnull=False)
    seen = set()
    for user, stage, ru, en in rows.values_list(
        "employee__user", "promise__stage", "promise__words_ru", "promise__words_en"
    ):
        if (user, stage) not in seen:
            seen.add((user, stage))
            words = {"ru": f"Ваш этап: {ru}.", "en": f"Your stage: {en}."}
            yield Notice(user, "contract_task", f"/desk/stages/{stage}/", words=words)


def _together(*some: Told) -> Told:
    def told(entry: Entry) -> Iterator[Notice]:
        seen: set[int] = set()
        for one in some:
            for notice in one(entry):
                if notice.user_id not in seen:
                    seen.add(notice.user_id)
                    yield notice

    return told


def _lead_if_again(entry: Entry) -> Iterator[Notice]:
    """A second return of an unchanged clause is shown to the lead."""
    lead = entry.facts.get("lead")
    if lead:
        yield Notice(lead, "promise_in_danger", f"/desk/contracts/{entry.facts['contract']}/")


def _writer_of_change(entry: Entry) -> Iterator[Notice]:
    writer = entry.facts.get("writer")
    if writer:
        yield Notice(writer, "contract_news", f"/room/contracts/{entry.facts['contract']}/")


def _told_of_comment(entry: Entry) -> Iterator[Notice]:
    """A comment for both sides reaches the other side; one of ours, those who hold the contract."""
    audience = entry.audience
    if audience == "theirs":
        yield from _clients("contract_comment")(entry)
    elif entry.facts.get("side") == "theirs":
        yield from _together(_owner("contract_comment"), _holders("contract_comment"))(entry)
    elif audience == "both":
        yield from _clients("contract_comment")(entry)
    else:
        yield from _together(_owner("contract_comment"), _holders("contract_comment"))(entry)


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
    "shared", _("Put into your room: {actor}"), told=_clients("contract_turn"), icon="share-2"
)
SUBMITTED = _kind(
    "submitted",
    _("Version {version} sent for approval: {actor}"),
    told=_together(_opened, _owner("contract_news")),
    icon="send",
)
WITHDRAWN = _kind(
    "withdrawn",
    _("Withdrawn: {actor}. Reason: {reason}"),
    told=_together(_owner("contract_news"), _clients("contract_news")),
    icon="circle-x",
)
STAGE_APPROVED = _kind(
    "stage_approved",
    _("Agreed: {actor}. Stage: {stage}"),
    told=_together(_opened, _clients("contract_news")),
    icon="check",
)
STAGE_REMARKED = _kind(
    "stage_remarked",
    _("Agreed with a remark: {actor}. Stage: {stage}. Remark: {remark}"),
    audience="ours",
    told=_together(_opened, _owner("contract_news")),
    icon="message-square-warning",
)
STAGE_RETURNED = _kind(
    "stage_returned",
    _("Returned for changes: {actor}. Stage: {stage}. What is asked: {asked}"),
    told=_together(_clients("contract_turn"), _owner("contract_news"), _lead_if_again),
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
    told=_opened,
    icon="forward",
)
AGREED = _kind(
    "agreed",
    _("The contract is agreed. Last decision: {actor}"),
    told=_together(_clients("contract_agreed"), _owner("contract_agreed")),
    icon="badge-check",
)
REGISTERED = _kind("registered", _("Registered under № {number}: {actor}"), icon="stamp")
CHANGE_ACCEPTED = _kind(
    "change_accepted",
    _("Change to clause {clause} accepted: {actor}"),
    told=_writer_of_change,
    icon="check",
)
CHANGE_REJECTED = _kind(
    "change_rejected",
    _("Change to clause {clause} not accepted: {actor}. Reason: {reason}"),
    told=_writer_of_change,
    icon="x",
)
CHANGE_COUNTERED = _kind(
    "change_countered",
    _("Another wording of clause {clause} proposed: {actor}"),
    told=_writer_of_change,
    icon="pencil",
)
ANSWER_AGREED = _kind(
    "answer_agreed",
    _("The client agrees with our answer to clause {clause}: {actor}"),
    told=_owner("contract_news"),
    icon="handshake",
)
COMMENTED = _kind(
    "commented", _("A comment: {actor}"), told=_told_of_comment, icon="message-square"
)
COMMENT_TURNED = _kind(
    "comment_turned",
    _("A comment was opened to the other side: {actor}"),
    told=_told_of_comment,
    icon="message-square-share",
)
FILE_ATTACHED = _kind("file_attached", _("File attached: {name}. By: {actor}"), icon="paperclip")
FILE_REMOVED = _kind("file_removed", _("File removed: {name}. By: {actor}"), icon="paperclip")
SOONER_ASKED = _kind(
    "sooner_asked",
    _("Needed sooner, by {day}: {actor}. Reason: {reason}"),
    told=_owner("contract_task"),
    icon="zap",
)
SOONER_ANSWERED = _kind(
    "sooner_answered",
    _("Answer to “I need it sooner”: {answer}. By: {actor}"),
    told=_clients("contract_news"),
    icon="zap",
)
ROUTE_MOVED = _kind(
    "route_moved",
    _("Moved to edition {edition} of the route: {actor}. Reason: {reason}"),
    audience="ours",
    told=_opened,
    icon="route",
)
HOLDERS_RELAID = _kind(
    "holders_relaid",
    _("Who has it changed, because somebody left, is away or came back"),
    audience="ours",
    told=_holders("contract_task"),
    icon="users-round",
)
OWN_ASKED = _kind(
    "own_asked", _("Sent to a colleague: {name}. By: {actor}"), "theirs", icon="user-round-plus"
)
OWN_ANSWERED = _kind(
    "own_answered",
    _("A colleague has looked at it: {name}"),
    "theirs",
    _clients("contract_news"),
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
