"""Answering the client's changes: accept, reject with a reason, counter with our wording; and
their reply.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import keep_promise, rank_holders, store_promises
from zabota.cases.models import Holder
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.settle import veil_of
from zabota.contracts.actions.versions import keep_wordings
from zabota.contracts.drafts import digest_of
from zabota.contracts.entries import (
    ANSWER_AGREED,
    CHANGE_ACCEPTED,
    CHANGE_COUNTERED,
    CHANGE_REJECTED,
)
from zabota.contracts.holders import holders_of
from zabota.contracts.models import Change, ChangeState, Contract, Stage
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.rules import Viewer, may_agree_with_answer, may_answer_change
from zabota.contracts.stored import field_spec, load_wordings
from zabota.contracts.text.edit.places import edited
from zabota.contracts.text.fields import clean
from zabota.contracts.text.json import blocks_from_json, blocks_to_json
from zabota.journal.actions import record
from zabota.journal.kinds import EntryKind
from zabota.journal.models import Stream
from zabota.people.access import StaffViewer


class ReasonMissing(Exception):
    """A refusal says why, in words the client reads."""


class AnsweredMeanwhile(Exception):
    """Somebody else has answered since this was looked at; `change` bears their answer."""

    def __init__(self, change: Change) -> None:
        super().__init__(change.pk)
        self.change = change


@transaction.atomic
def accept_change(change: Change, *, by: Viewer, at: datetime) -> Change:
    """The client's wording stays as it is."""
    contract, stream, change, veil = _open(change, by)
    _answer(change, ChangeState.ACCEPTED, by, at)
    _settle(contract, stream, change, CHANGE_ACCEPTED, by, at, veil)
    return change


@transaction.atomic
def reject_change(change: Change, *, by: Viewer, at: datetime, reason: str) -> Change:
    """Not accepted; the reason is said, and the former wording returns in our version."""
    contract, stream, change, veil = _open(change, by)
    if not reason.strip():
        raise ReasonMissing
    _answer(change, ChangeState.REJECTED, by, at, answer=reason)
    _settle(contract, stream, change, CHANGE_REJECTED, by, at, veil)
    return change


@transaction.atomic
def counter_change(
    change: Change,
    texts: dict[str, str],
    *,
    by: Viewer,
    at: datetime,
    reason: str = "",
    value: str = "",
) -> Change:
    """Our wording instead (or, of a value, our value); it stands in our version when it is
    returned.
    """
    contract, stream, change, veil = _open(change, by)
    if change.kind == ChangeKind.VALUE:
        spec = next(s for s in contract.edition.fields if s["name"] == change.field)
        change.counter_value = clean(field_spec(spec), value)
    else:
        stored = load_wordings([change.new_wording or change.old_wording])
        before = blocks_from_json(next(iter(stored.values())))
        fields = {spec["name"] for spec in contract.edition.fields}
        blocks = blocks_to_json(edited(before, texts, fields))
        change.counter_wording = digest_of(blocks)
        keep_wordings({change.counter_wording: blocks})
    _answer(change, ChangeState.COUNTERED, by, at, answer=reason)
    _settle(contract, stream, change, CHANGE_COUNTERED, by, at, veil)
    return change


@transaction.atomic
def agree_with_answer(change: Change, *, by: Viewer, at: datetime) -> Change:
    """The client agrees with our wording, or with our refusal; the clause is not asked about
    again.
    """
    contract, stream = lock_contract(change.contract_id)
    change = Change.objects.get(pk=change.pk)
    if not may_agree_with_answer(by, contract, change):
        raise PermissionDenied
    change.state = ChangeState.AGREED
    change.save(update_fields=["state"])
    record(
        stream,
        ANSWER_AGREED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        clause=change.name or "—",
        change=change.pk,
    )
    return change


def accept_open_changes(contract: Contract, concern: str, *, by: StaffViewer, at: datetime) -> int:
    """Approving a stage accepts what is still open of its direction; the approval's entry tells
    it.
    """
    accepted = Change.objects.filter(
        contract=contract, concern=concern, state=ChangeState.OPEN
    ).update(state=ChangeState.ACCEPTED, answered_by=by.employee, answered_at=at)
    _keep_answering(contract, by, at)
    return accepted


def accept_quietly(
    contract: Contract, changes: list[Change], *, by: StaffViewer, at: datetime
) -> None:
    """Several changes accepted by one verb, whose own entry tells it."""
    Change.objects.filter(pk__in=[change.pk for change in changes]).update(
        state=ChangeState.ACCEPTED, answered_by=by.employee, answered_at=at
    )
    _keep_answering(contract, by, at)


def settle_last_changes(contract: Contract, *, by: StaffViewer, at: datetime) -> bool:
    """With the last decision: changes of directions that no stage looks at are accepted. False
    where one was refused and the client has not seen the answer.
    """
    changes = Change.objects.filter(contract=contract)
    if changes.filter(
        state__in=[ChangeState.REJECTED, ChangeState.COUNTERED], sent_at=None
    ).exists():
        return False
    changes.filter(state=ChangeState.OPEN).update(
        state=ChangeState.ACCEPTED, answered_by=by.employee, answered_at=at
    )
    return True


def _open(seen: Change, by: Viewer) -> tuple[Contract, Stream, Change, dict[str, Any]]:
    contract, stream = lock_contract(seen.contract_id)
    change = Change.objects.get(pk=seen.pk)
    stages = list(
        Stage.objects.filter(contract=contract, round=contract.round).select_related("promise")
    )
    held = holders_of(stages)
    if not may_answer_change(by, contract, change, stages, held):
        raise PermissionDenied
    if change.mark != seen.mark:
        raise AnsweredMeanwhile(change)
    return contract, stream, change, _veil(change, by, stages, held)


def _veil(
    change: Change, by: Viewer, stages: list[Stage], held: dict[int, list[Holder]]
) -> dict[str, Any]:
    """Whoever answers for a stage that shows a team speaks as the team, as with a decision."""
    me = by.employee.pk if isinstance(by, StaffViewer) else 0
    for stage in stages:
        rows = held[stage.promise_id]
        if stage.concern == change.concern and any(row.employee_id == me for row in rows):
            return veil_of(stage, rows)
    return {}


def _answer(change: Change, state: str, by: Viewer, at: datetime, answer: str = "") -> None:
    assert isinstance(by, StaffViewer)
    change.state, change.answer = state, answer
    change.answered_by, change.answered_at = by.employee, at
    if state != ChangeState.COUNTERED:
        change.counter_wording = change.counter_value = ""
    change.save()


def _settle(
    contract: Contract,
    stream: Stream,
    change: Change,
    kind: EntryKind,
    by: Viewer,
    at: datetime,
    veil: dict[str, Any],
) -> None:
    """When the last open change is answered, the promise to answer is kept."""
    _keep_answering(contract, by, at)
    record(
        stream,
        kind,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        change=change.pk,
        clause=change.name or _label(contract, change.field) or "—",
        reason=change.answer,
        writer=change.made_by_id,
        **veil,
    )


def _label(contract: Contract, field: str) -> str:
    """What the form calls a field; the journal names no field by its machine name."""
    labels = {spec["name"]: spec.get("label", "") for spec in contract.edition.fields}
    return labels.get(field) or field


def _keep_answering(contract: Contract, by: Viewer, at: datetime) -> None:
    """The promise to answer is kept once nothing waits for an answer."""
    still_open = Change.objects.filter(contract=contract, state=ChangeState.OPEN).exists()
    answering = contract.answering
    if not still_open and answering is not None and answering.settled_at is None:
        keep_promise(answering, by=by, at=at)
        store_promises([answering])
        rank_holders([answering], by=by, at=at)
