"""What clients thought of a request, for either side."""

from dataclasses import dataclass
from datetime import datetime

from zabota.cases.models import Case, Helped, Verdict
from zabota.clients.access import RoomViewer
from zabota.common.questions import One, Question
from zabota.tickets.models import Ticket, TicketState
from zabota.tickets.reading.there import There
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


def read_verdicts(ticket: Ticket, viewer: Viewer, there: There) -> Thoughts:
    """Everybody's answers on the desk; in the room one's own."""
    found = _verdicts(case=ticket.pk) if there.verdicts else []
    if isinstance(viewer, RoomViewer):
        mine = {contact.pk for contact in (viewer.contact, *viewer.contacts)}
        found = [row for row in found if row.contact_id in mine]
    in_room, done = isinstance(viewer, RoomViewer), ticket.case.state == TicketState.DONE
    return Thoughts(
        given=[_thought(row) for row in found if row.given_at is not None or not in_room],
        asked=in_room and done and not viewer.read_only and any(not row.given_at for row in found),
        follows=next(iter(_followed_by(case=ticket.pk)), None)
        if there.follows and not in_room
        else None,
    )


_verdicts = Question(
    lambda case: (
        Verdict.objects.filter(case=case)
        .select_related("contact__user", "followed_by")
        .order_by("-pk")
    ),
    case=One(),
)
_followed_by = Question(
    lambda case: Case.objects.filter(verdicts__followed_by=case).order_by("pk")[:1], case=One()
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
