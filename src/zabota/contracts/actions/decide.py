"""Decisions: approve a stage, return it with reasons, hand a seat over.

Kept lean on purpose: an approval is three reads and five writes besides session and account.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import (
    drop_promise,
    keep_promise,
    lay_promise,
    pause_promise,
    rank_holders,
    store_promises,
    touch_case,
)
from zabota.cases.models import Holder, Promise, PromiseState, Turn
from zabota.cases.moments import CONTRACT_CLIENT
from zabota.contracts.actions.answer import (
    accept_open_changes,
    our_text_after_answers,
    settle_last_changes,
)
from zabota.contracts.actions.draft import begin_draft
from zabota.contracts.actions.locked import Round, lock_contract, lock_round_of
from zabota.contracts.actions.rounds import (
    STAGE_WEIGHT,
    hold_stages,
    open_next,
    seats_of,
    spec_of,
    state_of,
)
from zabota.contracts.actions.versions import keep_wordings, make_version
from zabota.contracts.entries import (
    AGREED,
    STAGE_APPROVED,
    STAGE_REASSIGNED,
    STAGE_REMARKED,
    STAGE_RETURNED,
    STAGE_VOTED,
)
from zabota.contracts.models import Change, ChangeState, Contract, ContractState, Decision, Stage
from zabota.contracts.models.approvals import Outcome, Verdict
from zabota.contracts.routing import Decision as SeatDecision
from zabota.contracts.routing import from_json, outcome, route_outcome
from zabota.contracts.rules import Viewer, may_approve_stage, may_return_stage, seat_held
from zabota.contracts.staff import contract_facts
from zabota.journal.actions import record
from zabota.journal.reading import user_ref
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Employee
from zabota.people.rules import has_power


class AlreadyDecided(Exception):
    """Somebody else has settled this stage meanwhile; says who, so that the notice can."""

    def __init__(self, stage: Stage, who: str) -> None:
        super().__init__(who)
        self.stage, self.who = stage, who


class RefusalsWait(Exception):
    """Changes of this direction were not accepted: they go back to the client before anything is agreed."""


class ReasonNeeded(Exception):
    """A second return of a clause nobody changed since needs a reason of its own."""


@dataclass(frozen=True)
class Decided:
    """What a decision led to: the round as it stands, what opened, whether all is agreed."""

    round: Round
    stage: Stage
    opened: list[Stage]
    agreed: bool = False


@transaction.atomic
def approve_stage(stage: int, *, by: StaffViewer, at: datetime, remark: str = "") -> Decided:
    """Approve one's seat of a stage. Open changes of its direction are accepted with it; when the stage
    is settled the next opens, and with the last one the contract is agreed."""
    now = lock_round_of(stage)
    this = now.stage(stage)
    seat = _seat(now, this, by)
    if not may_approve_stage(by, this, now.holders[this.promise_id]):
        raise RefusalsWait
    if this.has_open:
        accept_open_changes(now.contract, this.concern, by=by, at=at)
    verdict = Verdict.REMARKED if remark else Verdict.APPROVED
    _decide(now, this, seat, verdict, remark, [], by, at)
    settled = _outcome_now(this, now.holders[this.promise_id], seat, "approved") == "approved"
    opened: list[Stage] = []
    if settled:
        keep_promise(this.promise, by=by, at=at, outcome=Outcome.APPROVED)
        opened = open_next(now.stages, by=by, at=at)
        store_promises([this.promise, *(found.promise for found in opened)])
    _mark(now, this, seat, verdict, opened, by, at)
    agreed = settled and _is_agreed(now)
    if agreed and not settle_last_changes(now.contract, by=by, at=at):
        raise RefusalsWait
    record(
        now.stream,
        STAGE_APPROVED,
        by=by.user.pk,
        at=at,
        acted_for=_acted_for(seat),
        contract=now.contract.pk,
        stage={"ru": this.title_ru, "en": this.title_en},
        stage_id=this.pk,
        opened=[found.pk for found in opened],
    )
    if remark:
        _record_remark(now, this, remark, by, at)
    if agreed:
        _agree(now, by, at)
    return Decided(now, this, opened, agreed)


@transaction.atomic
def return_stage(
    stage: int,
    *,
    by: StaffViewer,
    at: datetime,
    asked: str,
    reasons: Iterable[dict[str, str]] = (),
) -> Decided:
    """Return the contract to the client with reasons tied to clauses (`{"clause", "text"}`).

    Where a quorum can still be reached without this seat the return only counts against. Our clock
    stops only if `asked` says what is asked of the client.
    """
    now = lock_round_of(stage)
    this = now.stage(stage)
    seat = _seat(now, this, by)
    if not may_return_stage(by, this, now.holders[this.promise_id]):
        raise PermissionDenied
    told = [reason for reason in reasons if reason.get("text", "").strip()]
    again = _returned_again(now.contract, told, asked)
    _decide(now, this, seat, Verdict.RETURNED, asked, told, by, at)
    if _outcome_now(this, now.holders[this.promise_id], seat, "returned") != "returned":
        _mark(now, this, seat, Verdict.RETURNED, [], by, at)
        _record_vote(now, this, seat, asked, by, at)
        return Decided(now, this, [])
    keep_promise(this.promise, by=by, at=at, outcome=Outcome.RETURNED)
    dropped = _drop_the_rest(now, this, by, at)
    store_promises([this.promise, *dropped])
    _mark(now, this, seat, Verdict.RETURNED, [], by, at, also=dropped)
    _hand_to_client(now, asked, by, at)
    record(
        now.stream,
        STAGE_RETURNED,
        by=by.user.pk,
        at=at,
        acted_for=_acted_for(seat),
        contract=now.contract.pk,
        stage={"ru": this.title_ru, "en": this.title_en},
        stage_id=this.pk,
        asked=asked or "—",
        reasons=told,
        lead=_lead_user(now.contract) if again else None,
    )
    return Decided(now, this, [])


@transaction.atomic
def reassign_stage(
    stage: int, seat: int, to: Employee, *, by: StaffViewer, at: datetime, reason: str
) -> Stage:
    """Hand a seat to somebody else: one's own, or any with the power to reassign."""
    now = lock_round_of(stage)
    this = now.stage(stage)
    held = [row for row in now.holders[this.promise_id] if row.seat == seat]
    mine = any(row.employee_id == by.employee.pk for row in held)
    powerful = has_power(by.employee, "reassign", at) or by.employee.is_administrator
    if by.read_only or not (mine or powerful) or any(row.outcome for row in held):
        raise PermissionDenied
    if this.promise.settled_at is not None or to.dismissed_at is not None:
        raise PermissionDenied
    place = next(found for found in seats_of([this])[this.pk] if found.number == seat)
    place.reassigned_to = to
    place.save(update_fields=["reassigned_to"])
    contract, _ = lock_contract(now.contract.pk)
    relay_contract_holders(contract, [this], by=by, at=at)
    record(
        now.stream,
        STAGE_REASSIGNED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        stage={"ru": this.title_ru, "en": this.title_en},
        to=user_ref(to.user_id),
        opened=[this.pk],
        reason=reason,
    )
    return this


def relay_contract_holders(
    contract: Contract, stages: list[Stage], *, by: object, at: datetime
) -> int:
    """Lay anew who has these stages; says how many rows changed."""
    version = contract.version
    values = version.values if version else {}
    changes = Change.objects.filter(contract=contract, version=version)
    spec = from_json(contract.route_copy or {})
    return hold_stages(
        contract, stages, spec, contract_facts(contract, values, changes), by=by, at=at
    )


def _seat(now: Round, this: Stage, by: Viewer) -> Holder:
    """The seat this person settles; a clear notice where somebody was faster, 403 where it is not theirs."""
    rows = now.holders[this.promise_id]
    seat = seat_held(by, this, rows)
    if seat is not None:
        return seat
    was_theirs = isinstance(by, StaffViewer) and any(
        row.employee_id == by.employee.pk for row in rows
    )
    if was_theirs and this.promise.state != PromiseState.PLANNED and not by.read_only:
        done = [row.employee.name for row in rows if row.outcome]
        raise AlreadyDecided(this, ", ".join(done))
    raise PermissionDenied


def _decide(
    now: Round,
    this: Stage,
    seat: Holder,
    verdict: str,
    remark: str,
    reasons: list[dict[str, str]],
    by: StaffViewer,
    at: datetime,
) -> None:
    Decision.objects.create(
        stage=this,
        seat=seat.seat,
        by=by.employee,
        for_employee_id=seat.for_employee_id,
        verdict=verdict,
        remark=remark,
        reasons=reasons,
        version_id=now.contract.version_id,
        last_resort=seat.through == "last_resort",
        at=at,
    )


def _outcome_now(this: Stage, rows: Iterable[Holder], seat: Holder, verdict: Any) -> str:
    """How the stage stands with this decision counted in."""
    taken = [
        SeatDecision(
            row.seat,
            row.employee_id,
            "returned" if row.outcome == Verdict.RETURNED else "approved",
            row.for_employee_id,
            row.through == "last_resort",
        )
        for row in rows
        if row.outcome
    ]
    mine = SeatDecision(
        seat.seat, seat.employee_id, verdict, seat.for_employee_id, seat.through == "last_resort"
    )
    return outcome(spec_of(this), [*taken, mine])


def _mark(
    now: Round,
    this: Stage,
    seat: Holder,
    verdict: str,
    opened: list[Stage],
    by: StaffViewer,
    at: datetime,
    *,
    also: Iterable[Promise] = (),
) -> None:
    """The seat is settled; nobody's turn any more: its other holders, and this person's other seats."""
    rows = now.holders[this.promise_id]
    over = [row.pk for row in rows if row.seat == seat.seat or row.employee_id == seat.employee_id]
    rank_holders(
        [this.promise, *(found.promise for found in opened), *also],
        by=by,
        at=at,
        weight=STAGE_WEIGHT,
        done=(seat.pk, verdict),
        over=over,
    )
    seat.outcome = verdict
    for row in rows:
        if row.pk in over:
            row.rank_at = None
    if this.promise.settled_at is None and _some_seat_is_empty(this, rows):
        contract, _ = lock_contract(now.contract.pk)
        relay_contract_holders(contract, [this], by=by, at=at)


def _some_seat_is_empty(this: Stage, rows: Iterable[Holder]) -> bool:
    """After a decision a seat may have nobody left who has not decided yet: the route must still end."""
    found = list(rows)
    decided = {row.seat for row in found if row.outcome}
    spent = {row.employee_id for row in found if row.outcome}
    free = {row.seat for row in found if row.employee_id not in spent}
    return any(number not in decided | free for number in range(len(this.spec["seats"])))


def _is_agreed(now: Round) -> bool:
    states = {stage.key: state_of(stage) for stage in now.stages}
    return route_outcome([spec_of(stage) for stage in now.stages], states) == "approved"


def _agree(now: Round, by: StaffViewer, at: datetime) -> None:
    """Every stage is settled: the contract is agreed, what was promised about it is kept."""
    contract, stream = lock_contract(now.contract.pk)
    done = [p for p in (contract.agreeing, contract.answering, contract.sooner) if p]
    open_ones = [promise for promise in done if promise.settled_at is None]
    for promise in open_ones:
        keep_promise(promise, by=by, at=at)
    store_promises(open_ones)
    rank_holders(open_ones, by=by, at=at)
    contract.agreed_at = at
    contract.save(update_fields=["agreed_at"])
    contract.case.state = ContractState.AGREED
    touch_case(contract.case, by=by, at=at, fields=("state",))
    record(stream, AGREED, by=by.user.pk, at=at, contract=contract.pk)


def _drop_the_rest(now: Round, this: Stage, by: StaffViewer, at: datetime) -> list[Promise]:
    """A return ends the round: what others have before them is no longer asked."""
    rest = []
    for stage in now.stages:
        if stage.pk != this.pk and stage.promise.settled_at is None:
            rest.append(drop_promise(stage.promise, by=by, at=at, outcome=Outcome.DROPPED))
    return rest


def _hand_to_client(now: Round, asked: str, by: StaffViewer, at: datetime) -> None:
    """The client's turn: our answers become our version of the text, from which they go on."""
    contract, _ = lock_contract(now.contract.pk)
    text = our_text_after_answers(contract)
    if text is not None:
        tree, values, wordings = text
        keep_wordings(wordings)
        make_version(contract, tree, values, side="ours", origin="answer", by=by.user, at=at)
    Change.objects.filter(contract=contract, sent_at=None).exclude(
        state__in=[ChangeState.OPEN, ChangeState.SUPERSEDED]
    ).update(sent_at=at)
    assert contract.version is not None
    begin_draft(contract, "theirs", contract.version, by=by, at=at)
    contract.client_turn = lay_promise(
        contract.case,
        CONTRACT_CLIENT,
        by=by,
        at=at,
        words=("Ваш ответ", "Your answer"),
        minutes=None,
        turn=Turn.THEIRS,
        calendar=calendar_of(current_firm()),
    )
    if asked.strip() and contract.agreeing is not None:
        pause_promise(contract.agreeing, by=by, at=at, asked=asked)
        store_promises([contract.agreeing])
    if contract.answering is not None and contract.answering.settled_at is None:
        keep_promise(contract.answering, by=by, at=at)
        store_promises([contract.answering])
        rank_holders([contract.answering], by=by, at=at)
    contract.save()
    contract.case.state = ContractState.RETURNED
    touch_case(contract.case, by=by, at=at, fields=("state",))


def _returned_again(contract: Contract, told: list[dict[str, str]], asked: str) -> bool:
    """Whether a clause that nobody changed since its last return is returned once more."""
    clauses = {reason["clause"] for reason in told if reason.get("clause")}
    if not clauses:
        return False
    earlier = Decision.objects.filter(
        stage__contract=contract, verdict=Verdict.RETURNED, stage__round__lt=contract.round
    ).values_list("reasons", flat=True)
    before = {reason.get("clause") for reasons in earlier for reason in reasons}
    changed = set(
        Change.objects.filter(contract=contract, version=contract.version_id).values_list(
            "clause", flat=True
        )
    )
    again = (clauses & before) - changed
    if again and not asked.strip():
        raise ReasonNeeded
    return bool(again)


def _record_vote(
    now: Round, this: Stage, seat: Holder, remark: str, by: StaffViewer, at: datetime
) -> None:
    record(
        now.stream,
        STAGE_VOTED,
        by=by.user.pk,
        at=at,
        acted_for=_acted_for(seat),
        contract=now.contract.pk,
        stage={"ru": this.title_ru, "en": this.title_en},
        remark=remark,
    )


def _record_remark(now: Round, this: Stage, remark: str, by: StaffViewer, at: datetime) -> None:
    """The remark is for colleagues; the client reads only that the stage is agreed."""
    record(
        now.stream,
        STAGE_REMARKED,
        by=by.user.pk,
        at=at,
        contract=now.contract.pk,
        stage={"ru": this.title_ru, "en": this.title_en},
        remark=remark,
        opened=[],
    )


def _acted_for(seat: Holder) -> int | None:
    return seat.for_employee.user_id if seat.for_employee else None


def _lead_user(contract: Contract) -> int | None:
    lead = contract.case.owner.lead
    return lead.user_id if lead else None

