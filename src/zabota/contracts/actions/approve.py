"""Approving a stage. Kept lean on purpose: three reads and five writes besides session and
account.
"""

from datetime import datetime

from django.db import transaction

from zabota.cases.actions import (
    keep_promise,
    rank_holders,
    store_promises,
    touch_case,
)
from zabota.cases.models import Holder
from zabota.contracts.actions.answer import (
    accept_open_changes,
    settle_last_changes,
)
from zabota.contracts.actions.locked import Round, lock_contract, lock_round_of
from zabota.contracts.actions.rounds import (
    open_next,
    state_of,
)
from zabota.contracts.actions.settle import (
    Decided,
    acted_for,
    keep_decision,
    mark_settled,
    outcome_with,
    record_vote,
    seat_to_settle,
    veil_of,
)
from zabota.contracts.actions.untracked import untracked_changes
from zabota.contracts.entries import (
    AGREED,
    STAGE_APPROVED,
    STAGE_REMARKED,
)
from zabota.contracts.models import Change, ContractState, Stage
from zabota.contracts.models.approvals import Outcome, Verdict
from zabota.contracts.routing import route_outcome
from zabota.contracts.rules import may_approve_stage
from zabota.journal.actions import record
from zabota.people.access import StaffViewer


class RefusalsWait(Exception):
    """Changes of this direction were not accepted: they go back to the client before anything is
    agreed.
    """


class UntrackedWait(Exception):
    """The client changed something in Word without a record: each such change is answered first,
    none is agreed to in passing.
    """

    def __init__(self, changes: list[Change]) -> None:
        super().__init__(len(changes))
        self.changes = changes


@transaction.atomic
def approve_stage(stage: int, *, by: StaffViewer, at: datetime, remark: str = "") -> Decided:
    """Approve one's seat of a stage. Open changes of its direction are accepted with it, but for
    those made without a record; when the stage is settled the next opens, and with the last one
    the contract is agreed.
    """
    now = lock_round_of(stage)
    this = now.stage(stage)
    seat = seat_to_settle(now, this, by)
    if not may_approve_stage(by, this, now.holders[this.promise_id]):
        raise RefusalsWait
    if this.has_open:
        _stop_at_untracked(now, [this.concern])
        accept_open_changes(now.contract, this.concern, by=by, at=at)
    verdict = Verdict.REMARKED if remark else Verdict.APPROVED
    keep_decision(now, this, seat, verdict, remark, [], by, at)
    settled = outcome_with(this, now.holders[this.promise_id], seat, "approved") == "approved"
    opened: list[Stage] = []
    if settled:
        keep_promise(this.promise, by=by, at=at, outcome=Outcome.APPROVED)
        opened = open_next(now.stages, by=by, at=at)
        store_promises([this.promise, *(found.promise for found in opened)])
    mark_settled(now, this, seat, verdict, opened, by, at)
    agreed = settled and _is_agreed(now)
    if agreed:
        _stop_at_untracked(now)
    if agreed and not settle_last_changes(now.contract, by=by, at=at):
        raise RefusalsWait
    if settled:
        _record_settled(now, this, seat, opened, by, at)
    else:
        record_vote(now, this, seat, Verdict.APPROVED, remark, by=by, at=at)
    if settled and remark:
        _record_remark(now, this, remark, by, at)
    if agreed:
        _agree(now, this, by, at)
    return Decided(now, this, opened, agreed)


def _stop_at_untracked(now: Round, concerns: list[str] | None = None) -> None:
    if waiting := untracked_changes(now.contract, concerns):
        raise UntrackedWait(waiting)


def _is_agreed(now: Round) -> bool:
    states = {stage.key: state_of(stage) for stage in now.stages}
    return route_outcome(now.stages, states) == "approved"


def _agree(now: Round, this: Stage, by: StaffViewer, at: datetime) -> None:
    """Every stage is settled: the contract is agreed, what was promised about it is kept."""
    contract, stream = lock_contract(now.contract.pk)
    done = [p for p in (contract.agreeing, contract.answering, contract.sooner) if p]
    open_ones = [promise for promise in done if promise.settled_at is None]
    for promise in open_ones:
        keep_promise(promise, by=by, at=at)
    store_promises(open_ones)
    rank_holders(open_ones, by=by, at=at)
    contract.agreed_at = at
    contract.save(update_fields=["agreed_at"])
    contract.case.state = ContractState.AGREED
    touch_case(contract.case, by=by, at=at, fields=("state",))
    record(
        stream,
        AGREED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        **veil_of(this, now.holders[this.promise_id]),
    )


def _record_settled(
    now: Round, this: Stage, seat: Holder, opened: list[Stage], by: StaffViewer, at: datetime
) -> None:
    """The stage is agreed; its earlier votes were ours alone, so the client reads of it once."""
    record(
        now.stream,
        STAGE_APPROVED,
        by=by.user.pk,
        at=at,
        acted_for=acted_for(seat),
        # Of a stage that the firm does not show, the client reads and is mailed nothing.
        audience=this.promise.audience,
        contract=now.contract.pk,
        stage={"ru": this.title_ru, "en": this.title_en},
        stage_id=this.pk,
        opened=[found.pk for found in opened],
        **veil_of(this, now.holders[this.promise_id]),
    )


def _record_remark(now: Round, this: Stage, remark: str, by: StaffViewer, at: datetime) -> None:
    """The remark is for colleagues; the client reads only that the stage is agreed."""
    record(
        now.stream,
        STAGE_REMARKED,
        by=by.user.pk,
        at=at,
        contract=now.contract.pk,
        stage={"ru": this.title_ru, "en": this.title_en},
        remark=remark,
        opened=[],
    )
