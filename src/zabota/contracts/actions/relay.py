"""When somebody leaves, is away, comes back, or gains or loses a power: who has it is laid anew."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from zabota.cases.models import Holder, Promise, PromiseState
from zabota.cases.moments import CONTRACT_STAGE
from zabota.contracts.actions.in_hand import relay_promises
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.obligations import relay_obligations
from zabota.contracts.actions.settle import relay_contract_holders
from zabota.contracts.actions.signing.relay import relay_signatures
from zabota.contracts.entries import HOLDERS_RELAID
from zabota.contracts.models import Contract, ContractState, Stage
from zabota.journal.actions import record
from zabota.journal.models import Entry, Stream
from zabota.journal.reading import day_ref, user_ref
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import Absence, Employee, Substitution

# While the client answers, the owner's promise of the whole goes on.
# Of one being signed, who signs, and who has what was promised to send or to receive.
STATES = (ContractState.REVIEW, ContractState.RETURNED, ContractState.SIGNING)
OPEN = (PromiseState.PLANNED, PromiseState.RUNNING, PromiseState.PAUSED)
# Of one in force, its client's copy may still have to be sent back.
UNDER_WAY = Q(case__state__in=STATES) | Q(signings__sending__state__in=OPEN)


def relay_all_holders(entry: Entry, *, by: None, at: datetime) -> int:
    """After a change among our people: every contract under way gets its holders laid anew.
    Idempotent: where nothing changes nothing is written. Says how many contracts changed.
    """
    under_way = Contract.objects.filter(UNDER_WAY).order_by("pk").distinct()
    changed = sum(
        relay_holders(pk, by=by, at=at) for pk in under_way.values_list("pk", flat=True).iterator()
    )
    return changed + relay_obligations(by=by, at=at)


@transaction.atomic
def relay_holders(contract_pk: int, *, by: None, at: datetime) -> bool:
    """Who has each open stage of one contract and what else was promised about it, resolved as of
    now; an entry only if that changed.
    """
    contract, stream = lock_contract(contract_pk)
    if not Contract.objects.filter(UNDER_WAY, pk=contract_pk).exists():
        return False
    stages = list(
        Stage.objects.filter(
            contract=contract, round=contract.round, promise__state__in=OPEN
        ).select_related("promise")
    )
    before = _who_has(contract)
    changed = relay_contract_holders(contract, stages, by=by, at=at)
    changed += relay_signatures(contract, stream, by=by, at=at)
    if not changed + relay_promises(contract, stages, by=by, at=at):
        return False
    return _record_changes(contract, stream, before, at)


type Had = dict[int, frozenset[int]]


def _who_has(contract: Contract) -> Had:
    """Who has each open promise of a contract and has not decided yet."""
    rows = Holder.objects.filter(case=contract.pk, promise__state__in=OPEN, outcome="")
    found: dict[int, set[int]] = {}
    for promise, employee in rows.values_list("promise", "employee"):
        found.setdefault(promise, set()).add(employee)
    return {promise: frozenset(some) for promise, some in found.items()}


def _record_changes(contract: Contract, stream: Stream, before: Had, at: datetime) -> bool:
    """One entry for each change of people, with all it concerns; says whether there was one."""
    after, nobody = _who_has(contract), frozenset[int]()
    changes: dict[tuple[frozenset[int], frozenset[int]], list[Promise]] = {}
    promises = Promise.objects.filter(pk__in={*before, *after}).select_related("moment")
    for promise in promises.order_by("pk"):
        had, has = before.get(promise.pk, nobody), after.get(promise.pk, nobody)
        if had != has:
            changes.setdefault((had - has, has - had), []).append(promise)
    for (gone, came), some in changes.items():
        record(
            stream,
            HOLDERS_RELAID,
            by=None,
            at=at,
            contract=contract.pk,
            stage=[_named(promise) for promise in some],
            promises=[promise.pk for promise in some],
            before=_users(gone),
            after=_users(came),
            until=_until(gone, came, at),
        )
    return bool(changes)


def _named(promise: Promise) -> dict[str, str]:
    """What it is to us: a stage by its title, the rest by its moment."""
    if promise.moment_id == CONTRACT_STAGE:
        return {"ru": promise.words_ru, "en": promise.words_en}
    return {"ru": promise.moment.name_ru, "en": promise.moment.name_en}


def _users(employees: frozenset[int]) -> list[dict[str, int]]:
    rows = Employee.objects.filter(pk__in=employees).order_by("pk")
    return [user_ref(user) for user in rows.values_list("user", flat=True)]


def _until(gone: frozenset[int], came: frozenset[int], at: datetime) -> dict[str, str] | None:
    """The last day on which those who came have it for those who are away."""
    now = {"cancelled_at": None, "ended_at": None, "starts_at__lte": at, "ends_at__gt": at}
    lent = Substitution.objects.filter(employee__in=gone, substitute__in=came, **now)
    away = Absence.objects.filter(employee__in=gone, **now)
    ends = list(lent.values_list("ends_at", flat=True)) or list(
        away.values_list("ends_at", flat=True)
    )
    if not ends:
        return None
    last = max(ends) - timedelta(microseconds=1)
    return day_ref(last.astimezone(zone_of(current_firm())).date())
