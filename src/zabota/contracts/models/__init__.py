"""Tables of contracts, read in this order: forms, routes, contracts, drafts, changes,
disagreements, approvals, passport, talk.
"""

from zabota.contracts.models.approvals import Decision, Seat, Stage
from zabota.contracts.models.changes import Change, ChangeState
from zabota.contracts.models.contracts import (
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
from zabota.contracts.models.forms import ContractTemplate, EditionState, TemplateEdition
from zabota.contracts.models.own_route import OwnStep
from zabota.contracts.models.passport import PassportFact
from zabota.contracts.models.routes import Route, RouteEdition
from zabota.contracts.models.talk import Attachment, Comment, Look

__all__ = [
    "Attachment",
    "Change",
    "ChangeState",
    "Comment",
    "Contract",
    "ContractState",
    "ContractTemplate",
    "Decision",
    "Draft",
    "DraftClause",
    "EditionState",
    "Ending",
    "Look",
    "OwnStep",
    "PassportFact",
    "Route",
    "RouteEdition",
    "SearchText",
    "SearchWord",
    "SearchWording",
    "Seat",
    "SentTable",
    "Stage",
    "TemplateEdition",
    "Version",
    "Wording",
]
