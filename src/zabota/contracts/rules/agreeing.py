"""Who may do what while a contract is written and agreed."""

from collections.abc import Collection, Iterable

from zabota.cases.models import Holder, PromiseState
from zabota.clients.access import RoomViewer
from zabota.clients.models import RoomRole
from zabota.contracts.models import SETTLED, Change, ChangeState, Contract, ContractState, Stage
from zabota.contracts.routing import Taker, seat_for
from zabota.people.access import StaffViewer

Viewer = StaffViewer | RoomViewer

EDITING_ROLES = (RoomRole.OWNER, RoomRole.EDITS)


def side_of(viewer: Viewer) -> str:
    """Whose side of the contract this person writes on."""
    return "theirs" if isinstance(viewer, RoomViewer) else "ours"


def may_start_contract(viewer: Viewer) -> bool:
    """Our employees start contracts for clients; of a client, whoever edits."""
    if viewer.read_only:
        return False
    return isinstance(viewer, StaffViewer) or viewer.contact.role in EDITING_ROLES


def edits_for_client(viewer: Viewer, contract: Contract) -> bool:
    """One of this client's people who may write, acting as such."""
    return (
        isinstance(viewer, RoomViewer)
        and not viewer.read_only
        and viewer.stands_for(contract.case.client_id)
        and viewer.contact.role in EDITING_ROLES
    )


def may_edit_draft(viewer: Viewer, contract: Contract) -> bool:
    """The client writes while it is a draft or returned; ours while we prepare it for them."""
    if viewer.read_only:
        return False
    state = contract.case.state
    if isinstance(viewer, StaffViewer):
        return state == ContractState.PREPARING
    return edits_for_client(viewer, contract) and state in (
        ContractState.DRAFT,
        ContractState.RETURNED,
    )


def may_read_paper(viewer: Viewer, contract: Contract) -> bool:
    """A text on the client's paper that was never sent is the client's alone, unless one of ours
    brought it.
    """
    if not contract.foreign_paper or contract.version_id is not None:
        return True
    if isinstance(viewer, RoomViewer) and not viewer.looking_on:
        return True
    return getattr(contract.edition.made_by, "employee", None) is not None


def may_submit_contract(viewer: Viewer, contract: Contract) -> bool:
    """Whoever may edit the draft may send it."""
    return may_edit_draft(viewer, contract)


def may_share_contract(viewer: Viewer, contract: Contract) -> bool:
    """What we prepared is put into the client's room by whoever prepares it."""
    return isinstance(viewer, StaffViewer) and may_edit_draft(viewer, contract)


def may_withdraw_contract(viewer: Viewer, contract: Contract) -> bool:
    """Before it is agreed the client may take it back; ours may only what we prepare."""
    if viewer.read_only or contract.case.state in (*SETTLED, ContractState.WITHDRAWN):
        return False
    preparing = contract.case.state == ContractState.PREPARING
    if isinstance(viewer, RoomViewer):
        return edits_for_client(viewer, contract) and not preparing
    return preparing


def may_ask_sooner(viewer: Viewer, contract: Contract) -> bool:
    """«Нужно раньше» stands for the client while it is being agreed and nobody has been asked
    yet.
    """
    if not isinstance(viewer, RoomViewer) or viewer.read_only:
        return False
    if not viewer.stands_for(contract.case.client_id):
        return False
    asked = contract.sooner
    waiting = asked is not None and asked.state == PromiseState.RUNNING
    return contract.case.state == ContractState.REVIEW and not waiting


def may_answer_sooner(viewer: Viewer, contract: Contract) -> bool:
    """Whoever has the promise answers: the owner, and who stands in for them; the owner's lead may,
    too.
    """
    asked = contract.sooner
    if not isinstance(viewer, StaffViewer) or viewer.read_only or asked is None:
        return False
    if asked.state != PromiseState.RUNNING:
        return False
    owner, me = contract.case.owner, viewer.employee
    if me.pk in (owner.pk, owner.lead_id) or me.is_administrator:
        return True
    return asked.holders.filter(employee=me).exists()


def seat_held(viewer: Viewer, stage: Stage, holders: Iterable[Holder]) -> Holder | None:
    """The undecided seat of an open stage that this employee may settle, if any; of several the one
    that leaves the rest easiest to fill. Whoever has decided in the stage has no turn at its other
    seats, unless it was laid anew as a last resort.
    """
    if not isinstance(viewer, StaffViewer) or viewer.read_only:
        return None
    if stage.promise.state != PromiseState.RUNNING:
        return None
    rows = list(holders)
    decided = {row.seat for row in rows if row.outcome}
    waiting = [row for row in rows if row.rank_at and row.seat not in decided]
    seats: dict[int, list[Taker]] = {}
    for row in waiting:
        seats.setdefault(row.seat, []).append(Taker(row.employee_id, row.for_employee_id))
    chosen = seat_for(seats, viewer.employee.pk)
    mine = [row for row in waiting if row.employee_id == viewer.employee.pk and row.seat == chosen]
    return min(mine, key=lambda row: row.for_employee_id is not None, default=None)


def may_approve_stage(
    viewer: Viewer, stage: Stage, holders: Iterable[Holder], untracked: Collection[Change] = ()
) -> bool:
    """Whoever holds a seat may approve, unless changes of this direction were refused: those are
    sent back to the client first; or some that the client made `untracked` wait for an answer.
    """
    return seat_held(viewer, stage, holders) is not None and not (stage.has_refused or untracked)


def may_return_stage(viewer: Viewer, stage: Stage, holders: Iterable[Holder]) -> bool:
    """Whoever holds a seat may return it, saying why."""
    return seat_held(viewer, stage, holders) is not None


def may_answer_change(
    viewer: Viewer,
    contract: Contract,
    change: Change,
    stages: Iterable[Stage],
    holders: dict[int, list[Holder]],
) -> bool:
    """A change is answered by those whose direction it touches, also before their stage opens; one
    that touches no stage of this route, by whoever holds an open stage or is in charge.
    """
    if not isinstance(viewer, StaffViewer) or viewer.read_only:
        return False
    if contract.case.state != ContractState.REVIEW or change.state not in ANSWERABLE:
        return False
    rows = list(stages)
    concerned = [stage for stage in rows if stage.concern == change.concern]
    if not concerned:
        if viewer.employee.pk == contract.case.owner_id:
            return True
        return any(seat_held(viewer, stage, holders[stage.promise_id]) for stage in rows)
    return any(_holds(viewer, stage, holders[stage.promise_id]) for stage in concerned)


def _holds(viewer: StaffViewer, stage: Stage, holders: Iterable[Holder]) -> bool:
    """Whether the stage is this person's now, or will be."""
    if stage.promise.state == PromiseState.PLANNED:
        return any(row.employee_id == viewer.employee.pk for row in holders)
    return seat_held(viewer, stage, holders) is not None


ANSWERABLE = (ChangeState.OPEN, ChangeState.ACCEPTED, ChangeState.REJECTED, ChangeState.COUNTERED)


def may_agree_with_answer(viewer: Viewer, contract: Contract, change: Change) -> bool:
    """The client agrees with our wording, or with our refusal, while it is their turn."""
    return (
        edits_for_client(viewer, contract)
        and contract.case.state == ContractState.RETURNED
        and change.state in (ChangeState.COUNTERED, ChangeState.REJECTED)
    )


def may_insist(viewer: Viewer, contract: Contract, change: Change) -> bool:
    """The client goes back to its own wording, saying why, where it might have agreed."""
    return change.sent_at is not None and may_agree_with_answer(viewer, contract, change)


def in_charge(
    viewer: Viewer, contract: Contract, stages: Iterable[Stage], holders: dict[int, list[Holder]]
) -> bool:
    """Of ours: the owner, an administrator, whoever holds an open stage."""
    if not isinstance(viewer, StaffViewer) or viewer.read_only:
        return False
    if viewer.employee.pk == contract.case.owner_id or viewer.employee.is_administrator:
        return True
    return any(seat_held(viewer, stage, holders[stage.promise_id]) for stage in stages)


UNDER_WAY = (ContractState.REVIEW, ContractState.RETURNED, ContractState.AGREED)


def may_send_disagreements(
    viewer: Viewer, contract: Contract, stages: Iterable[Stage], holders: dict[int, list[Holder]]
) -> bool:
    """The table of disagreements goes to the client from the owner or whoever holds an open stage,
    once the contract was sent for approval.
    """
    return contract.case.state in UNDER_WAY and in_charge(viewer, contract, stages, holders)


def may_choose_ending(
    viewer: Viewer, contract: Contract, stages: Iterable[Stage], holders: dict[int, list[Holder]]
) -> bool:
    """The same people say what becomes of the table, until the contract is registered."""
    return not contract.registered_number and may_send_disagreements(
        viewer, contract, stages, holders
    )


def may_type_passport(
    viewer: Viewer, contract: Contract, stages: Iterable[Stage], holders: dict[int, list[Holder]]
) -> bool:
    """Of a text on the client's paper, before it is agreed: the owner, whoever prepares it, and
    whoever holds an open stage.
    """
    if not isinstance(viewer, StaffViewer) or viewer.read_only or not contract.foreign_paper:
        return False
    state = contract.case.state
    if state == ContractState.PREPARING:
        return may_edit_draft(viewer, contract)
    if state not in (ContractState.REVIEW, ContractState.RETURNED):
        return False
    if viewer.employee.pk == contract.case.owner_id or viewer.employee.is_administrator:
        return True
    return any(seat_held(viewer, stage, holders[stage.promise_id]) for stage in stages)


def may_comment(viewer: Viewer, contract: Contract) -> bool:
    """Everybody who sees the contract may write about it, unless they only look on."""
    if isinstance(viewer, RoomViewer) and not viewer.stands_for(contract.case.client_id):
        return False
    return not viewer.read_only and contract.case.state != ContractState.WITHDRAWN


def may_register(viewer: Viewer, contract: Contract) -> bool:
    """The owner of an agreed contract gives it its number."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and contract.case.state == ContractState.AGREED
        and not contract.registered_number
        and (viewer.employee.pk == contract.case.owner_id or viewer.employee.is_administrator)
    )
