"""What is typed about requests, made into clean values; never saves."""

from zabota.tickets.forms.speeds import SpeedsForm
from zabota.tickets.forms.tickets import (
    EndingForm,
    FilesField,
    FilesInput,
    HourField,
    KindForm,
    LooksLikeForm,
    PriorityForm,
    TicketForm,
    TypeChoice,
    UrgencyRuleForm,
    VerdictForm,
    kinds_of_requests,
    known_kinds,
)

__all__ = [
    "EndingForm",
    "FilesField",
    "FilesInput",
    "HourField",
    "KindForm",
    "LooksLikeForm",
    "PriorityForm",
    "SpeedsForm",
    "TicketForm",
    "TypeChoice",
    "UrgencyRuleForm",
    "VerdictForm",
    "kinds_of_requests",
    "known_kinds",
]
