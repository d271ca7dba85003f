"""Putting what we prepared into the client's room, taking a contract back, giving it a number."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import (
    drop_promise,
    next_number,
    rank_holders,
    store_promises,
    touch_case,
)
from zabota.cases.models import Holder, Promise, PromiseState
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.search import keep_names
from zabota.contracts.entries import REGISTERED, SHARED, WITHDRAWN
from zabota.contracts.models import (
    Contract,
    ContractState,
    Draft,
)
from zabota.contracts.rules import (
    Viewer,
    may_register,
    may_share_contract,
    may_withdraw_contract,
)
from zabota.journal.actions import record
from zabota.journal.models import Stream
from zabota.people.firm import current_firm

LONGEST_REASON = 1000


@transaction.atomic
def share_contract(contract: Contract, *, by: Viewer, at: datetime) -> Contract:
    """What we prepared goes into the client's room, to be filled in and sent by them."""
    contract, stream = lock_contract(contract.pk)
    if not may_share_contract(by, contract):
        raise PermissionDenied
    Draft.objects.filter(contract=contract, side="ours").update(side="theirs")
    contract.case.state, contract.case.audience = ContractState.DRAFT, "both"
    touch_case(contract.case, by=by, at=at, fields=("state", "audience"))
    record(stream, SHARED, by=by.user.pk, at=at, contract=contract.pk)
    return contract


@transaction.atomic
def withdraw_contract(contract: Contract, *, by: Viewer, at: datetime, reason: str) -> Contract:
    """Taken back: no more decisions are asked; the text and its history stay."""
    contract, stream = lock_contract(contract.pk)
    if not may_withdraw_contract(by, contract):
        raise PermissionDenied
    open_ones = list(
        Promise.objects.filter(
            case=contract.case_id,
            state__in=[PromiseState.PLANNED, PromiseState.RUNNING, PromiseState.PAUSED],
        )
    )
    had_it = _who_has(open_ones)
    for promise in open_ones:
        drop_promise(promise, by=by, at=at)
    store_promises(open_ones)
    rank_holders(open_ones, by=by, at=at)
    contract.case.state, contract.case.closed_at = ContractState.WITHDRAWN, at
    touch_case(contract.case, by=by, at=at, fields=("state", "closed_at"))
    record(
        stream,
        WITHDRAWN,
        by=by.user.pk,
        at=at,
        audience=contract.case.audience,
        contract=contract.pk,
        reason=reason,
        had_it=had_it,
    )
    return contract


def _who_has(promises: list[Promise]) -> list[int]:
    """Accounts of those whose turn it is now: what they had disappears, and they are told why."""
    running = [promise for promise in promises if promise.state == PromiseState.RUNNING]
    rows = Holder.objects.filter(promise__in=running, rank_at__isnull=False)
    return sorted(set(rows.values_list("employee__user", flat=True)))


@transaction.atomic
def register_contract(contract: Contract, *, by: Viewer, at: datetime) -> Contract:
    """An agreed contract gets its registration number: the firm's pattern, gapless per year,
    whatever the kind of contract.
    """
    contract, stream = lock_contract(contract.pk)
    if not may_register(by, contract):
        raise PermissionDenied
    return give_number(contract, stream, by=by, at=at)


def give_number(contract: Contract, stream: Stream, *, by: Viewer, at: datetime) -> Contract:
    """The next registration number; the caller holds the stream and has asked the rule."""
    firm = current_firm()
    # One row for all kinds: the pattern tells none apart, and no number is given twice.
    year, number = next_number("contract", by=by, at=at)
    contract.registered_number = firm.number_pattern.format(year=year, number=number)
    contract.save(update_fields=["registered_number"])
    case = contract.case
    case.search = f"{case.search} {contract.registered_number}".casefold()
    touch_case(case, by=by, at=at, fields=("search",))
    keep_names(contract, by=by, at=at)
    record(
        stream,
        REGISTERED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        number=contract.registered_number,
    )
    return contract
