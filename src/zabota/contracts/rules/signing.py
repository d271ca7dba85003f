"""Who may begin a signing, sign, refuse, call it off."""

from collections.abc import Iterable
from datetime import datetime

from zabota.cases.models import Holder, PromiseState
from zabota.clients.access import RoomViewer
from zabota.clients.models import Contact, RoomRole
from zabota.contracts.models import (
    Contract,
    ContractState,
    Signatory,
    Signing,
    SigningState,
    Way,
)
from zabota.contracts.rules.agreeing import Viewer, edits_for_client
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, Power, PowerKind, Substitution
from zabota.people.rules import reaches

SIGNING_ROLES = (RoomRole.SIGNS, RoomRole.OWNER)


def answers_for(viewer: Viewer, contract: Contract) -> bool:
    """Of ours: the owner of the contract, or an administrator."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and (viewer.employee.pk == contract.case.owner_id or viewer.employee.is_administrator)
    )


def signs_for_client(viewer: Viewer, contract: Contract) -> bool:
    """One of this client's people with the right to sign, acting as such."""
    return (
        isinstance(viewer, RoomViewer)
        and not viewer.read_only
        and viewer.stands_for(contract.case.client_id)
        and viewer.contact.role in SIGNING_ROLES
    )


def may_begin_signing(viewer: Viewer, contract: Contract) -> bool:
    """Once it is agreed: the owner or an administrator; of the client, whoever signs for it."""
    if contract.case.state != ContractState.AGREED:
        return False
    return answers_for(viewer, contract) or signs_for_client(viewer, contract)


def may_sign_for_firm(employee: Employee, powers: Iterable[Power], contract: Contract) -> bool:
    """By a power to sign of one's own, in force and reaching the sum; it is not lent, and being an
    administrator is no such power. `powers` are those in force.
    """
    if employee.dismissed_at is not None:
        return False
    mine = (p for p in powers if p.employee_id == employee.pk and p.kind == PowerKind.SIGN)
    return any(reaches(power, "", contract.sum, contract.currency) for power in mine)


def may_sign_for_client(contact: Contact, contract: Contract) -> bool:
    """The client's people with access to the room whose role signs."""
    return (
        contact.client.whole_id == contract.case.client.whole_id
        and contact.removed_at is None
        and contact.role in SIGNING_ROLES
    )


def is_their_turn(signatory: Signatory) -> bool:
    """Whether this signature is awaited now."""
    promise = signatory.promise
    return promise is not None and promise.state == PromiseState.RUNNING


def may_sign(viewer: Viewer, signing: Signing, signatory: Signatory) -> bool:
    """The signatory themselves, by a code, when it is their turn."""
    return (
        not viewer.read_only
        and signing.way == Way.CODE
        and signing.state == SigningState.OPEN
        and signatory.user_id == viewer.user.pk
        and (signatory.side == "theirs") == isinstance(viewer, RoomViewer)
        and signatory.signed_at is None
        and is_their_turn(signatory)
    )


def may_pass_signature(viewer: Viewer, signing: Signing, signatory: Signatory) -> bool:
    """To another who may sign, while it is not given: whoever answers for the contract, for either
    side; for the client also the owner of its room.
    """
    if viewer.read_only or signing.way != Way.CODE or signing.state != SigningState.OPEN:
        return False
    if signatory.signed_at is not None:
        return False
    if answers_for(viewer, signing.contract):
        return True
    return (
        signatory.side == "theirs"
        and signs_for_client(viewer, signing.contract)
        and isinstance(viewer, RoomViewer)
        and viewer.contact.role == RoomRole.OWNER
    )


def may_refuse_signature(viewer: Viewer, signing: Signing, signatory: Signatory) -> bool:
    """A signatory who has not signed, whoever's turn it is."""
    return (
        not viewer.read_only
        and signing.state == SigningState.OPEN
        and signatory.user_id == viewer.user.pk
        and (signatory.side == "theirs") == isinstance(viewer, RoomViewer)
        and signatory.signed_at is None
    )


def may_stop_signing(viewer: Viewer, signing: Signing) -> bool:
    """The owner of the contract or an administrator, until it is signed."""
    return signing.state == SigningState.OPEN and answers_for(viewer, signing.contract)


def has_original(viewer: Viewer, signing: Signing, at: datetime) -> bool:
    """Of ours whoever has what was promised of the original, or stands in for the owner now."""
    if not isinstance(viewer, StaffViewer) or viewer.read_only:
        return False
    me = viewer.employee
    return (
        Holder.objects.filter(
            promise=signing.sending_id, promise__settled_at=None, employee=me
        ).exists()
        or Substitution.objects.standing(at)
        .filter(employee=signing.contract.case.owner_id, substitute=me, kinds=[])
        .exists()
    )


def may_send_original(viewer: Viewer, signing: Signing, *, has_it: bool) -> bool:
    """On paper: whoever answers for the contract or has it now (`has_original`), and the client's
    people who write or sign; to an operator: ours. Once it is in force, only what was promised: the
    client's copy goes back.
    """
    ours = has_it or answers_for(viewer, signing.contract)
    if signing.state == SigningState.SIGNED and signing.way == Way.PAPER:
        return ours and signing.sending is not None and signing.sending.settled_at is None
    if signing.state != SigningState.OPEN or signing.way == Way.CODE:
        return False
    if isinstance(viewer, RoomViewer):
        return signing.way == Way.PAPER and _acts_for_client(viewer, signing.contract)
    return ours


def may_add_scan(viewer: Viewer, signing: Signing, *, has_it: bool) -> bool:
    """The same people, also after the original has come."""
    if signing.way != Way.PAPER or signing.state not in (SigningState.OPEN, SigningState.SIGNED):
        return False
    ours = has_it or answers_for(viewer, signing.contract)
    return ours or _acts_for_client(viewer, signing.contract)


def may_receive_original(viewer: Viewer, signing: Signing, *, has_it: bool) -> bool:
    """That the signed original is here, says whoever answers for the contract or has it now."""
    return (
        signing.state == SigningState.OPEN
        and signing.way == Way.PAPER
        and (has_it or answers_for(viewer, signing.contract))
    )


def may_bind_exchange(viewer: Viewer, signing: Signing, *, has_it: bool) -> bool:
    """The operator's archive is brought back by whoever answers for the contract or has it now."""
    return (
        signing.state == SigningState.OPEN
        and signing.way == Way.OPERATOR
        and (has_it or answers_for(viewer, signing.contract))
    )


def _acts_for_client(viewer: Viewer, contract: Contract) -> bool:
    return edits_for_client(viewer, contract) or signs_for_client(viewer, contract)


def holds_power_to_sign(employee: Employee, contract: Contract, at: datetime) -> bool:
    """The same as `may_sign_for_firm`, the powers read now."""
    powers = Power.objects.in_force(at).filter(kind=PowerKind.SIGN, employee=employee)
    return may_sign_for_firm(employee, powers, contract)
