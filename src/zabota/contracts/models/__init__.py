"""Tables of contracts, read in this order: forms, routes, contracts, drafts, changes,
disagreements, approvals, obligations, passport, talk, signing, fast lane.
"""

from zabota.contracts.models.approvals import Decision, Seat, Stage
from zabota.contracts.models.changes import Change, ChangeState
from zabota.contracts.models.contracts import (
    SETTLED,
    Contract,
    ContractState,
    Ending,
    SearchText,
    SearchWord,
    SearchWording,
    Version,
    Wording,
)
from zabota.contracts.models.disagreements import SentTable
from zabota.contracts.models.drafts import Draft, DraftClause
from zabota.contracts.models.fast_lane import (
    Alternative,
    BeforehandUse,
    FastLanePass,
    FieldLimit,
    SeenBy,
    ValueRule,
)
from zabota.contracts.models.forms import ContractTemplate, EditionState, TemplateEdition
from zabota.contracts.models.obligations import (
    Every,
    Obligation,
    ObligationState,
    ObligationTerm,
)
from zabota.contracts.models.own_route import OwnStep
from zabota.contracts.models.passport import PassportFact
from zabota.contracts.models.routes import Route, RouteEdition
from zabota.contracts.models.signing import (
    Dispatch,
    Ground,
    Order,
    Signatory,
    SignatureAgreement,
    SignedPart,
    Signing,
    SigningFile,
    SigningState,
    Way,
)
from zabota.contracts.models.talk import Attachment, Comment, Look

__all__ = [
    "SETTLED",
    "Alternative",
    "Attachment",
    "BeforehandUse",
    "Change",
    "ChangeState",
    "Comment",
    "Contract",
    "ContractState",
    "ContractTemplate",
    "Decision",
    "Dispatch",
    "Draft",
    "DraftClause",
    "EditionState",
    "Ending",
    "Every",
    "FastLanePass",
    "FieldLimit",
    "Ground",
    "Look",
    "Obligation",
    "ObligationState",
    "ObligationTerm",
    "Order",
    "OwnStep",
    "PassportFact",
    "Route",
    "RouteEdition",
    "SearchText",
    "SearchWord",
    "SearchWording",
    "Seat",
    "SeenBy",
    "SentTable",
    "Signatory",
    "SignatureAgreement",
    "SignedPart",
    "Signing",
    "SigningFile",
    "SigningState",
    "Stage",
    "TemplateEdition",
    "ValueRule",
    "Version",
    "Way",
    "Wording",
]
