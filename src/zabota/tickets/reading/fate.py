"""What becomes of a suggestion, as the client follows it: heard, taken up, done, or why not."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, pgettext

from zabota.cases.models import PromiseState
from zabota.tickets.models import Outcome, Ticket


@dataclass(frozen=True)
class FateStep:
    """One step; `at` is when it was reached, or nothing while it is to come. `until` is by when the
    next is promised.
    """

    name: str
    icon: str
    at: datetime | None
    until: datetime | None = None


def read_fate(ticket: Ticket) -> list[FateStep]:
    """Nothing of a request that is no suggestion."""
    if not ticket.type.is_suggestion:
        return []
    heard = ticket.reply.settled_at if ticket.reply.state == PromiseState.KEPT else None
    until = ticket.solution.due_at if ticket.solution.state == PromiseState.RUNNING else None
    steps = [
        FateStep(pgettext("fate", "Received"), "mail", ticket.case.opened_at),
        FateStep(pgettext("fate", "Heard"), "ear", heard, None if heard else ticket.reply.due_at),
    ]
    if ticket.outcome == Outcome.DECLINED:
        return [
            *steps,
            FateStep(gettext("Not taken up, and why"), "circle-x", ticket.case.closed_at),
        ]
    taken = ticket.taken_up_at
    done = ticket.case.closed_at if ticket.outcome else None
    return [
        *steps,
        FateStep(pgettext("fate", "Taken up"), "lightbulb", taken or done),
        FateStep(pgettext("fate", "Done"), "circle-check", done, until if taken else None),
    ]
