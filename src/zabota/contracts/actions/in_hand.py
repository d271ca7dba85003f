"""Who has the promises of a contract besides its stages: the whole, the answer to changes, the
answer to «Нужно раньше». Absences and substitutions go for these as they go for a stage.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from zabota.cases.actions import Hold, set_holders
from zabota.cases.models import Holder, Promise, PromiseState
from zabota.cases.moments import (
    CONTRACT_AGREED,
    CONTRACT_ANSWER,
    CONTRACT_DUTY,
    CONTRACT_ORIGINAL,
    CONTRACT_SIGNATURE,
    CONTRACT_SOONER,
)
from zabota.contracts.actions.rounds import holds_of
from zabota.contracts.models import Change, ChangeState, Contract, Stage
from zabota.contracts.routing import SeatSpec, Staff, StageSpec
from zabota.contracts.routing.resolve import resolve_stage
from zabota.contracts.staff import staff_at

WEIGHTS = {
    CONTRACT_AGREED: 1,
    CONTRACT_ANSWER: 3,
    CONTRACT_SOONER: 4,
    CONTRACT_ORIGINAL: 2,
    CONTRACT_SIGNATURE: 3,
    CONTRACT_DUTY: 1,
}
UNDER_WAY = (PromiseState.RUNNING, PromiseState.PAUSED)

# What the owner promised is had as a seat of theirs would be.
_OWNERS = StageSpec("owner", "", "", 0, "", (SeatSpec("owner"),))


def hold_for_owner(contract: Contract, promise: Promise, *, by: object, at: datetime) -> int:
    """The owner has it, or whoever stands in for them; says how many rows changed."""
    return _set(promise, _of_owner(contract, staff_at(at), at), by, at)


def hold_for(employee: int, promise: Promise, *, by: object, at: datetime) -> int:
    """This colleague has it, or whoever stands in for them; says how many rows changed."""
    theirs = StageSpec("person", "", "", 0, "", (SeatSpec("person", str(employee)),))
    found = resolve_stage(theirs, staff_at(at), {}, frozenset(), at)
    return _set(promise, holds_of(theirs, found), by, at)


def hold_answer(contract: Contract, stages: Iterable[Stage], *, by: object, at: datetime) -> int:
    """Whoever has a stage that a change concerns answers it; where none does, whoever has an open
    stage; else the owner. Says how many rows changed.
    """
    assert contract.answering is not None
    concerns = set(
        Change.objects.filter(
            Q(state=ChangeState.OPEN) | Q(version=contract.version), contract=contract
        ).values_list("concern", flat=True)
    )
    rows = list(stages)
    concerned = [stage for stage in rows if stage.concern in concerns]
    open_ones = [stage for stage in rows if stage.promise.state in UNDER_WAY]
    holds = _had(concerned or open_ones) or _of_owner(contract, staff_at(at), at)
    return _set(contract.answering, holds, by, at)


def relay_promises(contract: Contract, stages: list[Stage], *, by: object, at: datetime) -> int:
    """After a change among our people: who has these promises is laid anew, after the stages."""
    answering = contract.answering
    changed = 0
    if answering is not None and answering.state in UNDER_WAY:
        changed += hold_answer(contract, stages, by=by, at=at)
    promised = (contract.agreeing, contract.sooner, *_originals(contract))
    of_owner = [p for p in promised if p and p.state in UNDER_WAY]
    holds = _of_owner(contract, staff_at(at), at) if of_owner else []
    return changed + sum(_set(promise, holds, by, at) for promise in of_owner)


def _originals(contract: Contract) -> list[Promise | None]:
    """What the owner promised about a text being signed on paper or through an operator."""
    open_ones = contract.signings.filter(sending__state__in=UNDER_WAY)
    return [signing.sending for signing in open_ones.select_related("sending")]


def _set(promise: Promise, holds: list[Hold], by: object, at: datetime) -> int:
    return set_holders({promise: holds}, by=by, at=at, weight=WEIGHTS[promise.moment_id])


def _of_owner(contract: Contract, staff: Staff, at: datetime) -> list[Hold]:
    facts = {"owner": contract.case.owner_id}
    return holds_of(_OWNERS, resolve_stage(_OWNERS, staff, facts, frozenset(), at))


def _had(stages: list[Stage]) -> list[Hold]:
    """Everybody who has one of these stages, once; as oneself rather than for somebody else."""
    rows = Holder.objects.filter(promise__stage__in=stages, outcome="").order_by("pk")
    found: dict[int, Hold] = {}
    for row in sorted(rows, key=lambda row: row.for_employee_id is not None):
        why = (row.through, row.team_id, row.for_employee_id)
        found.setdefault(row.employee_id, Hold(row.employee_id, 0, *why))
    return list(found.values())
