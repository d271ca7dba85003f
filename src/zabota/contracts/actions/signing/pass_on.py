"""A signature not given yet is somebody else's: named by whoever may; and the client's person who
was to sign and cannot any more is missed aloud, instead of being waited for until the last day.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import Hold, set_holders, touch_case
from zabota.cases.models import PromiseState
from zabota.clients.models import Contact
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.signing.called import called
from zabota.contracts.actions.signing.turns import WEIGHT
from zabota.contracts.entries import SIGNATORY_LEFT, SIGNATURE_HANDED_ON
from zabota.contracts.models import Contract, Signatory, Signing, SigningState, Way
from zabota.contracts.rules import (
    Viewer,
    holds_power_to_sign,
    may_pass_signature,
    may_sign_for_client,
)
from zabota.journal.actions import record
from zabota.journal.models import Entry, Stream
from zabota.journal.reading import user_ref
from zabota.people.models import Employee
from zabota.people.refusal import Refused


@transaction.atomic
def pass_signature(
    signatory: Signatory, to: Employee | Contact, *, by: Viewer, at: datetime
) -> Signatory:
    """Somebody else of the same side signs instead, in the same place and until the same moment;
    by what authority, they say themselves. Whose turn it is is asked at once.
    """
    contract, stream = lock_contract(signatory.signing.contract_id)
    signing = Signing.objects.get(pk=signatory.signing_id)
    signing.contract = contract
    row = Signatory.objects.select_related("promise").get(pk=signatory.pk)
    if not may_pass_signature(by, signing, row):
        raise PermissionDenied
    _demand_able(signing, row, to, at)
    was = row.user_id
    called(row, to, contract.edition.template.language).save()
    if row.promise is not None and row.employee_id:
        set_holders({row.promise: [Hold(row.employee_id)]}, by=by, at=at, weight=WEIGHT)
    awaited = row.promise is not None and row.promise.state == PromiseState.RUNNING
    touch_case(contract.case, by=by, at=at)
    record(
        stream,
        SIGNATURE_HANDED_ON,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        signing=signing.pk,
        was=user_ref(was),
        to=user_ref(row.user_id),
        turns=[row.pk] if awaited else [],
    )
    return row


def _demand_able(signing: Signing, row: Signatory, to: Employee | Contact, at: datetime) -> None:
    if isinstance(to, Employee):
        able = row.side == "ours" and holds_power_to_sign(to, signing.contract, at)
    else:
        able = (
            row.side == "theirs"
            and to.user_id is not None
            and may_sign_for_client(to, signing.contract)
        )
    if not able:
        raise Refused("cannot_sign", _("This person cannot sign this contract."), field="to")
    if signing.signatories.filter(user=to.user_id).exists():
        raise Refused("signs_twice", _("One person signs once, for one side."), field="to")


def miss_signatories(entry: Entry, *, by: None, at: datetime) -> int:
    """After somebody of a client was removed, has another role or is forgotten: where they were to
    sign and cannot, both sides are told and asked for another. Says how many signatures are missed.
    Idempotent; whoever can sign again is waited for as before.
    """
    waiting = Signatory.objects.filter(
        contact=entry.facts["contact"],
        signed_at=None,
        signing__state=SigningState.OPEN,
        signing__way=Way.CODE,
    )
    contracts = waiting.values_list("signing__contract", flat=True).order_by("signing__contract")
    return sum(_miss(pk, entry.facts["contact"], at) for pk in list(contracts))


@transaction.atomic
def _miss(contract_pk: int, contact: int, at: datetime) -> int:
    contract, stream = lock_contract(contract_pk)
    rows = Signatory.objects.select_related("contact__client").filter(
        contact=contact, signed_at=None, signing__contract=contract,
        signing__state=SigningState.OPEN,
    )  # fmt: skip
    return _told(contract, stream, rows, at)


def _told(contract: Contract, stream: Stream, rows: Iterable[Signatory], at: datetime) -> int:
    missed = 0
    for row in rows:
        assert row.contact is not None
        gone = not may_sign_for_client(row.contact, contract)
        if gone == (row.left_at is not None):
            continue
        row.left_at = at if gone else None
        row.save(update_fields=["left_at"])
        touch_case(contract.case, by=None, at=at)
        if gone:
            missed += 1
            record(
                stream,
                SIGNATORY_LEFT,
                by=None,
                at=at,
                contract=contract.pk,
                signing=row.signing_id,
                person=user_ref(row.user_id),
            )
    return missed
