"""Seats that named somebody who left: they are their heir's."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from zabota.cases.models import Holder, PromiseState
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.entries import HOLDERS_RELAID
from zabota.contracts.models import Contract, ContractState, Decision, Seat
from zabota.contracts.routing.resolve import as_person
from zabota.journal.actions import record
from zabota.journal.models import Entry

OPEN = (PromiseState.PLANNED, PromiseState.RUNNING, PromiseState.PAUSED)


def pass_on_seats(entry: Entry, *, by: None, at: datetime) -> int:
    """After a dismissal: whatever seat of a contract under way named the person, by the route, by
    a field or handed over, is the heir's; seats of teams and of powers stay with those who are left
    there. Idempotent; says how many seats passed on.
    """
    gone, heir = entry.facts["employee"], entry.facts["heir"]
    under_way = Contract.objects.filter(case__state=ContractState.REVIEW).order_by("pk")
    named = under_way.filter(
        stages__promise__state__in=OPEN, stages__seats__in=_may_name(gone)
    ).distinct()
    return sum(
        _pass_on(pk, gone, heir, at) for pk in named.values_list("pk", flat=True).order_by("pk")
    )


def _may_name(gone: int) -> QuerySet[Seat]:
    handed = Q(reassigned_to=gone)
    by_route = Q(reassigned_to=None, kind="person", ref=str(gone))
    return Seat.objects.filter(handed | by_route | Q(reassigned_to=None, kind="field"))


@transaction.atomic
def _pass_on(contract_pk: int, gone: int, heir: int, at: datetime) -> int:
    contract, stream = lock_contract(contract_pk)
    values = contract.version.values if contract.version else {}
    seats = _may_name(gone).filter(
        stage__contract=contract, stage__round=contract.round, stage__promise__state__in=OPEN
    )
    decided = set(
        Decision.objects.filter(stage__in=seats.values("stage")).values_list("stage", "seat")
    )
    theirs = [
        seat.pk
        for seat in seats
        if (seat.stage_id, seat.number) not in decided
        and (
            seat.reassigned_to_id or seat.kind != "field" or gone in as_person(values.get(seat.ref))
        )
    ]
    passed = Seat.objects.filter(pk__in=theirs).update(reassigned_to=heir)
    if passed:
        holders = Holder.objects.filter(promise__stage__in=seats.values("stage")).count()
        record(stream, HOLDERS_RELAID, by=None, at=at, contract=contract.pk, holders=holders)
    return passed
