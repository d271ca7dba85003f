"""When a promise counts as kept: said once, for every figure and the list behind it."""

from datetime import datetime
from typing import Final

from django.db.models import F, Q

from zabota.cases.models import PromiseState
from zabota.cases.moments import TICKET_NEWS, TICKET_REPLY, TICKET_SOLUTION

REPLY, SOLUTION, NEWS = TICKET_REPLY, TICKET_SOLUTION, TICKET_NEWS
MOMENTS: Final = (REPLY, SOLUTION, NEWS)
# How an address calls them.
KINDS: Final = {"reply": REPLY, "solution": SOLUTION, "news": NEWS}

GIVEN: Final = Q(state=PromiseState.KEPT)
BY_FIRST: Final = GIVEN & (Q(first_due_at=None) | Q(settled_at__lte=F("first_due_at")))
# A moved promise counts only if the client agreed before it broke, or if it kept the first date.
_FAIR: Final = (
    Q(replaces=None) | Q(agreed_at__lte=F("first_due_at")) | Q(settled_at__lte=F("first_due_at"))
)
ON_TIME: Final = GIVEN & (Q(due_at=None) | Q(settled_at__lte=F("due_at"))) & _FAIR


def waiting_late(at: datetime) -> Q:
    """Nothing a person said yet, and the moment has passed: a machine's receipt keeps nothing."""
    running = Q(state=PromiseState.RUNNING, due_at__lt=at)
    return running | Q(state=PromiseState.PAUSED, escalated_at__isnull=False)


def is_over(at: datetime) -> Q:
    """Kept or broken by now; what is no longer needed counts if it was late already."""
    return GIVEN | waiting_late(at) | Q(state=PromiseState.DROPPED, settled_at__gt=F("due_at"))


def is_open(at: datetime) -> Q:
    """Under way, and not late."""
    running = Q(state=PromiseState.RUNNING, due_at__gte=at)
    return running | Q(state=PromiseState.PAUSED, escalated_at=None)
