"""Who may sign a contract for each side, and the attempt at signing it that counts now."""

from collections.abc import Iterable
from datetime import datetime

from zabota.clients.models import Contact
from zabota.contracts.models import Contract, ContractState, Signatory, Signing, SigningState
from zabota.contracts.rules import SIGNING_ROLES, may_sign_for_firm
from zabota.people.models import Absence, Employee, Power, PowerKind

STANDING = (SigningState.OPEN, SigningState.SIGNED)
UNDER_SIGNATURE = (ContractState.SIGNING, ContractState.SIGNED)


def our_signers(contract: Contract, at: datetime) -> list[Employee]:
    """Ours whose power to sign reaches this contract; the one with the widest power last. Whoever
    is away is not asked while somebody here can sign.
    """
    powers = list(Power.objects.in_force(at).filter(kind=PowerKind.SIGN))
    people = (
        Employee.objects.working()
        .filter(pk__in=[power.employee_id for power in powers], user__is_active=True)
        .select_related("user", "team")
        .order_by("pk")
    )
    found = [one for one in people if may_sign_for_firm(one, powers, contract)]
    unlimited = {power.employee_id for power in powers if power.limit is None}
    away = away_now([one.pk for one in found], at)
    here = [one for one in found if one.pk not in away] or found
    return sorted(here, key=lambda one: one.pk in unlimited)


def our_signer(contract: Contract, at: datetime) -> Employee | None:
    """Who signs for us while nobody has chosen: whoever answers for the contract, where their own
    power reaches it; else whoever has the narrowest power that does.
    """
    able = our_signers(contract, at)
    return min(able, key=lambda one: one.pk != contract.case.owner_id, default=None)


def away_now(employees: Iterable[int], at: datetime) -> set[int]:
    """Which of these are away at this moment."""
    rows = Absence.objects.standing(at).filter(employee__in=employees)
    return set(rows.values_list("employee", flat=True))


def client_signers(contract: Contract) -> list[Contact]:
    """The client's people with access whose role signs; whoever only signs stands first."""
    people = (
        Contact.objects.with_access()
        .of_whole(contract.case.client_id)
        .filter(role__in=SIGNING_ROLES)
        .select_related("user")
        .order_by("pk")
    )
    return sorted(people, key=lambda one: one.role != "signs")


def who_else_signs(signing: Signing, at: datetime) -> dict[str, list[Employee | Contact]]:
    """By side, those who may sign this contract and do not yet."""
    users = set(signing.signatories.values_list("user", flat=True))
    ours: list[Employee | Contact] = [*our_signers(signing.contract, at)]
    theirs: list[Employee | Contact] = [*client_signers(signing.contract)]
    return {
        side: [one for one in people if one.user_id not in users]
        for side, people in (("ours", ours), ("theirs", theirs))
    }


def present_signing(contract: Contract) -> Signing | None:
    """The attempt under way, or the one that succeeded; asked only where there can be one."""
    if contract.case.state not in UNDER_SIGNATURE:
        return None
    found = (
        Signing.objects.filter(contract=contract, state__in=STANDING)
        .select_related("pdf", "signed_pdf", "begun_by", "sending", "version")
        .first()
    )
    if found is not None:
        found.contract = contract
    return found


def signatories_of(signing: Signing) -> list[Signatory]:
    """Everybody who signs, in the order of signing: side by side, each in its own order."""
    rows = (
        Signatory.objects.filter(signing=signing)
        .select_related(
            "promise", "user", "employee__user", "employee__photo", "contact", "agreement"
        )
        .order_by("pk")
    )
    first = "ours" if signing.order == "ours" else "theirs"
    return sorted(rows, key=lambda row: (row.side != first, row.place))
