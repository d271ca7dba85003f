"""When somebody leaves, is away, comes back, or gains or loses a power: who has it is laid anew."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from zabota.cases.models import Holder, PromiseState
from zabota.contracts.actions.in_hand import relay_promises
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.obligations import relay_obligations
from zabota.contracts.actions.settle import relay_contract_holders
from zabota.contracts.actions.signing.relay import relay_signatures
from zabota.contracts.entries import HOLDERS_RELAID
from zabota.contracts.models import Contract, ContractState, Stage
from zabota.journal.actions import record
from zabota.journal.models import Entry

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
    changed = relay_contract_holders(contract, stages, by=by, at=at)
    changed += relay_signatures(contract, stream, by=by, at=at)
    if not changed + relay_promises(contract, stages, by=by, at=at):
        return False
    record(
        stream,
        HOLDERS_RELAID,
        by=None,
        at=at,
        contract=contract.pk,
        holders=Holder.objects.filter(promise__stage__in=stages).count(),
    )
    return True
