"""Who may do what with a contract in force."""

from datetime import datetime

from zabota.cases.models import Holder, PromiseState
from zabota.clients.access import RoomViewer
from zabota.clients.rules import may_add_clients
from zabota.contracts.force import in_force
from zabota.contracts.models import Contract, Obligation, ObligationState
from zabota.contracts.rules.agreeing import Viewer, edits_for_client
from zabota.people.access import StaffViewer


def may_settle_obligations(viewer: Viewer, contract: Contract) -> bool:
    """The owner of a contract in force, or an administrator, says what its obligations are."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and in_force(contract)
        and (viewer.employee.pk == contract.case.owner_id or viewer.employee.is_administrator)
    )


def may_meet_obligation(
    viewer: Viewer, contract: Contract, row: Obligation, holders: list[Holder]
) -> bool:
    """Of ours whoever has it, the owner or an administrator notes that it was met, also the
    client's; the client's people, who edit for it, note their own.
    """
    if row.state != ObligationState.CONFIRMED or viewer.read_only or not in_force(contract):
        return False
    if isinstance(viewer, RoomViewer):
        return row.side == "theirs" and edits_for_client(viewer, contract)
    me = viewer.employee
    mine = any(holder.employee_id == me.pk for holder in holders)
    return mine or me.is_administrator or me.pk == contract.case.owner_id


def may_import_register(viewer: Viewer, at: datetime) -> bool:
    """Whoever of ours may add clients brings in the register of contracts in force."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and may_add_clients(viewer.user, at)
    )


def is_open(state: str) -> bool:
    """Whether a term waits to be met."""
    return state in (PromiseState.RUNNING, PromiseState.PAUSED)
