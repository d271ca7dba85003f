"""Tables of requests: the request with its thread, its kinds and speeds."""

from zabota.tickets.models.tickets import (
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
    "Channel",
    "Looking",
    "Outcome",
    "Priority",
    "PriorityRule",
    "Remark",
    "RemarkFile",
    "RemarkKind",
    "ServiceLevel",
    "Ticket",
    "TicketState",
    "TicketType",
    "Watcher",
]
