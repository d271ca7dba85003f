"""What leaves and what comes in."""

from zabota.outreach.models.gates import ConsentText, Gate, GateKind, LinkCode, Thread
from zabota.outreach.models.messages import NOBODY, Message, MessageQuerySet, MessageState
from zabota.outreach.models.received import (
    Brings,
    FoundBy,
    Mailbox,
    MailboxWay,
    Received,
    ReceivedFile,
    ReceivedQuerySet,
    ReceivedState,
    Security,
    Waits,
)

__all__ = [
    "NOBODY",
    "Brings",
    "ConsentText",
    "FoundBy",
    "Gate",
    "GateKind",
    "LinkCode",
    "Mailbox",
    "MailboxWay",
    "Message",
    "MessageQuerySet",
    "MessageState",
    "Received",
    "ReceivedFile",
    "ReceivedQuerySet",
    "ReceivedState",
    "Security",
    "Thread",
    "Waits",
]
