"""Laying a round of approval: stages, their promises, their seats, who holds them; opening what
is next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from zabota.cases.actions import (
    Hold,
    drop_promise,
    lay_promise,
    rank_holders,
    set_holders,
    start_promise,
)
from zabota.cases.models import Promise, PromiseState
from zabota.cases.moments import CONTRACT_STAGE
from zabota.contracts.actions.standing import (
    Standing,
    accept_decided,
    facts_asked,
    standing_stages,
)
from zabota.contracts.models import Change, ChangeState, Contract, Decision, Seat, Stage
from zabota.contracts.models.approvals import Outcome
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.routing import Decision as SeatDecision
from zabota.contracts.routing import (
    RouteSpec,
    SeatSpec,
    StageSpec,
    StageState,
    applicable,
    from_json,
    next_open,
    to_json,
)
from zabota.contracts.routing.resolve import ResolvedStage, resolve_stage
from zabota.contracts.staff import contract_facts, staff_at
from zabota.contracts.stored import load_texts
from zabota.contracts.touched import concerns_showing
from zabota.people.firm import calendar_of, firm_of
from zabota.people.models import Employee

STAGE_WEIGHT = 2


@dataclass(frozen=True)
class Laid:
    """A round just laid: its stages, those opened at once, and whether nothing is left to
    decide.
    """

    stages: list[Stage]
    opened: list[Stage]
    complete: bool


def lay_round(contract: Contract, *, by: object, at: datetime) -> Laid:
    """Stage rows for a new round. A stage agreed earlier stands, if nothing it answers for nor
    what its conditions ask is other than it was then; the others are asked anew.
    """
    spec = from_json(contract.route_copy or {})
    facts = facts_of_round(contract)
    needed = applicable(spec, facts)
    standing = standing_stages(contract, needed, facts, at)
    accept_decided(contract, needed, standing, at)
    stages = [
        _lay_stage(contract, position, stage, standing.get(stage.key), facts, by, at)
        for position, stage in enumerate(needed)
    ]
    hold_stages(contract, stages, spec, facts, by=by, at=at)
    opened = open_next(stages, by=by, at=at)
    if opened:
        Promise.objects.bulk_update(
            [stage.promise for stage in opened], ["state", "started_at", "due_at", "first_due_at"]
        )
        _rank(opened, by, at)
    return Laid(stages, opened, all(stage.promise.outcome for stage in stages))


def facts_of_round(contract: Contract) -> dict[str, Any]:
    """What conditions may ask of the present version. A direction touched in an earlier version and
    not looked at yet still calls for its stage; a value touches every direction that shows it.
    """
    version = contract.version
    assert version is not None
    # What was agreed beforehand calls for nobody.
    changes = Change.objects.filter(contract=contract, beforehand=None).exclude(
        state=ChangeState.SUPERSEDED
    )
    facts = contract_facts(contract, version.values, changes)
    fields = {change.field for change in changes if change.kind == ChangeKind.VALUE}
    if fields:
        (text,) = load_texts(version.tree)
        facts |= {f"direction.{slug}.touched": True for slug in concerns_showing(text, fields)}
    return facts


def _lay_stage(
    contract: Contract,
    position: int,
    spec: StageSpec,
    stands: Standing | None,
    facts: Mapping[str, Any],
    by: object,
    at: datetime,
) -> Stage:
    titles = (spec.title_ru, spec.title_en or spec.title_ru)
    promise = lay_promise(
        contract.case,
        CONTRACT_STAGE,
        by=by,
        at=at,
        words=titles,
        minutes=spec.minutes,
        audience="ours" if spec.shows == "hidden" else "both",
        overdue=spec.overdue,
    )
    if stands is not None:
        drop_promise(promise, by=by, at=at, outcome=Outcome.STANDS)
        promise.save(update_fields=["state", "settled_at", "outcome"])
    stage = Stage.objects.create(
        contract=contract,
        round=contract.round,
        position=position,
        group=spec.group,
        key=spec.key,
        title_ru=titles[0],
        title_en=titles[1],
        concern=spec.concern,
        rule=spec.rule,
        quorum=spec.needed,
        spec=to_json(RouteSpec((spec,)))["stages"][0],  # type: ignore[index]
        facts=facts_asked(spec, facts),
        stands_since=stands.stage if stands else None,
        standing=stands.as_json() if stands else {},
        promise=promise,
    )
    Seat.objects.bulk_create(
        Seat(stage=stage, number=number, kind=seat.kind, ref=seat.ref)
        for number, seat in enumerate(spec.seats)
    )
    return stage


def hold_stages(
    contract: Contract,
    stages: Iterable[Stage],
    spec: RouteSpec,
    facts: Mapping[str, Any],
    *,
    by: object,
    at: datetime,
) -> int:
    """Lay who has each undecided stage: resolved by the route, minus authors, with substitutes."""
    open_ones = [stage for stage in stages if not stage.promise.outcome]
    if not open_ones:
        return 0
    staff = staff_at(at)
    authors = authors_of(contract)
    specs = {stage.key: stage for stage in spec.stages}
    seats = seats_of(open_ones)
    decisions = _decisions(open_ones)
    held = {}
    for stage in open_ones:
        resolved = resolve_stage(
            _with_reassigned(specs[stage.key], seats[stage.pk]),
            staff,
            facts,
            authors if spec.no_self_approval else frozenset(),
            at,
            decisions=decisions[stage.pk],
        )
        held[stage.promise] = holds_of(specs[stage.key], resolved)
    return set_holders(held, by=by, at=at, weight=STAGE_WEIGHT)


def seats_of(stages: Iterable[Stage]) -> dict[int, list[Seat]]:
    """The seats of several stages, one query."""
    found: dict[int, list[Seat]] = {stage.pk: [] for stage in stages}
    for seat in Seat.objects.filter(stage__in=found).order_by("number"):
        found[seat.stage_id].append(seat)
    return found


def _decisions(stages: Iterable[Stage]) -> dict[int, list[SeatDecision]]:
    found: dict[int, list[SeatDecision]] = {stage.pk: [] for stage in stages}
    for row in Decision.objects.filter(stage__in=found).order_by("pk"):
        found[row.stage_id].append(
            SeatDecision(
                row.seat,
                row.by_id,
                "returned" if row.verdict == "returned" else "approved",
                row.for_employee_id,
                row.last_resort,
            )
        )
    return found


def _with_reassigned(spec: StageSpec, seats: list[Seat]) -> StageSpec:
    """The stage as its seats stand now: a seat handed over belongs to the one who got it."""
    handed = {seat.number: seat.reassigned_to_id for seat in seats if seat.reassigned_to_id}
    if not handed:
        return spec
    found = tuple(
        SeatSpec("person", str(handed[number])) if number in handed else seat
        for number, seat in enumerate(spec.seats)
    )
    return replace(spec, seats=found)


def holds_of(spec: StageSpec, resolved: ResolvedStage) -> list[Hold]:
    """Who has the seats of a stage, as rows of holders."""
    holds = []
    for seat in resolved.seats:
        team = spec.seats[seat.index].ref if spec.seats[seat.index].kind == "team" else ""
        for person in seat.eligible:
            through: str = person.through
            if seat.fallback:
                through = "last_resort" if seat.last_resort else seat.fallback
            holds.append(
                Hold(
                    person.person,
                    seat.index,
                    through,
                    int(team) if team else None,
                    person.for_person,
                )
            )
    return holds


def authors_of(contract: Contract) -> frozenset[int]:
    """Our employees who wrote this text: they do not approve alone what they wrote.

    A version made of our answers to the client's changes is nobody's own: answering is approving.
    """
    written = contract.versions.exclude(origin="answer").values("made_by")
    return frozenset(Employee.objects.filter(user__in=written).values_list("pk", flat=True))


def open_next(stages: list[Stage], *, by: object, at: datetime) -> list[Stage]:
    """Start the clocks of the next group; the promises are changed, not yet stored."""
    states: dict[str, StageState] = {stage.key: state_of(stage) for stage in stages}
    calendar = calendar_of(firm_of(getattr(by, "user", None)))
    opened = []
    for key in next_open(stages, states):
        stage = next(found for found in stages if found.key == key)
        start_promise(stage.promise, by=by, at=at, calendar=calendar)
        opened.append(stage)
    return opened


def state_of(stage: Stage) -> StageState:
    """How a stage stands, in the words of the routing engine."""
    # What turned out not to be needed stands in nobody's way.
    if stage.promise.outcome in (Outcome.APPROVED, Outcome.STANDS, Outcome.DROPPED):
        return "approved"
    if stage.promise.outcome == Outcome.RETURNED:
        return "returned"
    return "planned" if stage.promise.state == PromiseState.PLANNED else "open"


def _rank(stages: list[Stage], by: object, at: datetime) -> None:
    rank_holders([stage.promise for stage in stages], by=by, at=at, weight=STAGE_WEIGHT)
