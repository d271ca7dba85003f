"""What was agreed last time: taken into a draft clause by clause, accepted all at once."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from zabota.common import formats
from zabota.contracts.actions.answer import accept_quietly
from zabota.contracts.actions.draft import Gone, lock_draft
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.entries import AGREED_BEFORE_ACCEPTED
from zabota.contracts.holders import holders_of
from zabota.contracts.last_time import LastTime, as_last_time, last_time_of, put_from_last_time
from zabota.contracts.models import Change, ChangeState, Contract, DraftClause, Stage
from zabota.contracts.rules import Viewer, may_answer_change
from zabota.contracts.stored import load_wordings, node_of
from zabota.contracts.surgery import remove
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm, zone_of


@transaction.atomic
def take_last_wording(contract: Contract, clause: str, *, by: Viewer, at: datetime) -> None:
    """The form's text has changed since: the words of last time become this side's change."""
    draft = lock_draft(contract, by, at)
    last = last_time_of(contract)
    if last is None:
        raise Gone(clause)
    then, here = node_of(last.text, clause), node_of(draft.tree, clause)
    if then is None and here is None:
        raise Gone(clause)
    if then is None:
        draft.tree = remove(draft.tree, clause)
    elif here is None:
        draft.tree = put_from_last_time(draft.tree, last, clause)
    else:
        told = {"blocks": load_wordings([then["w"]])[then["w"]], "saved_by": by.user}
        row, made = DraftClause.objects.get_or_create(
            draft=draft,
            clause=clause,
            defaults={**told, "saved_at": at, "base_wording": here["w"]},
        )
        if not made:
            row.blocks, row.saved_by, row.saved_at = told["blocks"], by.user, at
            row.revision += 1
            row.save()
    if last.agreed and (here or {}).get("l"):
        why = why_as_before(last, contract.edition.template.language)
        draft.reasons = {**draft.reasons, clause: why}
    draft.save(update_fields=["tree", "reasons"])


@transaction.atomic
def accept_agreed_before(contract: Contract, *, by: StaffViewer, at: datetime) -> int:
    """Accept at once every open change that was agreed in the earlier contract and that this
    employee may answer; says how many.
    """
    contract, stream = lock_contract(contract.pk)
    last = last_time_of(contract)
    if last is None or not last.agreed or contract.version is None:
        raise PermissionDenied
    known = as_last_time(last, contract.edition.tree, contract.version.tree)
    stages = list(
        Stage.objects.filter(contract=contract, round=contract.round).select_related("promise")
    )
    holders = holders_of(stages)
    found = [
        change
        for change in Change.objects.filter(contract=contract, state=ChangeState.OPEN)
        if change.clause in known
        and not change.field
        and may_answer_change(by, contract, change, stages, holders)
    ]
    if not found:
        raise PermissionDenied
    accept_quietly(contract, found, by=by, at=at)
    record(
        stream,
        AGREED_BEFORE_ACCEPTED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        number=last.number,
        clauses=", ".join(change.name or "—" for change in found),
        changes=[change.pk for change in found],
        writer=found[0].made_by_id,
    )
    return len(found)


def why_as_before(last: LastTime, language: str) -> str:
    """The reason a locked clause is changed again, in the language of the contract."""
    day = last.agreed_on(zone_of(current_firm()))
    with translation.override(language):
        return gettext("Agreed before in No. %(number)s of %(day)s.") % {
            "number": last.number,
            "day": formats.date(day, language) if day else "—",
        }
