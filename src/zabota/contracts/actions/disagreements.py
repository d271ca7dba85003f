"""«Протокол разногласий»: sending it, choosing what becomes of it, insisting on one's wording."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.common.files import keep_file
from zabota.contracts.actions.draft import lock_draft
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.entries import DISAGREEMENTS_SENT, ENDING_CHOSEN
from zabota.contracts.holders import holders_of
from zabota.contracts.models import (
    Change,
    Contract,
    Draft,
    DraftClause,
    Ending,
    SentTable,
    Stage,
)
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.reading.disagreements import (
    paper_docx,
    paper_pdf,
    read_disagreements,
    read_paper,
)
from zabota.contracts.rules import (
    Viewer,
    may_choose_ending,
    may_insist,
    may_send_disagreements,
)
from zabota.contracts.stored import Tree, load_wordings, node_of
from zabota.contracts.surgery import note_move, put_back, remove, restore, with_wordings
from zabota.journal.actions import record
from zabota.people.access import StaffViewer

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {
    Ending.TEXT: {
        "ru": "согласованные редакции войдут в текст",
        "en": "the agreed wordings go into the text",
    },
    Ending.ANNEX: {
        "ru": "текст останется прежним, а протокол разногласий станет приложением к нему",
        "en": "the text stays as it was and the table of disagreements is annexed to it",
    },
}


class NothingToSend(Exception):
    """Nothing is in dispute, or this very table was sent before."""


class WordsMissing(Exception):
    """Whoever insists says why, in words the other side reads."""


@transaction.atomic
def send_disagreements(contract: Contract, *, by: Viewer, at: datetime) -> SentTable:
    """The table as it stands goes to the client under the next number. Its files are kept as they
    are sent; what is said afterwards makes another one.
    """
    contract, stream = lock_contract(contract.pk)
    if not isinstance(by, StaffViewer) or not _in_time(may_send_disagreements, by, contract):
        raise PermissionDenied
    found = read_disagreements(contract)
    paper = read_paper(contract, found)
    if not found.rows or paper.sent is not None or contract.version_id is None:
        raise NothingToSend
    row = SentTable(
        contract=contract,
        number=paper.number,
        version_id=contract.version_id,
        digest=paper.digest,
        rows=len(found.rows),
        agreed=found.agreed,
        sent_by=by.user,
        sent_at=at,
    )
    paper = replace(paper, sent=row)
    row.pdf = keep_file(paper_pdf(paper, at=at), "application/pdf", at=at)
    row.docx = keep_file(paper_docx(paper), DOCX, at=at)
    row.save()
    record(
        stream,
        DISAGREEMENTS_SENT,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        number=row.number,
        rows=row.rows,
        agreed=row.agreed,
        digest=row.pdf.digest,
    )
    return row


@transaction.atomic
def choose_ending(contract: Contract, ending: str, *, by: Viewer, at: datetime) -> Contract:
    """Our side says what becomes of the table when all of it is agreed; the client reads it."""
    contract, stream = lock_contract(contract.pk)
    if not _in_time(may_choose_ending, by, contract):
        raise PermissionDenied
    chosen = Ending(ending)
    if contract.ending == chosen:
        return contract
    contract.ending = chosen
    contract.save(update_fields=["ending"])
    record(
        stream,
        ENDING_CHOSEN,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        ending=ENDINGS[chosen],
    )
    return contract


@transaction.atomic
def insist_on_wording(change: Change, *, by: Viewer, at: datetime, words: str) -> Draft:
    """The client's own wording returns to its draft, with the reason; it goes to us, as a change
    to be answered, when the draft is sent.
    """
    contract, _ = lock_contract(change.contract_id)
    change = Change.objects.select_related("version").get(pk=change.pk)
    if not may_insist(by, contract, change):
        raise PermissionDenied
    if not words.strip():
        raise WordsMissing
    draft = lock_draft(contract, by, at)
    draft.reasons = {**draft.reasons, change.clause: words.strip()}
    if change.kind == ChangeKind.VALUE:
        draft.values = {**draft.values, change.field: change.new_value}
    else:
        draft.tree = _with_their_place(change, draft.tree)
        _put_their_words(change, draft, by, at)
    draft.save(update_fields=["tree", "values", "reasons"])
    return draft


def _with_their_place(change: Change, tree: Tree) -> Tree:
    """The draft's tree with the clause where the client had put it, or without it."""
    wanted = change.version.tree
    there = node_of(tree, change.clause) is not None
    if change.kind == ChangeKind.DELETED:
        return remove(tree, change.clause) if there else tree
    if not there:
        return restore(tree, wanted, change.clause)
    moved = change.kind == ChangeKind.MOVED or change.place is not None
    if not moved:
        return tree
    return note_move(put_back(tree, wanted, change.clause), tree, change.clause)


def _put_their_words(change: Change, draft: Draft, by: Viewer, at: datetime) -> None:
    node = node_of(draft.tree, change.clause)
    if node is None:
        DraftClause.objects.filter(draft=draft, clause=change.clause).delete()
        return
    base = node_of(draft.base.tree, change.clause) if draft.base else None
    if base is None:
        draft.tree = with_wordings(draft.tree, {change.clause: change.new_wording})
        return
    blocks = load_wordings([change.new_wording])[change.new_wording]
    row = DraftClause.objects.filter(draft=draft, clause=change.clause).first() or DraftClause(
        draft=draft, clause=change.clause, base_wording=node["w"], revision=0
    )
    row.blocks, row.revision = blocks, row.revision + 1
    row.saved_by, row.saved_at = by.user, at
    row.save()


def _in_time(rule: Callable[..., bool], by: Viewer, contract: Contract) -> bool:
    """Asks a rule of this round's stages and of who has them."""
    stages = list(
        Stage.objects.filter(contract=contract, round=contract.round).select_related("promise")
    )
    return rule(by, contract, stages, holders_of(stages))
