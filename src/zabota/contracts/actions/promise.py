"""What is promised when a contract is sent: the whole, an answer to changes; whose turn is over."""

from datetime import datetime

from zabota.cases.actions import (
    drop_promise,
    keep_promise,
    lay_promise,
    rank_holders,
    resume_promise,
    store_promises,
)
from zabota.cases.models import Pause, Promise, PromiseState
from zabota.cases.moments import CONTRACT_AGREED, CONTRACT_ANSWER
from zabota.contracts.actions.in_hand import hold_answer, hold_for_owner
from zabota.contracts.actions.rounds import Laid
from zabota.contracts.entries import AGREED
from zabota.contracts.models import (
    Change,
    ChangeState,
    Contract,
    ContractState,
    Stage,
)
from zabota.contracts.rules import (
    Viewer,
)
from zabota.journal.actions import record
from zabota.journal.models import Stream
from zabota.people.firm import calendar_of, current_firm


def lay_promises(contract: Contract, laid: Laid, by: Viewer, at: datetime) -> None:
    """The whole is promised once and its clock goes on from where it stood; an answer to the
    client's changes is promised each time, those left open by a return included; what was asked
    of the client is answered.
    """
    calendar = calendar_of(current_firm())
    _settle_client_turn(contract, by, at)
    if contract.agreeing is None:
        minutes = _whole_minutes(laid.stages)
        contract.agreeing = lay_promise(
            contract.case,
            CONTRACT_AGREED,
            by=by,
            at=at,
            words=("Согласование договора целиком", "Approval of the whole contract"),
            minutes=minutes,
            calendar=calendar,
        )
        hold_for_owner(contract, contract.agreeing, by=by, at=at)
    else:
        pause = Pause.objects.filter(promise=contract.agreeing, ended_at=None).first()
        if pause is not None:
            resume_promise(contract.agreeing, pause, by=by, at=at)
            store_promises([contract.agreeing])
            rank_holders([contract.agreeing], by=by, at=at)
    _drop(contract.answering, by, at)
    contract.answering = None
    waiting = Change.objects.filter(contract=contract, state=ChangeState.OPEN)
    if not laid.complete and waiting.exists():
        _promise_answer(contract, laid, by, at)


def _promise_answer(contract: Contract, laid: Laid, by: Viewer, at: datetime) -> None:
    firm = current_firm()
    contract.answering = lay_promise(
        contract.case,
        CONTRACT_ANSWER,
        by=by,
        at=at,
        words=("Ответ на ваши правки", "Answer to your changes"),
        minutes=firm.answer_hours * 60,
        calendar=calendar_of(firm),
    )
    hold_answer(contract, laid.stages, by=by, at=at)


def _settle_client_turn(contract: Contract, by: Viewer, at: datetime) -> None:
    turn = contract.client_turn
    if turn is not None and turn.state in (PromiseState.RUNNING, PromiseState.PAUSED):
        keep_promise(turn, by=by, at=at)
        store_promises([turn])
    contract.client_turn = None


def _drop(promise: Promise | None, by: Viewer, at: datetime) -> None:
    if promise is not None and promise.settled_at is None:
        drop_promise(promise, by=by, at=at)
        store_promises([promise])
        rank_holders([promise], by=by, at=at)


def _whole_minutes(stages: list[Stage]) -> int:
    """Groups follow one another, stages of a group run side by side: the longest of each counts."""
    longest: dict[int, int] = {}
    for stage in stages:
        minutes = stage.promise.allowed_minutes or 0
        longest[stage.group] = max(longest.get(stage.group, 0), minutes)
    return sum(longest.values()) or 1


def agree_at_once(contract: Contract, stream: Stream, *, by: Viewer, at: datetime) -> None:
    """Nobody is left to be asked: the contract is agreed as it stands. The caller stores it."""
    contract.agreed_at, contract.case.state = at, ContractState.AGREED
    Change.objects.filter(contract=contract, state=ChangeState.OPEN).update(
        state=ChangeState.ACCEPTED, answered_at=at
    )
    _keep_whole(contract, at)
    # Nobody decided anything: least of all whoever sent it.
    record(stream, AGREED, by=None, at=at, contract=contract.pk)


def _keep_whole(contract: Contract, at: datetime) -> None:
    if contract.agreeing is not None and contract.agreeing.settled_at is None:
        keep_promise(contract.agreeing, by=None, at=at)
        store_promises([contract.agreeing])
        rank_holders([contract.agreeing], by=None, at=at)
