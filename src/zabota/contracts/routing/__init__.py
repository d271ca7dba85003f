"""Approval routes as immutable data, and the proof that a route ends.

`RouteSpec` says which stages a contract passes and who sits in them; `applicable` picks the stages
a contract needs; `resolve` says who may settle each seat today; `outcome` and `next_open` say what
follows from decisions; `problems` refuses, when a route is saved, whatever could make it never end.
Plain Python: no Django, no clock, no database; people, teams and facts are given as data.
"""

from zabota.contracts.routing.away import AwaySeat, away_seats
from zabota.contracts.routing.conditions import applicable, condition_holds, surely_holds
from zabota.contracts.routing.outcome import (
    Decision,
    StageState,
    next_open,
    outcome,
    route_outcome,
)
from zabota.contracts.routing.problems import problems
from zabota.contracts.routing.read import (
    RouteRefused,
    conditions_from_json,
    conditions_to_json,
    from_json,
    to_json,
)
from zabota.contracts.routing.resolve import (
    Eligible,
    NoAdministrator,
    ResolvedSeat,
    ResolvedStage,
    Taker,
    resolve,
    resolve_stage,
    seat_for,
)
from zabota.contracts.routing.spec import (
    Condition,
    FastLane,
    RouteProblem,
    RouteSpec,
    SeatSpec,
    StageSpec,
)
from zabota.contracts.routing.staff import Person, PowerGrant, Staff, StandIn

__all__ = [
    "AwaySeat",
    "Condition",
    "Decision",
    "Eligible",
    "FastLane",
    "NoAdministrator",
    "Person",
    "PowerGrant",
    "ResolvedSeat",
    "ResolvedStage",
    "RouteProblem",
    "RouteRefused",
    "RouteSpec",
    "SeatSpec",
    "Staff",
    "StageSpec",
    "StageState",
    "StandIn",
    "Taker",
    "applicable",
    "away_seats",
    "condition_holds",
    "conditions_from_json",
    "conditions_to_json",
    "from_json",
    "next_open",
    "outcome",
    "problems",
    "resolve",
    "resolve_stage",
    "route_outcome",
    "seat_for",
    "surely_holds",
    "to_json",
]
