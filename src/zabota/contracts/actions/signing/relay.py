"""Our signature passes on when whoever was to give it is not here to: dismissed, without the power,
or away while it is awaited. Signing goes on instead of being called off.
"""

from datetime import datetime

from zabota.cases.actions import Hold, set_holders
from zabota.cases.models import PromiseState
from zabota.contracts.actions.in_hand import hold_for_owner
from zabota.contracts.actions.signing.called import called
from zabota.contracts.actions.signing.turns import WEIGHT
from zabota.contracts.entries import SIGNATURE_PASSED_ON
from zabota.contracts.models import Contract, Signatory, Signing, SigningState, Way
from zabota.contracts.reading.signing import our_signers, signatories_of
from zabota.contracts.reading.signing.parties import away_now
from zabota.contracts.rules import holds_power_to_sign
from zabota.journal.actions import record
from zabota.journal.models import Stream
from zabota.journal.reading import user_ref
from zabota.people.models import Employee, Substitution

OPEN = (PromiseState.PLANNED, PromiseState.RUNNING)


def relay_signatures(contract: Contract, stream: Stream, *, by: object, at: datetime) -> int:
    """Who gives our signatures under this contract, as of now; says how much changed. Idempotent:
    whoever can sign keeps it.
    """
    signing = Signing.objects.filter(
        contract=contract, state=SigningState.OPEN, way=Way.CODE
    ).first()
    if signing is None:
        return 0
    signing.contract = contract
    rows = [row for row in signatories_of(signing) if row.side == "ours" and not row.signed_at]
    return sum(relay_signature(signing, row, stream, by=by, at=at) for row in rows)


def relay_signature(
    signing: Signing,
    row: Signatory,
    stream: Stream,
    *,
    by: object,
    at: datetime,
    opening: bool = False,
) -> int:
    """One signature. Away counts only while it is awaited, or as it is about to be (`opening`):
    until then they may be back. With nobody to pass it to, the owner has it.
    """
    promise, contract = row.promise, signing.contract
    if promise is None or promise.state not in OPEN:
        return 0
    assert row.employee is not None
    able = holds_power_to_sign(row.employee, contract, at) and row.employee.user.is_active
    awaited = opening or promise.state == PromiseState.RUNNING
    away = awaited and row.employee_id in away_now([row.employee.pk], at)
    heir = _heir(signing, row.employee, at) if away or not able else None
    if heir is not None:
        _pass_on(row, heir, stream, signing, by=by, at=at, told=not opening and awaited)
    elif not able:
        return hold_for_owner(contract, promise, by=by, at=at)
    assert row.employee is not None
    holds = [Hold(row.employee.pk)]
    return set_holders({promise: holds}, by=by, at=at, weight=WEIGHT)


def _heir(signing: Signing, employee: Employee, at: datetime) -> Employee | None:
    """Somebody here whose own power to sign reaches the contract; their substitute before others.
    The power itself is not lent.
    """
    taken = set(signing.signatories.values_list("user", flat=True))
    able = [one for one in our_signers(signing.contract, at) if one.user_id not in taken]
    gone = away_now([one.pk for one in able], at)
    here = [one for one in able if one.pk not in gone]
    standing = Substitution.objects.standing(at).filter(employee=employee)
    substitutes = set(standing.values_list("substitute", flat=True))
    return min(here, key=lambda one: one.pk not in substitutes, default=None)


def _pass_on(
    row: Signatory,
    heir: Employee,
    stream: Stream,
    signing: Signing,
    *,
    by: object,
    at: datetime,
    told: bool,
) -> None:
    """A new name on the page of signatures; the authority is stated anew."""
    was = row.user_id
    called(row, heir, signing.contract.edition.template.language).save()
    record(
        stream,
        SIGNATURE_PASSED_ON,
        by=None,
        at=at,
        contract=signing.contract_id,
        signing=signing.pk,
        was=user_ref(was),
        to=user_ref(heir.user_id),
        turns=[row.pk] if told else [],
    )
