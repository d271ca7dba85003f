"""What every decision does: find the seat, keep the decision, say whose turn it is no longer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from zabota.cases.actions import (
    rank_holders,
)
from zabota.cases.models import Holder, Promise, PromiseState
from zabota.common.prepared import PreparedInsert
from zabota.contracts.actions.locked import Round, lock_contract
from zabota.contracts.actions.rounds import (
    STAGE_WEIGHT,
    hold_stages,
)
from zabota.contracts.actions.standing import spec_of
from zabota.contracts.entries import STAGE_VOTED
from zabota.contracts.models import Change, Contract, Decision, Stage
from zabota.contracts.models.approvals import Verdict
from zabota.contracts.routing import Decision as SeatDecision
from zabota.contracts.routing import from_json, outcome
from zabota.contracts.rules import Viewer, seat_held
from zabota.contracts.seat_team import seat_team
from zabota.contracts.staff import contract_facts
from zabota.journal.actions import record
from zabota.people.access import StaffViewer


class AlreadyDecided(Exception):
    """Somebody else has settled this stage meanwhile; says who, so that the notice can."""

    def __init__(self, stage: Stage, who: str) -> None:
        super().__init__(who)
        self.stage, self.who = stage, who


@dataclass(frozen=True)
class Decided:
    """What a decision led to: the round as it stands, what opened, whether all is agreed."""

    round: Round
    stage: Stage
    opened: list[Stage]
    agreed: bool = False


def seat_to_settle(now: Round, this: Stage, by: Viewer) -> Holder:
    """The seat this person settles; a clear notice where somebody was faster, 403 where it is not
    theirs.
    """
    rows = now.holders[this.promise_id]
    seat = seat_held(by, this, rows)
    if seat is not None:
        return seat
    was_theirs = isinstance(by, StaffViewer) and any(
        row.employee_id == by.employee.pk for row in rows
    )
    if was_theirs and this.promise.state != PromiseState.PLANNED and not by.read_only:
        raise AlreadyDecided(this, ", ".join(_who_settled(now, this)))
    raise PermissionDenied


def _who_settled(now: Round, this: Stage) -> list[str]:
    """Who decided this stage; where another stage's return has ended the round, who returned it."""
    decided = Holder.objects.exclude(outcome="").select_related("employee__user").order_by("pk")
    beside = decided.filter(promise__stage__in=now.stages, outcome=Verdict.RETURNED)
    found = decided.filter(promise=this.promise_id) or beside
    return [row.employee.name for row in found]


def keep_decision(
    now: Round,
    this: Stage,
    seat: Holder,
    verdict: str,
    remark: str,
    reasons: list[dict[str, str]],
    by: StaffViewer,
    at: datetime,
) -> None:
    """One row per seat, never changed: who, for whom, what, on which text, when."""
    version = now.contract.version_id
    assert version is not None
    _keep(
        Decision(
            stage=this,
            seat=seat.seat,
            by=by.employee,
            for_employee_id=seat.for_employee_id,
            verdict=verdict,
            remark=remark,
            reasons=reasons,
            version_id=version,
            last_resort=seat.through == "last_resort",
            at=at,
        )
    )


_keep = PreparedInsert(Decision)


def outcome_with(this: Stage, rows: Iterable[Holder], seat: Holder, verdict: Any) -> str:
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


def mark_settled(
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
    """The seat is settled; nobody's turn any more: its other holders, and the other seats of this
    person, of whom they spoke for, and of whoever would speak for one of the two.
    """
    rows = now.holders[this.promise_id]
    spent = {seat.employee_id, seat.for_employee_id} - {None}
    over = [row.pk for row in rows if row.seat == seat.seat or spent & _speaks(row)]
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
    """After a decision a seat may have nobody left who has not decided yet: the route must still
    end.
    """
    found = list(rows)
    decided = {row.seat for row in found if row.outcome}
    spent = {who for row in found if row.outcome for who in _speaks(row)}
    free = {row.seat for row in found if not spent & _speaks(row)}
    return any(number not in decided | free for number in range(len(this.spec["seats"])))


def _speaks(row: Holder) -> set[int]:
    """Whose voice a seat is settled with: the person's, and of whom they stand in for."""
    return {row.employee_id, *([row.for_employee_id] if row.for_employee_id else [])}


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


def veil_of(stage: Stage, rows: list[Holder]) -> dict[str, Any]:
    """What the client reads of a decision, or an answer, where the route, or the firm, shows a
    team, or where the stage is not shown; `rows` are all who have or had the stage.
    """
    team = {language: seat_team(stage, rows, language) for language in ("ru", "en")}
    shows = stage.spec.get("shows", "person")
    if shows == "person":
        return {"seat_team": team}
    if shows == "hidden":
        actor = {"ru": "наш сотрудник", "en": "our colleague"}
        return {"veil": {"actor": actor, "stage": {"ru": "согласование", "en": "approval"}}}
    return {"seat_team": team, "veil": {"actor": team}}


def acted_for(seat: Holder) -> int | None:
    """Whose account the decision was given for, where somebody stands in."""
    return seat.for_employee.user_id if seat.for_employee else None


def record_vote(
    now: Round, this: Stage, seat: Holder, vote: str, remark: str, *, by: StaffViewer, at: datetime
) -> None:
    """A decision that leaves its stage open is a vote: ours alone know of it."""
    record(
        now.stream,
        STAGE_VOTED,
        by=by.user.pk,
        at=at,
        acted_for=acted_for(seat),
        contract=now.contract.pk,
        stage={"ru": this.title_ru, "en": this.title_en},
        vote=vote,
        remark=remark,
    )
