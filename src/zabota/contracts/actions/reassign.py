"""Handing a seat over to a colleague."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from zabota.contracts.actions.locked import lock_contract, lock_round_of
from zabota.contracts.actions.rounds import (
    seats_of,
)
from zabota.contracts.actions.settle import (
    relay_contract_holders,
)
from zabota.contracts.entries import (
    STAGE_REASSIGNED,
)
from zabota.contracts.models import Stage
from zabota.journal.actions import record
from zabota.journal.reading import user_ref
from zabota.people.access import StaffViewer
from zabota.people.models import Employee
from zabota.people.rules import has_power


@transaction.atomic
def reassign_stage(
    stage: int, seat: int, to: Employee, *, by: StaffViewer, at: datetime, reason: str
) -> Stage:
    """Hand a seat to somebody else: one's own, or any with the power to reassign. Refused
    where they could not settle it: they wrote the text, have decided in the stage, or are
    away.
    """
    now = lock_round_of(stage)
    this = now.stage(stage)
    held = [row for row in now.holders[this.promise_id] if row.seat == seat]
    mine = any(row.employee_id == by.employee.pk for row in held)
    powerful = has_power(by.employee, "reassign", at) or by.employee.is_administrator
    if by.read_only or not (mine or powerful) or any(row.outcome for row in held):
        raise PermissionDenied
    if this.promise.settled_at is not None or to.dismissed_at is not None:
        raise PermissionDenied
    place = next((found for found in seats_of([this])[this.pk] if found.number == seat), None)
    if place is None:
        raise PermissionDenied
    place.reassigned_to = to
    place.save(update_fields=["reassigned_to"])
    contract, _ = lock_contract(now.contract.pk)
    relay_contract_holders(contract, [this], by=by, at=at)
    theirs = Q(employee=to) | Q(for_employee=to)
    if not this.promise.holders.filter(theirs, seat=seat, outcome="").exists():
        raise PermissionDenied
    record(
        now.stream,
        STAGE_REASSIGNED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        stage={"ru": this.title_ru, "en": this.title_en},
        to=user_ref(to.user_id),
        opened=[this.pk],
        reason=reason,
    )
    return this
