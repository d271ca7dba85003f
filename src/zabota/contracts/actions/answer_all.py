"""One answer to everything the client changed that is this person's to answer."""

from datetime import datetime

from django.db import transaction

from zabota.contracts.actions.answer import ReasonMissing, accept_change, reject_change
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.holders import holders_of
from zabota.contracts.models import Change, ChangeState, Contract, Stage
from zabota.contracts.models.drafts import WordReturn
from zabota.contracts.rules import Viewer, may_answer_change


@transaction.atomic
def reject_all_changes(contract: Contract, *, by: Viewer, at: datetime, reason: str) -> int:
    """Every open change this person may answer is refused with the same reason, each with an
    answer and an entry of its own; says how many. What others have to answer stays open.
    """
    if not reason.strip():
        raise ReasonMissing
    contract, _ = lock_contract(contract.pk)
    mine = _waiting_for(contract, by)
    for change in mine:
        reject_change(change, by=by, at=at, reason=reason)
    return len(mine)


@transaction.atomic
def accept_recorded_changes(
    contract: Contract, *, by: Viewer, at: datetime, otherwise: str = ""
) -> tuple[int, int]:
    """What the client recorded in Word and this person may answer is accepted; `otherwise` is the
    reason why the rest is refused, without it the rest stays open. Says how many of both.

    A clause in which something was changed without a record is of the rest: nobody accepts
    unseen what was not shown to be changed.
    """
    contract, _ = lock_contract(contract.pk)
    word = (
        WordReturn.objects.filter(contract=contract, side="theirs", version=contract.version)
        .order_by("-pk")
        .first()
    )
    recorded = word.recorded_clauses if word else frozenset()
    accepted = refused = 0
    for change in _waiting_for(contract, by):
        if change.version_id == contract.version_id and change.clause in recorded:
            accept_change(change, by=by, at=at)
            accepted += 1
        elif otherwise.strip():
            reject_change(change, by=by, at=at, reason=otherwise)
            refused += 1
    return accepted, refused


def _waiting_for(contract: Contract, by: Viewer) -> list[Change]:
    """Open changes that this person may answer."""
    stages = list(
        Stage.objects.filter(contract=contract, round=contract.round).select_related("promise")
    )
    holders = holders_of(stages)
    waiting = Change.objects.filter(contract=contract, state=ChangeState.OPEN).order_by("pk")
    return [row for row in waiting if may_answer_change(by, contract, row, stages, holders)]
