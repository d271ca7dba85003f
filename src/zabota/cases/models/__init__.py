"""Tables of cases: what is promised and who has it, what went beyond the rules, why it broke,
scripts.
"""

from zabota.cases.models.beyond import Deviation, DeviationState, RuleOffer
from zabota.cases.models.cases import (
    Case,
    CaseQuerySet,
    Holder,
    Moment,
    Overdue,
    Pause,
    Promise,
    PromiseState,
    Through,
    Turn,
    Viewer,
    had_by,
    seen_by,
    seen_by_them,
    seen_by_us,
)
from zabota.cases.models.explained import Cause, Explanation
from zabota.cases.models.links import SAID, Link, LinkKind
from zabota.cases.models.numbers import Series
from zabota.cases.models.scripts import Following, Script, ScriptEdition, StepDone
from zabota.cases.models.verdict import Helped, Verdict

__all__ = [
    "SAID",
    "Case",
    "CaseQuerySet",
    "Cause",
    "Deviation",
    "DeviationState",
    "Explanation",
    "Following",
    "Helped",
    "Holder",
    "Link",
    "LinkKind",
    "Moment",
    "Overdue",
    "Pause",
    "Promise",
    "PromiseState",
    "RuleOffer",
    "Script",
    "ScriptEdition",
    "Series",
    "StepDone",
    "Through",
    "Turn",
    "Verdict",
    "Viewer",
    "had_by",
    "seen_by",
    "seen_by_them",
    "seen_by_us",
]
