"""Tables of cases: what is promised and who has it, what went beyond the rules, why it broke."""

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
from zabota.cases.models.explained import Cause, Explanation

__all__ = [
    "Case",
    "CaseQuerySet",
    "Cause",
    "Deviation",
    "DeviationState",
    "Explanation",
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
