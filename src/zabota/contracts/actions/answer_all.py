"""One answer to everything the client changed that is this person's to answer."""

from datetime import datetime

from django.db import transaction

from zabota.contracts.actions.answer import ReasonMissing, reject_change
from zabota.contracts.actions.locked import holders_of, lock_contract
from zabota.contracts.models import Change, ChangeState, Contract, Stage
from zabota.contracts.rules import Viewer, may_answer_change


@transaction.atomic
def reject_all_changes(contract: Contract, *, by: Viewer, at: datetime, reason: str) -> int:
    """Every open change this person may answer is refused with the same reason, each with an
    answer and an entry of its own; says how many. What others have to answer stays open.
    """
    if not reason.strip():
        raise ReasonMissing
    contract, _ = lock_contract(contract.pk)
    stages = list(
        Stage.objects.filter(contract=contract, round=contract.round).select_related("promise")
    )
    holders = holders_of(stages)
    waiting = Change.objects.filter(contract=contract, state=ChangeState.OPEN).order_by("pk")
    mine = [row for row in waiting if may_answer_change(by, contract, row, stages, holders)]
    for change in mine:
        reject_change(change, by=by, at=at, reason=reason)
    return len(mine)
