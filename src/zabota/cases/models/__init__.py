"""Tables of cases: what is promised and who has it, what went beyond the rules."""

from zabota.cases.models.beyond import Deviation, DeviationState
from zabota.cases.models.cases import (
    Case,
    CaseQuerySet,
    Holder,
    Moment,
    Overdue,
    Pause,
    Promise,
    PromiseState,
    Series,
    Through,
    Turn,
    Viewer,
)

__all__ = [
    "Case",
    "CaseQuerySet",
    "Deviation",
    "DeviationState",
    "Holder",
    "Moment",
    "Overdue",
    "Pause",
    "Promise",
    "PromiseState",
    "Series",
    "Through",
    "Turn",
    "Viewer",
]
