"""What a route is: stages in series and in parallel, seats, rules, conditions. Immutable values."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol

type Scalar = str | int | bool
type Value = Scalar | tuple[Scalar, ...] | None
type Op = Literal["eq", "ne", "gt", "ge", "lt", "le", "in", "filled", "empty", "changed"]
type SeatKind = Literal["person", "team", "power", "field", "owner"]
type Rule = Literal["all", "any", "quorum"]
type Overdue = Literal["wait", "escalate", "remind"]
type Shows = Literal["person", "team", "hidden"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must be so for a stage to be needed.

    `field` is "sum", "client.kind", "direction.<concern>.touched" or a field of the contract.
    `changed` asks whether the client changed a clause of a concern: of `field`, or of the stage's
    own when `field` is empty. Numbers that are not whole are written as strings ("0.5"), dates as
    "2026-11-22"; `in` takes a tuple.
    """

    field: str
    op: Op
    value: Value = None


@dataclass(frozen=True, slots=True)
class SeatSpec:
    """One approval of a stage, and who may give it.

    `ref` is the id of a person, the key of a team, the concern of a power (empty: the stage's own),
    or the field of the contract that names a person of ours; for the contract's owner it is empty.
    """

    kind: SeatKind
    ref: str = ""


@dataclass(frozen=True, slots=True)
class StageSpec:
    """A stage of approval. Stages of the same group run in parallel, groups one after another.

    `hours` are working hours allowed; `asks` says what is asked of the approver; `shows` is what
    the client sees of who has it; `overdue` is what happens when the hours are over.
    """

    key: str
    title_ru: str
    title_en: str
    group: int
    concern: str
    seats: tuple[SeatSpec, ...]
    rule: Rule = "all"
    quorum: int = 0
    conditions: tuple[Condition, ...] = ()
    hours: Decimal = Decimal(8)
    overdue: Overdue = "escalate"
    authors_may_approve: bool = False
    asks: str = ""
    shows: Shows = "person"

    @property
    def needed(self) -> int:
        """How many seats have to approve."""
        match self.rule:
            case "all":
                return len(self.seats)
            case "any":
                return 1
            case "quorum":
                return self.quorum

    @property
    def minutes(self) -> int:
        """Working minutes allowed, rounded to the nearest, at least one."""
        return max(1, round(self.hours * 60))


class Placed(Protocol):
    """Whatever has a stage's key and group: what order and outcome of a route are told by."""

    @property
    def key(self) -> str: ...
    @property
    def group(self) -> int: ...


@dataclass(frozen=True, slots=True)
class FastLane:
    """Contracts in which everything was agreed beforehand need nobody, up to a sum if one is set
    (in the firm's own currency).
    """

    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RouteSpec:
    """A route: its stages, whether authors are kept from approving what they wrote, and whether
    some contracts need none of the stages.
    """

    stages: tuple[StageSpec, ...]
    no_self_approval: bool = True
    fast_lane: FastLane | None = None


@dataclass(frozen=True, slots=True)
class RouteProblem:
    """Something wrong with a route: a machine code, where ("stages/2/seats/0"), and with what.

    An error refuses the route; a warning is shown and the route may be saved.
    """

    code: str
    where: str
    params: dict[str, object] = field(default_factory=dict)
    level: Literal["error", "warning"] = "error"
