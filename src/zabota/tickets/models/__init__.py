"""Tables of requests: the request with its thread, its kinds and speeds; exercises of them."""

from zabota.tickets.models.alarms import Alarm, AlarmCall, AlarmQuerySet, AlarmRule, Meaning, OnCall
from zabota.tickets.models.articles import (
    Article,
    ArticleEdition,
    ArticleHelped,
    ArticleState,
    Readers,
)
from zabota.tickets.models.calls import Call, CallQuerySet, CallState
from zabota.tickets.models.drills import BEST, WORST, Drill, Exercise, is_passed, share_of_steps
from zabota.tickets.models.fields import Asked, FieldKind, FieldValue, KindField
from zabota.tickets.models.found import KnownUpto, TicketWord, TicketWords
from zabota.tickets.models.macros import Macro
from zabota.tickets.models.receiving import ReceivingRule, Why
from zabota.tickets.models.tickets import (
    ENDS_OF_SUGGESTION,
    USUAL_ENDS,
    Channel,
    Looking,
    Outcome,
    Priority,
    PriorityRule,
    Remark,
    RemarkFile,
    RemarkKind,
    ServiceLevel,
    Ticket,
    TicketState,
    TicketType,
    Watcher,
)

__all__ = [
    "BEST",
    "ENDS_OF_SUGGESTION",
    "USUAL_ENDS",
    "WORST",
    "Alarm",
    "AlarmCall",
    "AlarmQuerySet",
    "AlarmRule",
    "Article",
    "ArticleEdition",
    "ArticleHelped",
    "ArticleState",
    "Asked",
    "Call",
    "CallQuerySet",
    "CallState",
    "Channel",
    "Drill",
    "Exercise",
    "FieldKind",
    "FieldValue",
    "KindField",
    "KnownUpto",
    "Looking",
    "Macro",
    "Meaning",
    "OnCall",
    "Outcome",
    "Priority",
    "PriorityRule",
    "Readers",
    "ReceivingRule",
    "Remark",
    "RemarkFile",
    "RemarkKind",
    "ServiceLevel",
    "Ticket",
    "TicketState",
    "TicketType",
    "TicketWord",
    "TicketWords",
    "Watcher",
    "Why",
    "is_passed",
    "share_of_steps",
]
