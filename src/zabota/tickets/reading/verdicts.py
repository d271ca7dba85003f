"""What clients thought of a request, for either side."""

from dataclasses import dataclass
from datetime import datetime

from zabota.cases.models import Case, Helped, Verdict
from zabota.clients.access import RoomViewer
from zabota.tickets.models import Ticket, TicketState
from zabota.tickets.rules import Viewer


@dataclass(frozen=True)
class Thought:
    """One answer, or a question without one (`helped` is empty)."""

    helped: str
    effort: int | None
    words: str
    name: str
    asked_at: datetime
    given_at: datetime | None
    low: bool
    followed_by: Case | None


@dataclass(frozen=True)
class Thoughts:
    """What is said of a request: answers, whether the reader is asked now, what it follows from."""

    given: list[Thought]
    asked: bool
    follows: Case | None


def read_verdicts(ticket: Ticket, viewer: Viewer) -> Thoughts:
    """Everybody's answers on the desk; in the room one's own."""
    rows = Verdict.objects.filter(case=ticket.pk).select_related("contact__user", "followed_by")
    if isinstance(viewer, RoomViewer):
        mine = [contact.pk for contact in (viewer.contact, *viewer.contacts)]
        rows = rows.filter(contact__in=mine)
    found = list(rows.order_by("-pk"))
    in_room, done = isinstance(viewer, RoomViewer), ticket.case.state == TicketState.DONE
    return Thoughts(
        given=[_thought(row) for row in found if row.given_at is not None or not in_room],
        asked=in_room and done and not viewer.read_only and any(not row.given_at for row in found),
        follows=None if in_room else Case.objects.filter(verdicts__followed_by=ticket.pk).first(),
    )


def _thought(row: Verdict) -> Thought:
    return Thought(
        helped=str(Helped(row.helped).label) if row.helped else "",
        effort=row.effort,
        words=row.words,
        name=row.contact.shown_name,
        asked_at=row.asked_at,
        given_at=row.given_at,
        low=row.is_low,
        followed_by=row.followed_by,
    )
