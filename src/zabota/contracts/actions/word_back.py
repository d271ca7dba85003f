"""A text that came back as a Word file is taken over: into one's own draft, or for the client."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import salted_hmac

from zabota.clients.access import RoomViewer
from zabota.clients.models import Contact, RoomRole
from zabota.common.files import keep_file
from zabota.common.uploads import safe_name
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.search import keep_words
from zabota.contracts.actions.submit import submit_contract
from zabota.contracts.actions.versions import keep_wordings
from zabota.contracts.actions.word_notes import (
    WordFile,
    WordNotes,
    bring_comments,
    keep_word_return,
)
from zabota.contracts.drafts import digest_of
from zabota.contracts.entries import DOCX_RETURNED
from zabota.contracts.models import (
    Attachment,
    Contract,
    ContractState,
    Draft,
    DraftClause,
    Version,
)
from zabota.contracts.rules import Viewer, may_edit_draft, side_of
from zabota.contracts.stored import StoredText, Tree, nodes, tree_of
from zabota.contracts.surgery import leave_as_before, with_wordings
from zabota.journal.actions import record
from zabota.journal.models import Audience, Stream
from zabota.people.access import StaffViewer

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CLIENTS_TURN = (ContractState.DRAFT, ContractState.RETURNED)


class TextMoved(Exception):
    """The text was changed or sent meanwhile: the comparison has to be looked at anew."""


def may_bring_word(viewer: Viewer, contract: Contract) -> bool:
    """Whoever may write the draft; ours also for a client whose turn it is and who sent a mail."""
    return may_edit_draft(viewer, contract) or may_bring_for_client(viewer, contract)


def may_bring_for_client(viewer: Viewer, contract: Contract) -> bool:
    """Ours, for a client whose turn it is."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and contract.case.state in CLIENTS_TURN
    )


def stamp_of(contract: Contract) -> str:
    """What a comparison was made against: the version and the state of both drafts."""
    drafts = contract.drafts.order_by("side").values_list("side", "revision")
    told = f"{contract.version_id} {list(drafts)}"
    return salted_hmac("word-back", told, algorithm="sha256").hexdigest()[:16]


@transaction.atomic
def take_word_back(
    contract: Contract,
    text: StoredText,
    values: Mapping[str, str],
    source: WordFile,
    notes: WordNotes,
    *,
    by: Viewer,
    at: datetime,
    seen: str,
) -> Draft:
    """The file's text becomes the draft of one's side, to be looked through and sent as usual.

    Clauses that its reader left stay as they were; what nobody recorded in it and who recorded the
    rest is kept with the draft, its comments stand beside their clauses.
    """
    contract, stream = lock_contract(contract.pk)
    if not may_edit_draft(by, contract):
        raise PermissionDenied
    if stamp_of(contract) != seen:
        raise TextMoved
    own = Audience.THEIRS if side_of(by) == "theirs" else Audience.OURS
    draft = _put_into_draft(contract, side_of(by), text, values, notes, by=by, at=at)
    _keep_source(contract, stream, source, by=by, at=at, audience=own)
    keep_word_return(contract, side_of(by), draft.base, source, notes, by=by, at=at)
    bring_comments(contract, notes, by=by, at=at)
    return draft


@transaction.atomic
def take_word_for_client(
    contract: Contract,
    text: StoredText,
    values: Mapping[str, str],
    source: WordFile,
    notes: WordNotes,
    *,
    by: StaffViewer,
    at: datetime,
    seen: str,
    reason: str,
    unsent: WordFile | None = None,
) -> Version:
    """The client mailed a file: its text is sent for approval as the client's next version.

    `reason` stands beside changes of locked clauses. `unsent` is the client's own draft as a file,
    where they had written something they did not send: it is kept for them alone. NotReady names
    what is missing.
    """
    contract, stream = lock_contract(contract.pk)
    if not may_bring_for_client(by, contract):
        raise PermissionDenied
    if stamp_of(contract) != seen:
        raise TextMoved
    client = _for_client(contract, by)
    if unsent is not None:
        _attach(contract, unsent, by=by, at=at, audience=Audience.THEIRS)
    draft = _put_into_draft(contract, "theirs", text, values, notes, by=by, at=at)
    keep_word_return(contract, "theirs", draft.base, source, notes, by=by, at=at)
    draft.reasons = {node["id"]: reason for node in nodes(draft.tree) if node.get("l")} | {
        node["id"]: reason for node in nodes(_base_of(contract, draft)) if node.get("l")
    }
    draft.save(update_fields=["reasons"])
    _keep_source(contract, stream, source, by=by, at=at, audience=Audience.BOTH, for_client=True)
    version = submit_contract(contract, by=client, at=at)
    version.origin = "word"
    version.save(update_fields=["origin"])
    bring_comments(contract, notes, by=by, at=at)
    return version


def keep_upload(data: bytes, name: str, *, by: Viewer, at: datetime, limit: int) -> WordFile:
    """The file as it came, kept while somebody looks at what it would become."""
    if by.read_only:
        raise PermissionDenied
    return WordFile(keep_file(data, DOCX, at=at, limit=limit), safe_name(name))


def has_unsent_work(contract: Contract) -> bool:
    """Whether the client wrote something in the room that they have not sent."""
    draft = contract.drafts.filter(side="theirs").select_related("base").first()
    if draft is None:
        return False
    before = draft.base.values if draft.base else {}
    typed = {name: text for name, text in before.items() if "." not in name}
    base = _base_of(contract, draft)
    return draft.clauses.exists() or draft.tree != base or draft.values != typed


def _for_client(contract: Contract, by: StaffViewer) -> RoomViewer:
    """Our employee's account acting for the client: the journal names the account, the rules are
    those of the client's side. The contact is only a role here and is never stored."""
    contact = Contact(client=contract.case.client, name="", role=RoomRole.EDITS)
    return RoomViewer(by.user, contact, (contact,))


def _base_of(contract: Contract, draft: Draft) -> Tree:
    tree: Tree = draft.base.tree if draft.base else contract.edition.tree
    return tree


def _put_into_draft(
    contract: Contract,
    side: str,
    text: StoredText,
    values: Mapping[str, str],
    notes: WordNotes,
    *,
    by: Viewer,
    at: datetime,
) -> Draft:
    """Clauses of the base are drafted over their old words, so that each can be put back; new ones
    stand in the tree with theirs."""
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("base")
        .filter(contract=contract, side=side)
        .first()
    )
    if draft is None:
        raise PermissionDenied
    base = _base_of(contract, draft)
    tree, wordings = tree_of(text.document, text.attributes)
    keep_wordings(wordings)
    tree = leave_as_before(tree, base, notes.left, notes.moved)
    before = {node["id"]: node["w"] for node in nodes(base)}
    changed = {
        node["id"]: node["w"]
        for node in nodes(tree)
        if node["id"] in before and before[node["id"]] != node["w"]
    }
    draft.tree = with_wordings(tree, {clause: before[clause] for clause in changed})
    draft.values = dict(values)
    draft.revision += 1
    draft.saved_by, draft.saved_at = by.user, at
    draft.save()
    draft.clauses.all().delete()
    DraftClause.objects.bulk_create(
        DraftClause(
            draft=draft,
            clause=clause,
            base_wording=before[clause],
            blocks=wordings[digest],
            saved_by=by.user,
            saved_at=at,
        )
        for clause, digest in changed.items()
        if digest_of(wordings[digest]) == digest
    )
    return draft


def _keep_source(
    contract: Contract,
    stream: Stream,
    source: WordFile,
    *,
    by: Viewer,
    at: datetime,
    audience: str,
    for_client: bool = False,
) -> None:
    _attach(contract, source, by=by, at=at, audience=audience)
    name: object = source.name
    if for_client:
        client = contract.case.client.display_name
        name = {
            "ru": f"{source.name} (прислано письмом; от имени клиента {client})",
            "en": f"{source.name} (sent by mail; on behalf of the client {client})",
        }
    record(
        stream,
        DOCX_RETURNED,
        by=by.user.pk,
        at=at,
        audience=audience,
        contract=contract.pk,
        name=name,
    )


def _attach(
    contract: Contract, source: WordFile, *, by: Viewer, at: datetime, audience: str
) -> Attachment:
    """The file belongs to the dossier; it never fails for being one too many."""
    keep_words(contract.pk, source.name, audience, by=by, at=at)
    return Attachment.objects.create(
        contract=contract,
        file=source.file,
        name=source.name,
        audience=audience,
        made_by=by.user,
        made_at=at,
    )
