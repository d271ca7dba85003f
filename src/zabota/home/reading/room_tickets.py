"""Requests on the room's first page: those that wait for the client, and those we promised."""

from dataclasses import dataclass
from datetime import datetime

from zabota.clients.access import RoomViewer
from zabota.people.models import Firm
from zabota.tickets.models import TicketState
from zabota.tickets.reading.narrowed import UNFINISHED, visible_tickets
from zabota.tickets.reading.rows import (
    COLUMNS,
    Row,
    read_rows,
    with_merged,
)

MOST = 20


@dataclass(frozen=True)
class RoomTickets:
    """Unfinished requests of a company by whose turn it is."""

    turns: list[Row]
    ours: list[Row]
    more: bool

    def __bool__(self) -> bool:
        return bool(self.turns or self.ours)


def read_room_tickets(viewer: RoomViewer, firm: Firm, *, at: datetime) -> RoomTickets:
    """One query, however many there are."""
    cases = visible_tickets(viewer).filter(state__in=UNFINISHED)
    latest = with_merged(cases).order_by("-touched_at", "-pk")
    found = list(latest.values(*COLUMNS)[: MOST + 1])
    rows = read_rows(found[:MOST], viewer, firm, at=at)
    return RoomTickets(
        turns=[row for row in rows if row.state == TicketState.WAITING],
        ours=[row for row in rows if row.state != TicketState.WAITING],
        more=len(found) > MOST,
    )
