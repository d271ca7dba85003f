"""A signing that comes to nothing: refused with a reason, called off, run out of time. The contract
is agreed, as it was.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import drop_promise, rank_holders, store_promises, touch_case
from zabota.cases.models import Promise
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.signing.turns import WEIGHT, settle_turn
from zabota.contracts.entries import SIGNATURE_REFUSED, SIGNING_LAPSED, SIGNING_STOPPED
from zabota.contracts.models import (
    Contract,
    ContractState,
    Signatory,
    Signing,
    SigningState,
)
from zabota.contracts.reading.signing import signatories_of
from zabota.contracts.rules import Viewer, may_refuse_signature, may_stop_signing
from zabota.journal.actions import record
from zabota.journal.kinds import EntryKind
from zabota.journal.models import Stream
from zabota.people.models import User
from zabota.people.refusal import Refused


@transaction.atomic
def refuse_signature(signatory: Signatory, *, by: Viewer, at: datetime, reason: str) -> Signing:
    """One of those who sign does not: they say why, and the contract is agreed, as it was."""
    contract, stream, signing = _locked(signatory.signing)
    row = Signatory.objects.get(pk=signatory.pk)
    if not may_refuse_signature(by, signing, row):
        raise PermissionDenied
    _demand_reason(reason)
    row.refused_at = at
    row.save(update_fields=["refused_at"])
    _end(signing, SigningState.REFUSED, by.user, at, reason)
    _tell(SIGNATURE_REFUSED, contract, stream, signing, by.user, at, reason=reason.strip())
    return signing


@transaction.atomic
def stop_signing(signing: Signing, *, by: Viewer, at: datetime, reason: str) -> Signing:
    """Whoever answers for the contract calls the signing off, and says why."""
    contract, stream, signing = _locked(signing)
    if not may_stop_signing(by, signing):
        raise PermissionDenied
    _demand_reason(reason)
    _end(signing, SigningState.STOPPED, by.user, at, reason)
    _tell(SIGNING_STOPPED, contract, stream, signing, by.user, at, reason=reason.strip())
    return signing


@transaction.atomic
def lapse_signing(signing: Signing, *, by: None, at: datetime) -> bool:
    """The last day is over and not everybody has signed; says whether it was so."""
    contract, stream, signing = _locked(signing)
    if signing.state != SigningState.OPEN or signing.lapses_at > at:
        return False
    _end(signing, SigningState.LAPSED, None, at, "")
    _tell(SIGNING_LAPSED, contract, stream, signing, None, at)
    return True


def _locked(signing: Signing) -> tuple[Contract, Stream, Signing]:
    contract, stream = lock_contract(signing.contract_id)
    found = Signing.objects.select_related("sending").get(pk=signing.pk)
    found.contract = contract
    return contract, stream, found


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("no_reason", _("Please say why, in a few words."), field="reason")


def _end(signing: Signing, state: str, by: User | None, at: datetime, reason: str) -> None:
    signing.state, signing.ended_at, signing.ended_by = state, at, by
    signing.reason = reason.strip()
    signing.save(update_fields=["state", "ended_at", "ended_by", "reason"])
    for row in signatories_of(signing):
        settle_turn(row, by=by, at=at, kept=False)
    contract = signing.contract
    left = Promise.objects.filter(pk__in=[signing.sending_id, contract.client_turn_id])
    for promise in left.filter(settled_at=None):
        drop_promise(promise, by=by, at=at)
        store_promises([promise])
        rank_holders([promise], by=by, at=at, weight=WEIGHT)
    contract.client_turn = None
    contract.save(update_fields=["client_turn"])
    contract.case.state = ContractState.AGREED
    touch_case(contract.case, by=by, at=at, fields=("state",))


def _tell(
    kind: EntryKind,
    contract: Contract,
    stream: Stream,
    signing: Signing,
    by: User | None,
    at: datetime,
    **facts: Any,
) -> None:
    record(
        stream,
        kind,
        by=by.pk if by else None,
        at=at,
        contract=contract.pk,
        signing=signing.pk,
        **facts,
    )
