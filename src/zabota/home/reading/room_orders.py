"""Orders on the room's first page: what will be late and waits for the client's choice, what is
under way.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from zabota.clients.access import RoomViewer
from zabota.orders.models import Delay, DelayState, OrderState
from zabota.orders.reading.lists import COLUMNS, Row, read_rows, visible_orders, with_due
from zabota.people.models import Firm

MOST = 20


@dataclass(frozen=True)
class RoomOrders:
    """Delays that wait for a choice, and orders under way; truthy where there is anything."""

    turns: list[Delay] = field(default_factory=list)
    ours: list[Row] = field(default_factory=list)
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.turns or self.ours)


def read_room_orders(viewer: RoomViewer, firm: Firm, *, at: datetime) -> RoomOrders:
    """Two queries, however many there are; none where the firm has had no order."""
    if not firm.keeps_orders:
        return RoomOrders()
    asked = Delay.objects.visible_to(viewer).filter(
        case__state=DelayState.ASKED, case__client__in=viewer.whole_ids
    )
    turns = asked.select_related("case", "order__case").order_by("pk")[:MOST]
    cases = with_due(visible_orders(viewer).filter(Q(state=OrderState.OPEN)))
    found = list(cases.order_by("-touched_at", "-pk").values(*COLUMNS)[: MOST + 1])
    return RoomOrders(list(turns), read_rows(found[:MOST], viewer, at=at), len(found) > MOST)
