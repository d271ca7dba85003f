"""A signature by a code: the agreement accepted, authority stated, the code asked for and typed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import touch_case
from zabota.clients.models import Contact
from zabota.common.files import keep_file
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.signing.relay import relay_signature
from zabota.contracts.actions.signing.turns import (
    open_turn,
    settle_turn,
    turn_of_client,
    turns_begun,
)
from zabota.contracts.entries import AGREEMENT_ACCEPTED, CONTRACT_SIGNED, IN_FORCE
from zabota.contracts.models import (
    Contract,
    ContractState,
    Ground,
    Signatory,
    SignatureAgreement,
    Signing,
    SigningState,
)
from zabota.contracts.reading.signing import fixed_text, signatories_of, signed_copy
from zabota.contracts.rules import (
    Viewer,
    holds_power_to_sign,
    may_sign,
    may_sign_for_client,
)
from zabota.contracts.signature_terms import VERSION, terms_digest
from zabota.journal.actions import record
from zabota.journal.models import Stream
from zabota.outreach.actions import send_message
from zabota.people.actions import request_confirming_code, spend_confirming_code
from zabota.people.firm import current_firm, zone_of
from zabota.people.refusal import Refused


@dataclass(frozen=True)
class Authority:
    """By what one signs: the charter, or a power of attorney with number, day and term."""

    ground: str
    number: str = ""
    issued_on: date | None = None
    until: date | None = None


@dataclass
class _Found:
    contract: Contract
    stream: Stream
    signing: Signing
    rows: list[Signatory]
    mine: Signatory


def ask_signing_code(
    signatory: Signatory,
    authority: Authority,
    *,
    by: Viewer,
    at: datetime,
    accepts: bool = False,
    from_address: str = "",
) -> Signatory:
    """State one's authority, accept the agreement if it was not, and have a code sent to one's own
    address. Refused: an expired authority, no agreement, asked too often.
    """
    found = _prepare(signatory, authority, accepts, by, at)
    code = request_confirming_code(
        by.user, about_code(found), by=by.user, at=at, from_address=from_address
    )
    door = "room" if found.side == "theirs" else "desk"
    send_message(
        found.signing.contract.case,
        "sign_code",
        by.user,
        by=by,
        at=at,
        path=f"/{door}/contracts/{found.signing.contract_id}/signing/",
        code=code,
        digest=found.signing.digest,
    )
    return found


def sign_contract(signatory: Signatory, digits: str, *, by: Viewer, at: datetime) -> Signing:
    """Sign by the code. The last signature puts the contract in force. Refused: a wrong or spent
    code, an authority or power that has ended meanwhile.
    """
    with transaction.atomic():
        found = _locked(signatory, by, at)
        _demand_authority(found.mine, at)
    # Spent in a transaction of its own: a wrong try counts whatever happens afterwards.
    code = spend_confirming_code(by.user, about_code(found.mine), digits, by=by.user, at=at)
    if code is None:
        raise Refused(
            "wrong_code",
            _("This code does not fit, or its time is over. Check the digits or ask anew."),
            field="digits",
        )
    with transaction.atomic():
        return _sign(_locked(signatory, by, at), by, at)


def about_code(row: Signatory) -> str:
    """What a code confirms: this signatory's signature under this very text."""
    return f"signature:{row.pk}:{row.signing.digest[:32]}"


@transaction.atomic
def _prepare(
    signatory: Signatory, authority: Authority, accepts: bool, by: Viewer, at: datetime
) -> Signatory:
    found = _locked(signatory, by, at)
    row = found.mine
    row.ground = Ground(authority.ground)
    proxy = row.ground == Ground.PROXY
    row.ground_number = authority.number.strip() if proxy else ""
    row.ground_on = authority.issued_on if proxy else None
    row.ground_until = authority.until if proxy else None
    _demand_authority(row, at)
    row.agreement = _agreement(found, accepts, by, at)
    row.save()
    return row


def _demand_authority(row: Signatory, at: datetime) -> None:
    """A power of attorney has a number and a term that is not over on the day of signing."""
    today = at.astimezone(zone_of(current_firm())).date()
    if row.ground != Ground.PROXY:
        return
    if not row.ground_number:
        raise Refused(
            "no_number", _("Please give the number of the power of attorney."), field="number"
        )
    if row.ground_on is None or row.ground_on > today:
        raise Refused(
            "bad_issued",
            _("Please give the day of the power of attorney; it cannot be later than today."),
            field="issued_on",
        )
    if row.ground_until is None or row.ground_until < today:
        raise Refused(
            "expired",
            _("Until when the power of attorney holds: a day that is not over. An expired one "
              "gives no right to sign."),
            field="until",
        )  # fmt: skip


def _agreement(found: _Found, accepts: bool, by: Viewer, at: datetime) -> SignatureAgreement:
    client = found.contract.case.client if found.mine.side == "theirs" else None
    known = SignatureAgreement.objects.filter(
        user=by.user, client=client, text_version=VERSION
    ).first()
    if known is not None:
        return known
    if not accepts:
        raise Refused(
            "agreement_needed",
            _("Please accept the agreement on simple signatures first."),
            field="accepts",
        )
    row = SignatureAgreement.objects.create(
        user=by.user,
        client=client,
        text_version=VERSION,
        digest=terms_digest(),
        accepted_at=at,
    )
    record(
        found.stream,
        AGREEMENT_ACCEPTED,
        by=by.user.pk,
        at=at,
        contract=found.contract.pk,
        text=VERSION,
        digest=row.digest,
    )
    return row


def _locked(signatory: Signatory, by: Viewer, at: datetime) -> _Found:
    """The signing under its lock, if this person signs now; their right is asked anew."""
    contract, stream = lock_contract(signatory.signing.contract_id)
    signing = Signing.objects.select_related("pdf").get(pk=signatory.signing_id)
    signing.contract = contract
    rows = signatories_of(signing)
    mine = next(row for row in rows if row.pk == signatory.pk)
    mine.signing = signing
    if mine.signed_at is not None and mine.user_id == by.user.pk:
        raise Refused("signed_already", _("You have signed it already."))
    if signing.state != SigningState.OPEN and mine.user_id == by.user.pk:
        raise Refused("not_open", _("This text is not being signed any more."))
    if not may_sign(by, signing, mine):
        raise PermissionDenied
    if mine.employee is not None and not holds_power_to_sign(mine.employee, contract, at):
        raise Refused("no_power", _("Your power to sign does not reach this contract any more."))
    contact: Contact | None = mine.contact
    if contact is not None and not may_sign_for_client(contact, contract):
        raise PermissionDenied
    return _Found(contract, stream, signing, rows, mine)


def _sign(found: _Found, by: Viewer, at: datetime) -> Signing:
    row, signing = found.mine, found.signing
    _demand_authority(row, at)
    if row.agreement_id is None or not row.ground:
        raise PermissionDenied
    row.signed_at, row.address = at, by.user.email
    row.save(update_fields=["signed_at", "address"])
    settle_turn(row, by=by, at=at, kept=True)
    opened = [one for one in turns_begun(signing, found.rows) if _is_planned(one)]
    for one in opened:
        if one.side == "ours":
            relay_signature(signing, one, found.stream, by=by, at=at, opening=True)
        open_turn(signing, one, by=by, at=at)
    turn_of_client(found.contract, found.rows)
    touch_case(found.contract.case, by=by, at=at)
    record(
        found.stream,
        CONTRACT_SIGNED,
        by=by.user.pk,
        at=at,
        contract=found.contract.pk,
        signing=signing.pk,
        signatory=row.pk,
        company=row.company,
        digest=signing.digest,
        turns=[one.pk for one in opened],
    )
    if all(one.signed_at for one in found.rows):
        fixed = fixed_text(found.contract, by, current_firm())
        copy = signed_copy(fixed, signing, found.rows, at=at)
        signing.signed_pdf = keep_file(copy, "application/pdf", at=at)
        put_in_effect(signing, found.contract, found.stream, by=by, at=at)
    return signing


def put_in_effect(
    signing: Signing, contract: Contract, stream: Stream, *, by: Viewer, at: datetime
) -> None:
    """Everybody of both sides has signed: the contract is in force."""
    signing.state, signing.ended_at, signing.ended_by = SigningState.SIGNED, at, by.user
    signing.save(update_fields=["state", "ended_at", "ended_by", "signed_pdf"])
    contract.case.state = ContractState.SIGNED
    touch_case(contract.case, by=by, at=at, fields=("state",))
    record(
        stream,
        IN_FORCE,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        signing=signing.pk,
        digest=signing.digest,
    )


def _is_planned(row: Signatory) -> bool:
    return row.promise is not None and row.promise.started_at is None
