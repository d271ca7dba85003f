"""A second return of an unchanged clause: the lead looks at it, and it stands in Today until
then.
"""

from datetime import datetime

from django.db import transaction

from zabota.cases.actions import Hold, lay_promise, rank_holders, set_holders
from zabota.cases.models import Overdue, Promise, PromiseState
from zabota.cases.moments import CONTRACT_AGAIN
from zabota.contracts.models import Contract
from zabota.contracts.rules import Viewer
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm

# Two working days of eight hours; nobody is reminded, it only stands there.
LOOK_MINUTES = 960


def ask_lead_to_look(contract: Contract, *, by: StaffViewer, at: datetime) -> None:
    """Both sides stand by their words: the owner's lead has it before them until they looked."""
    lead = contract.case.owner.lead
    if lead is None or lead.pk == by.employee.pk or lead.dismissed_at is not None:
        return
    promise = lay_promise(
        contract.case,
        CONTRACT_AGAIN,
        by=by,
        at=at,
        words=("Повторный возврат: посмотрите", "A second return: please look"),
        minutes=LOOK_MINUTES,
        audience="ours",
        calendar=calendar_of(current_firm()),
        overdue=Overdue.WAIT,
    )
    set_holders({promise: [Hold(lead.pk)]}, by=by, at=at)


@transaction.atomic
def settle_look(contract: Contract, *, by: Viewer, at: datetime) -> int:
    """Whoever was to look at a second return has looked. Not journaled, as no look is; says how
    many were settled.
    """
    if contract.round < 2 or by.read_only or not isinstance(by, StaffViewer):
        return 0
    waiting = Promise.objects.filter(
        case=contract.pk,
        moment=CONTRACT_AGAIN,
        state=PromiseState.RUNNING,
        holders__employee=by.employee,
    )
    settled = [promise for promise in waiting if _claim(promise, at)]
    rank_holders(settled, by=by, at=at)
    return len(settled)


def _claim(promise: Promise, at: datetime) -> bool:
    open_one = Promise.objects.filter(pk=promise.pk, state=PromiseState.RUNNING)
    promise.state, promise.settled_at = PromiseState.KEPT, at
    return open_one.update(state=PromiseState.KEPT, settled_at=at) == 1
