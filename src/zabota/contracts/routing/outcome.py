"""What follows from decisions: whether a stage is settled, what opens next, how the route stands.

A stage where *all* must approve is returned by the first return, as is usual practice. Where any
one or a quorum is enough, a return counts against, and the stage is returned only when the seats
still open can no longer make up the number: the others may yet approve.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from zabota.contracts.routing.spec import Placed, StageSpec

type Verdict = Literal["approved", "returned"]
type Outcome = Literal["open", "approved", "returned"]
type StageState = Literal["planned", "open", "approved", "returned"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person said in one seat of a stage; an approval with a remark is an approval.

    `for_person` is whom a substitute spoke for; `last_resort` copies the flag of the seat.
    """

    seat: int
    person: int
    verdict: Verdict
    for_person: int | None = None
    last_resort: bool = False


def outcome(stage: StageSpec, decisions: Iterable[Decision]) -> Outcome:
    """How a stage stands: a quorum is counted by distinct people.

    Only the first decision of a seat counts, and of a person only the first, unless it was taken
    as a last resort (by an administrator, when nobody else is left).
    """
    counted = count(stage, decisions)
    approvals = sum(decision.verdict == "approved" for decision in counted)
    returns = len(counted) - approvals
    if stage.rule == "all" and returns:
        return "returned"
    if approvals >= stage.needed:
        return "approved"
    return "returned" if len(stage.seats) - returns < stage.needed else "open"


def count(stage: StageSpec, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that count: one per seat, and one per person whoever speaks for them."""
    counted: list[Decision] = []
    seats: set[int] = set()
    people: set[int] = set()
    for decision in decisions:
        speaks = {decision.person, decision.for_person} - {None}
        again = bool(people & speaks) and not decision.last_resort
        if decision.seat in seats or again or not 0 <= decision.seat < len(stage.seats):
            continue
        counted.append(decision)
        seats.add(decision.seat)
        people.update(person for person in speaks if person is not None)
    return tuple(counted)


def next_open(stages: Sequence[Placed], states: Mapping[str, StageState]) -> tuple[str, ...]:
    """Keys of the planned stages to open now: those of the first group not yet agreed.

    Nothing opens after a return; that starts a new round.
    """
    if any(states.get(stage.key) == "returned" for stage in stages):
        return ()
    waiting = [stage for stage in stages if states.get(stage.key) != "approved"]
    group = min((stage.group for stage in waiting), default=None)
    return tuple(
        stage.key
        for stage in waiting
        if stage.group == group and states.get(stage.key, "planned") == "planned"
    )


def route_outcome(stages: Sequence[Placed], states: Mapping[str, StageState]) -> Outcome:
    """How a round stands: returned by any returned stage, agreed when every stage is."""
    if any(states.get(stage.key) == "returned" for stage in stages):
        return "returned"
    agreed = all(states.get(stage.key) == "approved" for stage in stages)
    return "approved" if agreed else "open"
